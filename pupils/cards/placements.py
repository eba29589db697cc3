"""Where else a pupil learns now, or will: the provider, the days, and what is lacking."""

from django.urls import reverse

from pupils.away_words import placement_alerts, span_words, worst
from pupils.cards.card import MOST_LINES, Card, Line
from pupils.queries.away import PLACEMENTS, calendar_in, standing
from sendhub.access import Permission

NEEDS = (Permission.AWAY_VIEW,)
PARTS = PLACEMENTS


def card(pupil, rows, member, day):
    counted = standing(rows["placements"])
    now = [row for row in counted if row.ends_on is None or row.ends_on >= day]
    if not counted and not member.can(Permission.AWAY_KEEP):
        return None
    calendar, visits = calendar_in(rows["placements"]), visits_in(rows["visits"])
    return Card(
        name="placements",
        title="Learning somewhere else" if now else "Learning here alone",
        lines=tuple(line(row, visits.get(row.pk, ()), calendar, day) for row in now[:MOST_LINES]),
        empty="Nowhere else now." if counted else "No place outside school is recorded.",
        href=reverse("pupils:pupil-placements", args=[pupil.pk]),
        more="All of it" if counted else "Record one",
        total=len(now),
    )


def visits_in(rows):
    """{placement id: days of its visits}."""
    found = {}
    for row in standing(rows):
        found.setdefault(row.placement_id, []).append(row.visited_on)
    return found


def line(row, visits, calendar, day):
    alert = worst(placement_alerts(row, visits, calendar, day))
    sub = f"{row.days}. {span_words(row, day)}."
    return Line(
        row.provider,
        f"{sub} {alert.what}." if alert else sub,
        alert.mark if alert else "",
        "Look at this" if alert else "",
    )
