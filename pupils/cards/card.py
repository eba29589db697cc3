"""What a card of the record is: a title that says the state, a few lines, and the way to all of it."""

from dataclasses import dataclass

MOST_LINES = 4  # more are on the noun's own page


@dataclass(frozen=True, slots=True)
class Line:
    """`mark` is a kind of tag ("late", "due", "ok", "unsure"), always with its words; "" for none."""

    what: str
    sub: str = ""
    mark: str = ""
    mark_words: str = ""
    href: str = ""


@dataclass(frozen=True, slots=True)
class Card:
    """`name` is the id on the page; `more` says what one finds behind `href`; `empty` stands where no line does.
    `at_once` is what every adult must know before anything else: it stands at the top of the record too.
    """

    name: str
    title: str
    lines: tuple
    empty: str
    href: str
    more: str
    total: int = 0  # where there are more than the lines shown
    at_once: tuple = ()
