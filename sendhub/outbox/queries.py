"""Page-sized reads: what waits, what is late, who shows life."""

import datetime as dt

from django.db.models import Count
from django.utils import timezone

from sendhub.asking import ask
from sendhub.outbox import pace
from sendhub.outbox.models import Heartbeat, Message, OutboxDue

STATES_OF_TAB = {
    "waiting": [Message.State.PENDING, Message.State.SENDING],
    "uncertain": [Message.State.UNCERTAIN],
    "dead": [Message.State.DEAD],
    "sent": [Message.State.SENT],
}
MANY = 100  # late messages are counted up to here
HEART_STOPPED = dt.timedelta(minutes=2)


def delayed(school_id):
    """A sentence for the frame when mail is late ("E-mails are delayed ..."), else "". One small query: this is asked
    for every page of those who can act."""
    before = timezone.now() - pace.LATE
    late = Message.objects.filter(school_id=school_id, state__in=STATES_OF_TAB["waiting"], created_at__lt=before)
    times = list(late.order_by("created_at").values_list("created_at", flat=True)[:MANY])
    if not times:
        return ""
    number, since = len(times), timezone.localtime(times[0]).strftime("%-d %B, %H:%M")
    words = f"{number} or more have" if number == MANY else f"{number} {'has' if number == 1 else 'have'}"
    return f"E-mails are delayed: {words} been waiting, the oldest since {since}."


FOR_A_PERSON = """
SELECT state, count(*) AS number, min(created_at) AS first FROM outbox_message
WHERE school_id = %(school)s AND state IN ('uncertain', 'dead') AND created_at >= %(since)s GROUP BY state
"""  # in SQL, since Today is opened all day


def for_a_person(school_id, since, rows=None):
    """{state: (how many, the first one's moment)} of messages written since then of which a person must decide."""
    rows = ask({"messages": FOR_A_PERSON}, school=school_id, since=since)["messages"] if rows is None else rows
    return {row["state"]: (row["number"], dt.datetime.fromisoformat(row["first"])) for row in rows}


def counts(school_id):
    """How many messages stand on each tab: {"waiting": 2, ...}."""
    rows = Message.objects.filter(school_id=school_id).values_list("state").annotate(n=Count("pk"))
    by_state = dict(rows)
    return {tab: sum(by_state.get(state, 0) for state in states) for tab, states in STATES_OF_TAB.items()}


def on_tab(school_id, tab):
    """The messages of a tab, newest first."""
    messages = Message.objects.filter(school_id=school_id, state__in=STATES_OF_TAB[tab])
    return messages.order_by("-created_at", "-pk")


def stopped_hearts(now=None):
    """Names among "beat" and "worker" that have shown no life for two minutes."""
    now = now or timezone.now()
    alive = set(Heartbeat.objects.filter(at__gt=now - HEART_STOPPED).values_list("name", flat=True))
    return [name for name in ("beat", "worker") if name not in alive]


def overdue():
    """Whether any school has a message that should have been looked at ten minutes ago. One row, no personal data."""
    return OutboxDue.objects.filter(next_try__lt=timezone.now() - pace.LATE).exists()
