"""Page-sized reads: what waits, what is late, who shows life."""

import datetime as dt

from django.db.models import Count, Min
from django.utils import timezone

from sendhub.outbox import pace
from sendhub.outbox.models import Heartbeat, Message, OutboxDue

STATES_OF_TAB = {
    "waiting": [Message.State.PENDING, Message.State.SENDING],
    "uncertain": [Message.State.UNCERTAIN],
    "dead": [Message.State.DEAD],
    "sent": [Message.State.SENT],
}
HEART_STOPPED = dt.timedelta(minutes=2)


def delayed(school_id):
    """A sentence for the frame when mail is late ("E-mails are delayed ..."), else ""."""
    waiting = Message.objects.filter(school_id=school_id, state__in=STATES_OF_TAB["waiting"])
    late = waiting.filter(created_at__lt=timezone.now() - pace.LATE).aggregate(n=Count("pk"), since=Min("created_at"))
    if not late["n"]:
        return ""
    since = timezone.localtime(late["since"]).strftime("%-d %B, %H:%M")
    one = late["n"] == 1
    return f"E-mails are delayed: {late['n']} {'has' if one else 'have'} been waiting, the oldest since {since}."


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
