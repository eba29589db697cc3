"""Census days by rule, and what each takes: a gap is a must by the next census that asks about it."""

from datetime import date

import pytest

from sendhub.rules.census import census_gaps, censuses, next_census, nth_weekday
from sendhub.rules.deadline import Status
from sendhub.rules.provisions import Force, provision

LAW = provision("census_spring_thursday", date(2027, 1, 1)).citation


@pytest.mark.parametrize(
    ("year", "days"),
    [
        (2026, [date(2026, 1, 15), date(2026, 5, 21), date(2026, 10, 1)]),  # October begins on a Thursday
        (2027, [date(2027, 1, 21), date(2027, 5, 20), date(2027, 10, 7)]),
        (2028, [date(2028, 1, 20), date(2028, 5, 18), date(2028, 10, 5)]),  # a leap year
    ],
)
def test_the_census_days_of_a_year(year, days):
    assert [census.day for census in censuses(year)] == days
    assert [census.takes_needs for census in censuses(year)] == [True, False, False]
    assert {census.citation for census in censuses(year)} == {LAW}


@pytest.mark.parametrize(
    ("case", "today", "expected"),
    [
        ("the day before", date(2027, 1, 20), ("spring", date(2027, 1, 21))),
        ("the day itself", date(2027, 1, 21), ("spring", date(2027, 1, 21))),
        ("the day after", date(2027, 1, 22), ("summer", date(2027, 5, 20))),
        ("the last of the year has gone", date(2026, 11, 25), ("spring", date(2027, 1, 21))),
    ],
)
def test_the_next_census(case, today, expected):
    found = next_census(today)
    assert (found.term, found.day) == expected


@pytest.mark.parametrize(
    ("case", "today", "about_need", "force", "due", "anchor"),
    [
        ("needs, before January", date(2026, 11, 25), True, Force.MUST, date(2027, 1, 21), "on 21 January."),
        ("needs, on the day", date(2027, 1, 21), True, Force.MUST, date(2027, 1, 21), "on 21 January."),
        ("needs, after it", date(2027, 1, 22), True, Force.SHOULD, None, "not before January: the next one is on 20"),
        ("needs, before October", date(2027, 9, 30), True, Force.SHOULD, None, "not before January: the next one is"),
        ("provision, after January", date(2027, 1, 22), False, Force.MUST, date(2027, 5, 20), "on 20 May."),
        ("provision, in summer", date(2027, 7, 1), False, Force.MUST, date(2027, 10, 7), "on 7 October."),
    ],
)
def test_a_gap_is_a_must_by_the_census_that_takes_it(case, today, about_need, force, due, anchor):
    found = census_gaps(today, about_need=about_need)
    assert (found.force, found.due, found.citation) == (force, due, LAW)
    assert anchor in found.anchor
    assert found.status(today) == (Status.NOT_APPLICABLE if due else Status.CANNOT_TELL)


def test_the_nth_weekday_of_a_month_that_begins_on_it():
    assert nth_weekday(2026, 10, 3, 1) == date(2026, 10, 1)
    assert nth_weekday(2026, 10, 2, 1) == date(2026, 10, 7)
