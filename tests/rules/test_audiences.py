"""Who is told what in a story: one table, of which nothing leaves that is not in it."""

from datetime import date

import pytest

from pupils.happened import Kind
from sendhub.rules.audiences import AUDIENCES, Audience, Choice, Person, choices_for, staff_part, vague, when

A, P = Audience, Person
SILENT = {  # kinds that leave for nobody of this audience, each thought about
    A.SCHOOL: {"imports"},
    A.FAMILY: {"concerns", "files", "people", "imports"},
    A.AGENCY: {"family", "concerns", "files", "people", "imports"},
    A.GOVERNOR: {"family", "notes", "concerns", "health", "files", "people", "imports"},
}


@pytest.mark.parametrize("audience", list(A))
def test_each_kind_is_told_or_silent(audience):
    assert AUDIENCES[audience].kinds.isdisjoint(SILENT[audience])
    assert AUDIENCES[audience].kinds | SILENT[audience] == {str(kind) for kind in Kind}


@pytest.mark.parametrize(
    ("audience", "person", "kept"),
    [
        (A.SCHOOL, P.PUPIL, True),
        (A.FAMILY, P.PUPIL, False),
        (A.FAMILY, P.STAFF, True),
        (A.FAMILY, P.FAMILY, True),
        (A.AGENCY, P.PUPIL, False),
        (A.AGENCY, P.STAFF, True),
        (A.AGENCY, P.FAMILY, False),
        (A.GOVERNOR, P.PUPIL, False),
        (A.GOVERNOR, P.STAFF, False),
        (A.GOVERNOR, P.FAMILY, False),
    ],
)
def test_whose_names_may_stay(audience, person, kept):
    assert (Choice.KEEP in choices_for(audience, person)) is kept
    assert {Choice.PART, Choice.REMOVE} <= set(choices_for(audience, person))


def test_a_governor_reads_of_no_child_and_restricted_things_stay_here():
    assert not AUDIENCES[A.GOVERNOR].named
    assert not AUDIENCES[A.GOVERNOR].details
    assert {audience for audience, row in AUDIENCES.items() if row.restricted} == {A.SCHOOL, A.AGENCY}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SEN Support from 3 September 2024.", "SEN Support from September 2024."),
        ("The family was told on 12 October.", "The family was told in October."),
        ("Read 12 books in May.", "Read 12 books in May."),
        ("1 Mayfield Road", "1 Mayfield Road"),
    ],
)
def test_vague(text, said):
    assert vague(text) == said


def test_when_is_the_month_for_whoever_may_not_know_the_day():
    assert when(date(2026, 11, 25), A.GOVERNOR, "25 November", "November") == "November 2026"
    assert when(date(2026, 11, 25), A.FAMILY, "25 November", "November") == "25 November"


@pytest.mark.parametrize(
    ("title", "part"),
    [
        ("Teacher of English", "a teacher"),
        ("Teaching Assistant", "a teaching assistant"),
        ("Higher level teaching assistant", "a teaching assistant"),
        ("Head of Year 9", "a member of staff"),
        ("", "a member of staff"),
    ],
)
def test_staff_part(title, part):
    assert staff_part(title) == part
