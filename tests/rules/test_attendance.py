"""Bands of attendance by the national measures (domain.md 3.4): a pupil who misses exactly the bound is in the band."""

from datetime import date

import pytest

from sendhub.rules.attendance import Band, band_of, band_words, percent
from sendhub.rules.provisions import NotInForce, NotOurs

TODAY = date(2026, 11, 25)


@pytest.mark.parametrize(
    ("case", "attended", "possible", "band"),
    [
        ("half missed, severe_absence_percent", 50, 100, Band.SEVERE),
        ("one session less than half missed", 51, 100, Band.PERSISTENT),
        ("nothing attended", 0, 4, Band.SEVERE),
        ("10% missed, persistent_absence_percent", 90, 100, Band.PERSISTENT),
        ("one session less than 10% missed", 181, 200, Band.WATCH),
        ("5% missed, attendance_watch_percent", 190, 200, Band.WATCH),
        ("one session less than 5% missed", 191, 200, Band.GOOD),
        ("all attended", 380, 380, Band.GOOD),
        ("a new pupil's first day", 1, 2, Band.SEVERE),
        ("no session was possible", 0, 0, Band.NOT_KNOWN),
        ("no total has come in", None, None, Band.NOT_KNOWN),
    ],
)
def test_the_band_of_sessions(case, attended, possible, band):
    assert band_of(attended, possible, TODAY) == band


def test_a_school_may_set_its_own_number_where_the_measure_is_ours():
    assert band_of(92, 100, TODAY, {"attendance_watch_percent": 8}) == Band.WATCH
    assert band_of(93, 100, TODAY, {"attendance_watch_percent": 8}) == Band.GOOD
    assert band_words(TODAY, {"attendance_watch_percent": 8})[Band.GOOD] == "Over 92%"
    with pytest.raises(NotOurs):
        band_of(92, 100, TODAY, {"persistent_absence_percent": 8})


def test_before_a_measure_was_in_force_there_is_no_band():
    with pytest.raises(NotInForce):
        band_of(92, 100, date(2020, 1, 1))


def test_the_words_say_the_numbers():
    assert list(band_words(TODAY).values()) == [
        "Severe: missed 50% or more",
        "Persistent: missed 10% or more",
        "Between 90% and 95%",
        "Over 95%",
        "No attendance known",
    ]


@pytest.mark.parametrize(
    ("attended", "possible", "words"),
    [(9, 10, "90.0%"), (1899, 2000, "94.9%"), (380, 380, "100.0%"), (0, 9, "0.0%"), (2, 3, "66.6%")],
)
def test_a_percentage_is_rounded_down(attended, possible, words):
    assert percent(attended, possible) == words
