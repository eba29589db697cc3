"""One pupil's record: what each reader finds on it, and that each look is written down with its why."""

from datetime import timedelta

import pytest
from django.utils import timezone
from pypdf import PdfReader

from pupils import documents
from pupils.models import MedicalPointer, Pupil, PupilAdult, SENNeed, SENRecord
from pupils.queries import record_of

CONTACT, CIRCUMSTANCE, POINTER, SAFE = "07700 900000", "Free meals", "No pointer is set", "safeguarding lead about"


@pytest.mark.parametrize(
    ("part", "shown"),
    [
        ("sendco", {CONTACT, CIRCUMSTANCE, POINTER, "Link an adult", "Who changed it"}),
        ("admin", {CONTACT, CIRCUMSTANCE, "Link an adult"}),
        ("head", {CONTACT, CIRCUMSTANCE, POINTER, "Who changed it"}),
        ("dsl", {CONTACT, CIRCUMSTANCE, POINTER, "Who changed it"}),
        ("leader", {CONTACT}),
        ("teacher", set()),
        ("ta", set()),
    ],
)
def test_pupil_record_shows_each_reader_what_their_role_needs(visit, oakfield, part, shown):
    page = visit(part).text(f"pupils/{oakfield.pupils['aisha'].pk}/")
    for words in (CONTACT, CIRCUMSTANCE, POINTER, "Link an adult", "Who changed it"):
        assert (words in page) == (words in shown), words
    for words in ("Aïsha Khan", "9C", "SEN Support", "Specific learning difficulty", "Kemi Oduya", "Dan Whitlock"):
        assert words in page


@pytest.mark.parametrize("part", ["sendco", "dsl"])
def test_pupil_record_warns_those_who_may_know_of_the_pointer(visit, oakfield, part):
    assert SAFE in visit(part).text(f"pupils/{oakfield.pupils['leon'].pk}/")


def test_pupil_record_keeps_the_pointer_from_a_teacher(visit, inside, oakfield):
    aisha = oakfield.pupils["aisha"]
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(speak_to_dsl=True)
    assert "afeguarding" not in visit("teacher").text(f"pupils/{aisha.pk}/")
    assert "afeguarding" not in visit("admin").text(f"pupils/{aisha.pk}/")


@pytest.mark.parametrize(
    ("part", "key", "status"),
    [
        ("teacher", "leon", 404),
        ("teacher", "gone", 404),
        ("ta", "mei", 404),
        ("leader", "leon", 404),
        ("sendco", "gone", 200),
        ("office", "aisha", 403),
        ("governor", "aisha", 403),
        ("trust_lead", "aisha", 403),
    ],
)
def test_pupil_record_is_closed_to_those_out_of_reach(visit, oakfield, part, key, status):
    for path in ("", "page.pdf"):
        assert visit(part).get(f"pupils/{oakfield.pupils[key].pk}/{path}").status_code == status


def test_pupil_record_of_another_school_answers_as_one_that_never_was(visit, cast):
    sendco = visit("sendco")
    other = sendco.get(f"pupils/{cast.hillside.pupils['aisha'].pk}/")
    never = sendco.get("pupils/99999999/")
    assert (other.status_code, other.content) == (404, never.content)


@pytest.mark.parametrize(
    ("path", "verb"),
    [("", "pupil.open"), ("page.pdf", "pupil.page"), ("history/", "pupil.history"), ("contacts/", "pupil.contacts")],
)
def test_each_look_is_logged_with_its_why(visit, looks, oakfield, path, verb):
    pk = oakfield.pupils["aisha"].pk
    assert visit("sendco").get(f"pupils/{pk}/{path}").status_code == 200
    assert looks() == [(verb, pk, "You are the SENDCO", {})]


def test_a_refused_look_is_no_look(visit, looks, oakfield):
    visit("teacher").get(f"pupils/{oakfield.pupils['leon'].pk}/")
    assert looks() == []


def test_pupil_contacts_hold_family_and_no_word_of_send(visit, oakfield):
    page = visit("office").text(f"pupils/{oakfield.pupils['leon'].pk}/contacts/")
    main = page[page.index("<main") :]
    assert CONTACT in main
    for words in ("EHC", "Autism", "register", "safeguarding", "care"):
        assert words not in main
    assert visit("teacher").get(f"pupils/{oakfield.pupils['aisha'].pk}/contacts/").status_code == 403


