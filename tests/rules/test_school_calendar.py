"""School days, terms and weeks of a made-up school year, and what happens at the edge of what we know."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.school_calendar import (
    Closure,
    ClosureKind,
    SchoolCalendar,
    Term,
    academic_year,
    academic_year_name,
)

AUTUMN = Term("Autumn", date(2026, 9, 1), date(2026, 12, 18), date(2026, 10, 26), date(2026, 10, 30))
SPRING = Term("Spring", date(2027, 1, 4), date(2027, 3, 25), date(2027, 2, 15), date(2027, 2, 19))
SUMMER = Term("Summer", date(2027, 4, 12), date(2027, 7, 21), date(2027, 5, 31), date(2027, 6, 4))
NEXT_AUTUMN = Term("Autumn", date(2027, 9, 2), date(2027, 12, 17))
CLOSURES = (
    Closure(date(2026, 9, 1), date(2026, 9, 2), ClosureKind.INSET, "Training"),
    Closure(date(2027, 1, 4), date(2027, 1, 4), ClosureKind.INSET),
    Closure(date(2027, 2, 4), date(2027, 2, 5), ClosureKind.CLOSED, "Snow"),
)
YEAR = SchoolCalendar((AUTUMN, SPRING, SUMMER, NEXT_AUTUMN), CLOSURES)
GAP = SchoolCalendar((AUTUMN, SUMMER))
EMPTY = SchoolCalendar(())
IN_YEAR = st.dates(date(2026, 9, 1), date(2027, 12, 17))
ANY_DAY = st.dates(date(2026, 1, 1), date(2028, 12, 31))


@pytest.mark.parametrize(
    ("case", "calendar", "day", "expected"),
    [
        ("a day in term", YEAR, date(2026, 11, 20), True),
        ("Saturday", YEAR, date(2026, 11, 21), False),
        ("Sunday", YEAR, date(2026, 11, 22), False),
        ("first day of term, INSET", YEAR, date(2026, 9, 1), False),
        ("first open day", YEAR, date(2026, 9, 3), True),
        ("last day of term", YEAR, date(2026, 12, 18), True),
        ("day after the term, before a known one", YEAR, date(2026, 12, 19), False),
        ("first day of half-term break", YEAR, date(2026, 10, 26), False),
        ("last day of half-term break", YEAR, date(2026, 10, 30), False),
        ("Monday after the break", YEAR, date(2026, 11, 2), True),
        ("bank holiday in term (early May)", YEAR, date(2027, 5, 3), False),
        ("snow", YEAR, date(2027, 2, 5), False),
        ("summer holiday between known years", YEAR, date(2027, 8, 10), False),
        ("before the first known term", YEAR, date(2026, 8, 31), None),
        ("after the last known term", YEAR, date(2027, 12, 18), None),
        ("a Sunday outside the known terms", YEAR, date(2028, 1, 9), None),
        ("a term is missing: January", GAP, date(2027, 1, 20), None),
        ("a term is missing: weekend", GAP, date(2027, 1, 23), None),
        ("no terms at all", EMPTY, date(2026, 11, 20), None),
        ("leap day, not known", YEAR, date(2028, 2, 29), None),
    ],
)
def test_is_school_day(case, calendar, day, expected):
    """domain.md section 9: a term date, not a bank holiday, INSET day or closure; and never a guess."""
    assert calendar.is_school_day(day) is expected
    assert calendar.knows(day) is (expected is not None)


def test_leap_day_in_term_is_a_school_day():
    calendar = SchoolCalendar((Term("Spring", date(2028, 1, 4), date(2028, 3, 31)),))
    assert calendar.is_school_day(date(2028, 2, 29)) is True
    assert calendar.add_school_days(date(2028, 2, 28), 1) == date(2028, 2, 29)


@pytest.mark.parametrize(("days_of_gap", "known"), [(63, True), (64, False)])
def test_a_holiday_longer_than_nine_weeks_means_a_term_is_missing(days_of_gap, known):
    first = Term("Summer", date(2026, 4, 13), date(2026, 7, 1))
    later = Term("Autumn", first.last + timedelta(days=days_of_gap), date(2026, 12, 18))
    assert SchoolCalendar((first, later)).knows(date(2026, 8, 1)) is known


@pytest.mark.parametrize(
    ("case", "start", "days", "expected"),
    [
        ("none", date(2026, 11, 21), 0, date(2026, 11, 21)),
        ("over a weekend", date(2026, 11, 20), 1, date(2026, 11, 23)),
        ("sixth day of a suspension from Monday (the first counts)", date(2026, 11, 16), 5, date(2026, 11, 23)),
        ("over the half-term break", date(2026, 10, 23), 1, date(2026, 11, 2)),
        ("over Christmas and an INSET day", date(2026, 12, 18), 1, date(2027, 1, 5)),
        ("transfer file: 15 school days after leaving (unconfirmed)", date(2026, 11, 20), 15, date(2026, 12, 11)),
        ("over Easter", date(2027, 3, 25), 1, date(2027, 4, 12)),
        ("over a bank holiday", date(2027, 4, 30), 1, date(2027, 5, 4)),
        ("backwards over a weekend", date(2026, 11, 23), -1, date(2026, 11, 20)),
        ("backwards to the first open day", date(2026, 9, 4), -1, date(2026, 9, 3)),
        ("backwards out of the known terms", date(2026, 9, 3), -1, None),
        ("forwards out of the known terms", date(2027, 12, 17), 1, None),
        ("from outside the known terms", date(2026, 8, 20), 1, None),
    ],
)
def test_add_school_days(case, start, days, expected):
    assert YEAR.add_school_days(start, days) == expected


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("open day is itself", date(2026, 11, 20), date(2026, 11, 20)),
        ("Saturday", date(2026, 11, 21), date(2026, 11, 23)),
        ("summer holiday", date(2027, 7, 22), date(2027, 9, 2)),
        ("outside", date(2028, 1, 5), None),
    ],
)
def test_next_open_day(case, day, expected):
    assert YEAR.next_open_day(day) == expected


@pytest.mark.parametrize(
    ("case", "start", "end", "expected"),
    [
        ("same day", date(2026, 11, 20), date(2026, 11, 20), 0),
        ("a week", date(2026, 11, 16), date(2026, 11, 23), 5),
        ("a holiday only", date(2026, 12, 18), date(2027, 1, 4), 0),
        ("runs out of the known terms", date(2027, 12, 16), date(2027, 12, 18), None),
    ],
)
def test_school_days_between(case, start, end, expected):
    assert YEAR.school_days_between(start, end) == expected


def test_school_days_between_refuses_a_backward_question():
    with pytest.raises(ValueError, match="before the start"):
        YEAR.school_days_between(date(2026, 11, 20), date(2026, 11, 19))


@pytest.mark.parametrize(
    ("case", "day", "term", "half"),
    [
        ("first day", date(2026, 9, 1), AUTUMN, "Autumn 1"),
        ("last day before the break", date(2026, 10, 25), AUTUMN, "Autumn 1"),
        ("first day of the break", date(2026, 10, 26), AUTUMN, None),
        ("last day of the break", date(2026, 10, 30), AUTUMN, None),
        ("weekend after the break", date(2026, 10, 31), AUTUMN, "Autumn 2"),
        ("last day", date(2026, 12, 18), AUTUMN, "Autumn 2"),
        ("holiday", date(2026, 12, 19), None, None),
        ("a term without a break", date(2027, 10, 1), NEXT_AUTUMN, "Autumn"),
        ("outside", date(2028, 2, 29), None, None),
    ],
)
def test_term_and_half_term_of(case, day, term, half):
    found = YEAR.half_term_of(day)
    assert YEAR.term_of(day) == term
    assert (found.name if found else None) == half


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("first day, a Tuesday", date(2026, 9, 1), 1),
        ("first Sunday", date(2026, 9, 6), 1),
        ("second Monday", date(2026, 9, 7), 2),
        ("last week before the break", date(2026, 10, 23), 8),
        ("in the break", date(2026, 10, 28), None),
        ("first week after the break", date(2026, 11, 2), 9),
        ("last day", date(2026, 12, 18), 15),
        ("first day, a Monday", date(2027, 1, 4), 1),
        ("holiday", date(2026, 12, 25), None),
        ("outside", date(2026, 8, 31), None),
    ],
)
def test_week_of_term(case, day, expected):
    assert YEAR.week_of_term(day) == expected


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("first day", date(2026, 9, 1), 2026),
        ("last day", date(2027, 8, 31), 2026),
        ("day before", date(2026, 8, 31), 2025),
        ("leap day", date(2028, 2, 29), 2027),
    ],
)
def test_academic_year(case, day, expected):
    assert academic_year(day) == expected


@pytest.mark.parametrize(("year", "name"), [(2026, "2026-27"), (1999, "1999-00"), (2008, "2008-09")])
def test_academic_year_name(year, name):
    assert academic_year_name(year) == name


@pytest.mark.parametrize(
    ("case", "make", "message"),
    [
        ("term backwards", lambda: Term("Autumn", date(2026, 9, 2), date(2026, 9, 1)), "ends before it begins"),
        ("half a break", lambda: Term("A", date(2026, 9, 2), date(2026, 12, 1), date(2026, 10, 1)), "both its days"),
        (
            "break outside",
            lambda: Term("A", date(2026, 9, 2), date(2026, 12, 1), date(2026, 11, 30), date(2026, 12, 1)),
            "inside its term",
        ),
        ("closure backwards", lambda: Closure(date(2026, 9, 2), date(2026, 9, 1)), "ends before it begins"),
        ("terms out of order", lambda: SchoolCalendar((SPRING, AUTUMN)), "Autumn begins before Spring has ended"),
        ("terms overlap", lambda: SchoolCalendar((AUTUMN, AUTUMN)), "begins before"),
    ],
)
def test_nonsense_is_refused(case, make, message):
    with pytest.raises(ValueError, match=message):
        make()


def test_one_day_terms_and_closures_are_fine():
    day = date(2026, 9, 2)
    assert SchoolCalendar((Term("Try", day, day),)).is_school_day(day) is True
    assert SchoolCalendar((Term("Try", day, day),), (Closure(day, day),)).is_school_day(day) is False


def test_closures_cover_their_days():
    assert [CLOSURES[2].covers(date(2027, 2, day)) for day in (3, 4, 5, 6)] == [False, True, True, False]


@given(IN_YEAR, st.integers(1, 60))
def test_counting_undoes_adding(start, days):
    end = YEAR.add_school_days(start, days)
    if end is not None:
        assert YEAR.is_school_day(end) is True
        assert YEAR.school_days_between(start, end) == days


@given(IN_YEAR, st.integers(1, 60))
def test_going_back_undoes_going_on(day, days):
    start = YEAR.next_open_day(day)
    end = YEAR.add_school_days(start, days)
    if end is not None:
        assert YEAR.add_school_days(end, -days) == start


@given(ANY_DAY)
def test_a_school_day_lies_in_a_half_term_and_a_week(day):
    if YEAR.is_school_day(day):
        assert YEAR.half_term_of(day).covers(day)
        assert YEAR.term_of(day).covers(day)
        assert YEAR.week_of_term(day) >= 1
        assert day.weekday() < 5


@given(ANY_DAY)
def test_next_open_day_is_open_and_nothing_before_it_is(day):
    found = YEAR.next_open_day(day)
    if found is not None:
        assert YEAR.is_school_day(found) is True
        assert YEAR.school_days_between(day - timedelta(days=1), found) in (1, None)
