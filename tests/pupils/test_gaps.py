"""What records lack: to each who can mend it, each pupil one press from the mend; contacts put right by hand."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import Contact, Pupil, SENNeed, SENRecord
from tests.pupils.test_list import add_pupils

TODAY = timezone.localdate()
QUERIES = 14  # of the SENDCO's page: session, person, school, frame; standings, families, pupils, the log


def tabs(page):
    block = re.search(r'aria-label="What is missing">(.*?)</nav>', page, re.S).group(1)
    return {label: int(number) for label, number in re.findall(r">([^<>]+) <span class=\"count\">(\d+)", block)}


def names(page):
    return re.findall(r'role="rowheader">([^<]+)</th>', page)


def mend(page):
    """The address of the first row's button."""
    return re.search(r'<a class="btn" id="mend-\d+" href="/s/oakfield/([^"]+)"', page).group(1)


@pytest.fixture
def lacking(inside, oakfield):
    """Aïsha: no UPN (nobody here has one), no day, no need, no address. Leon: nobody with parental responsibility, and
    no key adult. Mei, on no register: no address."""
    aisha, leon, mei = (oakfield.pupils[key] for key in ("aisha", "leon", "mei"))
    with inside():
        Pupil.objects.filter(pk__in=[leon.pk, mei.pk]).update(first_line="Likes maps")
        Pupil.objects.filter(pk=leon.pk).update(upn="A801200000001")
        SENNeed.objects.filter(pupil=aisha).delete()
        SENRecord.objects.filter(pupil=aisha).update(start_known=False)
        Contact.objects.filter(pupil__in=[aisha, mei]).update(email="")
        Contact.objects.filter(pupil=leon).update(parental_responsibility=None)


def test_gap_list_counts_each_gap_for_the_sendco(visit, lacking):
    page = visit("sendco").text("pupils/gaps/")
    assert tabs(page) == {
        "No type of need": 1,
        "Not known since when": 1,
        "No key adult": 1,
        "Nothing to know yet": 1,
        "No UPN": 2,
        "No parental responsibility": 1,
        "No family e-mail": 1,  # of the register; the office sees everybody's
        "No language named": 0,
    }
    assert "<h1>Something is missing for 3 pupils.</h1>" in page
    assert names(page) == ["Khan, Aïsha"]  # the first gap that somebody has


@pytest.mark.parametrize(
    ("part", "gap", "expected", "where"),
    [
        ("sendco", "need", ["Khan, Aïsha"], "pupils/{aisha}/needs/"),
        ("sendco", "since", ["Khan, Aïsha"], "pupils/{aisha}/days/?gap=since"),
        ("sendco", "key_adult", ["Walker, Leon"], "pupils/{leon}/adults/add/"),
        ("sendco", "first_line", ["Khan, Aïsha"], "pupils/{aisha}/first-line/"),
        ("teacher", "first_line", ["Khan, Aïsha"], "pupils/{aisha}/first-line/"),
        ("office", "upn", ["Khan, Aïsha", "Zhou, Mei"], "pupils/{aisha}/change/?gap=upn"),
        ("office", "email", ["Khan, Aïsha", "Zhou, Mei"], "pupils/contacts/{aisha_contact}/change/?gap=email"),
        ("sendco", "email", ["Khan, Aïsha"], "pupils/contacts/{aisha_contact}/change/?gap=email"),
        ("admin", "parent", ["Walker, Leon"], "pupils/contacts/{leon_contact}/change/?gap=parent"),
    ],
)
def test_gap_list_each_row_is_one_press_from_its_mend(visit, inside, oakfield, lacking, part, gap, expected, where):
    ids = {key: oakfield.pupils[key].pk for key in ("aisha", "leon")}
    with inside():
        ids |= {f"{key}_contact": Contact.objects.get(pupil=pk).pk for key, pk in list(ids.items())}
    page = visit(part).text(f"pupils/gaps/?gap={gap}")
    assert names(page) == expected
    assert mend(page) == where.format(**ids)
    assert visit(part).get(mend(page)).status_code == 200


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        ("office", {"No UPN", "No parental responsibility", "No family e-mail", "No language named"}),
        ("teacher", {"Nothing to know yet"}),
        ("leader", {"Nothing to know yet"}),
        ("admin", {"No key adult", "No UPN", "No parental responsibility", "No family e-mail", "No language named"}),
    ],
)
def test_gap_list_shows_a_gap_to_whoever_can_mend_it(visit, lacking, part, expected):
    assert set(tabs(visit(part).text("pupils/gaps/"))) == expected


