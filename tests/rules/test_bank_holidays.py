"""Bank holidays and working days of England, against a second opinion and known days.

Source: Banking and Financial Dealings Act 1971 Sch 1, and the proclamations that moved single days.
"""

from datetime import date, timedelta

import holidays
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.school_calendar import (
    add_working_days,
    bank_holidays,
    easter_sunday,
    is_bank_holiday,
    is_working_day,
    next_working_day,
)

DAYS = st.dates(date(2001, 1, 1), date(2090, 12, 31))


@pytest.mark.parametrize("year", range(2018, 2031))
def test_bank_holidays_agree_with_a_second_opinion(year):
    """The other library lists a weekend day beside its substitute; a bank holiday is the weekday."""
    theirs = {day for day in holidays.UnitedKingdom(subdiv="ENG", years=year) if day.weekday() < 5}
    assert set(bank_holidays(year)) == theirs


@pytest.mark.parametrize("year", [*range(2000, 2018), *range(2031, 2041)])
def test_bank_holidays_of_other_years_agree_too(year):
    theirs = {day for day in holidays.UnitedKingdom(subdiv="ENG", years=year) if day.weekday() < 5}
    assert set(bank_holidays(year)) == theirs


def test_worked_example_of_the_school_year_2026_27():
    """domain.md section 9."""
    both = [*bank_holidays(2026), *bank_holidays(2027)]
    assert [day.isoformat() for day in both if day >= date(2026, 9, 1)] == [
        "2026-12-25",
        "2026-12-28",
        "2027-01-01",
        "2027-03-26",
        "2027-03-29",
        "2027-05-03",
        "2027-05-31",
        "2027-08-30",
        "2027-12-27",
        "2027-12-28",
    ]


@pytest.mark.parametrize(
    ("case", "day", "name"),
    [
        ("Christmas on Saturday moves to Monday", date(2027, 12, 27), "Christmas Day (substitute day)"),
        ("Boxing Day on Sunday moves past it", date(2027, 12, 28), "Boxing Day (substitute day)"),
        ("Boxing Day on Monday stays", date(2022, 12, 26), "Boxing Day"),
        ("Christmas on Sunday moves past Boxing Day", date(2022, 12, 27), "Christmas Day (substitute day)"),
        ("New Year on Saturday", date(2028, 1, 3), "New Year's Day (substitute day)"),
        ("May Day moved to VE Day", date(2020, 5, 8), "Early May bank holiday"),
        ("spring moved for the jubilee", date(2022, 6, 2), "Spring bank holiday"),
        ("jubilee itself", date(2022, 6, 3), "Platinum Jubilee"),
        ("state funeral", date(2022, 9, 19), "State funeral of Queen Elizabeth II"),
        ("coronation", date(2023, 5, 8), "Coronation of King Charles III"),
        ("Good Friday in April", date(2030, 4, 19), "Good Friday"),
    ],
)
def test_bank_holiday_names(case, day, name):
    assert bank_holidays(day.year)[day] == name
    assert is_bank_holiday(day)


@pytest.mark.parametrize("day", [date(2020, 5, 4), date(2022, 5, 30), date(2021, 9, 19), date(2027, 12, 25)])
def test_days_that_were_moved_away_are_no_bank_holiday(day):
    assert not is_bank_holiday(day)


def test_years_before_our_data_are_refused():
    assert len(bank_holidays(2000)) == 8
    with pytest.raises(ValueError, match="known from 2000"):
        bank_holidays(1999)


@pytest.mark.parametrize(
    ("year", "day"),
    [(2000, "2000-04-23"), (2011, "2011-04-24"), (2024, "2024-03-31"), (2038, "2038-04-25"), (2049, "2049-04-18")],
)
def test_easter_sunday(year, day):
    assert easter_sunday(year).isoformat() == day


@given(st.integers(2000, 2200))
def test_easter_is_a_sunday_between_22_march_and_25_april(year):
    easter = easter_sunday(year)
    assert easter.weekday() == 6
    assert date(year, 3, 22) <= easter <= date(year, 4, 25)


@given(st.integers(2000, 2200))
def test_a_year_has_eight_bank_holidays_or_more_all_on_weekdays(year):
    days = bank_holidays(year)
    assert len(days) >= 8
    assert all(day.weekday() < 5 and day.year == year for day in days)
    assert list(days) == sorted(days)


@pytest.mark.parametrize(
    ("case", "start", "days", "expected"),
    [
        ("over a weekend", date(2026, 11, 20), 1, date(2026, 11, 23)),
        ("from a Saturday", date(2026, 11, 21), 1, date(2026, 11, 23)),
        ("over Christmas 2026", date(2026, 12, 24), 2, date(2026, 12, 30)),
        ("over Good Friday and Easter Monday", date(2027, 3, 25), 1, date(2027, 3, 30)),
        ("over a leap day", date(2028, 2, 28), 1, date(2028, 2, 29)),
        ("none", date(2026, 11, 21), 0, date(2026, 11, 21)),
        ("backwards over a weekend", date(2026, 11, 23), -1, date(2026, 11, 20)),
        ("20 working days, looked-after pupil's plan", date(2026, 9, 1), 20, date(2026, 9, 29)),
    ],
)
def test_add_working_days(case, start, days, expected):
    assert add_working_days(start, days) == expected


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("a working day is itself", date(2026, 11, 20), date(2026, 11, 20)),
        ("Saturday", date(2026, 11, 21), date(2026, 11, 23)),
        ("Good Friday", date(2027, 3, 26), date(2027, 3, 30)),
        ("Christmas Day 2026", date(2026, 12, 25), date(2026, 12, 29)),
    ],
)
def test_next_working_day(case, day, expected):
    assert next_working_day(day) == expected


@given(DAYS, st.integers(1, 60))
def test_adding_working_days_goes_there_and_back(day, days):
    start = next_working_day(day)
    there = add_working_days(start, days)
    assert is_working_day(there)
    assert there >= start + timedelta(days=days)
    assert add_working_days(there, -days) == start
