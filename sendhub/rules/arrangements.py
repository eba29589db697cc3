"""Access arrangements: the usual list with who approves each, and whether a half term has its proof.

The list is where a school begins: it may make it its own. What does not live here: the numbers (`provisions`), whose
arrangement it is and who said what (`pupils`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sendhub.rules.school_calendar import Term, academic_year


class Scheme(StrEnum):
    """Under whose rules it is given."""

    JCQ = "jcq"
    STA = "sta"
    INTERNAL = "internal"


class Approval(StrEnum):
    """Who says yes to it."""

    DELEGATED = "delegated"
    ONLINE = "online"
    AWARDING_BODY = "awarding_body"


# JCQ, access arrangements and reasonable adjustments. Which is approved by whom we have not seen in the source itself.
USUAL: tuple[tuple[str, Approval], ...] = (
    ("25% extra time", Approval.ONLINE),
    ("Extra time of more than 25%", Approval.ONLINE),
    ("Computer reader or reader", Approval.ONLINE),
    ("Scribe or speech recognition", Approval.ONLINE),
    ("Language modifier", Approval.ONLINE),
    ("Practical assistant", Approval.ONLINE),
    ("Bilingual dictionary with extra time", Approval.ONLINE),
    ("Another place than the school", Approval.ONLINE),
    ("Modified papers", Approval.ONLINE),
    ("Supervised rest breaks", Approval.DELEGATED),
    ("Another room", Approval.DELEGATED),
    ("Prompter", Approval.DELEGATED),
    ("Read aloud", Approval.DELEGATED),
    ("Reading pen", Approval.DELEGATED),
    ("Coloured overlay or paper", Approval.DELEGATED),
    ("Word processor, spell check off", Approval.DELEGATED),
    ("Ear defenders", Approval.DELEGATED),
    ("Magnifier", Approval.DELEGATED),
    ("Amplification", Approval.DELEGATED),
    ("Squared paper", Approval.DELEGATED),
    ("BSL interpreter", Approval.DELEGATED),
    ("Colour naming", Approval.DELEGATED),
    ("Bilingual dictionary without extra time", Approval.DELEGATED),
    ("Exemption from a part of the examination", Approval.AWARDING_BODY),
)


@dataclass(frozen=True, slots=True)
class Half:
    """One half term of a school year and those who said in it that the arrangement is used."""

    term: Term
    said: tuple[str, ...]
    open: bool  # it has not ended yet


def half_terms(
    terms: Iterable[Term], said: Sequence[tuple[date, str]], since: date, until: date | None, today: date
) -> list[Half]:
    """The half terms of today's school year that the arrangement has touched so far, oldest first.

    `said` is (day, name). What was said in a holiday counts for the half term before it.
    """
    year = academic_year(today)
    found = sorted((term for term in terms if academic_year(term.first) == year), key=lambda term: term.first)
    lasts = [term.first for term in found[1:]] + [date.max] * bool(found)
    halves = []
    for term, next_first in zip(found, lasts, strict=True):
        begun = term.first <= today
        touched = since < next_first and (until is None or until >= term.first)
        if begun and touched:
            names = tuple(dict.fromkeys(name for day, name in said if term.first <= day < next_first))
            halves.append(Half(term, names, term.last >= today))
    return halves


def half_term_began(terms: Iterable[Term], today: date) -> date | None:
    """The first day of the half term that we are in, or of the last one in a holiday; None if no terms are known."""
    return max((term.first for term in terms if term.first <= today), default=None)
