"""Reduced timetables (domain.md 3.4, C2) and places outside school: what they lack, on the day before and the day."""

from datetime import date

import pytest

from sendhub.rules.elsewhere import Elsewhere, Reduced, elsewhere_lacks, reduced_lacks, too_long, visited
from sendhub.rules.school_calendar import SchoolCalendar
from tests.rules.test_whole_terms import HALVES

FIRST = date(2026, 10, 5)
LIMIT = date(2026, 11, 15)  # six weeks, the first day included: a Sunday
NONE = SchoolCalendar(())


def reduced(**changes):
    """In order on any day up to its limit."""
    facts = {"last": LIMIT, "review_on": date(2026, 11, 2), "agreed_on": FIRST, "council_on": FIRST}
    return Reduced(FIRST, **{**facts, **changes})


@pytest.mark.parametrize(
    ("case", "timetable", "on", "lacks"),
    [
        ("all in order", reduced(), date(2026, 11, 2), set()),
        ("the review was yesterday", reduced(), date(2026, 11, 3), {"review"}),
        ("no review is agreed", reduced(review_on=None), FIRST, {"review"}),
        ("no agreement, before it begins", reduced(agreed_on=None), date(2026, 10, 1), {"agreed"}),
        ("agreed on a day to come", reduced(agreed_on=date(2026, 10, 9)), date(2026, 10, 8), {"agreed"}),
        ("the council, on the first day", reduced(council_on=None), FIRST, set()),
        ("the council, a day later", reduced(council_on=None), date(2026, 10, 6), {"council"}),
        ("last day six weeks on: reduced_timetable_weeks", reduced(), FIRST, set()),
        ("agreed for a day longer", reduced(last=date(2026, 11, 16)), FIRST, {"weeks"}),
        ("open, on the last day of six weeks", reduced(last=None, review_on=date(2026, 12, 1)), LIMIT, set()),
        ("open, a day later", reduced(last=None, review_on=date(2026, 12, 1)), date(2026, 11, 16), {"weeks"}),
        ("it is over", reduced(agreed_on=None, review_on=None), date(2026, 11, 16), set()),
    ],
)
def test_what_a_reduced_timetable_lacks(case, timetable, on, lacks):
    assert set(reduced_lacks(timetable, on)) == lacks


def test_a_school_may_set_its_own_number_of_weeks():
    """reduced_timetable_weeks is a should, and we have not seen it in its source."""
    assert not too_long(reduced(), FIRST)
    assert too_long(reduced(), FIRST, {"reduced_timetable_weeks": 5})


@pytest.mark.parametrize(
    ("on", "runs"), [(date(2026, 10, 4), False), (FIRST, True), (LIMIT, True), (date(2026, 11, 16), False)]
)
def test_on_which_days_it_runs(on, runs):
    assert reduced().runs(on) is runs
    assert Elsewhere(FIRST, LIMIT, None).runs(on) is runs


def test_without_a_last_day_it_runs_on():
    assert reduced(last=None).runs(date(2027, 7, 1))
    assert Elsewhere(FIRST, None, None).runs(date(2027, 7, 1))


def place(**changes):
    facts = {"last": None, "review_on": date(2026, 12, 1), "check_on": date(2026, 10, 1), "visits": ()}
    return Elsewhere(FIRST, **{**facts, **changes})


@pytest.mark.parametrize(
    ("case", "found", "on", "lacks"),
    [
        ("in order", place(), date(2026, 11, 2), set()),
        ("no check, before it begins", place(check_on=None), date(2026, 10, 1), {"check"}),
        ("no check, and it runs", place(check_on=None), date(2026, 11, 2), {"check"}),
        ("the review was yesterday", place(), date(2026, 12, 2), {"review"}),
        ("no review is agreed", place(review_on=None), FIRST, {"review"}),
        ("the last day of a term without a visit", place(review_on=date(2027, 7, 1)), date(2026, 12, 18), set()),
        ("a day later: placement_visit_terms", place(review_on=date(2027, 7, 1)), date(2026, 12, 19), {"visit"}),
        ("it is to come", place(), date(2026, 10, 1), set()),
        ("it is over", place(last=date(2026, 11, 1), check_on=None), date(2026, 11, 2), set()),
    ],
)
def test_what_a_place_outside_school_lacks(case, found, on, lacks):
    assert set(elsewhere_lacks(found, HALVES, on)) == lacks


def test_a_school_without_terms_can_not_tell_when_a_visit_is_due():
    assert set(elsewhere_lacks(place(), NONE, date(2026, 11, 2))) == {"visit"}
    assert visited(place(), NONE).due is None


@pytest.mark.parametrize(
    ("case", "visits", "due"),
    [
        ("never: the term in which it began", (), date(2026, 12, 18)),
        ("in the autumn: the spring", (date(2026, 9, 9), date(2026, 11, 3)), date(2027, 3, 25)),
        ("in the Christmas holiday: the spring", (date(2026, 12, 22),), date(2027, 3, 25)),
        ("in the summer: a year that nobody has set", (date(2027, 7, 1),), None),
    ],
)
def test_by_when_the_next_visit_is_due(case, visits, due):
    assert visited(place(visits=visits), HALVES).due == due
