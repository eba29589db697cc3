"""That there is a healthcare plan, whom to ask, and what an adult must know at once."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.due import due_mark
from pupils.models import MedicalPointer
from pupils.queries.gather import HOLDS_ON, About
from sendhub.access import Permission
from sendhub.rules.support import healthcare_review

NEEDS = ()
PARTS = {"medical": About(MedicalPointer, HOLDS_ON)}
UNSURE = "Nobody can tell when it was looked at"


def card(pupil, rows, member, day):
    found = rows["medical"]
    if not found and not member.can(Permission.SUPPORT_KEEP):
        return None
    return Card(
        name="medical",
        title="Medical: there is a plan" if found else "Medical",
        lines=tuple(line(row, day) for row in found[:MOST_LINES]),
        empty="No healthcare plan is noted.",
        href=reverse("pupils:medical-list", args=[pupil.pk]),
        more="The plan and where it is" if found else "Note a plan",
        total=len(found),
        at_once=tuple(stop(row.at_once) for row in found if row.at_once),
    )


def line(row, day):
    mark, words = mark_of(row, day)
    return Line(f"Healthcare plan: ask {row.ask}", " ".join(filter(None, (stop(row.at_once), kept(row)))), mark, words)


def mark_of(row, day):
    return due_mark(healthcare_review(row.reviewed_on, day), day, unsure=UNSURE)


def kept(row):
    return f"Kept: {row.kept_at}."


def stop(words):
    """A sentence ends with a full stop, whoever typed it."""
    return words if not words or words[-1] in ".!?" else f"{words}."