def test_gap_list_tells_the_office_nothing_about_send(visit, lacking):
    page = visit("office").text("pupils/gaps/")
    main = page[page.index('id="gaps"') :]
    for word in ("SEN Support", "EHC", "type of need", "key adult", ">Register<"):
        assert word not in main
    assert names(visit("office").text("pupils/gaps/?gap=need")) == ["Khan, Aïsha", "Zhou, Mei"]  # as if not asked


@pytest.mark.parametrize("part", ["head", "dsl", "ta"])
def test_gap_list_of_who_puts_nothing_in(visit, lacking, part):
    assert "There is nothing that you could put right here." in visit(part).text("pupils/gaps/")
    assert "All gaps" not in visit(part).text("pupils/")


def test_gap_list_without_gaps(visit, inside, lacking):
    with inside():
        Pupil.objects.all().update(first_line="Likes maps")
    page = visit("teacher").text("pupils/gaps/")
    assert "Nothing is missing that you could put in." in page
    assert "Nobody is on this list" in page
    assert "All gaps" in visit("teacher").text("pupils/")


def test_gap_list_is_logged_and_read_again_by_htmx(visit, looks, lacking, oakfield):
    part = visit("sendco").text("pupils/gaps/?gap=key_adult", **{"HX-Request": "true"})
    assert part.strip().startswith('<div class="stack" id="gaps" hx-get="/s/oakfield/pupils/gaps/?gap=key_adult"')
    assert looks() == [("pupil.list", None, "", {"page": "gaps", "ids": [oakfield.pupils["leon"].pk]})]


@pytest.mark.parametrize("rows", [1, 3])
def test_gap_list_asks_as_many_questions_for_one_row_as_for_three(visit, inside, oakfield, rows):
    pupils = add_pupils(inside, oakfield, rows)
    with inside():
        SENRecord.objects.filter(pupil__in=oakfield.pupils.values()).delete()
        for pupil in pupils:
            SENRecord.objects.create(school=oakfield.school, pupil=pupil, provision="K", starts_on=TODAY)
    sendco = visit("sendco")
    sendco.text("pupils/gaps/")
    with CaptureQueriesContext(connection) as seen:
        page = sendco.text("pupils/gaps/?gap=email")
    assert len(names(page)) == rows
    assert len(seen) == QUERIES


# --- contacts by hand --------------------------------------------------------------------------------------------
def test_contact_change_fills_the_gap_and_goes_back_to_the_list(visit, inside, oakfield, lacking):
    with inside():
        contact = Contact.objects.get(pupil=oakfield.pupils["aisha"])
    office = visit("office")
    page = office.text(f"pupils/contacts/{contact.pk}/change/?gap=email")
    assert 'name="forename" value="Parent"' in page
    sent = {"forename": "Parent", "surname": "Khan", "email": "home@example.org", "parental_responsibility": "yes"}
    answer = office.post(f"pupils/contacts/{contact.pk}/change/?gap=email", sent)
    assert answer["Location"] == "/s/oakfield/pupils/gaps/?gap=email"
    with inside():
        contact.refresh_from_db()
    assert (contact.email, contact.parental_responsibility) == ("home@example.org", True)
    assert names(office.text("pupils/gaps/?gap=email")) == ["Zhou, Mei"]


def test_contact_change_writes_only_what_was_changed(visit, inside, oakfield):
    with inside():
        contact = Contact.objects.get(pupil=oakfield.pupils["aisha"])
        Contact.objects.filter(pk=contact.pk).update(court_order="No contact with the father")
        events = Contact.pgh_event_model.objects.filter(pgh_obj_id=contact.pk)
        before = events.count()
    sent = {
        "forename": " Parent ", "surname": "Khan", "relationship": "Mother", "phone": "07700 900000",
        "email": contact.email, "parental_responsibility": "yes",
    }  # fmt: skip
    answer = visit("office").post(f"pupils/contacts/{contact.pk}/change/", sent)
    assert answer["Location"] == f"/s/oakfield/pupils/{contact.pupil_id}/contacts/"
    with inside():
        assert events.count() == before
        contact.refresh_from_db()
    assert contact.court_order == "No contact with the father"


