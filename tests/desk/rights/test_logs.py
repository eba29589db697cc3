"""The log of breaches with its 72 hours, the log of complaints with its 30 days, and both on Today."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from sendhub.desk.models import Breach, Complaint

PEOPLE = ("sendco", "head", "data_lead")
NEITHER = ("assistant", "admin", "teacher", "ta", "leader", "governor", "office", "dsl", "trust_lead")


def ago(**how):
    return f"{timezone.localtime() - timedelta(**how):%Y-%m-%dT%H:%M}"


def day_ago(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def breach(inside, oakfield):
    with inside():
        return Breach.objects.create(
            school=oakfield.school, aware_at=timezone.now() - timedelta(hours=10), what="A bag left on the bus"
        )


@pytest.mark.parametrize("part", PEOPLE)
def test_who_keeps_the_logs_writes_a_breach_down_with_what_is_known(visit, inside, part):
    response = visit(part).post("rights/breaches/add/", {"aware_at": ago(hours=3), "what": "A bag left on the bus"})
    assert response.status_code == 302
    with inside():
        made = Breach.objects.get()
    assert (made.what, made.risk, made.ico_told_at) == ("A bag left on the bus", "", None)
    page = visit(part).text("rights/")
    assert "68 hours left" in page or "69 hours left" in page
    assert "UK GDPR Art 33" in page


@pytest.mark.parametrize("part", NEITHER)
def test_nobody_else_opens_the_logs(visit, part):
    for path in ("", "breaches/add/", "complaints/add/", "requests/add/"):
        assert visit(part).get(f"rights/{path}").status_code == 403


def test_the_hours_are_over_to_the_minute_and_today_says_late(visit, inside, breach):
    with inside():
        Breach.objects.update(aware_at=timezone.now() - timedelta(hours=72, minutes=1))
    page = visit("data_lead").text("")
    assert "A breach: judge the risk, and tell the ICO if there is one" in page
    assert "The 72 hours are over." in page
    assert "One thing is late." in page
    assert "72 hours are over" in visit("head").text("rights/")


def test_no_risk_owes_no_report_and_a_high_one_owes_a_word_to_the_people(visit, inside, breach):
    person = visit("data_lead")
    begin = {"aware_at": ago(hours=10), "what": "A bag", "version": "1"}
    response = person.post(f"rights/breaches/{breach.pk}/", {**begin, "risk": "none", "risk_why": "Found shut"})
    assert response.status_code == 302
    assert "tell the ICO" not in person.text("")
    later = {**begin, "version": "2", "risk": "high", "risk_why": "Plans were in it", "ico_told_at": ago(hours=1)}
    assert person.post(f"rights/breaches/{breach.pk}/", later).status_code == 302
    page = person.text("")
    assert "A breach: tell the people whose data it was" in page
    assert "tell the ICO" not in page
    assert "UK GDPR Art 34" in page


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"aware_at": ""}, "Say when the school knew."),
        ({"what": ""}, "Say what happened."),
        ({"risk": "risk"}, "Say why you judge it so."),
        ({"closed_on": day_ago(0)}, "Judge the risk before you close it."),
        ({"ico_told_at": ago(hours=20)}, "This is before the school knew of it."),
        ({"aware_at": f"{timezone.localtime() + timedelta(days=1):%Y-%m-%dT%H:%M}"}, "This is still to come."),
        ({"aware_at": "2001-01-01T10:00"}, "more than five years ago"),
    ],
)
def test_a_breach_that_can_not_be_so_is_not_written(visit, inside, facts, said):
    response = visit("data_lead").post("rights/breaches/add/", {"aware_at": ago(hours=3), "what": "A bag", **facts})
    assert response.status_code == 422
    assert said in response.content.decode()
    with inside():
        assert not Breach.objects.exists()


def test_two_people_change_one_breach_and_neither_loses_a_word(visit, inside, breach):
    first, second = visit("head"), visit("data_lead")
    begin = {"aware_at": f"{timezone.localtime(breach.aware_at):%Y-%m-%dT%H:%M}", "version": "1"}
    assert first.post(f"rights/breaches/{breach.pk}/", {**begin, "what": "The blue bag"}).status_code == 302
    response = second.post(f"rights/breaches/{breach.pk}/", {**begin, "what": "The red bag"})
    assert response.status_code == 409
    page = re.sub("</?mark>", "", response.content.decode())
    assert "The blue bag" in page
    assert "The red bag" in page
    with inside():
        assert Breach.objects.get().what == "The blue bag"


def test_a_complaint_is_acknowledged_and_answered(visit, inside):
    person = visit("data_lead")
    begin = {"received_on": day_ago(29), "who": "Parent Khan", "about": "A letter went to the wrong house"}
    assert person.post("rights/complaints/add/", begin).status_code == 302
    page = person.text("")
    assert "A complaint about data: tell them that it arrived" in page
    assert "The limit is today." in page
    assert "Data Protection Act 2018 s.164A" in page
    with inside():
        made = Complaint.objects.get()
    told = {**begin, "version": "1", "acknowledged_on": day_ago(0)}
    assert person.post(f"rights/complaints/{made.pk}/", told).status_code == 302
    assert "tell them that it arrived" not in person.text("")
    assert "They know that it arrived." in person.text("rights/")
    done = {**told, "version": "2", "answered_on": day_ago(0), "outcome": "We said sorry"}
    assert person.post(f"rights/complaints/{made.pk}/", done).status_code == 302
    assert "No complaint waits." in person.text("rights/")


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"who": ""}, "Say who complains."),
        ({"acknowledged_on": day_ago(9)}, "This is before it arrived."),
        ({"answered_on": day_ago(1)}, "Say what you answered."),
        ({"outcome": "Sorry"}, "Say when you answered."),
    ],
)
def test_a_complaint_that_can_not_be_so_is_not_written(visit, inside, facts, said):
    begin = {"received_on": day_ago(3), "who": "Parent Khan", "about": "A letter"}
    response = visit("head").post("rights/complaints/add/", {**begin, **facts})
    assert response.status_code == 422
    assert said in response.content.decode()
    with inside():
        assert not Complaint.objects.exists()


def test_what_is_typed_of_a_breach_is_kept(visit):
    person = visit("data_lead")
    saved = person.post("work/drafts/desk.breach/0/", {"what": "Half a sentence"})
    assert saved.status_code in {200, 204}
    assert "Half a sentence" in person.text("rights/breaches/add/")


def test_the_data_protection_lead_opens_nothing_else(visit, aisha):
    person = visit("data_lead")
    for path in ("pupils/", "pupils/register/", "pupils/imports/", "messages/", "staff/school/"):
        assert person.get(path).status_code in {403, 404}, path
    assert person.get(f"pupils/{aisha.pk}/").status_code in {403, 404}
    assert "Nothing is late. Nothing waits." in person.text("")


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_makes_the_same_queries_however_much_there_is(
    visit, inside, oakfield, asked, rows, django_assert_num_queries
):
    with inside():
        for number in range(rows):
            Breach.objects.create(school=oakfield.school, aware_at=timezone.now(), what=f"Bag {number}")
            Complaint.objects.create(
                school=oakfield.school, received_on=timezone.localdate(), who=f"Parent {number}", about="A letter"
            )
    person = visit("data_lead")
    person.get("rights/")
    with django_assert_num_queries(18):
        person.text("rights/")
