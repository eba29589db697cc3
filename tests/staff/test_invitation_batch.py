"""Everybody of the staff list invited in one checked batch: who is ready, who is doubtful, and nobody twice."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sendhub.access import Role
from sendhub.kit.models import Job, Link
from sendhub.kit.tasks import run_job
from sendhub.outbox.models import Message
from staff import actions
from staff.job_titles import doubt_about, likely_role, own_domain
from staff.models import Invitation, Membership, StaffMember
from tests.visits import inside, oakfield, visit

__all__ = ["inside", "oakfield", "visit"]
PAGE, SEND = "staff/invite/everyone/", "staff/invite/everyone/send/"


@pytest.fixture
def hire(oakfield, inside):
    """`hire("Asha Rao", "Teacher of Art")` puts somebody on the staff list; their address follows from the name."""

    def run(name, job_title="Teacher", email=None, **more):
        forename, surname = name.split()
        address = f"{forename}.{surname}@oakfield.example.org".lower() if email is None else email
        with inside():
            return StaffMember.objects.create(
                school=oakfield.school, forename=forename, surname=surname, job_title=job_title, email=address, **more
            )

    return run


def ticked(page):
    return {int(pk) for pk in re.findall(r'name="staff" value="(\d+)" id="[^"]+" checked', page)}


def section(page, heading):
    return page.partition(heading)[2].partition("</section>")[0]


# --- what a job title and an address tell ------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("job_title", "role"),
    [
        ("SENDCO", Role.SENDCO),
        ("SENDCO and assistant head", Role.SENDCO),
        ("SENCo", Role.SENDCO),
        ("Assistant SENCO", Role.ASSISTANT_SENDCO),
        ("SEND administrator", Role.SEND_ADMIN),
        ("Safeguarding lead", Role.DSL),
        ("Head of Year 9", Role.LEADER),
        ("Key Stage 2 Lead", Role.LEADER),
        ("Deputy Headteacher", Role.LEADER),
        ("Headteacher", Role.HEAD),
        ("Head of school", Role.HEAD),
        ("Head of English", Role.TEACHER),
        ("Teacher", Role.TEACHER),
        ("Teaching Assistant", Role.TA),
        ("HLTA", Role.TA),
        ("Learning Support Assistant", Role.TA),
        ("Office Manager", Role.OFFICE),
        ("Data Manager", Role.OFFICE),
        ("Link governor", Role.GOVERNOR),
        ("Caretaker", None),
        ("", None),
    ],
)
def test_likely_role_of_a_job_title(job_title, role):
    assert likely_role(job_title) == role


@pytest.mark.parametrize(
    ("address", "times", "doubt"),
    [
        ("ann@oak.sch.uk", 1, ""),
        ("ann@oak.sch.uk", 2, "Two people have this address"),
        ("office@oak.sch.uk", 1, "A shared mailbox"),
        ("ann@gmail.com", 1, "A private address"),
        ("ann@council.gov.uk", 1, "Not at oak.sch.uk"),
    ],
)
def test_a_doubtful_address_says_why(address, times, doubt):
    assert doubt_about(address, times, "oak.sch.uk").startswith(doubt)
    assert bool(doubt) == bool(doubt_about(address, times, "oak.sch.uk"))


@pytest.mark.parametrize(
    ("addresses", "domain"), [(["a@x.uk", "b@x.uk", "c@y.uk", ""], "x.uk"), (["a@x.uk", "b@y.uk"], ""), ([], "")]
)
def test_own_domain_is_the_one_that_most_have(addresses, domain):
    assert own_domain(addresses) == domain
    assert doubt_about("z@elsewhere.uk", 1, "") == ""


# --- who stands where --------------------------------------------------------------------------------------------
def test_invitation_batch_ticks_whom_it_is_sure_of_and_nobody_else(visit, hire, inside, oakfield):
    teacher, helper = hire("Asha Rao", "Teacher of Art"), hire("Ben Cole", "Teaching Assistant")
    keeper = hire("Cal Dunn", "Caretaker")
    away = hire("Eve Finch", email="eve@elsewhere.example.com")
    wide = hire("Lou Mead", "Safeguarding lead")
    hire("Gus Hart", email="")
    hire("Ivy Jones", ended_on=timezone.localdate() - timedelta(days=1))
    with inside():
        actions.invite(
            school=oakfield.school,
            email="kay.lowe@oakfield.example.org",
            name="Kay Lowe",
            roles=["ta"],
            by=oakfield.sendco,
        )
    hire("Kay Lowe")
    page = visit("sendco").text(PAGE)
    assert ticked(page) == {teacher.pk, helper.pk}
    assert "2 people are ready to be invited" in page
    assert "10 of the staff list can sign in. 1 has an invitation waiting." in page
    doubtful = section(page, "Look at these first")
    reasons = {keeper: "We can not tell from the job title", away: "Not at oakfield.example.org"}
    reasons |= {wide: "They would see every pupil: tick it yourself"}
    for person, words in reasons.items():
        assert f'value="{person.pk}"' in doubtful
        assert words in doubtful
    assert "Gus Hart" in section(page, "1 without an address")
    assert "Kay Lowe" in section(page, "Invited, not here yet")
    assert "Ivy Jones" not in page
    assert page.count("btn primary") == 1


def test_somebody_who_joined_by_their_address_alone_is_here(visit, hire, inside, oakfield):
    hire("Priya Nair", "SENDCO", email=oakfield.sendco.user.email.upper())
    with inside():
        Membership.objects.filter(pk=oakfield.sendco.pk).update(staff=None)
    assert "Nobody is left to invite" in visit("sendco").text(PAGE)


def test_nobody_is_offered_a_role_beyond_the_inviters(visit, hire):
    leader = hire("Asha Rao", "Head of Year 7")
    hire("Ben Cole", "SENDCO")
    page = visit("office").text(PAGE)
    assert ticked(page) == set()
    assert "Their job title says Leader, which is more than you may give." in page
    assert 'value="sendco"' not in page
    assert "Some people are left to look at" in page
    sent = {"staff": [leader.pk], f"role-{leader.pk}": "leader"}
    for path in (PAGE, SEND):
        answer = visit("office").post(path, sent)
        assert answer.status_code == 422
        assert "Choose what Asha Rao may do." in answer.content.decode()
    assert ticked(visit("head").text(PAGE)) == {leader.pk}  # and not who would see everybody


# --- check, then send --------------------------------------------------------------------------------------------
def test_checked_and_sent_each_once(visit, hire, inside):
    teacher, keeper = hire("Asha Rao"), hire("Cal Dunn", "Caretaker")
    sendco = visit("sendco")
    sent = {"staff": [teacher.pk, keeper.pk], f"role-{teacher.pk}": "teacher", f"role-{keeper.pk}": "office"}
    check = sendco.post(PAGE, sent).content.decode()
    assert "2 invitations will be sent" in check
    assert "asha.rao@oakfield.example.org" in check
    with inside():
        assert not Invitation.objects.exists()  # nothing goes before it was checked
    sent["form_id"] = re.search(r'name="form_id" value="([^"]+)"', check)[1]
    assert sendco.post(SEND, sent).status_code == 302
    again = sendco.post(SEND, sent)
    assert again.status_code == 422
    assert "has not been invited yet" in again.content.decode()
    with inside():
        roles = dict(Invitation.objects.values_list("email", "roles"))
        assert roles == {"asha.rao@oakfield.example.org": ["teacher"], "cal.dunn@oakfield.example.org": ["office"]}
        assert set(Invitation.objects.values_list("staff_id", flat=True)) == {teacher.pk, keeper.pk}
        assert Message.objects.filter(template="invitation").count() == 2


def test_two_presses_at_the_same_moment_skip_who_was_invited_meanwhile(hire, inside, oakfield):
    teacher = hire("Asha Rao")
    with inside():
        both = [
            actions.invite_many(school=oakfield.school, people=[(teacher, "teacher")], again=[], by=oakfield.sendco)
            for _ in range(2)
        ]
        assert both == [(1, 0), (0, 1)]
        assert Message.objects.count() == 1


def test_many_invitations_are_one_job_and_a_second_press_starts_no_other(visit, hire, inside, oakfield):
    people = [hire(f"Ann Lee{number}") for number in range(20)]
    sendco = visit("sendco")
    sent = {"staff": [person.pk for person in people]} | {f"role-{person.pk}": "teacher" for person in people}
    sent["form_id"] = re.search(r'name="form_id" value="([^"]+)"', sendco.post(PAGE, sent).content.decode())[1]
    first, second = sendco.post(SEND, sent), sendco.post(SEND, sent)
    with inside():
        job = Job.objects.get()
    assert first["Location"] == second["Location"] == f"/s/oakfield/work/jobs/{job.pk}/"
    assert "@" not in str(job.params) + job.title  # ids and choices only


@pytest.mark.django_db(transaction=True)
def test_the_job_invites_them_and_says_how_many(visit, hire, inside, oakfield):
    people = [hire(f"Ann Lee{number}") for number in range(21)]
    with inside():
        for person in people[:1]:
            actions.invite(
                school=oakfield.school, email=person.email, name="A", roles=["ta"], staff=person, by=oakfield.sendco
            )
    sendco = visit("sendco")
    sent = {"staff": [person.pk for person in people]} | {f"role-{person.pk}": "teacher" for person in people}
    sendco.post(SEND, sent)
    with inside():
        job = Job.objects.get()
        actions.invite(  # while the job waits, somebody else is quicker with one of them
            school=oakfield.school, email=people[1].email, name="B", roles=["ta"], by=oakfield.head
        )
    run_job(job.pk, school_id=oakfield.school.pk)
    with inside():
        job.refresh_from_db()
        assert job.state == Job.State.DONE
        assert job.sentence == "19 invitations on the way. Each works once, for seven days. 1 had been invited already."
        assert Invitation.objects.count() == 21


def test_an_invitation_that_ran_out_goes_again_once(visit, hire, inside, oakfield):
    person = hire("Asha Rao")
    with inside():
        invitation = actions.invite(
            school=oakfield.school, email=person.email, name="Asha Rao", roles=["ta"], staff=person, by=oakfield.sendco
        )
        actions.make_link(invitation=invitation, by=oakfield.sendco)
        Link.objects.update(expires_at=timezone.now() - timedelta(hours=1))
    sendco = visit("sendco")
    page = sendco.text(PAGE)
    assert "Asha Rao" in section(page, "Their invitation ran out")
    sent = {"again": [f"{invitation.pk}:1"]}
    assert "1 invitation will be sent" in sendco.post(PAGE, sent).content.decode()
    assert sendco.post(SEND, sent).status_code == 302
    assert sendco.post(SEND, sent).status_code == 422
    with inside():
        assert Invitation.objects.get().sends == 2
        assert Message.objects.filter(template="invitation").count() == 2
        stale = actions.invite_many(school=oakfield.school, people=[], again=[(invitation, 1)], by=oakfield.sendco)
        assert stale == (0, 1)


def test_invitation_batch_needs_somebody_ticked(visit, hire):
    hire("Asha Rao")
    answer = visit("sendco").post(PAGE, {})
    assert answer.status_code == 422
    assert ticked(answer.content.decode()) == set()  # what was unticked stays so


def test_invitation_batch_costs_the_same_for_one_row_and_for_three(visit, hire):
    sendco, counted = visit("sendco"), []
    sendco.text(PAGE)  # warm
    for names in (["Asha Rao"], ["Ben Cole", "Cal Dunn"]):
        for name in names:
            hire(name)
        with CaptureQueriesContext(connection) as run:
            sendco.text(PAGE)
        counted.append(len(run))
    assert counted == [13, 13]
