"""Reasonable adjustments: what is done, and whether somebody has lately said that it is still needed."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.due import due_mark
from pupils.models import Adjustment
from pupils.queries.gather import HOLDS_ON, About
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.rules.support import adjustment_check

NEEDS = ()
PARTS = {"adjustments": About(Adjustment, HOLDS_ON)}
LATE, DUE = "Still needed? Was due {day}", "Still needed? By {day}"


def card(pupil, rows, member, day):
    found = rows["adjustments"]
    if not found and not member.can(Permission.SUPPORT_KEEP):
        return None
    words = count_words(len(found), "reasonable adjustment", "reasonable adjustments")
    return Card(
        name="adjustments",
        title=words[:1].upper() + words[1:],
        lines=tuple(Line(row.what, row.why, *mark_of(row, day)) for row in found[:MOST_LINES]),
        empty="None is noted.",
        href=reverse("pupils:adjustment-list", args=[pupil.pk]),
        more="All adjustments" if found else "Note one",
        total=len(found),
    )


def mark_of(row, day):
    due = adjustment_check(row.starts_on, row.confirmed_on, row.look_on, day)
    return due_mark(due, day, late=LATE, due=DUE)
