"""The first hour: each step is worked out, one left out is our choice and not done, and it ends with a sentence."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import PupilAdult, SENRecord
from sendhub.audit.models import AccessLog
from sendhub.desk.first_hour import KEYS
from staff import actions
from staff.models import GroupStaff, Invitation, Membership, School, SetupChoice, StaffMember, TeachingGroup, Term

HOUR = "first-hour/"


@pytest.fixture
def setting_up(oakfield):
    School.objects.filter(pk=oakfield.school.pk).update(setting_up=True)


def step(page, key):
    """The card of one step."""
    end = "</ol>" if key == "done" else "</li>"
    return page.partition(f'aria-labelledby="step-{key}"')[2].partition(end)[0]


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S)[1]


@pytest.fixture
def empty(oakfield, inside):
    """Oakfield as `new_school` leaves it: its SENDCO, and nothing else."""
    with inside():
        for model in (PupilAdult, SENRecord, GroupStaff, TeachingGroup, Term):
            model.objects.all().delete()
        for pupil in oakfield.pupils.values():
            pupil.delete()
        Membership.objects.exclude(pk=oakfield.sendco.pk).delete()
        Membership.objects.update(staff=None)
        StaffMember.objects.all().delete()
    School.objects.filter(pk=oakfield.school.pk).update(setting_up=True)


# --- what each step is worked out from ---------------------------------------------------------------------------
def test_first_hour_of_a_new_school_has_nothing_done(visit, empty):
    page = visit("sendco").text(HOUR)
    assert heading(page) == "0 of 5 steps are settled. About 33 minutes are left."
    assert "1 person can sign in, nobody invited." in step(page, "people")
    assert "No pupils here. Still to come: pupils, staff, classes and contacts." in step(page, "files")
    assert "No half terms set for this year." in step(page, "terms")
    assert "The staff list is not here yet." in step(page, "staff")
    assert "0 of 0 on the register have a key adult." in step(page, "links")
    assert "Here: Priya Nair." in step(page, "people")
    assert page.count("btn primary") == 1
    assert "The rest follows from the steps above." in step(page, "done")


def test_first_hour_moves_on_by_what_is_there(visit, empty, inside, oakfield):
    sendco, school = visit("sendco"), oakfield.school
    with inside():
        for role in ("head", "office"):
            actions.invite(
                school=school, email=f"{role}@example.org", name=role.title(), roles=[role], by=oakfield.sendco
            )
        year = actions.add_year(school=school, starts=starts(), by=oakfield.sendco)
        actions.add_terms(
            year=year, terms=[("Autumn 1", date(starts(), 9, 2), date(starts(), 10, 23))], by=oakfield.sendco
        )
    page = sendco.text(HOUR)
    assert heading(page) == "2 of 5 steps are settled. About 26 minutes are left."
    assert "1 person can sign in, 2 invited." in step(page, "people")
    assert "1 half term set for this year." in step(page, "terms")
    with inside():
        person = StaffMember.objects.create(
            school=school, forename="Asha", surname="Rao", email="a@x.uk", job_title="TA"
        )
        StaffMember.objects.create(school=school, forename="Ben", surname="Cole")
    assert "0 can sign in, 2 invited, 1 left, 1 without an address." in step(sendco.text(HOUR), "staff")
    with inside():
        actions.invite_many(school=school, people=[(person, "ta")], again=[], by=oakfield.sendco)
    assert ">Done<" in step(sendco.text(HOUR), "staff").replace("</svg> ", ">")


def starts():
    today = timezone.localdate()
    return today.year if today.month >= 9 else today.year - 1


def test_first_hour_of_a_school_that_has_all_of_it_says_what_works_without_her(visit, setting_up, inside, oakfield):
    sendco = visit("sendco")
    with inside():
        year = TeachingGroup.objects.first().year
        form = TeachingGroup.objects.create(school=oakfield.school, year=year, kind="form", name="8B")
        GroupStaff.objects.create(school=oakfield.school, group=form, staff=oakfield.teacher.staff, part="tutors")
    page = sendco.text(HOUR)
    assert "1 of 1 form has a tutor. 1 of 2 on the register have a key adult." in step(page, "links")
    with inside():
        PupilAdult.objects.create(
            school=oakfield.school, pupil=oakfield.pupils["leon"], staff=oakfield.ta.staff, part="key_adult",
            starts_on=timezone.localdate(),
        )  # fmt: skip
    page = sendco.text(HOUR)
    assert heading(page) == "Everything is set up."
    last = step(page, "done")
    assert "3 pupils are here, each with the family to write to." in last
    assert "1 form has its tutor, who open those pupils’ records and nobody else’s." in last
    assert "11 colleagues sign in without asking you for a list." in last
    assert "That was the last list you had to keep by hand. Go and see a child." in last
    assert "See what works without you" in sendco.text("")


# --- left out by choice ------------------------------------------------------------------------------------------
def test_a_step_left_out_is_our_choice_and_not_done(visit, empty, inside):
    sendco = visit("sendco")
    for reason in ("We use the council’s dates", "We use the council’s own dates"):
        sendco.post(f"{HOUR}skip/", {"step": "terms", "reason": reason})
    page = sendco.text(HOUR)
    assert heading(page).startswith("1 of 5 steps are settled.")
    card = step(page, "terms")
    assert "Our choice" in card
    assert "Left out: We use the council’s own dates" in card
    assert "Done" not in card
    with inside():
        assert str(SetupChoice.objects.get()).startswith("setup choice")  # no word of the reason in a log
    sendco.post(f"{HOUR}resume/", {"step": "terms"})
    assert heading(sendco.text(HOUR)).startswith("0 of 5")


def test_a_choice_gives_way_to_what_was_done_after_all(visit, setting_up):
    sendco = visit("sendco")
    sendco.post(f"{HOUR}skip/", {"step": "terms", "reason": "Later"})
    card = step(sendco.text(HOUR), "terms")
    assert "Our choice" not in card  # a half term is set


@pytest.mark.parametrize(
    "sent",
    [{"step": "terms", "reason": " "}, {"step": "lunch", "reason": "No"}, {"step": "terms", "reason": "x" * 201}],
)
def test_a_step_is_not_left_out_without_a_reason(visit, empty, inside, sent):
    answer = visit("sendco").post(f"{HOUR}skip/", sent)
    assert answer.status_code == 422
    page = answer.content.decode()
    if sent["step"] in KEYS:
        assert 'href="#reason-terms"' in page
        assert 'id="reason-terms"' in page
    assert visit("sendco").post(f"{HOUR}resume/", {"step": "lunch"}).status_code == 422
    with inside():
        assert not SetupChoice.objects.exists()


# --- Today, and the end ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("part", "shown"), [("sendco", True), ("head", True), ("office", True), ("teacher", False)])
def test_today_shows_the_first_hour_until_it_is_put_away(visit, setting_up, inside, part, shown):
    visitor = visit(part)
    assert ("Your first hour" in visitor.text("")) is shown
    if shown:
        assert visitor.text("").count("btn primary") == 1
        visitor.post(f"{HOUR}finish/")
        visitor.post(f"{HOUR}finish/")
        assert "Your first hour" not in visitor.text("")
        with inside():
            assert AccessLog.objects.filter(verb="school.setup_finish").count() == 1


def test_a_school_that_is_not_new_has_no_first_hour_on_today(visit):
    assert "Your first hour" not in visit("sendco").text("")


def test_who_can_do_what_stands_beside_each_step(visit, setting_up, inside):
    with inside():
        Term.objects.all().delete()
    office = visit("office").text(HOUR)
    assert "on the register" not in office  # counts about SEN are not the office's
    assert "Here: Priya Nair, Tom Hale, Bev Marsh and 2 others." in step(office, "terms")
    head = visit("head").text(HOUR)
    assert "Key adults and assistants" not in step(head, "links")
    assert "Key adults and assistants" in step(visit("sendco").text(HOUR), "links")


@pytest.mark.parametrize(("part", "status"), [("assistant", 200), ("admin", 403), ("teacher", 403), ("governor", 403)])
def test_first_hour_is_for_those_who_set_the_school_up(visit, part, status):
    assert visit(part).get(HOUR).status_code == status


def test_first_hour_costs_the_same_for_one_row_and_for_three(visit, setting_up, inside, oakfield):
    sendco, counted = visit("sendco"), []
    sendco.text(HOUR)  # warm
    for names in (["Asha"], ["Ben", "Cal"]):
        with inside():
            for name in names:
                StaffMember.objects.create(
                    school=oakfield.school, forename=name, surname="New", email=f"{name}@x.uk", job_title="TA"
                )
                Invitation.objects.create(school=oakfield.school, name=name, email=f"{name}@y.uk", roles=["ta"])
                Term.objects.create(
                    school=oakfield.school, year=Term.objects.first().year, name=name, starts_on=date(2027, 1, 4),
                    ends_on=date(2027, 2, 12),
                )  # fmt: skip
        with CaptureQueriesContext(connection) as run:
            sendco.text(HOUR)
        counted.append(len(run))
    assert counted == [35, 35]
