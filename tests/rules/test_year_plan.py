"""A year on paper: what is usual, last year's on this year's weekdays, and each thing that looks odd."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.year_plan import (
    NAMES,
    Closed,
    Period,
    advice,
    days_open,
    is_training,
    moved,
    moved_closures,
    moved_terms,
    usual_half_terms,
    usual_training_days,
)

DAY = timedelta(days=1)


@pytest.mark.parametrize("starts", range(2024, 2036))
def test_usual_terms_of_any_year_are_plausible(starts):
    terms = usual_half_terms(starts)
    assert tuple(term.name for term in terms) == NAMES
    for term in terms:
        assert 20 <= (term.last - term.first).days <= 60
        assert term.first.weekday() < 5
        assert term.last.weekday() in (3, 4)
    for before, after in pairwise(terms):
        assert 9 <= (after.first - before.last).days <= 20
    days = [each.on for each in usual_training_days(starts)]
    assert len(set(days)) == 5
    assert all(any(term.first <= day <= term.last for term in terms) for day in days)


@pytest.mark.parametrize(
    ("day", "then"),
    [
        (date(2025, 9, 3), date(2026, 9, 2)),  # a Wednesday stays one
        (date(2026, 9, 2), date(2027, 9, 1)),
        (date(2027, 9, 1), date(2028, 8, 30)),
        (date(2027, 8, 29), date(2028, 8, 27)),
        (date(2028, 2, 29), date(2029, 2, 27)),  # a leap day
        (date(2024, 3, 1), date(2025, 2, 28)),
        (date(2023, 1, 1), date(2023, 12, 31)),
        (date(2027, 3, 3), date(2028, 3, 1)),
    ],
)
def test_moved_keeps_the_weekday_near_the_same_date(day, then):
    assert moved(day) == then


@given(st.dates(date(2000, 1, 1), date(2090, 12, 31)))
def test_moved_is_the_same_weekday_within_four_days_of_the_date(day):
    then = moved(day)
    assert then.weekday() == day.weekday()
    assert abs((then - date(day.year + 1, day.month, min(day.day, 28))).days) <= 6


def test_terms_move_with_their_names():
    assert moved_terms([Period("Autumn 1", date(2025, 9, 3), date(2025, 10, 24))]) == [
        Period("Autumn 1", date(2026, 9, 2), date(2026, 10, 23))
    ]


def test_training_days_come_back_and_snow_does_not():
    terms = [Period("Autumn 1", date(2025, 9, 3), date(2025, 10, 24))]
    closures = [
        Closed(date(2025, 9, 3), "Training day"),
        Closed(date(2025, 9, 22), "INSET"),
        Closed(date(2025, 10, 1), "Snow"),
    ]
    assert moved_closures(closures, terms) == [
        Closed(date(2026, 9, 2), "Training day"),
        Closed(date(2026, 9, 21), "INSET"),
    ]


@pytest.mark.parametrize(
    ("reason", "training"),
    [("Training day", True), ("INSET", True), ("Staff training", True), ("Snow", False), ("Election", False)],
)
def test_a_training_day_is_known_by_its_reason(reason, training):
    assert is_training(reason) is training


def test_days_open_leaves_out_weekends_bank_holidays_and_closures():
    may = Period("Summer 1", date(2027, 4, 30), date(2027, 5, 5))  # Friday to Wednesday, a bank holiday on the Monday
    assert days_open([may], []) == 3
    assert days_open([may, may], [Closed(date(2027, 5, 4), "Snow")]) == 2


# --- advice ------------------------------------------------------------------------------------------------------
GOOD = [
    Period("Autumn 1", date(2026, 9, 1), date(2026, 10, 23)),
    Period("Autumn 2", date(2026, 11, 2), date(2026, 12, 18)),
    Period("Spring 1", date(2027, 1, 4), date(2027, 2, 12)),
    Period("Spring 2", date(2027, 2, 22), date(2027, 3, 25)),
    Period("Summer 1", date(2027, 4, 12), date(2027, 5, 28)),
    Period("Summer 2", date(2027, 6, 7), date(2027, 7, 21)),
]
TRAINING = [
    Closed(day, "Training day")
    for day in (date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 2), date(2027, 1, 4), date(2027, 6, 7))
]


def changed(name, first=None, last=None):
    return [Period(t.name, first or t.first, last or t.last) if t.name == name else t for t in GOOD]


def test_a_year_of_190_days_and_five_training_days_needs_no_advice():
    assert days_open(GOOD, TRAINING) == 190
    assert advice(2026, GOOD, TRAINING) == []


def test_nothing_is_said_of_a_year_that_is_empty():
    assert advice(2026, [], TRAINING) == []


@pytest.mark.parametrize(
    ("terms", "closures", "said"),
    [
        (changed("Spring 1", first=date(2027, 1, 2)), TRAINING, "Spring 1 begins on a Saturday."),
        (changed("Autumn 2", last=date(2026, 12, 20)), TRAINING, "Autumn 2 ends on a Sunday."),
        (
            changed("Summer 1", first=date(2027, 3, 29)),
            TRAINING,
            "Summer 1 begins on a bank holiday: Easter Monday.",
        ),
        (
            changed("Summer 2", last=date(2028, 7, 21)),
            TRAINING,
            "Summer 2 ends on Friday 21 July 2028, which is outside this school year.",
        ),
        (
            changed("Autumn 2", first=date(2026, 10, 20)),
            TRAINING,
            "Autumn 2 begins before Autumn 1 has ended. Until that is put right the week can not be told.",
        ),
        (
            changed("Autumn 2", first=date(2026, 10, 26)),
            TRAINING,
            "There is no holiday between Autumn 1 and Autumn 2.",
        ),
        (
            [term for term in GOOD if term.name != "Spring 1"],
            TRAINING,
            "There are 65 days between Autumn 2 and Spring 2. Is a half term missing?",
        ),
        (
            GOOD[:3],
            TRAINING[:3],
            "3 of 6 half terms are here, so the days can not be compared yet.",
        ),
        (
            GOOD,
            [*TRAINING, Closed(date(2026, 10, 27), "Polling day")],
            "Polling day on Tuesday 27 October is not in a half term, so it closes nothing.",
        ),
        (
            GOOD,
            [*TRAINING, Closed(date(2027, 5, 3), "Snow")],
            "Snow on Monday 3 May is a day on which school is shut anyway.",
        ),
        (GOOD, TRAINING[:1], "1 training day, where 5 are usual."),
        (GOOD, [], "0 training days, where 5 are usual."),
        (changed("Summer 2", last=date(2027, 7, 19)), TRAINING, "Pupils are in for 188 days, where 190 are usual."),
        (changed("Summer 2", last=date(2027, 7, 30)), TRAINING, "Pupils are in for 197 days, where 190 are usual."),
    ],
)
def test_advice_names_what_looks_odd(terms, closures, said):
    assert said in advice(2026, terms, closures)


@pytest.mark.parametrize(
    "closures",
    [
        TRAINING[:3],  # two are held as evenings: 192 days with pupils
        [*TRAINING, Closed(date(2027, 1, 12), "Snow")],  # a day that was lost is no mistake of the plan
    ],
)
def test_give_or_take_the_training_days_and_what_snow_took(closures):
    assert not [words for words in advice(2026, GOOD, closures) if "Pupils are in" in words]
