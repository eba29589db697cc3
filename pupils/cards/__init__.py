"""The cards of a pupil's record: one module a noun, each a summary of what has a page of its own.

A card's module has NEEDS (permissions), PARTS (what it reads of the pupil: {name: About}, read for all cards in one
statement) and card(pupil, rows, member, day) -> Card, plain Python without queries; None where there is nothing to
show to somebody who could add nothing. To add a card, write its module and put it in CARDS, in the order of the page.
What is only on a noun's own page is in `queries` and `views`.
"""

from pupils.cards import (
    adjustments,
    agencies,
    arrangements,
    attendance,
    concerns,
    corrections,
    medical,
    notes,
    placements,
    risk,
    suspensions,
    timetables,
    voice,
)
from pupils.cards.card import Card, Line

CARDS = (
    voice,
    notes,
    attendance,
    suspensions,
    timetables,
    medical,
    risk,
    adjustments,
    arrangements,
    agencies,
    placements,
    concerns,
    corrections,
)

__all__ = ["CARDS", "Card", "Line"]
