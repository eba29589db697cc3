"""What the family says is wrong: their words beside the facts, and what the school decided."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.models import Correction
from pupils.queries.gather import About
from pupils.words import count_words, day_words
from sendhub.access import Permission

NEEDS = (Permission.PUPIL_RECORD,)
PARTS = {
    "corrections": About(Correction, "t.said_on <= %(day)s", "t.decided_on IS NOT NULL, t.said_on DESC, t.id DESC")
}
OUTCOMES = dict(Correction.Outcome.choices)


def card(pupil, rows, member, day):
    """None where nothing is disputed: the page for it is reached from below."""
    found = rows["corrections"]
    if not found:
        return None
    open_ones = [each for each in found if not each.outcome]
    title = "What the family says is wrong"
    if open_ones:
        title = f"The family says that {count_words(len(open_ones), 'thing is', 'things are')} wrong"
    lines = tuple(line(each, day) for each in found[:MOST_LINES])
    href = reverse("pupils:correction-list", args=[pupil.pk])
    return Card("corrections", title, lines, "", href, "All of it", len(found))


def line(each, day):
    words = f"“{each.said}” {each.said_by}, {day_words(each.said_on, day)}."
    if not each.outcome:
        return Line(each.about, words, "due", "Not decided")
    return Line(each.about, f"{words} {OUTCOMES[each.outcome]}{f': {each.why}' if each.why else '.'}")
