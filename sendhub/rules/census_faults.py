"""What the school census would ask about in one pupil's SEN data: provision and types of need that do not fit together.

Each check is a row of RULES with its words and its source. What does not live here: census days (`census`), the codes
(`codes`), and whose record it is.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from sendhub.rules.codes import NEED_BY_CODE

GUIDE = "https://www.gov.uk/guidance/complete-the-school-census"
SOURCE = "DfE, school census guide: SEN provision, SEN type and SEN type ranking"
NONE = "N"


class Fault(StrEnum):
    NEED_MISSING = "need_missing"
    NEED_WITHOUT_PROVISION = "need_without_provision"
    NEED_WITH_WRONG_PROVISION = "need_with_wrong_provision"
    NEED_UNKNOWN = "need_unknown"
    RANK_GAP = "rank_gap"
    RANK_TWICE = "rank_twice"
    DATES_OVERLAP = "dates_overlap"


@dataclass(frozen=True, slots=True)
class Rule:
    """One check. `about_need`: only a census that takes types of need asks for it."""

    fault: Fault
    title: str
    plain: str
    about_need: bool = True
    citation: str = SOURCE
    link: str = GUIDE


RULES: tuple[Rule, ...] = (
    Rule(
        Fault.NEED_MISSING,
        "On the register without a type of need",
        "SEN Support and an EHC plan each need at least one type of need.",
    ),
    Rule(
        Fault.NEED_WITHOUT_PROVISION,
        "A type of need, and not on the register",
        "Who has no SEN provision has no type of need in the census. Put them on the register, or end the need.",
    ),
    Rule(
        Fault.NEED_WITH_WRONG_PROVISION,
        "“No specialist assessment” with an EHC plan",
        "That type stands with SEN Support only: a plan says what the need is.",
    ),
    Rule(
        Fault.NEED_UNKNOWN,
        "A type of need that the census does not take",
        "The code is none of today’s. Choose the one that took its place.",
    ),
    Rule(
        Fault.RANK_GAP,
        "Needs without a main one, or with a gap in their order",
        "The main need is first, the others follow without a gap.",
    ),
    Rule(
        Fault.RANK_TWICE,
        "Two needs in the same place",
        "Each need has a place of its own.",
    ),
    Rule(
        Fault.DATES_OVERLAP,
        "Two provisions at the same time",
        "One ends before the next begins: a pupil has one SEN provision on any day.",
        about_need=False,
    ),
)


@dataclass(frozen=True, slots=True)
class Need:
    code: str
    rank: int


@dataclass(frozen=True, slots=True)
class Spell:
    """A provision from a day until a day, both included; open at its end when that is None."""

    starts_on: date
    ends_on: date | None


def faults_of(provision: str, needs: Sequence[Need], spells: Sequence[Spell], on: date) -> tuple[Fault, ...]:
    """What is wrong on a day, in the order of RULES. `provision` is "N", "K" or "E", `needs` those of that day,
    `spells` all provisions that the pupil ever had."""
    codes = [need.code for need in needs]
    ranks = sorted(need.rank for need in needs)
    types = [NEED_BY_CODE[code] for code in codes if code in NEED_BY_CODE]
    found = {
        Fault.NEED_MISSING: provision != NONE and not needs,
        Fault.NEED_WITHOUT_PROVISION: provision == NONE and bool(needs),
        Fault.NEED_WITH_WRONG_PROVISION: provision != NONE
        and any(need.only_with not in (None, provision) for need in types),
        Fault.NEED_UNKNOWN: len(types) < len(codes) or not all(need.valid(on) for need in types),
        Fault.RANK_GAP: sorted(set(ranks)) != list(range(1, len(set(ranks)) + 1)),
        Fault.RANK_TWICE: len(set(ranks)) < len(ranks),
        Fault.DATES_OVERLAP: overlap(spells),
    }
    return tuple(rule.fault for rule in RULES if found[rule.fault])


def overlap(spells: Sequence[Spell]) -> bool:
    """Does one of them begin before the one before it has ended?"""
    ordered = sorted(spells, key=lambda spell: (spell.starts_on, spell.ends_on or date.max))
    return any(before.ends_on is None or after.starts_on <= before.ends_on for before, after in pairwise(ordered))
