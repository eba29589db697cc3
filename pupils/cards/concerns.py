"""Concerns that are open about a pupil: what about, where it stands, since when. What was written is on their page."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.models import Concern
from pupils.queries.concerns import days_words, mark_of
from pupils.queries.gather import About
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.rules import concerns as rules
from staff.calendar import calendar_columns, calendar_from

NEEDS = (Permission.PUPIL_RECORD,)
OPEN = ", ".join(f"'{stage}'" for stage in sorted(rules.OPEN))
PARTS = {"concerns": About(Concern, f"t.stage IN ({OPEN})", "t.since, t.id", calendar_columns("t.school_id"))}


def card(pupil, rows, member, day):
    found = rows["concerns"]
    calendar = calendar_from(found[0].terms, found[0].closures) if found else None
    return Card(
        "concerns",
        f"{count_words(len(found), 'concern is', 'concerns are')} open".capitalize(),
        tuple(line(concern, calendar, day) for concern in found[:MOST_LINES]),
        "Nobody has raised a concern that is still open.",
        reverse("pupils:pupil-concerns", args=[pupil.pk]),
        "Concerns",
        len(found),
    )


def line(concern, calendar, day):
    stage = rules.Stage(concern.stage)
    mark, words = mark_of(rules.due(stage, concern.since, concern.look_on, calendar, day), day)
    days = days_words(rules.days_in_stage(concern.since, day, calendar))
    return Line(concern.get_about_display(), f"{concern.get_stage_display()}, {days}.", mark, words)
