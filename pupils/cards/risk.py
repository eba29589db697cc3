"""Risk plans: what may happen, whether the plan is up to date, and whether its reader has still to read it."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.due import due_mark
from pupils.models import RiskPlan
from pupils.queries.gather import HOLDS_ON, About
from pupils.words import day_words
from sendhub.access import Permission
from sendhub.rules.support import risk_review

NEEDS = ()
READERS = (
    "(SELECT coalesce(json_agg(r.staff_id), '[]') FROM pupils_riskreading r"
    " WHERE r.school_id = t.school_id AND r.plan_id = t.id AND r.edition = t.edition)"
)
PARTS = {"risk": About(RiskPlan, HOLDS_ON, extra={"read_by": READERS})}
SHORT = 140  # letters of what may happen


def card(pupil, rows, member, day):
    found = rows["risk"]
    if not found and not member.can(Permission.SUPPORT_KEEP):
        return None
    return Card(
        name="risk",
        title=title(len(found)),
        lines=tuple(line(row, pupil, member, day) for row in found[:MOST_LINES]),
        empty="No risk plan.",
        href=reverse("pupils:risk-list", args=[pupil.pk]),
        more="What we do" if found else "Make a risk plan",
        total=len(found),
    )


def title(number):
    if not number:
        return "Risk"
    return "There is a risk plan" if number == 1 else f"There are {number} risk plans"


def line(row, pupil, member, day):
    mark, words = due_mark(risk_review(row.review_on, day), day)
    if not mark and member.staff_id and member.staff_id not in row.read_by:
        mark, words = "due", "You have not read it"
    what = row.may_happen if len(row.may_happen) <= SHORT else f"{row.may_happen[:SHORT].rsplit(' ', 1)[0]} …"
    href = reverse("pupils:risk-list", args=[pupil.pk])
    return Line(what, f"Look at it again on {day_words(row.review_on, day)}.", mark, words, href)
