"""History in words."""

from datetime import date
from types import SimpleNamespace

import pytest

from pupils.models import Contact, GroupPupil, Pupil, PupilAdult
from sendhub.audit.presenters import differences, value_words, verb_words, why_words


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("You teach 9C/En", "Teaches 9C/En"),
        ("You are form tutor of 9C", "Is form tutor of 9C"),
        ("You are the SENDCO", "Is the SENDCO"),
        ("You lead Year 9", "Leads Year 9"),
        ("You support in 9C/En", "Supports in 9C/En"),
        ("You work in the office", "Works in the office"),
        ("Key adult since 3 September. You teach 9C/En", "Key adult since 3 September. Teaches 9C/En"),
        (
            "You lead SEND for the trust, and the school has let you open records",
            "Leads SEND for the trust, and the school has let them open records",
        ),
        ("", ""),
    ],
)
def test_a_reason_is_told_to_a_third_person(said, told):
    assert why_words(said) == told


@pytest.mark.parametrize(
    ("verb", "expected"),
    [
        ("pupil.open", "opened the record"),
        ("thing.new_verb", "did this: thing new verb"),
        ("", "made a change"),
    ],
)
def test_a_verb_that_the_table_does_not_know_is_spelled_out(verb, expected):
    assert verb_words(verb) == expected


@pytest.mark.parametrize(
    ("model", "column", "value", "expected"),
    [
        (Pupil, "forename", "Aïsha", "“Aïsha”"),
        (Pupil, "forename", "", "nothing"),
        (Pupil, "fsm", None, "nothing"),
        (Pupil, "fsm", True, "yes"),
        (Pupil, "speak_to_dsl", False, "no"),
        (Pupil, "born_on", date(2015, 4, 3), "3 April 2015"),
        (Pupil, "sex", "F", "Female"),
        (Pupil, "sex", "?", "?"),
        (PupilAdult, "part", "ta", "Teaching assistant"),
        (PupilAdult, "staff", 7, "Kemi Oduya"),
        (GroupPupil, "group", 7, "someone or something that has gone"),
        (Contact, "priority", 2, "2"),
    ],
)
def test_a_value_is_said_as_people_say_it(model, column, value, expected):
    names = {("staff.StaffMember", 7): "Kemi Oduya"}
    assert value_words(model._meta.get_field(column), value, names) == expected


def row(**changes):
    empty = {field.attname: None for field in Pupil._meta.concrete_fields}
    return SimpleNamespace(**{**empty, "version": 1, **changes})


def test_differences_name_what_changed_and_leave_out_the_plumbing():
    before, after = row(form="9C", version=1, sort_name="a"), row(form="9D", version=2, sort_name="b")
    assert differences(Pupil, before, after, {}) == [("Form", "“9C”", "“9D”")]


def test_differences_of_a_new_row_leave_out_what_stands_empty():
    assert differences(Pupil, None, row(form="9C", upn="", fsm=None, eal=False), {}) == [("Form", "nothing", "“9C”")]


def test_differences_of_a_hidden_column_tell_only_that_something_changed():
    found = differences(Pupil, row(in_care=False), row(in_care=True), {}, hidden={"in_care"})
    assert found == [("Something you may not see", "", "")]
