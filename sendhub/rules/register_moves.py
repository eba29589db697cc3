"""Moves on the register: which there are, what each needs before it may be saved, and who has to be told why.

A school decides on SEN Support; only the council starts and ends an EHC plan, so its date is the day of the move. What
does not live here: rows, and the words of letters.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sendhub.rules.provisions.ehc import CODE, REFORMS
from sendhub.rules.provisions.types import Force

NONE, SUPPORT, PLAN = "N", "K", "E"

_ACT = "Children and Families Act 2014"
_ACT_LINK = "https://www.legislation.gov.uk/ukpga/2014/6/section/"


class Kind(StrEnum):
    """What happens, in the family's eyes; each has a letter of its own."""

    SUPPORT_STARTS = "support_starts"
    SUPPORT_ENDS = "support_ends"
    PLAN_STARTS = "plan_starts"
    PLAN_ENDS = "plan_ends"


@dataclass(frozen=True, slots=True)
class Duty:
    """Why the family is told of a move, and since when that has been the rule."""

    kind: Kind
    force: Force
    plain: str
    citation: str
    link: str
    in_force_from: date = REFORMS


DUTIES: tuple[Duty, ...] = (
    Duty(
        Kind.SUPPORT_STARTS,
        Force.MUST,
        "The school tells the parents, or the young person, that it makes special educational provision.",
        f"{_ACT} s.68; SEND Code of Practice 2015 6.2 and 6.43",
        f"{_ACT_LINK}68",
    ),
    Duty(
        Kind.SUPPORT_ENDS,
        Force.SHOULD,
        "The parents are part of each look at the help, so they hear that it ends and why.",
        "SEND Code of Practice 2015 6.53 to 6.56",
        CODE,
    ),
    Duty(
        Kind.PLAN_STARTS,
        Force.SHOULD,
        "The council makes the plan and sends it to the family; the school says what it does from now on.",
        f"{_ACT} s.37; SEND Code of Practice 2015 9.126",
        f"{_ACT_LINK}37",
    ),
    Duty(
        Kind.PLAN_ENDS,
        Force.SHOULD,
        "The council ends the plan and tells the family; the school says what help goes on.",
        f"{_ACT} s.45; SEND Code of Practice 2015 9.199 to 9.205",
        f"{_ACT_LINK}45",
    ),
)
DUTY_OF: Mapping[Kind, Duty] = {duty.kind: duty for duty in DUTIES}


@dataclass(frozen=True, slots=True)
class Move:
    """One legal step from a provision to another. `council`: it is the council's to decide, on its date."""

    before: str
    after: str
    kind: Kind
    council: bool

    @property
    def duty(self) -> Duty:
        return DUTY_OF[self.kind]


MOVES: Mapping[tuple[str, str], Move] = {
    (move.before, move.after): move
    for move in (
        Move(NONE, SUPPORT, Kind.SUPPORT_STARTS, council=False),
        Move(SUPPORT, NONE, Kind.SUPPORT_ENDS, council=False),
        Move(NONE, PLAN, Kind.PLAN_STARTS, council=True),
        Move(SUPPORT, PLAN, Kind.PLAN_STARTS, council=True),
        Move(PLAN, SUPPORT, Kind.PLAN_ENDS, council=True),
        Move(PLAN, NONE, Kind.PLAN_ENDS, council=True),
    )
}


class Problem(StrEnum):
    """Why a move can not be saved as it is."""

    SAME = "same"  # nothing would change
    UNKNOWN = "unknown"  # no provision of the census
    FUTURE = "future"  # the day has not come
    TOO_EARLY = "too_early"  # on or before the first day of what holds now
    NO_REASON = "no_reason"
    NO_COUNCIL_DATE = "no_council_date"
    OTHER_COUNCIL_DATE = "other_council_date"  # the day of the move is another one
    COUNCIL_DATE_WITHOUT_PLAN = "council_date_without_plan"
    NOT_TOLD = "not_told"  # neither a record that the family was told nor a letter
    TOLD_IN_FUTURE = "told_in_future"


def find_move(before: str, after: str) -> Move | None:
    """The legal move between two provisions ("N", "K", "E"), or None."""
    return MOVES.get((before, after))


def moves_from(before: str) -> tuple[Move, ...]:
    """What may follow, in the order of the table."""
    return tuple(move for move in MOVES.values() if move.before == before)


def needs_council(after: str, *befores: str) -> bool:
    """Whether a plan starts or ends: only the council does that."""
    return PLAN in (after, *befores)


def day_problems(
    before: str,
    after: str,
    *,
    on: date,
    today: date,
    holds_since: date | None,
    council_on: date | None = None,
) -> tuple[Problem, ...]:
    """What is wrong with this move on this day, worst first; empty when it is legal.

    `holds_since` is the first day of what holds now, None when nothing was ever recorded. A move on that day or before
    it would leave two provisions on one day, or take away a day that the register has already shown.
    """
    move = find_move(before, after)
    if move is None:
        known = {NONE, SUPPORT, PLAN}
        return (Problem.SAME,) if before == after and after in known else (Problem.UNKNOWN,)
    found = []
    if move.council and council_on is None:
        found.append(Problem.NO_COUNCIL_DATE)
    elif move.council and council_on != on:
        found.append(Problem.OTHER_COUNCIL_DATE)
    elif not move.council and council_on is not None:
        found.append(Problem.COUNCIL_DATE_WITHOUT_PLAN)
    if on > today:
        found.append(Problem.FUTURE)
    if holds_since is not None and on <= holds_since:
        found.append(Problem.TOO_EARLY)
    return tuple(found)


def telling_problems(
    *, reason: str, told_on: date | None, told_how: str, told_by: object, letters: int, today: date
) -> tuple[Problem, ...]:
    """What is missing of why, and of the family told or written to. A person's move is not saved with any of these."""
    found = []
    if not reason.strip():
        found.append(Problem.NO_REASON)
    told = told_on is not None and bool(told_how) and told_by is not None
    if not told and not letters:
        found.append(Problem.NOT_TOLD)
    if told_on is not None and told_on > today:
        found.append(Problem.TOLD_IN_FUTURE)
    return tuple(found)
