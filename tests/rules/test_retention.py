"""From which day on a kept file is looked at, as a table."""

from datetime import date, timedelta

import pytest

from sendhub.rules.provisions import Force
from sendhub.rules.retention import BY_KEY, RECORD_TYPES, Action, Anchor, due_from

TODAY = date(2026, 11, 25)

CASES = [
    # case, anchor, years, first day (provisions: sen_file_keep_years, pupil_file_keep_years, passed_on_keep_years)
    ("SEN file", date(2010, 3, 14), 31, date(2041, 3, 14)),
    ("born on a leap day", date(2012, 2, 29), 31, date(2043, 3, 1)),
    ("born on a leap day, to a leap year", date(2012, 2, 29), 32, date(2044, 2, 29)),
    ("born on the last of February", date(2013, 2, 28), 31, date(2044, 2, 28)),
    ("pupil file", date(2001, 11, 25), 25, date(2026, 11, 25)),
    ("passed on", date(2025, 11, 26), 1, date(2026, 11, 26)),
    ("New Year", date(2010, 1, 1), 31, date(2041, 1, 1)),
]


@pytest.mark.parametrize(("case", "anchor", "years", "first"), CASES)
def test_the_day_from_which_it_is_looked_at(case, anchor, years, first):
    assert due_from(anchor, years) == first, case
    assert due_from(anchor + timedelta(days=1), years) > first or anchor.month == 2


def test_the_defaults_are_provisions_and_none_removes_by_itself():
    found = {each.key: (each.provision(TODAY).value, each.provision(TODAY).force, each.anchor) for each in RECORD_TYPES}
    assert found == {
        "sen_file": (31, Force.SHOULD, Anchor.BIRTH),
        "pupil_file": (25, Force.SHOULD, Anchor.BIRTH),
        "passed_on": (1, Force.CHOICE, Anchor.SENT),
    }
    assert {each.action for each in RECORD_TYPES} == {Action.REVIEW}
    assert set(BY_KEY) == set(found)
