"""Moves on the register against the law: each legal step and its source, and why others are refused.

Children and Families Act 2014 s.68 (tell the parents when provision starts), s.37 and s.45 (a plan is the council's);
SEND Code of Practice 2015 6.43; domain.md 2.1 and 3.1.
"""

from datetime import date, timedelta

import pytest

from sendhub.rules.provisions import Force
from sendhub.rules.register_moves import (
    DUTIES,
    DUTY_OF,
    MOVES,
    Kind,
    Problem,
    day_problems,
    find_move,
    moves_from,
    needs_council,
    telling_problems,
)

TODAY = date(2026, 11, 25)
SINCE = date(2026, 9, 3)

# before, after, what the family hears, whether the council decides
MOVE_CASES = [
    ("N", "K", "support_starts", False),
    ("K", "N", "support_ends", False),
    ("N", "E", "plan_starts", True),
    ("K", "E", "plan_starts", True),
    ("E", "K", "plan_ends", True),
    ("E", "N", "plan_ends", True),
]
NOT_MOVES = [("N", "N"), ("K", "K"), ("E", "E"), ("K", "S"), ("A", "K"), ("", "K"), ("K", "")]

# kind, force, citation (as it begins)
DUTY_CASES = [
    ("support_starts", Force.MUST, "Children and Families Act 2014 s.68; SEND Code of Practice 2015 6.2 and 6.43"),
    ("support_ends", Force.SHOULD, "SEND Code of Practice 2015 6.53"),
    ("plan_starts", Force.SHOULD, "Children and Families Act 2014 s.37"),
    ("plan_ends", Force.SHOULD, "Children and Families Act 2014 s.45"),
]


def test_every_move_has_a_row_and_no_row_is_left_over():
    assert {(before, after) for before, after, *_ in MOVE_CASES} == set(MOVES)


@pytest.mark.parametrize(("before", "after", "kind", "council"), MOVE_CASES)
def test_a_move_is_what_the_law_makes_of_it(before, after, kind, council):
    move = find_move(before, after)
    assert (move.kind, move.council, move.duty) == (kind, council, DUTY_OF[Kind(kind)])
    assert needs_council(after, before) is council
    assert move in moves_from(before)
    assert len(moves_from(before)) == 2


@pytest.mark.parametrize(("before", "after"), NOT_MOVES)
def test_anything_else_is_no_move(before, after):
    assert find_move(before, after) is None


@pytest.mark.parametrize(("kind", "force", "citation"), DUTY_CASES)
def test_a_duty_says_what_its_source_says(kind, force, citation):
    duty = DUTY_OF[Kind(kind)]
    assert (duty.force, duty.in_force_from) == (force, date(2014, 9, 1))
    assert duty.citation.startswith(citation)
    assert duty.link.startswith("https://")
    assert duty.plain.endswith(".")


def test_every_duty_has_a_row():
    assert [duty.kind for duty in DUTIES] == [case[0] for case in DUTY_CASES]


# case, before, after, day, holds since, the council's date, what is wrong
DAY_CASES = [
    ("the first record of all", "N", "K", TODAY, None, None, ()),
    ("the day after what holds began", "K", "N", SINCE + timedelta(1), SINCE, None, ()),
    ("the day on which what holds began", "K", "N", SINCE, SINCE, None, (Problem.TOO_EARLY,)),
    ("the day before what holds began", "K", "N", SINCE - timedelta(1), SINCE, None, (Problem.TOO_EARLY,)),
    ("a Sunday in the holidays counts", "N", "K", date(2026, 8, 2), None, None, ()),
    ("a leap day", "N", "K", date(2024, 2, 29), date(2024, 2, 28), None, ()),
    ("today", "N", "K", TODAY, None, None, ()),
    ("tomorrow", "N", "K", TODAY + timedelta(1), None, None, (Problem.FUTURE,)),
    ("a plan on the council's date", "K", "E", TODAY, SINCE, TODAY, ()),
    ("a plan without the council's date", "K", "E", TODAY, SINCE, None, (Problem.NO_COUNCIL_DATE,)),
    ("a plan on another day", "N", "E", TODAY, None, SINCE, (Problem.OTHER_COUNCIL_DATE,)),
    ("a plan that ends on the council's date", "E", "K", TODAY, SINCE, TODAY, ()),
    ("a plan that ends without it", "E", "N", TODAY, SINCE, None, (Problem.NO_COUNCIL_DATE,)),
    ("a council's date before the plan began", "E", "N", SINCE, SINCE, SINCE, (Problem.TOO_EARLY,)),
    ("a council's date and no plan", "N", "K", TODAY, None, TODAY, (Problem.COUNCIL_DATE_WITHOUT_PLAN,)),
    ("the same again", "K", "K", TODAY, SINCE, None, (Problem.SAME,)),
    ("a plan again", "E", "E", TODAY, SINCE, TODAY, (Problem.SAME,)),
    ("a code of before 2014", "N", "S", TODAY, None, None, (Problem.UNKNOWN,)),
    ("no code at all", "X", "X", TODAY, None, None, (Problem.UNKNOWN,)),
    ("two things wrong", "K", "E", TODAY + timedelta(1), SINCE, None, (Problem.NO_COUNCIL_DATE, Problem.FUTURE)),
]


@pytest.mark.parametrize(("case", "before", "after", "on", "since", "council_on", "wrong"), DAY_CASES)
def test_the_day_of_a_move(case, before, after, on, since, council_on, wrong):
    found = day_problems(before, after, on=on, today=TODAY, holds_since=since, council_on=council_on)
    assert found == wrong, case


# case, reason, told on, how, by, letters, what is wrong
TELLING_CASES = [
    ("told at a meeting", "Reads slowly", TODAY, "meeting", 7, 0, ()),
    ("a letter on its way", "Reads slowly", None, "", None, 1, ()),
    ("told, and a letter besides", "Reads slowly", SINCE, "phone", 7, 2, ()),
    ("told before the move", "Reads slowly", date(2024, 2, 29), "phone", 7, 0, ()),
    ("neither", "Reads slowly", None, "", None, 0, (Problem.NOT_TOLD,)),
    ("nobody says how", "Reads slowly", TODAY, "", 7, 0, (Problem.NOT_TOLD,)),
    ("nobody says who", "Reads slowly", TODAY, "phone", None, 0, (Problem.NOT_TOLD,)),
    ("nobody says when", "Reads slowly", None, "phone", 7, 0, (Problem.NOT_TOLD,)),
    ("to be told tomorrow", "Reads slowly", TODAY + timedelta(1), "phone", 7, 0, (Problem.TOLD_IN_FUTURE,)),
    ("no reason", "  ", TODAY, "phone", 7, 0, (Problem.NO_REASON,)),
    ("nothing", "", None, "", None, 0, (Problem.NO_REASON, Problem.NOT_TOLD)),
]


@pytest.mark.parametrize(("case", "reason", "told_on", "how", "by", "letters", "wrong"), TELLING_CASES)
def test_no_move_without_a_reason_and_the_family(case, reason, told_on, how, by, letters, wrong):
    found = telling_problems(reason=reason, told_on=told_on, told_how=how, told_by=by, letters=letters, today=TODAY)
    assert found == wrong, case


def test_every_problem_is_met_above():
    met = {problem for case in DAY_CASES + TELLING_CASES for problem in case[-1]}
    assert met == set(Problem)
