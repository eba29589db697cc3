"""A restore drill is due once in each term: September to December, January to April, May to August."""

from datetime import date

import pytest

from sendhub.rules.drills import backup_due, drill_due, drilled_this_term
from sendhub.rules.provisions import Force, provision

CASES = [
    # the last one, today, due by, done this term
    (None, date(2026, 11, 25), date(2026, 12, 31), False),
    (None, date(2026, 9, 1), date(2026, 12, 31), False),
    (None, date(2026, 8, 31), date(2026, 8, 31), False),
    (date(2026, 9, 1), date(2026, 11, 25), date(2027, 4, 30), True),
    (date(2026, 12, 31), date(2026, 12, 31), date(2027, 4, 30), True),
    (date(2026, 12, 31), date(2027, 1, 1), date(2027, 4, 30), False),
    (date(2026, 8, 31), date(2026, 11, 25), date(2026, 12, 31), False),
    (date(2026, 4, 30), date(2026, 11, 25), date(2026, 8, 31), False),
    (date(2028, 2, 29), date(2028, 2, 29), date(2028, 8, 31), True),
]


@pytest.mark.parametrize(("last", "today", "due", "done"), CASES)
def test_it_is_due_by_the_end_of_the_next_term(last, today, due, done):
    found = drill_due(last, today)
    assert (found.due, drilled_this_term(last, today)) == (due, done)
    assert (found.force, found.citation) == (Force.SHOULD, provision("restore_drill_times", today).citation)
    assert found.late(today) is (today > due)


@pytest.mark.parametrize(
    ("last", "due"),
    [(None, date(2026, 11, 25)), (date(2026, 11, 24), date(2026, 11, 25)), (date(2026, 2, 28), date(2026, 3, 1))],
)
def test_a_backup_is_due_the_day_after_the_last(last, due):
    found = backup_due(last, date(2026, 11, 25))
    assert (found.due, found.force) == (due, Force.SHOULD)
