"""Agencies: the school's directory, who works with a pupil on what, each contact, and those nobody hears of."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils import actions
from pupils.models import Agency, AgencyContact, AgencyTie, Professional


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def day():
    return timezone.localdate()


@pytest.fixture
def therapy(inside, oakfield):
    """An agency and somebody who works there."""
    by = oakfield.sendco
    with inside():
        agency = actions.add_agency(
            school_id=by.school_id, name="Speech Therapy", does="Speech", phone="01632 960001", email="", by=by
        )
        person = actions.add_professional(
            agency=agency, name="Jo Bell", job="Therapist", phone="01632 960002", email="jo@example.org", by=by
        )
    return agency, person


@pytest.fixture
def tied(inside, oakfield, aisha, therapy, day):
    """Jo Bell works with Aïsha since a year."""
    with inside():
        return actions.add_agency_tie(
            pupil=aisha, agency_id=therapy[0].pk, professional_id=therapy[1].pk, about="Speech sounds",
            starts_on=day - timedelta(days=365), by=oakfield.sendco,
        )  # fmt: skip


def test_the_directory_is_for_who_may_see_contacts_and_kept_by_who_leads_send(visit, therapy):
    for part, status in {
        "sendco": 200,
        "admin": 200,
        "head": 200,
        "leader": 200,
        "teacher": 403,
        "office": 403,
    }.items():
        assert visit(part).get("pupils/agencies/").status_code == status, part
        assert visit(part).get("pupils/agencies/add/").status_code == (200 if part in ("sendco", "admin") else 403)
    page = visit("leader").text("pupils/agencies/")
    assert "01632 960002" in page
    assert "Works with" not in page
    assert "Works with no pupils" in visit("sendco").text("pupils/agencies/")


def test_an_agency_and_its_people_are_added_changed_and_ended(visit, inside, day):
    sendco, yesterday = visit("sendco"), (day - timedelta(days=1)).isoformat()
    assert "No agency in the directory yet" in sendco.text("pupils/agencies/")
    assert sendco.post("pupils/agencies/add/", {"name": "Harbour", "email": "no"}).status_code == 422
    assert sendco.post("pupils/agencies/add/", {"name": "Harbour"}).status_code == 302
    assert "already" in sendco.post("pupils/agencies/add/", {"name": "Harbour"}).content.decode()
    with inside():
        agency = Agency.objects.get()
    assert sendco.post(f"pupils/agencies/{agency.pk}/people/add/", {"name": ""}).status_code == 422
    assert sendco.post(f"pupils/agencies/{agency.pk}/people/add/", {"name": "Ann Wise"}).status_code == 302
    with inside():
        person = Professional.objects.get()
    people, itself = f"pupils/agencies/people/{person.pk}", f"pupils/agencies/{agency.pk}"
    for path, name in ((people, "Ann Wright"), (itself, "Haven")):
        assert sendco.get(f"{path}/change/").status_code == 200
        assert sendco.post(f"{path}/change/", {"name": name, "version": 1}).status_code == 302
        assert name in sendco.text("pupils/agencies/")
        clash = sendco.post(f"{path}/change/", {"name": "Otherwise", "version": 1})
        assert clash.status_code == 409
        assert sendco.get(f"{path}/end/").status_code == 200
        assert sendco.post(f"{path}/end/", {"ends_on": yesterday}).status_code == 302
    page = sendco.text("pupils/agencies/")
    assert "No longer used" in page


def test_an_agency_or_one_of_its_people_works_with_a_pupil(visit, inside, aisha, therapy, day):
    agency, person = therapy
    sendco, path = visit("sendco"), f"pupils/{aisha.pk}/agencies/add/"
    assert "Speech Therapy: Jo Bell" in sendco.text(path)
    data = {"about": "Speech sounds", "starts_on": day.isoformat()}
    assert sendco.post(path, data).status_code == 422
    assert sendco.post(path, {**data, "who": f"p{person.pk}"}).status_code == 302
    with inside():
        tie = AgencyTie.objects.get()
    assert (tie.agency_id, tie.professional_id) == (agency.pk, person.pk)
    assert "Jo Bell, Speech Therapy" in visit("teacher").text(f"pupils/{aisha.pk}/")
    changed = {**data, "who": f"a{agency.pk}", "version": 1}
    assert sendco.post(f"pupils/agencies/ties/{tie.pk}/change/", changed).status_code == 302
    page = visit("teacher").text(f"pupils/{aisha.pk}/agencies/")
    assert "Jo Bell" not in page
    assert "1 agency works with Aïsha" in page
    assert "Works with 1 pupil" in sendco.text("pupils/agencies/")
    clash = sendco.post(f"pupils/agencies/ties/{tie.pk}/change/", {**changed, "about": "Else", "version": 9})
    assert clash.status_code == 409
    assert f'name="who" value="a{agency.pk}"' in clash.content.decode()


def test_who_is_no_longer_there_is_not_offered_and_stays_with_whom_they_work(visit, inside, oakfield, tied, day):
    agency_id, person_id = tied.agency_id, tied.professional_id
    with inside():
        Agency.objects.filter(pk=agency_id).update(ends_on=day - timedelta(days=1))
    mei = oakfield.pupils["mei"]
    assert "Speech Therapy" not in visit("sendco").text(f"pupils/{mei.pk}/agencies/add/")
    page = visit("sendco").text(f"pupils/agencies/ties/{tied.pk}/change/")
    assert f'value="p{person_id}" selected' in page
    with inside():
        AgencyTie.objects.filter(pk=tied.pk).update(professional=None)
    assert f'value="a{agency_id}" selected' in visit("sendco").text(f"pupils/agencies/ties/{tied.pk}/change/")


def test_phone_and_e_mail_are_for_who_may_see_contacts(visit, aisha, tied):
    for part, sees in {"sendco": True, "leader": True, "teacher": False, "ta": False}.items():
        page = visit(part).text(f"pupils/{aisha.pk}/agencies/")
        assert "Jo Bell" in page
        for private in ("01632 960002", "jo@example.org", "The school’s agencies"):
            assert (private in page) is sees, (part, private)


def test_each_contact_is_noted_and_the_last_one_shown(visit, inside, oakfield, aisha, tied, day):
    sendco, record = visit("sendco"), f"pupils/{aisha.pk}/"
    assert "No contact is noted yet." in sendco.text(record)
    assert "Nobody in touch since" in sendco.text(record)
    path = f"pupils/agencies/ties/{tied.pk}/contacts/add/"
    data = {"on": day.isoformat(), "how": "phone", "about": "Next steps", "staff": oakfield.teacher.staff_id}
    assert sendco.post(path, {**data, "on": "2031-01-01"}).status_code == 422
    assert sendco.post(path, {**data, "staff": ""}).status_code == 422
    assert sendco.post(path, data).status_code == 302
    page = visit("teacher").text(record)
    assert "Last contact" in page
    assert "Nobody in touch since" not in page
    with inside():
        contact = AgencyContact.objects.get()
    changed = {**data, "about": "Another date", "version": 1}
    assert sendco.post(f"pupils/agencies/contacts/{contact.pk}/change/", changed).status_code == 302
    page = visit("teacher").text(f"{record}agencies/")
    assert "Another date" in page
    assert "By phone, Dan Whitlock" in page


def test_what_has_ended_stands_before(visit, aisha, tied, day):
    yesterday = (day - timedelta(days=1)).isoformat()
    assert visit("sendco").post(f"pupils/agencies/ties/{tied.pk}/end/", {"ends_on": yesterday}).status_code == 302
    page = visit("teacher").text(f"pupils/{aisha.pk}/agencies/")
    assert "No agencies work with Aïsha" in page
    assert "Before" in page


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_ask_as_often_for_many_as_for_one(visit, inside, oakfield, aisha, therapy, day, number):
    with inside():
        for each in range(number):
            agency = actions.add_agency(school_id=aisha.school_id, name=f"Agency {each}", by=oakfield.sendco)
            tie = actions.add_agency_tie(pupil=aisha, agency_id=agency.pk, about="X", starts_on=day, by=oakfield.sendco)
            for _ in range(number):
                actions.add_agency_contact(
                    tie=tie, on=day, how="phone", about="Y", staff_id=oakfield.ta.staff_id, by=oakfield.sendco
                )
    counts = {}
    for part, path in (("teacher", f"pupils/{aisha.pk}/agencies/"), ("sendco", "pupils/agencies/")):
        visitor = visit(part)
        visitor.text(path)
        with CaptureQueriesContext(connection) as seen:
            visitor.text(path)
        counts[part] = len(seen)
    assert counts == {"teacher": 15, "sendco": 12}