def test_record_of_says_what_it_can_not_tell_and_what_was_before(oakfield, inside):
    leon, today = oakfield.pupils["leon"], timezone.localdate()
    with inside():
        SENRecord.objects.filter(pupil=leon).update(start_known=False)
        before = SENRecord.objects.get(pupil=leon).starts_on
        SENRecord.objects.create(
            school=oakfield.school,
            pupil=leon,
            provision="K",
            starts_on=before - timedelta(9),
            ends_on=before - timedelta(1),
        )
        SENNeed.objects.create(school=oakfield.school, pupil=leon, code="SEMH", rank=2, starts_on=before)
        record = record_of(oakfield.sendco, leon, today)
    assert (record.provision, record.since) == ("EHC plan", "cannot tell when it began")
    assert record.needs == ["Autism", "Social, emotional and mental health"]
    assert [line.what.split(",")[0] for line in record.history] == ["EHC plan", "SEN Support"]
    assert record.on_register


def test_record_of_a_pupil_of_whom_nothing_is_known(oakfield, inside):
    with inside():
        record = record_of(oakfield.teacher, oakfield.pupils["gone"])
    assert (record.provision, record.since, record.needs, record.adults) == ("Not on the register", "", [], [])
    assert record.contacts is None
    assert record.circumstances is None
    assert not record.on_register


def test_record_of_says_from_when_until_when_an_adult_is_linked(oakfield, inside):
    leon, today = oakfield.pupils["leon"], timezone.localdate()
    with inside():
        for part, start, end in (("ta", today + timedelta(1), None), ("key_adult", today, today + timedelta(2))):
            PupilAdult.objects.create(
                school=oakfield.school, pupil=leon, staff=oakfield.ta.staff, part=part, starts_on=start, ends_on=end
            )
        said = [
            adult.since.split()[0] + (" until" if "until" in adult.since else "")
            for adult in record_of(oakfield.sendco, leon).adults
        ]
    assert said == ["since until", "from"]


def test_a_leavers_record_offers_no_change(visit, oakfield):
    page = visit("sendco").text(f"pupils/{oakfield.pupils['gone'].pk}/")
    assert "Left " in page
    assert "Link an adult" not in page
    assert "first-line-change" not in page


def test_pupil_page_puts_the_first_line_first_and_fits_one_page(oakfield, inside):
    aisha = oakfield.pupils["aisha"]
    aisha.first_line = "Say her name before you ask. " * 6
    with inside():
        context = documents.page_context(oakfield.sendco, aisha)
        made = documents.pupil_page(oakfield.sendco, aisha)
    import io

    pages = PdfReader(io.BytesIO(made)).pages
    text = " ".join(pages[0].extract_text().split())
    assert len(pages) == 1
    assert text.index("Say her name") < text.index("SEN Support") < text.index("9C/En")
    assert "07700" not in text
    assert context["for_whom"] == "Priya Nair"


def test_pupil_page_comes_inline_and_its_name_names_nobody(visit, oakfield):
    aisha = oakfield.pupils["aisha"]
    response = visit("teacher").get(f"pupils/{aisha.pk}/page.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'inline; filename="pupil-{aisha.pk}.pdf"'
    assert response.content.startswith(b"%PDF")


def test_record_says_at_its_top_what_to_know_at_once_whom_to_ask_and_what_is_due(visit, inside, oakfield):
    leon, today = oakfield.pupils["leon"], timezone.localdate()
    with inside():
        MedicalPointer.objects.create(
            school=oakfield.school, pupil=leon, ask="the school nurse", kept_at="the red folder",
            at_once="Clear the space", starts_on=today - timedelta(500), reviewed_on=today - timedelta(500),
        )  # fmt: skip
        PupilAdult.objects.create(
            school=oakfield.school, pupil=leon, staff=oakfield.ta.staff, part="ta", starts_on=today
        )
    page = visit("sendco").text(f"pupils/{leon.pk}/")
    top = page[page.index("<main") : page.index('id="register"')]
    assert "Clear the space." in top
    assert f"<dt>Ask</dt><dd>{oakfield.ta.staff.name}</dd>" in top
    assert "Medical: there is a plan</a>" in top
