"""Suspensions in a few lines: days of the year and the term, what the law asks for, the newest ones."""

from django.urls import reverse

from pupils.away_words import CANNOT_TELL, NO_TERMS, suspension_standing, suspension_when, suspension_words, worst
from pupils.cards.card import MOST_LINES, Card, Line
from pupils.queries.away import SUSPENSIONS, calendar_in, standing
from sendhub.access import Permission

NEEDS = (Permission.AWAY_VIEW,)
PARTS = SUSPENSIONS


def card(pupil, rows, member, day):
    found = rows["suspensions"]
    counted = standing(found)
    if not counted and not member.can(Permission.AWAY_KEEP):
        return None
    return Card(
        name="suspensions",
        title="Suspensions" if counted else "No suspensions",
        lines=tuple(lines(found, counted, day)),
        empty="None is recorded.",
        href=reverse("pupils:pupil-suspensions", args=[pupil.pk]),
        more="All of them" if counted else "Record one",
        total=len(counted) + 1 if len(counted) >= MOST_LINES else 0,
    )


def lines(found, counted, day):
    if not counted:
        return
    calendar = calendar_in(found)
    stand = suspension_standing(counted, calendar, day, found[0].provision)
    alert = worst(stand.alerts)
    sub = f"This term: {stand.this_term}. In a row: {stand.row}."
    yield Line(
        f"{stand.this_year} school days this year",
        NO_TERMS if stand.this_year == CANNOT_TELL else f"{sub} {alert.what}." if alert else sub,
        alert.mark if alert else "unsure" if stand.this_year == CANNOT_TELL else "",
        "Look at this" if alert else "Cannot tell" if stand.this_year == CANNOT_TELL else "",
    )
    for row in counted[: MOST_LINES - 1]:
        yield Line(suspension_words(row), suspension_when(row, calendar, day))
