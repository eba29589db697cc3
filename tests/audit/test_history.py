"""Who changed a record, who looked, and why they could: on the page of those who answer for it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.actions import end_adult, link_adult, restore_first_line
from pupils.models import Pupil, PupilAdult
from pupils.views.history import hidden_from, parts_for
from sendhub.audit import Actor, acting, log_access
from sendhub.audit.queries import actor_names, changes_to, looks_at
from sendhub.tenancy import school_context


@pytest.fixture
def oakfield(cast):
    return cast.oakfield


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


def changes(oakfield, pupil, **options):
    with school_context(oakfield.school.pk):
        tracked = [(Pupil, {"pgh_obj_id": pupil.pk}), (PupilAdult, {"pupil_id": pupil.pk})]
        return changes_to(oakfield.school.pk, tracked, **options)


def test_changes_say_who_did_what_and_name_the_people(oakfield, aisha):
    with school_context(oakfield.school.pk):
        restore_first_line(pupil=aisha, text="Say her name.", by=oakfield.sendco)
        tie = link_adult(
            pupil=aisha,
            staff=oakfield.teacher.staff,
            part="key_adult",
            starts_on=timezone.localdate(),
            by=oakfield.head,
        )
        end_adult(tie=tie, last_day=timezone.localdate() - timedelta(days=1), by=oakfield.admin)
    found = {change.did: change for change in changes(oakfield, aisha)}
    ended, linked, words = (
        found[did]
        for did in (
            "ended an adult's link to the pupil",
            "linked an adult to the pupil",
            "brought back an earlier first thing to know",
        )
    )
    assert [(change.who, change.label) for change in (ended, linked, words)] == [
        ("Bev Marsh", "Taken away"),
        ("Grace Lindqvist", "Added"),
        ("Priya Nair", "Changed"),
    ]
    assert ("Staff", "nothing", "Dan Whitlock") in linked.details
    assert ("Staff", "Dan Whitlock", "nothing") in ended.details
    assert words.details == [("First thing to know", "nothing", "“Say her name.”")]


def test_changes_keep_a_hidden_column_hidden(oakfield, aisha):
    with school_context(oakfield.school.pk), acting(oakfield.sendco, "pupil.change"):
        Pupil.objects.filter(pk=aisha.pk).update(in_care=True)
    assert changes(oakfield, aisha, hidden={"in_care"})[0].details == [("Something you may not see", "", "")]


def test_changes_stop_at_the_number_asked_for(oakfield, aisha):
    assert len(changes(oakfield, aisha, most=2)) == 2


def test_actor_names_of_people_links_and_the_system(oakfield):
    keys = {f"user:{oakfield.sendco.user_id}", "user:99999999", "system", "system:import", "link:7", "robot:1", ""}
    assert actor_names(keys) == {
        f"user:{oakfield.sendco.user_id}": "Priya Nair",
        "user:99999999": "Someone who has left",
        "system": "SendHub",
        "system:import": "SendHub",
        "link:7": "Someone with a link",
        "robot:1": "Someone",
        "": "Someone",
    }


def test_looks_are_told_with_the_reason_as_it_stood_then(oakfield, aisha):
    with school_context(oakfield.school.pk):
        log_access(oakfield.teacher, "pupil.open", school_id=aisha.school_id, pupil_id=aisha.pk, why="You teach 9C/En")
        log_access(Actor("link:3", "A link"), "pupil.page", school_id=aisha.school_id, pupil_id=aisha.pk)
        log_access(oakfield.teacher, "pupil.open", school_id=aisha.school_id, pupil_id=oakfield.pupils["leon"].pk)
        told = [(look.who, look.did, look.why) for look in looks_at(aisha.school_id, aisha.pk)]
    assert told == [
        ("Someone with a link", "made the one-page PDF", ""),
        ("Dan Whitlock", "opened the record", "Teaches 9C/En"),
    ]


@pytest.mark.parametrize(
    ("part", "status"),
    [("sendco", 200), ("assistant", 200), ("head", 200), ("dsl", 200), ("admin", 403), ("teacher", 403)],
)
def test_pupil_history_is_for_those_who_answer_for_the_record(oakfield, aisha, sign_in, part, status):
    assert sign_in(getattr(oakfield, part)).get(f"/s/oakfield/pupils/{aisha.pk}/history/").status_code == status


def test_pupil_history_offers_to_restore_only_to_those_who_may_write(oakfield, aisha, sign_in):
    with school_context(oakfield.school.pk):
        for words in ("First.", "Second."):
            restore_first_line(pupil=Pupil.objects.get(pk=aisha.pk), text=words, by=oakfield.sendco)
    page = sign_in(oakfield.sendco).get(f"/s/oakfield/pupils/{aisha.pk}/history/").content.decode()
    assert "Restore this version" in page
    assert "First thing to know: “Second.”, before it was “First.”" in page
    assert "Is the SENDCO." in page  # this very look
    assert (
        "Restore this version"
        not in sign_in(oakfield.head).get(f"/s/oakfield/pupils/{aisha.pk}/history/").content.decode()
    )


def test_what_a_reader_of_history_may_not_know_stays_out(oakfield):
    assert hidden_from(oakfield.sendco) == set()
    assert hidden_from(oakfield.admin) == {"speak_to_dsl"}
    told = {"social_worker_on", "virtual_head_on"}  # of a suspension: they say that a child is in care
    poverty = {"fsm", "fsm_ever6", "pupil_premium"}
    assert hidden_from(oakfield.teacher) == {*poverty, *told, "in_care", "speak_to_dsl"}
    assert [model.__name__ for model in parts_for(oakfield.teacher)] == [
        "SENRecord",
        "SENNeed",
        "PupilAdult",
        "GroupPupil",
        "PupilFlag",
        "ProvisionProposal",
        "PupilNumber",
        "Restriction",
        "Concern",
        "ConcernStep",
        "MedicalPointer",
        "Adjustment",
        "RiskPlan",
        "RiskReading",
        "AccessArrangement",
        "ArrangementUse",
        "AgencyTie",
        "AgencyContact",
        "Note",
        "PupilFile",
        "PupilVoice",
        "AboutMe",
    ]
    assert len(parts_for(oakfield.sendco)) == 30


@pytest.mark.parametrize("rows", [1, 3])
def test_pupil_history_asks_as_many_questions_for_one_change_as_for_three(oakfield, aisha, sign_in, rows):
    with school_context(oakfield.school.pk):
        for number in range(rows):
            restore_first_line(pupil=Pupil.objects.get(pk=aisha.pk), text=f"Text {number}", by=oakfield.sendco)
    client = sign_in(oakfield.sendco)
    client.get(f"/s/oakfield/pupils/{aisha.pk}/history/")
    with CaptureQueriesContext(connection) as seen:
        client.get(f"/s/oakfield/pupils/{aisha.pk}/history/")
    assert len(seen) == 48
