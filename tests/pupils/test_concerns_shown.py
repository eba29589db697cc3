"""Where concerns stand: on Today, in the lists, on the record's card, in the timeline."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils.models import Concern
from pupils.queries.concerns import first_look
from staff.models import GroupStaff, Membership


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


def test_today_tells_who_looks_what_waits_and_the_raiser_what_came(visit, oakfield, tutor, concern, inside, today):
    made = concern()
    assert "1 concern waits for a first look" in visit("teacher").text("")
    assert "1 concern waits for a first look" in visit("leader").text("")
    assert "concern waits" not in visit("sendco").text("")  # the tutor has it, in time
    assert "concern waits" not in visit("head").text("")
    assert "moved on" not in visit("ta").text("")
    with inside():
        Concern.objects.update(since=today - timedelta(days=20), raised_on=today - timedelta(days=20))
    page = visit("sendco").text("")
    assert "1 concern waits for a first look" in page
    assert re.search(r"\d+ days late", page)
    visit("teacher").post(f"pupils/concerns/{made.pk}/triage/", {"after": "sendco", "version": 1})
    assert "1 concern is with the SENDCO" in visit("sendco").text("")
    assert "1 concern that you raised has moved on" in visit("ta").text("")
    with inside():
        GroupStaff.objects.filter(part="tutors").update(ends_on=today - timedelta(days=1))
        StaffEnded = type(oakfield.leader.staff)
        StaffEnded.objects.filter(pk=oakfield.leader.staff_id).update(ended_on=today - timedelta(days=1))
    assert "concern is with" not in visit("teacher").text("")
    assert "concern is with" not in visit("leader").text("")


def test_several_that_are_late_are_counted(visit, oakfield, concern, inside, today):
    for _ in range(3):
        concern()
    with inside():
        Concern.objects.update(since=today - timedelta(days=30), raised_on=today - timedelta(days=30))
    page = visit("leader").text("")
    assert "3 concerns wait for a first look" in page
    assert "3 are late." in page


def test_first_look_is_the_tutor_then_the_leader_then_the_sendco(oakfield, aisha, tutor, inside, today):
    with inside():
        assert first_look(aisha, aisha.school_id, today).words == "Dan Whitlock, tutor of 9C"
        Membership.objects.filter(pk=oakfield.teacher.pk).update(roles=["ta"])  # may not decide
        assert first_look(aisha, aisha.school_id, today).words == "Ruth Osei, leader of Year 9"
        GroupStaff.objects.all().delete()
        assert first_look(aisha, aisha.school_id, today).words == "Priya Nair, the SENDCO"
        Membership.objects.filter(pk=oakfield.sendco.pk).update(ended_at="2026-01-01T00:00Z")
        assert first_look(aisha, aisha.school_id, today).words == "the SENDCO"


def test_concern_list_by_tab_with_days_and_alarm(visit, tutor, concern, inside, today):
    made = concern()
    teacher = visit("teacher")
    assert "1 concern to look at." in teacher.text("pupils/concerns/")
    with inside():
        Concern.objects.update(since=today - timedelta(days=20), raised_on=today - timedelta(days=20))
    late = teacher.text("pupils/concerns/")
    assert "1 concern to look at. 1 late." in late
    assert "school days in this stage" in late
    assert "You have raised 1 concern." in visit("ta").text("pupils/concerns/?tab=open")
    teacher.post(f"pupils/concerns/{made.pk}/triage/", {"after": "closed", "words": "Fine", "version": 1})
    assert "1 concern is over." in teacher.text("pupils/concerns/?tab=over")
    assert "Nothing here" in teacher.text("pupils/concerns/")


@pytest.mark.parametrize("number", [1, 3])
def test_lists_of_concerns_ask_the_same_for_one_and_for_three(visit, tutor, concern, number):
    for _ in range(number):
        made = concern()
    teacher = visit("teacher")
    counts = []
    for path in ("pupils/concerns/", f"pupils/{made.pupil_id}/concerns/"):
        teacher.text(path)
        with CaptureQueriesContext(connection) as seen:
            teacher.text(path)
        counts.append(len(seen))
    assert counts == [14, 17]


def test_the_card_on_the_record_says_the_state_and_not_the_words(visit, tutor, concern, inside, today, aisha):
    assert "No concerns are open" in visit("sendco").text(f"pupils/{aisha.pk}/")
    concern()
    with inside():
        Concern.objects.update(since=today - timedelta(days=20), raised_on=today - timedelta(days=20))
    for part in ("sendco", "teacher", "ta"):
        page = visit(part).text(f"pupils/{aisha.pk}/")
        assert "1 concern is open" in page
        assert "Late since" in page
        assert "Cried at break" not in page


def test_the_timeline_tells_of_it_without_the_words(visit, tutor, concern, aisha, today):
    made = concern()
    visit("teacher").post(
        f"pupils/concerns/{made.pk}/triage/",
        {"after": "watch", "look_on": (today + timedelta(days=9)).isoformat(), "words": "Sits alone", "version": 1},
    )
    page = visit("ta").text(f"pupils/{aisha.pk}/timeline/?kind=concerns")
    assert "Kemi Oduya raised a concern: feelings or behaviour." in page
    assert "A concern (feelings or behaviour): being watched until" in page
    assert "Cried at break" not in page
    assert "Sits alone" not in page
