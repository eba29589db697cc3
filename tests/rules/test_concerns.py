"""Concerns: each move that there is and none else; by when each stage is over; days in a stage are school days."""

from datetime import date

import pytest

from sendhub.rules.concerns import (
    MOVES,
    NEEDS_WORDS,
    OPEN,
    Stage,
    days_in_stage,
    due,
    look_again,
    may_move,
    sendco_sees_by,
)
from sendhub.rules.deadline import Status
from sendhub.rules.school_calendar import Closure, SchoolCalendar, Term

S = Stage
AUTUMN = Term("Autumn 2", date(2026, 11, 2), date(2026, 12, 18))
SPRING = Term("Spring 1", date(2027, 1, 4), date(2027, 2, 12))
CALENDAR = SchoolCalendar((AUTUMN, SPRING), (Closure(date(2026, 11, 27), date(2026, 11, 27)),))
NOTHING_KNOWN = SchoolCalendar(())
TODAY = date(2026, 11, 25)  # a Wednesday


@pytest.mark.parametrize(
    ("before", "afters"),
    [
        (S.NEW, {S.WATCH, S.FAMILY, S.SENDCO, S.STEP, S.CLOSED, S.WITHDRAWN}),
        (S.WATCH, {S.WATCH, S.FAMILY, S.SENDCO, S.STEP, S.CLOSED}),
        (S.FAMILY, {S.WATCH, S.SENDCO, S.STEP, S.CLOSED}),
        (S.SENDCO, {S.WATCH, S.FAMILY, S.STEP, S.CLOSED}),
        (S.STEP, set()),
        (S.CLOSED, {S.WATCH, S.SENDCO}),
        (S.WITHDRAWN, {S.NEW}),
    ],
)
def test_each_stage_has_its_moves_and_no_other(before, afters):
    assert {after for after in S if may_move(before, after)} == afters


def test_every_stage_is_in_the_dict_and_an_open_one_can_be_closed():
    assert set(MOVES) == set(S)
    assert all(may_move(stage, S.CLOSED) for stage in OPEN)
    assert {S.CLOSED} == NEEDS_WORDS


@pytest.mark.parametrize(
    ("case", "stage", "since", "look_on", "calendar", "expected"),
    [
        # concern_first_look_school_days = 2
        ("a closure is no school day", S.NEW, date(2026, 11, 25), None, CALENDAR, date(2026, 11, 30)),
        ("raised at the weekend", S.NEW, date(2026, 11, 28), None, CALENDAR, date(2026, 12, 1)),
        ("before a holiday", S.NEW, date(2026, 12, 17), None, CALENDAR, date(2027, 1, 4)),
        ("no terms: working days", S.NEW, date(2026, 11, 25), None, NOTHING_KNOWN, date(2026, 11, 27)),
        ("no terms: a bank holiday", S.NEW, date(2026, 12, 24), None, NOTHING_KNOWN, date(2026, 12, 30)),
        # concern_sendco_school_days = 5
        ("with the SENDCO", S.SENDCO, date(2026, 11, 25), None, CALENDAR, date(2026, 12, 3)),
        # concern_family_school_days = 10
        ("the family", S.FAMILY, date(2026, 11, 25), None, CALENDAR, date(2026, 12, 10)),
        ("watched: the day chosen", S.WATCH, date(2026, 11, 2), date(2026, 11, 24), CALENDAR, date(2026, 11, 24)),
    ],
)  # fmt: skip
def test_by_when_a_stage_is_over(case, stage, since, look_on, calendar, expected):
    assert due(stage, since, look_on, calendar, TODAY).due == expected, case


@pytest.mark.parametrize("stage", [S.STEP, S.CLOSED, S.WITHDRAWN])
def test_what_is_over_is_never_late(stage):
    deadline = due(stage, date(2024, 9, 2), None, CALENDAR, TODAY)
    assert deadline.status(TODAY) is Status.NOT_APPLICABLE
    assert deadline.days_left(TODAY) is None


def test_late_from_the_day_after():
    deadline = due(S.NEW, date(2026, 11, 23), None, CALENDAR, TODAY)
    assert (deadline.due, deadline.late(TODAY)) == (TODAY, False)
    assert deadline.late(date(2026, 11, 26))


@pytest.mark.parametrize(
    ("since", "calendar", "days"),
    [
        (TODAY, CALENDAR, 0),
        (date(2026, 11, 24), CALENDAR, 1),
        (date(2026, 11, 20), CALENDAR, 3),  # over a weekend
        (date(2026, 11, 20), NOTHING_KNOWN, 3),
    ],
)
def test_days_in_a_stage_are_school_days(since, calendar, days):
    assert days_in_stage(since, TODAY, calendar) == days


def test_the_days_that_are_offered_and_promised():
    assert look_again(TODAY, CALENDAR) == date(2026, 12, 17)  # 15 school days, without the closure
    assert sendco_sees_by(TODAY, CALENDAR, TODAY) == date(2026, 12, 7)  # 2 and 5
