"""Which week it is: worked out of the terms that the school has told us, never guessed."""

from datetime import date

import pytest

from sendhub.desk.year import NO_TERMS, dates_ahead, week_words, year_of
from staff.models import Closure, SchoolYear, Term

TERMS = [
    ("Autumn 1", date(2026, 9, 2), date(2026, 10, 23)),
    ("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 2), "Autumn 1, week 1 of 8."),
        (date(2026, 9, 7), "Autumn 1, week 2 of 8."),
        (date(2026, 10, 23), "Autumn 1, week 8 of 8."),
        (date(2026, 10, 28), "School holiday."),
        (date(2026, 11, 19), "Autumn 2, week 3 of 7."),
        (date(2026, 12, 25), NO_TERMS),  # nobody has told us what follows
        (date(2026, 8, 1), NO_TERMS),
    ],
)
def test_week_words(oakfield, inside, day, expected):
    with inside():
        set_terms(oakfield, TERMS)
        assert week_words(year_of(oakfield.school.pk, day)[0], day) == expected


def test_week_words_can_not_tell_without_terms_or_when_they_overlap(oakfield, inside):
    with inside():
        set_terms(oakfield, [])
        assert week_words(year_of(oakfield.school.pk, date(2026, 9, 7))[0], date(2026, 9, 7)) == NO_TERMS
        set_terms(oakfield, [*TERMS, ("Wrong", date(2026, 9, 20), date(2026, 10, 30))])
        assert week_words(year_of(oakfield.school.pk, date(2026, 9, 7))[0], date(2026, 9, 7)) == NO_TERMS


def set_terms(oakfield, terms):
    Term.objects.all().delete()
    year = SchoolYear.objects.first()
    for name, starts_on, ends_on in terms:
        Term.objects.create(school=oakfield.school, year=year, name=name, starts_on=starts_on, ends_on=ends_on)


def test_dates_ahead_are_what_the_school_has_set_and_the_census(oakfield, inside):
    with inside():
        set_terms(oakfield, TERMS)
        for day, reason in ((date(2026, 11, 20), "gone"), (date(2026, 11, 30), "training day")):
            Closure.objects.create(school=oakfield.school, on=day, reason=reason)
        assert dates_ahead(*year_of(oakfield.school.pk, date(2026, 11, 25)), date(2026, 11, 25)) == [
            (date(2026, 11, 30), "Closed to pupils: training day"),
            (date(2026, 12, 18), "Autumn 2 ends"),
            (date(2027, 1, 21), "School census day"),
        ]
        assert dates_ahead((), [], date(2027, 1, 22)) == [(date(2027, 5, 20), "School census day")]
