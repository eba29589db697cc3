"""Access arrangements: what, whether it runs out, and whether somebody has said this half term that it is used."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.due import due_mark
from pupils.models import AccessArrangement
from pupils.queries.gather import HOLDS_ON, About
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.rules.arrangements import Approval
from sendhub.rules.support import arrangement_renewal

NEEDS = ()
# The half term that we are in, or the last one in a holiday; the newest day on which somebody said that it is used.
BEGAN = "(SELECT max(h.starts_on) FROM staff_term h WHERE h.school_id = t.school_id AND h.starts_on <= %(day)s)::text"
SAID = (
    "(SELECT max(u.said_on) FROM pupils_arrangementuse u"
    " WHERE u.school_id = t.school_id AND u.arrangement_id = t.id AND u.said_on <= %(day)s)::text"
)
PARTS = {"arrangements": About(AccessArrangement, HOLDS_ON, extra={"began": BEGAN, "said": SAID})}
LATE, DUE = "Ran out {day}", "Runs out {day}"


def card(pupil, rows, member, day):
    found = rows["arrangements"]
    if not found and not member.can(Permission.SUPPORT_KEEP):
        return None
    words = count_words(len(found), "access arrangement", "access arrangements")
    return Card(
        name="arrangements",
        title=words[:1].upper() + words[1:],
        lines=tuple(line(row, day) for row in found[:MOST_LINES]),
        empty="None is noted.",
        href=reverse("pupils:arrangement-list", args=[pupil.pk]),
        more="All arrangements" if found else "Note one",
        total=len(found),
    )


def line(row, day):
    mark, words = due_mark(renewal(row, day), day, late=LATE, due=DUE)
    if not mark and approval_lacks(row):
        mark, words = "unsure", "Not approved yet"
    return Line(row.name, used(row, row.began, row.said), mark, words)


def renewal(row, day):
    return arrangement_renewal(row.approved_on, row.expires_on, row.approval, day)


def approval_lacks(row):
    """Somebody outside has to approve it, and has not."""
    return row.approved_on is None and row.approval != Approval.DELEGATED


def used(row, began, said):
    """`began` and `said` are days as text, or None."""
    if began is None:
        return "Cannot tell whether it is used this half term: no term dates are set."
    return (
        "Used in lessons this half term."
        if said and said >= began
        else "Nobody has said this half term that it is used."
    )
