"""Days of suspension (domain.md 3.5): halves, weekends, holidays, terms, days in a row; what the law does at each."""

from datetime import date
from decimal import Decimal

import pytest

from sendhub.rules.codes import NEED_BY_CODE
from sendhub.rules.deadline import Status
from sendhub.rules.school_calendar import Closure, SchoolCalendar, Term
from sendhub.rules.suspensions import (
    REASONS,
    Suspended,
    count,
    days_of,
    governors_always,
    governors_meet,
    last_day,
    number,
    over,
    sixth_of,
    taught_by,
    told,
    too_many,
)

# Autumn 2 begins on Monday 2 November; Friday 4 December is a training day; 24 December to 3 January are shut.
CALENDAR = SchoolCalendar(
    (
        Term("Autumn 1", date(2026, 9, 3), date(2026, 10, 23)),
        Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
        Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
        Term("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
        Term("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
        Term("Summer 2", date(2027, 6, 7), date(2027, 7, 23)),
    ),
    (Closure(date(2026, 12, 4), date(2026, 12, 4)),),
)
NO_TERMS = SchoolCalendar(())
TODAY = date(2026, 11, 25)


def out(first, days, **more):
    return Suspended(first, None if days is None else Decimal(str(days)), **more)


@pytest.mark.parametrize(
    ("case", "suspended", "last", "total"),
    [
        ("one day", out(date(2026, 11, 3), 1), date(2026, 11, 3), "1"),
        ("over a weekend", out(date(2026, 11, 5), 3), date(2026, 11, 9), "3"),
        ("over half term", out(date(2026, 10, 22), 3), date(2026, 11, 2), "3"),
        ("over a training day", out(date(2026, 12, 3), 2), date(2026, 12, 7), "2"),
        ("over Christmas", out(date(2026, 12, 18), 2), date(2027, 1, 4), "2"),
        ("a day and a half touches two", out(date(2026, 11, 3), 1.5), date(2026, 11, 4), "1.5"),
        ("half a day", out(date(2026, 11, 3), 0.5), date(2026, 11, 3), "0.5"),
        (
            "three lunchtimes are a day and a half",
            out(date(2026, 11, 3), 1.5, lunchtimes=True),
            date(2026, 11, 5),
            "1.5",
        ),
        ("given on a Saturday", out(date(2026, 11, 7), 1), date(2026, 11, 9), "1"),
        (
            "taken back after two of five",
            out(date(2026, 11, 3), 5, cancelled_on=date(2026, 11, 5)),
            date(2026, 11, 4),
            "2",
        ),
        ("taken back at once", out(date(2026, 11, 3), 5, cancelled_on=date(2026, 11, 3)), None, "0"),
        ("permanent", out(date(2026, 11, 3), None), None, "0"),
    ],
)
def test_the_school_days_of_one(case, suspended, last, total):
    assert last_day(suspended, CALENDAR) == last
    assert sum(part for _, part in days_of(suspended, CALENDAR)) == Decimal(total)


@pytest.mark.parametrize("first", [date(2027, 7, 22), date(2028, 1, 10)])
def test_days_outside_the_terms_that_are_set_can_not_be_told(first):
    assert days_of(out(first, 5), CALENDAR) is None
    assert last_day(out(first, 5), CALENDAR) is None


@pytest.mark.parametrize(
    ("case", "found", "on", "year", "term", "run"),
    [
        ("none", [], TODAY, "0", "0", 0),
        (
            "both halves of the autumn are one term",
            [out(date(2026, 9, 7), 3), out(date(2026, 11, 3), 2)],
            TODAY,
            "5",
            "5",
            3,
        ),
        (
            "last term's days are of the year alone",
            [out(date(2026, 11, 3), 4), out(date(2027, 1, 5), 1)],
            date(2027, 1, 20),
            "5",
            "1",
            4,
        ),
        ("one that runs into the next term", [out(date(2026, 12, 17), 4)], date(2027, 1, 20), "4", "2", 4),
        ("days to come count, for they are given", [out(date(2026, 11, 24), 5)], TODAY, "5", "5", 5),
        ("lunchtimes are halves and no row", [out(date(2026, 11, 2), 2.5, lunchtimes=True)], TODAY, "2.5", "2.5", 0),
        ("two suspensions make one row", [out(date(2026, 11, 3), 3), out(date(2026, 11, 6), 3)], TODAY, "6", "6", 6),
        ("a day between breaks the row", [out(date(2026, 11, 3), 3), out(date(2026, 11, 9), 3)], TODAY, "6", "6", 3),
        (
            "a day under two counts once",
            [out(date(2026, 11, 3), 2), out(date(2026, 11, 3), 0.5, lunchtimes=True)],
            TODAY,
            "2",
            "2",
            2,
        ),
        ("last year's do not count", [out(date(2026, 7, 1), 5)], TODAY, "0", "0", 0),
        ("the permanent exclusion itself has no days", [out(date(2026, 11, 3), None)], TODAY, "0", "0", 0),
        ("before the first day of term", [], date(2026, 9, 1), "0", "0", 0),
        (
            "in the Christmas holiday the autumn is this term",
            [out(date(2026, 11, 3), 4)],
            date(2026, 12, 28),
            "4",
            "4",
            4,
        ),
    ],
)
def test_what_they_add_up_to(case, found, on, year, term, run):
    counters = count(found, CALENDAR, on)
    assert (counters.this_year, counters.this_term, counters.run) == (Decimal(year), Decimal(term), run)


@pytest.mark.parametrize(
    ("case", "calendar", "found"),
    [
        ("no terms at all", NO_TERMS, []),
        ("no terms of this year", SchoolCalendar(CALENDAR.terms[:0]), [out(date(2026, 11, 3), 2)]),
        ("it runs past the terms that are set", SchoolCalendar(CALENDAR.terms[:2]), [out(date(2026, 12, 17), 9)]),
    ],
)
def test_without_the_terms_nothing_is_a_number(case, calendar, found):
    counters = count(found, calendar, TODAY)
    assert (counters.this_year, counters.this_term, counters.run, counters.sixth_day) == (None, None, None, None)
    assert over(counters, TODAY) is None
    assert not too_many(counters, TODAY)


def weeks(days, first=date(2026, 9, 7)):
    """One suspension of so many school days."""
    return count([out(first, days)], CALENDAR, TODAY)


@pytest.mark.parametrize(
    ("days", "key"),
    [
        (5, None),
        (5.5, "suspension_governors_if_asked_over"),
        (15, "suspension_governors_if_asked_over"),
        (15.5, "suspension_governors_always_over"),
        (39.5, "suspension_governors_always_over"),
        (40, "suspension_warning_days"),
        (44.5, "suspension_warning_days"),
        (45, "suspension_days_max"),
    ],
)
def test_the_gravest_threshold_that_was_passed(days, key):
    """suspension_governors_if_asked_over and _always_over are "over"; suspension_warning_days and suspension_days_max
    are "so many"."""
    assert over(weeks(days), TODAY) == key


@pytest.mark.parametrize(("days", "more"), [(45, False), (45.5, True)])
def test_more_days_than_the_law_allows(days, more):
    assert too_many(weeks(days), TODAY) is more


@pytest.mark.parametrize(
    ("days", "sixth"),
    [(5, None), (5.5, date(2026, 11, 10)), (6, date(2026, 11, 10)), (9, date(2026, 11, 10))],
)
def test_teaching_from_the_sixth_day_in_a_row(days, sixth):
    """suspension_education_from_day: Tuesday 3 November is the first, Tuesday 10 November the sixth."""
    counters = count([out(date(2026, 11, 3), days)], CALENDAR, TODAY)
    assert counters.sixth_day == sixth
    deadline = taught_by(counters.sixth_day, None, TODAY)
    assert deadline.applies is (sixth is not None)
    assert deadline.late(TODAY) is (sixth is not None)


def test_teaching_that_began_in_time_is_met():
    assert taught_by(date(2026, 11, 10), date(2026, 11, 10), TODAY).status(TODAY) is Status.MET


@pytest.mark.parametrize(
    ("first", "sixth"),
    [
        (date(2026, 11, 3), date(2026, 11, 10)),
        (date(2026, 11, 7), date(2026, 11, 16)),  # a Saturday: counted from Monday
        (date(2027, 7, 22), None),  # nobody has set the next year
        (date(2028, 1, 10), None),
    ],
)
def test_the_sixth_day_of_a_permanent_exclusion(first, sixth):
    assert sixth_of(out(first, None), CALENDAR) == sixth


@pytest.mark.parametrize(
    ("case", "found", "always"),
    [
        ("15 days in the term", [out(date(2026, 9, 7), 15)], False),
        ("15 and a half: suspension_governors_always_over", [out(date(2026, 9, 7), 15.5)], True),
        ("permanent", [out(date(2026, 11, 3), None)], True),
        ("permanent, and taken back", [out(date(2026, 11, 3), None, cancelled_on=date(2026, 11, 9))], False),
    ],
)
def test_when_governors_look_at_it_unasked(case, found, always):
    assert governors_always(found, count(found, CALENDAR, TODAY), TODAY) is always


@pytest.mark.parametrize(
    ("told_on", "due"),
    [
        (date(2026, 11, 3), date(2026, 11, 24)),  # suspension_governors_always_within: 15 school days
        (date(2026, 12, 3), date(2027, 1, 8)),  # over a training day and Christmas
        (date(2027, 7, 20), None),
    ],
)
def test_by_when_governors_meet(told_on, due):
    assert governors_meet(told_on, CALENDAR).due == due


def test_governors_who_met_are_done():
    assert not governors_meet(date(2026, 11, 3), CALENDAR, date(2026, 11, 20)).outstanding(TODAY)


@pytest.mark.parametrize(("told_on", "late"), [(None, True), (date(2026, 11, 3), False)])
def test_family_and_council_are_told_without_delay(told_on, late):
    """suspension_told_days: ours, and the page says so."""
    deadline = told("family", date(2026, 11, 3), told_on)
    assert (deadline.due, deadline.late(TODAY)) == (date(2026, 11, 4), late)
    assert deadline.force == "must"
    assert "we count 1" in deadline.basis


def test_the_reasons_are_a_table_of_their_own():
    """DS is Down syndrome there and abuse about disability here."""
    assert REASONS["DS"] != NEED_BY_CODE["DS"].label
    assert len(REASONS) == 16


@pytest.mark.parametrize(("days", "words"), [("3.0", "3"), ("2.5", "2.5"), ("0", "0"), ("0.5", "0.5"), ("10.0", "10")])
def test_days_in_figures(days, words):
    assert number(Decimal(days)) == words
