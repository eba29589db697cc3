"""What supports pupils, on Today and in the lists behind it: due dates by the rules, initials and never a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.models import AccessArrangement, Adjustment, AgencyTie, MedicalPointer, RiskPlan
from staff.models import Term


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def plan(inside, oakfield, day):
    """`plan("aisha", days=..)` makes a risk plan whose words are of so many days ago."""

    def run(who="aisha", days=0, review=100):
        with inside():
            return actions.add_risk(
                pupil=oakfield.pupils[who], may_happen="Runs", we_do="Wait", who="All",
                starts_on=day - timedelta(days=days), review_on=day + timedelta(days=review), by=oakfield.sendco,
            )  # fmt: skip

    return run


def test_each_adult_linked_to_the_pupil_is_asked_to_read_a_risk_plan(visit, plan):
    row = plan()
    for part in ("teacher", "ta", "leader", "dsl"):
        page = visit(part).text("")
        assert "A risk plan of AK to read" in page, part
        assert f"/pupils/{row.pupil_id}/risk/" in page
    for part in ("sendco", "office", "governor"):
        assert "A risk plan of AK to read" not in visit(part).text(""), part
    visit("ta").post(f"pupils/risk/{row.pk}/read/")
    assert "A risk plan of AK to read" not in visit("ta").text("")


def test_the_sendco_knows_how_many_have_not_read(visit, plan):
    row = plan()
    page = visit("sendco").text("")
    assert "Four have not read a risk plan" in page
    assert f"/pupils/{row.pupil_id}/risk/" in page
    assert "SENDCO: Four have not read a risk plan" in visit("head").text("")
    for part in ("teacher", "ta", "leader"):
        visit(part).post(f"pupils/risk/{row.pk}/read/")
    assert "One has not read a risk plan" in visit("sendco").text("")
    plan("mei")
    page = visit("sendco").text("")
    assert "Three have not read two risk plans" in page  # teacher and leader of Mei, the key adult of Aïsha
    assert "/pupils/support/reading/" in page
    listed = visit("sendco").text("pupils/support/reading/")
    assert "2 risk plans wait to be read." in listed
    assert "Zhou, Mei" in listed
    assert "2 adults" in listed


def test_a_risk_plan_that_nobody_reads_in_five_working_days_is_late(visit, plan):
    plan(days=15)
    assert "late-mark" in visit("teacher").text("")
    assert "Was due" in visit("sendco").text("pupils/support/reading/")


@pytest.fixture
def everything(inside, oakfield, plan, day):
    """One of each noun that is late, and one of each that is not."""
    by, aisha, mei = oakfield.sendco, oakfield.pupils["aisha"], oakfield.pupils["mei"]
    long_ago, lately = day - timedelta(days=900), day - timedelta(days=9)
    with inside():
        agency = actions.add_agency(school_id=by.school_id, name="Therapy", by=by)
        for pupil, since in ((aisha, long_ago), (mei, lately)):
            MedicalPointer.objects.create(
                school=oakfield.school, pupil=pupil, kept_at="Office", starts_on=long_ago, reviewed_on=since
            )
            Adjustment.objects.create(school=oakfield.school, pupil=pupil, what="A", why="B", starts_on=since)
            AgencyTie.objects.create(
                school=oakfield.school, pupil=pupil, agency=agency, about="Speech", starts_on=since
            )
            AccessArrangement.objects.create(
                school=oakfield.school, pupil=pupil, scheme="jcq", name="Reader", approval="online",
                starts_on=since, approved_on=since,
            )  # fmt: skip
    plan("aisha", days=200, review=-3)
    plan("mei")


TASKS = (
    "1 healthcare plan to look at again",
    "1 risk plan to look at again",
    "1 reasonable adjustment to ask after: still needed?",
    "1 access arrangement to renew",
    "2 access arrangements without proof this half term",  # the half term ends today
    "1 agency with whom nobody was in touch for a term",
)


def test_what_is_to_be_looked_at_again_is_on_today_and_in_a_list(visit, looks, oakfield, everything):
    page = visit("sendco").text("")
    for words in TASKS:
        assert words in page, words
        assert f"SENDCO: {words}" in visit("head").text("")
    assert "Khan" not in page
    listed = visit("sendco").text("pupils/support/due/")
    assert "7 things are to be looked at again." in listed
    for words in ("Healthcare plan", "Risk plan", "Reasonable adjustment", "Access arrangement runs out", "Agency:"):
        assert words in listed
    assert ("support.list", None) in [(verb, pupil) for verb, pupil, _, _ in looks()]
    for part in ("teacher", "head", "office"):
        assert visit(part).get("pupils/support/due/").status_code == 403
        assert visit(part).get("pupils/support/reading/").status_code == 403


def test_where_nothing_waits_nothing_is_said(visit, oakfield):
    assert "Nothing is to be looked at." in visit("sendco").text("pupils/support/due/")
    assert "Every risk plan has been read." in visit("sendco").text("pupils/support/reading/")
    page = visit("sendco").text("")
    for words in ("healthcare plan", "risk plan", "adjustment", "arrangement", "agency"):
        assert words not in page


def test_a_healthcare_plan_of_which_nobody_can_tell_says_so(visit, inside, oakfield, day):
    with inside():
        MedicalPointer.objects.create(
            school=oakfield.school, pupil=oakfield.pupils["mei"], kept_at="Office", starts_on=day
        )
        Term.objects.all().delete()  # and of a half term that nobody knows nothing is asked
        AccessArrangement.objects.create(
            school=oakfield.school, pupil=oakfield.pupils["mei"], scheme="jcq", name="Prompter",
            approval="delegated", starts_on=day,
        )  # fmt: skip
    page = visit("sendco").text("")
    assert "1 healthcare plan to look at again" in page
    assert "Of 1 nobody can tell" in page
    assert "without proof" not in page
    assert "Cannot tell when it is due" in visit("sendco").text("pupils/support/due/")


def test_who_has_left_and_what_has_ended_waits_for_nobody(visit, inside, oakfield, plan, day):
    plan("gone", days=200, review=-3)
    ended = plan("mei", days=200, review=-3)
    with inside():
        RiskPlan.objects.filter(pk=ended.pk).update(ends_on=day - timedelta(days=1))
    assert "risk plan" not in visit("sendco").text("")
    assert "risk plan" not in visit("teacher").text("")


@pytest.mark.parametrize("number", [1, 3])
def test_the_lists_ask_as_often_for_many_as_for_one(visit, plan, number):
    for who in ("aisha", "mei", "leon")[:number]:
        plan(who, days=200, review=-3)
    sendco, counts = visit("sendco"), {}
    for path in ("due", "reading"):
        sendco.text(f"pupils/support/{path}/")
        with CaptureQueriesContext(connection) as seen:
            sendco.text(f"pupils/support/{path}/")
        counts[path] = len(seen)
    assert counts == {"due": 13, "reading": 13}
