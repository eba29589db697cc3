"""Where a duty stands on the first page, and what the sentence at its top says."""

from datetime import date, timedelta

import pytest

from sendhub.rules.deadline import Deadline
from sendhub.rules.provisions import Force
from sendhub.rules.today import Band, band_of, number, state, week_end

TODAY = date(2026, 11, 25)  # a Wednesday; the week ends on Sunday the 29th


def duty(due, force=Force.CHOICE):
    day = None if due is None else TODAY + timedelta(days=due)
    return Deadline(key="x", due=day, basis="", force=force, citation="", anchor="")


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2026, 11, 23), date(2026, 11, 29)),  # Monday
        (date(2026, 11, 27), date(2026, 11, 29)),  # Friday
        (date(2026, 11, 28), date(2026, 12, 6)),  # Saturday: the week that begins
        (date(2026, 11, 29), date(2026, 12, 6)),
        (date(2028, 2, 28), date(2028, 3, 5)),  # over a leap day
    ],
)
def test_the_end_of_the_week(today, expected):
    assert week_end(today) == expected


@pytest.mark.parametrize(
    ("case", "due", "force", "band"),
    [
        ("yesterday", -1, Force.CHOICE, Band.LATE),
        ("today", 0, Force.CHOICE, Band.TODAY),
        ("tomorrow", 1, Force.MUST, Band.WEEK),
        ("Sunday", 4, Force.SHOULD, Band.WEEK),
        ("next Monday", 5, Force.MUST, Band.LATER),
        ("a must, and nobody can tell its day", None, Force.MUST, Band.WEEK),
        ("no day, and only our choice", None, Force.CHOICE, Band.LATER),
        ("no day, a should", None, Force.SHOULD, Band.LATER),
    ],
)
def test_the_band_of_a_duty(case, due, force, band):
    assert band_of(duty(due, force), TODAY) is band


@pytest.mark.parametrize(
    ("case", "duties", "expected"),
    [
        ("nothing at all", [], "Nothing is late. Nothing waits."),
        ("as in the picture", [(-1, "must")] * 2 + [(0, "must")] * 3, "Two things are late. Three must go today."),
        ("one and one", [(-1, "choice"), (0, "must")], "One thing is late. One must go today."),
        ("not all are the law's", [(-3, "must"), (0, "must"), (0, "choice")], "One thing is late. Two are due today."),
        ("one, of our choice", [(-3, "must"), (0, "choice")], "One thing is late. One is due today."),
        ("late only", [(-1, "choice")] * 11, "11 things are late."),
        ("today only", [(0, "should")], "Nothing is late. One thing is due today."),
        ("today, all the law's", [(0, "must")] * 2, "Nothing is late. Two things must go today."),
        ("this week", [(1, "must"), (None, "must")], "Nothing is late. Two things are for this week."),
        ("one this week", [(1, "must")], "Nothing is late. One thing is for this week."),
        ("later", [(60, "must"), (None, "choice")], "Nothing is late. Nothing has to be done this week."),
    ],
)
def test_the_sentence_at_the_top(case, duties, expected):
    assert state([duty(due, Force(force)) for due, force in duties], TODAY) == expected


def test_numbers_are_words_up_to_ten():
    assert [number(count) for count in (0, 10, 11, 1200)] == ["no", "ten", "11", "1,200"]
