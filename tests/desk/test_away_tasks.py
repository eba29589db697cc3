"""Today's rows about suspensions, shorter days and places elsewhere: each kind once, by its day, without a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.models import Placement, ReducedTimetable, Suspension
from sendhub.access import Role
from sendhub.desk.task import bands_of
from sendhub.desk.todo import todo_asked
from sendhub.desk.todo.away import WORDS
from tests.pupils.away import november, open_all_year, placed, reduced, suspended, working_days_ago

__all__ = ["november"]
DAY = timedelta(days=1)


@pytest.fixture
def today(november, oakfield, inside):
    with inside():
        open_all_year(oakfield, november)
    return november


def away_tasks(oakfield, day):
    return todo_asked(oakfield.sendco, {Role.SENDCO}, day, {})[0]


def rows(oakfield, today):
    """[(band, what, force)] of the tasks as Today shows them."""
    found = bands_of(away_tasks(oakfield, today), today)
    return [(label, line.what, line.force) for label, _, _, lines in found for line in lines]


def whats(oakfield, today):
    return {what for _, what, _ in rows(oakfield, today)}


def told(day):
    return {"family_on": day, "council_on": day}


def test_nobody_away_is_nothing_to_do(oakfield, inside, today):
    with inside():
        assert away_tasks(oakfield, today) == []


def test_a_suspension_of_which_the_family_was_not_told_is_late_by_the_law(oakfield, inside, today):
    first = working_days_ago(today, 20)
    with inside():
        suspended(oakfield, "mei", first, 1, council_on=first)
        suspended(oakfield, "mei", first + DAY, 1)
        found = rows(oakfield, today)
    assert found == [("Late", "1 suspended pupil whose family or council is not recorded as told", "Must")]


def test_each_suspension_of_a_pupil_on_the_register_is_shown_with_the_plans_apart(oakfield, inside, today):
    first = working_days_ago(today, 3)
    with inside():
        suspended(oakfield, "aisha", first, 1, **told(first))
        suspended(oakfield, "leon", first, 1, **told(first))
        suspended(oakfield, "mei", first, 1, **told(first))
        found = away_tasks(oakfield, today)
    assert [task.what for task in found] == [
        "1 pupil with an EHC plan was suspended lately",
        "1 pupil with SEN Support was suspended lately",
    ]
    assert "early review" in found[0].why


@pytest.mark.parametrize(
    ("days", "expected"),
    [
        (5, set()),
        (5.5, {"1 pupil with more than five days of suspension this term"}),
        (15.5, {"1 pupil at whose exclusion or suspensions governors have to look"}),
    ],
)
def test_the_bounds_of_a_term(oakfield, inside, today, days, expected):
    first = working_days_ago(today, 30)
    with inside():
        suspended(oakfield, "mei", first, days, taught_from=first, **told(first))
        assert whats(oakfield, today) == expected


@pytest.mark.parametrize(
    ("days", "what"),
    [
        (40, "1 pupil is near the most days of suspension in a year"),
        (45, "1 pupil has been suspended for all the days that the law allows in a year"),
    ],
)
def test_the_bounds_of_a_year(oakfield, inside, today, days, what):
    first = working_days_ago(today, 50)
    with inside():
        suspended(oakfield, "mei", first, days, taught_from=first, governors_on=today, **told(first))
        assert whats(oakfield, today) == {what}


def test_teaching_and_governors_after_a_permanent_exclusion(oakfield, inside, today):
    first = working_days_ago(today, 40)
    with inside():
        suspended(oakfield, "mei", first, None, **told(first))
        found = rows(oakfield, today)
    assert found == [
        ("Late", "1 permanently excluded pupil whom the council has to teach", "Must"),
        ("Late", "1 pupil at whose exclusion or suspensions governors have to look", "Must"),
    ]


def test_six_days_in_a_row_without_teaching(oakfield, inside, today):
    first = working_days_ago(today, 20)
    with inside():
        suspended(oakfield, "mei", first, 6, **told(first))
        found = rows(oakfield, today)
    what = "1 pupil suspended for six school days in a row or more, and no teaching recorded"
    assert ("Late", what, "Must") in found


def test_what_timetables_and_places_lack(oakfield, inside, today):
    with inside():
        reduced(oakfield, "aisha", today - 50 * DAY, review_on=today - DAY)
        placed(oakfield, "leon", today - 14 * DAY, review_on=today - DAY)
        placed(oakfield, "mei", today - 390 * DAY, review_on=today)
        found = whats(oakfield, today)
    assert found == {
        "1 reduced timetable to which no family has agreed",
        "1 reduced timetable is longer than it should be",
        "1 reduced timetable to look at again",
        "1 reduced timetable of which the council was not told",
        "2 places outside school without a safeguarding check",
        "1 place outside school to look at again",
        "1 place outside school to visit",
    }


def test_who_has_left_and_what_was_a_mistake_wait_for_nobody(oakfield, inside, today):
    with inside():
        suspended(oakfield, "gone", today - 40 * DAY, 1)
        suspended(oakfield, "mei", today, 1, withdrawn_on=today)
        suspended(oakfield, "mei", working_days_ago(today, 255), 1)
        reduced(oakfield, "gone", today - 50 * DAY)
        reduced(oakfield, "mei", today - 50 * DAY, withdrawn_on=today)
        placed(oakfield, "mei", today - 50 * DAY, ends_on=today - DAY)
        assert away_tasks(oakfield, today) == []


def test_without_terms_somebody_is_asked_to_set_them_and_no_number_is_said(oakfield, inside, november):
    with inside():
        suspended(oakfield, "mei", november, 9, **told(november))
        found = rows(oakfield, november)
    assert [what for _, what, _ in found] == ["1 pupil of whom nobody can tell how long they were suspended"]


@pytest.mark.parametrize(("part", "sees"), [("sendco", True), ("head", True), ("office", False)])
def test_today_shows_them_to_the_sendco_and_the_head(visit, oakfield, inside, today, part, sees):
    with inside():
        suspended(oakfield, "leon", working_days_ago(today, 3), 1)
    page = visit(part).text("")
    assert ("1 pupil with an EHC plan was suspended lately" in page) is sees
    assert "Walker" not in page


def test_each_kind_of_task_has_a_page_and_the_school_is_asked_once(oakfield, inside, today):
    with inside():
        for who in ("aisha", "leon", "mei"):
            suspended(oakfield, who, working_days_ago(today, 3), 1)
            reduced(oakfield, who, today - 14 * DAY)
            placed(oakfield, who, today - 14 * DAY)
        with CaptureQueriesContext(connection) as seen:
            found = away_tasks(oakfield, today)
        assert all(task.url for task in found)
        assert {model.objects.count() for model in (Suspension, ReducedTimetable, Placement)} == {3}
    assert len(seen) == 1
    assert set(WORDS) >= {"told", "governors", "check"}