def test_contact_change_asks_for_a_name_and_a_right_address(visit, inside, oakfield):
    with inside():
        contact = Contact.objects.get(pupil=oakfield.pupils["aisha"])
    answer = visit("sendco").post(f"pupils/contacts/{contact.pk}/change/", {"email": "nobody"})
    assert answer.status_code == 422
    for words in ("Enter the first name.", "Enter the surname.", "This is not an e-mail address."):
        assert words in answer.content.decode()


def test_contact_add_stands_after_those_who_are_there(visit, inside, oakfield):
    aisha = oakfield.pupils["aisha"]
    assert "A new contact for Aïsha Khan" in visit("sendco").text(f"pupils/{aisha.pk}/contacts/add/")
    answer = visit("sendco").post(
        f"pupils/{aisha.pk}/contacts/add/", {"forename": "Sara", "surname": "Khan", "parental_responsibility": ""}
    )
    assert answer["Location"] == f"/s/oakfield/pupils/{aisha.pk}/"
    with inside():
        added = Contact.objects.get(forename="Sara")
    assert (added.pupil_id, added.priority, added.parental_responsibility) == (aisha.pk, 2, None)


def test_contact_add_is_the_mend_where_there_is_nobody(visit, inside, oakfield):
    with inside():
        Contact.objects.all().delete()
    page = visit("office").text("pupils/gaps/?gap=parent")
    assert mend(page) == f"pupils/{oakfield.pupils['aisha'].pk}/contacts/add/?gap=parent"


def test_contacts_offer_a_change_to_those_who_keep_them(visit, inside, oakfield):
    aisha = oakfield.pupils["aisha"].pk
    with inside():
        contact = Contact.objects.get(pupil=aisha).pk
    change, add = f"/s/oakfield/pupils/contacts/{contact}/change/", f"/s/oakfield/pupils/{aisha}/contacts/add/"
    for part, offered in (("office", True), ("sendco", True), ("leader", False), ("dsl", False)):
        page = visit(part).text(f"pupils/{aisha}/contacts/")
        assert (change in page, add in page) == (offered, offered)


def test_contact_change_of_a_leaver_or_of_another_school_is_not_there(visit, cast, inside, oakfield):
    with inside():
        gone = Contact.objects.get(pupil=oakfield.pupils["gone"]).pk
    assert visit("office").get(f"pupils/contacts/{gone}/change/").status_code == 404
    assert visit("office").get(f"pupils/{oakfield.pupils['gone'].pk}/contacts/add/").status_code == 404


def test_a_language_and_an_interpreter_are_a_gap_until_somebody_says(visit, inside, oakfield):
    aisha = oakfield.pupils["aisha"]
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(eal=True)
        Contact.objects.filter(pupil=aisha).update(email="", court_order="No contact with the father")
        contact = Contact.objects.get(pupil=aisha)
    office, record = visit("office"), f"pupils/{aisha.pk}/"
    page = office.text(f"{record}contacts/")
    for words in (
        "No e-mail",
        "letters are printed",
        "Another language is spoken at home",
        "No contact with the father",
    ):
        assert words in page, words
        assert words not in visit("teacher").text(record), words
    assert names(office.text("pupils/gaps/?gap=language")) == ["Khan, Aïsha"]
    sent = {"forename": "Parent", "surname": "Khan", "language": "Urdu", "interpreter": "yes"}
    office.post(f"pupils/contacts/{contact.pk}/change/?gap=language", sent)
    with inside():
        contact.refresh_from_db()
    assert (contact.language, contact.interpreter) == ("Urdu", True)
    assert names(office.text("pupils/gaps/?gap=language")) == []
    assert "Needs an interpreter" in visit("sendco").text(record)
