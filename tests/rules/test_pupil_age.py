"""Year groups by birthday and by spelling, ages, and the day on which rights pass."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.provisions import NotInForce
from sendhub.rules.pupil_age import (
    YEAR_GROUPS,
    Age,
    age,
    end_of_compulsory_school_age,
    is_young_person,
    nc_year,
    parse_year_group,
    year_group_before,
    year_group_by_age,
)

BORN = st.dates(date(1995, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    ("case", "born", "on", "expected"),
    [
        ("first day of Year 3 in 2026-27", date(2018, 9, 1), date(2026, 11, 22), 3),
        ("last day of Year 3 in 2026-27", date(2019, 8, 31), date(2026, 11, 22), 3),
        ("a day too old", date(2018, 8, 31), date(2026, 11, 22), 4),
        ("a day too young", date(2019, 9, 1), date(2026, 11, 22), 2),
        ("last day of the school year", date(2018, 9, 1), date(2027, 8, 31), 3),
        ("first day of the next", date(2018, 9, 1), date(2027, 9, 1), 4),
        ("leap day", date(2020, 2, 29), date(2028, 2, 29), 3),
        ("Reception", date(2022, 4, 8), date(2026, 9, 1), 0),
        ("nursery", date(2022, 9, 2), date(2026, 9, 1), -1),
    ],
)
def test_nc_year(case, born, on, expected):
    """domain.md section 9: the cut-off is 1 September."""
    assert nc_year(born, on) == expected


@pytest.mark.parametrize(
    ("born", "label"),
    [
        (date(2008, 9, 2), "Year 13"),
        (date(2007, 9, 2), "Year 14"),
        (date(2006, 9, 2), None),
        (date(2022, 4, 8), "Reception"),
        (date(2022, 9, 2), "Nursery, second year"),
        (date(2025, 9, 2), "Early years, first year"),
        (date(2026, 9, 2), None),
    ],
)
def test_year_group_by_age(born, label):
    found = year_group_by_age(born, date(2026, 11, 22))
    assert (found.label if found else None) == label


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Year 4", "4"),
        ("Y4", "4"),
        ("4", "4"),
        ("Yr 04", "4"),
        ("year 04", "4"),
        (" Year  10 ", "10"),
        ("YEAR-9", "9"),
        ("Year Group 7", "7"),
        ("NC Year 6", "6"),
        ("4.0", "4"),
        ("R", "R"),
        ("Reception", "R"),
        ("Year R", "R"),
        ("YR", "R"),
        ("Reception Year", "R"),
        ("0", "R"),
        ("N1", "N1"),
        ("N2", "N2"),
        ("Nursery", "N2"),
        ("Nursery 1", "N1"),
        ("E1", "E1"),
        ("e2", "E2"),
        ("13", "13"),
        ("14", "14"),
        ("X", "X"),
        ("Not followed", "X"),
        ("", None),
        ("Year", None),
        ("Year 15", None),
        ("-1", None),
        ("4A", None),
        ("Year 4 and 5", None),
        ("2026", None),
    ],
)
def test_parse_year_group(text, code):
    """domain.md 3.3 and 3.7, and spellings of the sample files."""
    found = parse_year_group(text)
    assert (found.code if found else None) == code


@pytest.mark.parametrize("group", YEAR_GROUPS, ids=lambda group: group.code)
def test_a_year_group_is_read_from_its_own_code(group):
    assert parse_year_group(group.code) == group
    assert parse_year_group(group.code.lower()) == group


def test_year_groups_sort_from_the_youngest():
    assert [group.code for group in sorted(YEAR_GROUPS, key=lambda group: group.sort)] == [
        *("E1", "E2", "N1", "N2", "R"),
        *(str(year) for year in range(1, 15)),
        "X",
    ]


@given(st.text())
def test_any_text_is_a_year_group_or_none(text):
    assert parse_year_group(text) in (None, *YEAR_GROUPS)


@pytest.mark.parametrize(
    ("case", "born", "on", "expected"),
    [
        ("on the birthday", date(2016, 3, 2), date(2026, 3, 2), Age(10, 0)),
        ("the day before", date(2016, 3, 2), date(2026, 3, 1), Age(9, 11)),
        ("the day of birth", date(2016, 3, 2), date(2016, 3, 2), Age(0, 0)),
        ("born on the 31st, end of a short month", date(2016, 8, 31), date(2027, 2, 28), Age(10, 5)),
        ("born on a leap day, 28 February", date(2016, 2, 29), date(2027, 2, 28), Age(10, 11)),
        ("born on a leap day, 1 March", date(2016, 2, 29), date(2027, 3, 1), Age(11, 0)),
        ("born on a leap day, a leap day", date(2016, 2, 29), date(2028, 2, 29), Age(12, 0)),
    ],
)
def test_age(case, born, on, expected):
    assert age(born, on) == expected
    assert age(born, on).in_months == expected.years * 12 + expected.months


def test_nobody_has_an_age_before_birth():
    with pytest.raises(ValueError, match="before the birth"):
        age(date(2016, 3, 2), date(2016, 3, 1))


@pytest.mark.parametrize(
    ("case", "born", "last_day"),
    [
        ("2026, the oldest", date(2009, 9, 1), date(2026, 6, 26)),
        ("2026, the youngest, still 15 on that day", date(2010, 8, 31), date(2026, 6, 26)),
        ("2027, the oldest", date(2010, 9, 1), date(2027, 6, 25)),
        ("a June that ends on a Friday", date(2007, 1, 5), date(2023, 6, 30)),
        ("born on a leap day", date(2012, 2, 29), date(2028, 6, 30)),
        ("first year of the rule", date(1981, 9, 1), date(1998, 6, 26)),
    ],
)
def test_end_of_compulsory_school_age(case, born, last_day):
    """Education Act 1996 s.8, school_leaving_age; domain.md 1.6."""
    assert end_of_compulsory_school_age(born) == last_day
    assert is_young_person(born, last_day) is False
    assert is_young_person(born, last_day + timedelta(days=1)) is True


def test_someone_who_left_before_the_rule_has_no_day():
    with pytest.raises(NotInForce):
        end_of_compulsory_school_age(date(1981, 8, 31))


@given(BORN)
def test_compulsory_school_age_ends_in_year_11_on_a_last_friday_of_june(born):
    last = end_of_compulsory_school_age(born)
    assert (last.month, last.weekday()) == (6, 4)
    assert (last + timedelta(days=7)).month == 7
    assert nc_year(born, last) == 11
    assert 15 <= age(born, last).years <= 16


@given(BORN, st.integers(0, 9000))
def test_year_group_and_age_go_together(born, days):
    on = born + timedelta(days=days)
    assert nc_year(born, on) + 4 <= age(born, on).years + 1 <= nc_year(born, on) + 6


@pytest.mark.parametrize(
    ("code", "years", "before"),
    [("9", 0, "9"), ("9", 2, "7"), ("1", 1, "R"), ("R", 1, "N2"), ("N1", 3, None), ("X", 2, "X"), ("", 1, None)],
)
def test_the_year_group_of_earlier_school_years(code, years, before):
    found = year_group_before(code, years)
    assert (found.code if found else None) == before
