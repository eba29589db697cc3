"""Half terms put together: a school's own three terms, or the law's periods where it counts more."""

from datetime import date

import pytest

from sendhub.rules.school_calendar import SchoolCalendar, Term
from sendhub.rules.whole_terms import term_to_come, whole_term_of, whole_terms

DAYS = (
    (date(2026, 9, 3), date(2026, 10, 23)),
    (date(2026, 11, 2), date(2026, 12, 18)),
    (date(2027, 1, 4), date(2027, 2, 12)),
    (date(2027, 2, 22), date(2027, 3, 25)),
    (date(2027, 4, 12), date(2027, 5, 28)),
    (date(2027, 6, 7), date(2027, 7, 23)),
)


def calendar(*names, days=DAYS):
    return SchoolCalendar(tuple(Term(name, *each) for name, each in zip(names, days, strict=True)))


HALVES = calendar("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
SIX = calendar("Term 1", "Term 2", "Term 3", "Term 4", "Term 5", "Term 6")
EACH = calendar("A", "B", "C", "D", "E", "F")


def test_halves_of_one_name_are_one_term():
    assert [(term.name, term.first, term.last) for term in whole_terms(HALVES, 2026)] == [
        ("Autumn", date(2026, 9, 3), date(2026, 12, 18)),
        ("Spring", date(2027, 1, 4), date(2027, 3, 25)),
        ("Summer", date(2027, 4, 12), date(2027, 7, 23)),
    ]


@pytest.mark.parametrize("found", [SIX, EACH])
def test_more_than_three_terms_are_counted_in_the_laws_periods(found):
    """Easter Monday of 2027 is 29 March."""
    assert [(term.first, term.last) for term in whole_terms(found, 2026)] == [
        (date(2026, 8, 1), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 3, 29)),
        (date(2027, 3, 30), date(2027, 7, 31)),
    ]


def test_a_period_in_which_no_term_is_set_is_not_there():
    assert [term.name for term in whole_terms(calendar("Term 1", "Term 2", "Term 3", days=DAYS[:3]), 2026)] == [
        "September to December",
        "January to Easter",
    ]


def test_three_terms_without_halves_are_themselves():
    found = calendar("Autumn", "Spring", "3", days=(DAYS[0], DAYS[2], DAYS[4]))
    assert [term.name for term in whole_terms(found, 2026)] == ["Autumn", "Spring", "3"]


@pytest.mark.parametrize(
    ("day", "now", "coming"),
    [
        (date(2026, 9, 1), None, "Autumn"),
        (date(2026, 9, 3), "Autumn", "Autumn"),
        (date(2026, 10, 28), "Autumn", "Autumn"),
        (date(2026, 12, 18), "Autumn", "Autumn"),
        (date(2026, 12, 19), "Autumn", "Spring"),
        (date(2027, 7, 23), "Summer", "Summer"),
        (date(2027, 8, 1), "Summer", None),
        (date(2028, 1, 10), None, None),
    ],
)
def test_the_term_of_a_day(day, now, coming):
    terms = whole_term_of(HALVES, day), term_to_come(HALVES, day)
    assert tuple(term.name if term else None for term in terms) == (now, coming)
