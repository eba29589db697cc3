"""How many pupils a week to read about, so that everyone is known by the day that the school has chosen."""

from datetime import date

import pytest

from sendhub.rules.provisions import provision
from sendhub.rules.reading import pace, target_day

LONG_AGO = date(2019, 9, 1)


@pytest.mark.parametrize(
    ("case", "began", "today", "expected"),
    [
        ("began years ago", LONG_AGO, date(2026, 9, 1), date(2026, 9, 30)),
        ("began with the year", date(2026, 9, 1), date(2026, 9, 3), date(2026, 9, 30)),
        ("two days into September", date(2026, 9, 3), date(2026, 9, 3), date(2026, 10, 1)),
        ("began in January", date(2027, 1, 4), date(2027, 1, 4), date(2027, 2, 1)),
        ("a leap day", date(2028, 2, 1), date(2028, 2, 1), date(2028, 2, 29)),
        ("the last day of the school year", LONG_AGO, date(2027, 8, 31), date(2026, 9, 30)),
        ("began last year, late", date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 30)),
    ],
)
def test_the_day_to_know_them_by(case, began, today, expected):
    assert provision("reading_day", today).value == 930
    assert provision("reading_weeks", today).value == 4
    assert target_day(began, today) == expected


@pytest.mark.parametrize(
    ("case", "left", "today", "a_week"),
    [
        ("four weeks and a day", 112, date(2026, 9, 2), 23),  # 112 in 5 weeks
        ("the last week", 20, date(2026, 9, 24), 20),
        ("the day itself", 20, date(2026, 9, 30), 20),
        ("the day after: nobody is late", 20, date(2026, 10, 1), None),
        ("nothing left", 0, date(2026, 9, 2), 0),
    ],
)
def test_how_many_a_week(case, left, today, a_week):
    found = pace(left, LONG_AGO, today)
    assert (found.a_week, found.passed, found.left) == (a_week, a_week is None, left)
