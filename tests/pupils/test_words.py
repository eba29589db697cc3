"""Plain words for dates, numbers and lists."""

from datetime import date

import pytest

from pupils.words import count_words, day_words, sentence_list, since_short, since_words

TODAY = date(2026, 11, 19)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 9, 3), "3 September"),
        (date(2027, 8, 31), "31 August"),  # the same school year
        (date(2026, 8, 31), "31 August 2026"),
        (date(2024, 1, 1), "1 January 2024"),
        (None, ""),
    ],
)
def test_day_words_name_the_year_only_when_it_is_another_school_year(day, expected):
    assert day_words(day, TODAY) == expected


@pytest.mark.parametrize(
    ("day", "known", "expected", "short"),
    [
        (date(2026, 9, 3), True, "since 3 September", "3 Sep"),
        (date(2025, 5, 3), True, "since 3 May 2025", "3 May 2025"),
        (date(2026, 9, 3), False, "cannot tell when it began", "cannot tell"),
        (None, True, "", ""),
    ],
)
def test_since_words_never_give_a_first_sight_for_a_beginning(day, known, expected, short):
    assert since_words(day, known, TODAY) == expected
    assert since_short(day, known, TODAY) == short


def test_count_words():
    assert [count_words(n, "pupil", "pupils") for n in (0, 1, 2, 1180)] == [
        "no pupils",
        "1 pupil",
        "2 pupils",
        "1,180 pupils",
    ]


def test_sentence_list():
    assert [sentence_list("abc"[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
