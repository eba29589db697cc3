"""Today: a sentence that says the state for each role, one filled button, and nothing that we can not know."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import GroupPupil, Pupil, PupilAdult, SENRecord
from pupils.words import day_words
from sendhub.access import Role
from staff.models import GroupStaff, Membership

SENTENCES = {
    "sendco": "Nothing is late. Nothing has to be done this week.",  # no key adult, nothing to know, reading
    "assistant": "Nothing is late. Nothing has to be done this week.",
    "admin": "Nothing is late. Nothing has to be done this week.",
    "head": "Nothing is late. Nothing has to be done this week.",
    "teacher": "1 pupil of 9C/En is on the register.",
    "leader": "1 pupil of Year 9 is on the register.",
    "ta": "You look after 1 pupil.",
    "dsl": "Staff are asked to speak to you about 1 pupil.",
    "office": "Nothing is late. Nothing waits.",
    "governor": "The numbers on the register are too small to show.",
    "trust_lead": "The numbers on the register are too small to show.",
}


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S).group(1)


@pytest.mark.parametrize(("part", "sentence"), SENTENCES.items())
def test_today_says_the_state_and_has_one_filled_button(visit, part, sentence):
    page = visit(part).text("")
    assert heading(page) == sentence
    assert page.count("btn primary") == 1
    assert 'aria-current="page"' in page


@pytest.mark.parametrize(
    ("part", "named"),
    [
        ("teacher", {"Aïsha Khan"}),
        ("leader", {"Aïsha Khan"}),
        ("ta", {"Aïsha Khan"}),
        ("dsl", {"Leon Walker"}),
        ("sendco", set()),
        ("office", set()),
        ("governor", set()),
        ("trust_lead", set()),
        ("head", set()),
    ],
)
def test_today_names_only_the_pupils_of_the_role_and_logs_them(visit, looks, oakfield, part, named):
    page = visit(part).text("")
    pupils = {pupil.name: pupil.pk for pupil in oakfield.pupils.values()}
    assert {name for name in pupils if name in page} == named
    shown = [detail["ids"] for verb, _, _, detail in looks() if verb == "pupil.list"]
    assert shown == ([sorted(pupils[name] for name in named)] if named else [])


def test_today_of_a_teacher_shows_the_first_line_of_each_class(visit, inside, oakfield):
    with inside():
        Pupil.objects.filter(pk=oakfield.pupils["aisha"].pk).update(first_line="Say her name first.")
    page = visit("teacher").text("")
    assert "9C/En, English" in page
    assert "Teaches. 1 of 2 on the register." in page
    assert "Say her name first." in page
    assert "Mei" not in page  # not on the register


def test_today_of_a_teacher_counts_a_pupil_of_two_classes_once(visit, inside, oakfield):
    school = oakfield.school
    with inside():
        english = GroupStaff.objects.get(staff=oakfield.teacher.staff).group
        form = english.__class__.objects.create(school=school, year=english.year, kind="form", name="9C")
        GroupStaff.objects.create(school=school, group=form, staff=oakfield.teacher.staff, part="tutors")
        GroupPupil.objects.create(school=school, group=form, pupil=oakfield.pupils["aisha"])
    assert heading(visit("teacher").text("")) == "1 pupil of your classes is on the register."


def test_today_of_an_assistant_names_each_pupil_once_with_each_tie(visit, inside, oakfield):
    today = timezone.localdate()
    with inside():
        PupilAdult.objects.create(
            school=oakfield.school,
            pupil=oakfield.pupils["aisha"],
            staff=oakfield.ta.staff,
            part="key_adult",
            starts_on=today,
        )
    page = visit("ta").text("")
    before = day_words(today - timedelta(days=60))
    assert f"Key adult since {day_words(today)}. Teaching assistant since {before}." in page
    assert heading(page) == "You look after 1 pupil."


def test_today_of_someone_linked_to_nobody(visit, inside, oakfield):
    with inside():
        GroupStaff.objects.all().delete()
    page = visit("teacher").text("")
    assert heading(page) == "No class and no pupil is linked to you today."
    assert "ask the office or your SENDCO" in page


def test_today_of_a_class_without_a_pupil_on_the_register(visit, inside):
    with inside():
        SENRecord.objects.all().delete()
    page = visit("teacher").text("")
    assert heading(page) == "No pupils of 9C/En are on the register."
    assert "Nobody in this group is on the register." in page


def test_today_of_a_new_school_points_to_the_file(visit, inside):
    with inside():
        Pupil.objects.update(left_on=timezone.localdate())
    assert heading(visit("sendco").text("")).startswith("No pupils yet.")
    assert "No pointer is set" in visit("dsl").text("")


def test_today_of_two_roles_has_the_parts_of_both(visit, inside, oakfield):
    with inside():
        Membership.objects.filter(pk=oakfield.teacher.pk).update(roles=[Role.TEACHER, Role.DSL])
    page = visit("teacher").text("")
    assert heading(page) == "Staff are asked to speak to you about 1 pupil."
    assert "9C/En, English" in page


def test_today_names_twenty_pointers_and_counts_the_rest(inside, oakfield):
    from pupils.desk import pointed_pupils
    from tests.pupils.test_list import add_pupils

    add_pupils(inside, oakfield, 25)
    with inside():
        Pupil.objects.update(speak_to_dsl=True)
        lines, total = pointed_pupils(oakfield.dsl, timezone.localdate())
    assert (len(lines), total) == (20, 28)


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_as_many_questions_for_one_pupil_as_for_three(visit, inside, oakfield, rows):
    with inside():
        english = GroupStaff.objects.get(staff=oakfield.teacher.staff).group
        if rows == 3:
            GroupPupil.objects.create(school=oakfield.school, group=english, pupil=oakfield.pupils["leon"])
            SENRecord.objects.create(
                school=oakfield.school, pupil=oakfield.pupils["mei"], provision="K", starts_on=timezone.localdate()
            )
    teacher = visit("teacher")
    teacher.text("")
    with CaptureQueriesContext(connection) as seen:
        page = teacher.text("")
    assert f"{rows} of " in page
    assert len(seen) == 17
