"""What a noun brings to Today: asked in one statement, for whom it concerns, and with one filled button on the page."""

from types import SimpleNamespace

import pytest
from django.utils import timezone

from sendhub.asking import ask, day_of
from sendhub.desk import todo
from sendhub.desk.task import Task
from sendhub.rules.waiting import when_there_is_time

ROLES = (
    "SELECT count(*) AS number, %(day)s::date AS day FROM staff_membership"
    " WHERE school_id = %(school)s AND id = %(member)s"
)


def noun(name, whom):
    """A noun that finds the member themselves, for those with one of the roles `whom`."""

    def tasks(found, member, day):
        [row] = found[name]
        assert day_of(row["day"]) == day
        deadline = when_there_is_time(name, "a test's own rule")
        what = f"{row['number']} {name} to look at"
        return [Task(what, "It waits.", deadline, ("pupils:pupil-list",), f"Look at {name}", "eye")]

    return SimpleNamespace(asks=lambda member, roles, day: {name: ROLES} if roles & whom else {}, tasks=tasks)


@pytest.fixture
def nouns(monkeypatch):
    monkeypatch.setattr(todo, "NOUNS", (noun("apples", {"sendco", "teacher"}), noun("pears", {"sendco"})))


@pytest.mark.parametrize(
    ("part", "said", "unsaid"),
    [("sendco", ["1 apples to look at", "1 pears"], []), ("teacher", ["1 apples"], ["pears"]), ("ta", [], ["apples"])],
)
def test_today_shows_what_a_noun_asks_of_this_member(visit, nouns, part, said, unsaid):
    page = visit(part).text("")
    for words in said:
        assert words in page
    for words in unsaid:
        assert words not in page
    assert page.count("btn primary") == 1


def test_two_nouns_are_asked_in_one_statement(oakfield, inside, nouns, django_assert_num_queries):
    with inside(), django_assert_num_queries(1):
        found, _ = todo.todo_asked(oakfield.sendco, {"sendco"}, timezone.localdate(), {})
    assert [task.what for task in found] == ["1 apples to look at", "1 pears to look at"]


def test_nobody_asks_and_nothing_is_asked(oakfield, inside, nouns, django_assert_num_queries):
    with inside(), django_assert_num_queries(0):
        assert todo.todo_asked(oakfield.ta, {"ta"}, timezone.localdate(), {}) == ([], {})


def test_rows_come_by_their_columns_and_no_row_is_an_empty_list(db):
    found = ask(
        {"two": "SELECT n, NULL AS none FROM generate_series(1, %(most)s) n", "no": "SELECT 1 WHERE false"}, most=2
    )
    assert found == {"two": [{"n": 1, "none": None}, {"n": 2, "none": None}], "no": []}
    assert day_of(None) is None
