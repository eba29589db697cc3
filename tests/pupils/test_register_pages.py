"""The register's pages: a move with its family, needs, flags, the record as at a day; who may, and what they read."""

from datetime import timedelta

import pytest

from pupils import actions
from pupils.drafts import MOVE
from pupils.models import Contact, FamilyLetter, Pupil, PupilFlag, RegisterMove, SENNeed, SENRecord
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft
from sendhub.kit.models import Operation
from sendhub.outbox.models import Message

HTMX = {"HX-Request": "true"}


@pytest.fixture
def mei(oakfield):
    return oakfield.pupils["mei"]


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


def told(oakfield, today, **changes):
    data = {
        "after": "K",
        "on": today.isoformat(),
        "reason": "Reads two years behind.",
        "tell": "told",
        "told_on": today.isoformat(),
        "told_how": "meeting",
        "told_by": oakfield.sendco.staff_id,
    }
    return {**data, **changes}


@pytest.mark.parametrize(
    ("part", "status"), [("sendco", 200), ("assistant", 200), ("admin", 403), ("head", 403), ("teacher", 403)]
)
def test_register_move_is_for_those_who_decide(visit, oakfield, mei, today, part, status):
    assert visit(part).get(f"pupils/{mei.pk}/move/").status_code == status
    if status != 200:
        assert visit(part).post(f"pupils/{mei.pk}/move/", told(oakfield, today)).status_code == status


def test_register_move_asks_where_first_and_offers_only_what_may_follow(visit, mei, aisha, oakfield):
    page = visit("sendco").text(f"pupils/{mei.pk}/move/")
    assert "Now: Not on the register" in page
    assert "Put Mei on to SEN Support" in page
    assert "Take Mei off" not in page
    drawer = visit("sendco").text(f"pupils/{aisha.pk}/move/", **HTMX)
    assert "<html" not in drawer
    assert "Take Aïsha off the register" in drawer
    assert visit("sendco").get(f"pupils/{mei.pk}/move/?after=S").status_code == 200
    assert visit("sendco").post(f"pupils/{mei.pk}/move/", {}).status_code == 422
    assert visit("sendco").get(f"pupils/{oakfield.pupils['gone'].pk}/move/").status_code == 404


def test_register_move_form_holds_the_letter_and_the_adults_who_may_have_it(visit, oakfield, mei, inside):
    with inside():
        for number, (responsibility, order) in enumerate([(False, ""), (None, ""), (True, "No contact with Mei")]):
            Contact.objects.create(
                school=oakfield.school,
                pupil=mei,
                priority=number + 2,
                forename="Other",
                surname=f"Adult{number}",
                parental_responsibility=responsibility,
                court_order=order,
            )
    page = visit("sendco").text(f"pupils/{mei.pk}/move/?after=K")
    assert "From [day], [name] gets extra help at school" in page
    assert "ask for Priya Nair" in page
    assert "at least 3 times a year" in page
    assert page.count('name="contacts"') == 4
    ticked = [line for line in page.split("<input") if 'name="contacts"' in line and "checked" in line]
    assert len(ticked) == 1
    assert "Parent Zhou, Mother (e-mail)" in ticked[0]
    for words in ("Has no parental responsibility", "Not known whether", "Court order, read it first: No contact"):
        assert words in page
    assert "section/68" in page


def test_register_move_saves_and_leads_back_with_undo(visit, oakfield, mei, inside, today):
    sendco = visit("sendco")
    answer = sendco.post(f"pupils/{mei.pk}/move/", told(oakfield, today))
    assert answer["Location"] == f"/s/oakfield/pupils/{mei.pk}/"
    page = sendco.text(f"pupils/{mei.pk}/")
    with inside():
        operation = Operation.objects.get()
    assert "Saved: Mei on to SEN Support from" in page
    assert f"/operations/{operation.pk}/undo/" in page
    assert "SEN Support from" in page
    assert "Reads two years behind." in page
    assert "at a meeting, by Priya Nair." in page
    assert "Reads two years behind." not in visit("teacher").text(f"pupils/{mei.pk}/")


def test_register_move_in_a_drawer_shows_the_register_again(visit, oakfield, mei, today):
    answer = visit("sendco").post(f"pupils/{mei.pk}/move/", told(oakfield, today), **HTMX)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert 'id="register-facts" hx-swap-oob="true"' in page
    assert 'id="register" aria-labelledby="register-h" hx-swap-oob="true"' in page
    assert ">Undo</a>" in page


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tell": ""}, "Say that the family was told, or write them a letter."),
        ({"told_on": ""}, "Say on which day they were told."),
        ({"told_how": ""}, "Say how they were told."),
        ({"told_by": ""}, "Choose who told them."),
        ({"told_by": "0"}, "Select a valid choice"),
        ({"told_on": "2099-01-01"}, "This day has not come yet."),
        ({"on": "2099-01-01"}, "This day has not come yet. Save the move on the day itself."),
        ({"on": ""}, "Say from which day."),
        ({"reason": ""}, "Say why in a few words."),
        ({"tell": "letter", "letter": ""}, "Write the letter, or say that they have been told."),
        ({"tell": "letter", "letter": "Hello"}, "Choose who gets the letter."),
        ({"tell": "letter", "letter": "x" * 4001}, "at most 4000"),
        ({"after": "E", "on": ""}, "Give the date in the council"),
        ({"after": "N"}, "This is what the register says already."),
    ],
)
def test_register_move_is_refused_with_what_was_typed(visit, oakfield, mei, inside, today, change, words):
    data = told(oakfield, today, **change)
    answer = visit("sendco").post(f"pupils/{mei.pk}/move/", data)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    if data["reason"]:
        assert "Reads two years behind." in page
    with inside():
        assert not RegisterMove.objects.exists()


def test_register_move_to_a_plan_has_one_date_and_says_what_is_too_early(visit, oakfield, aisha, inside, today):
    data = told(oakfield, today, after="E", on="", council_on=(today - timedelta(days=300)).isoformat())
    answer = visit("sendco").post(f"pupils/{aisha.pk}/move/", data)
    assert "SEN Support” began on" in answer.content.decode()
    data["council_on"] = today.isoformat()
    assert visit("sendco").post(f"pupils/{aisha.pk}/move/", data).status_code == 302
    with inside():
        assert SENRecord.objects.get(pupil=aisha, ends_on=None).provision == "E"
    assert "the council’s date" in visit("sendco").text(f"pupils/{aisha.pk}/")


def test_register_move_writes_the_letter_to_those_chosen(visit, oakfield, mei, inside, today):
    with inside():
        first = mei.contacts.get()
        second = Contact.objects.create(school=oakfield.school, pupil=mei, forename="Li", surname="Zhou")
    data = told(oakfield, today, tell="letter", letter="News about [name].", contacts=[first.pk, second.pk])
    sendco = visit("sendco")
    assert sendco.post(f"pupils/{mei.pk}/move/", data).status_code == 302
    page = sendco.text(f"pupils/{mei.pk}/")
    assert "1 letter waits to be printed. 1 adult was asked by e-mail to ring." in page
    assert "Record that they were told" in page
    with inside():
        assert list(FamilyLetter.objects.values_list("text", flat=True)) == ["News about Mei."] * 2
        assert Message.objects.get().to == first.email
    assert visit("sendco").post(f"pupils/{mei.pk}/move/", {**data, "contacts": ["999999"]}).status_code == 422


def test_register_move_gives_back_the_draft_and_forgets_it_when_saved(visit, oakfield, mei, inside, today):
    data = {"after": ["K"], "reason": ["Half a"], "contacts": ["7"], "letter": ["My own words"]}
    with inside():
        save_draft(by=oakfield.sendco, form=MOVE, object_id=mei.pk, data=data)
        assert drafts.find(MOVE).url(mei.pk).endswith(f"pupils/{mei.pk}/move/")
    sendco = visit("sendco")
    page = sendco.text(f"pupils/{mei.pk}/move/")
    assert "Half a" in page
    assert "My own words" in page
    assert "typed last time" in page
    other = sendco.text(f"pupils/{mei.pk}/move/?after=E")
    assert "Half a" not in other
    sendco.post(f"pupils/{mei.pk}/move/", told(oakfield, today))
    with inside():
        assert drafts.for_form(oakfield.sendco, MOVE, mei.pk) is None


def test_register_move_says_that_a_young_person_is_told_too(visit, oakfield, mei, inside, today):
    with inside():
        Pupil.objects.filter(pk=mei.pk).update(born_on=today - timedelta(days=366 * 18))
    assert "Tell Mei too" in visit("sendco").text(f"pupils/{mei.pk}/move/?after=K")


def test_the_record_as_at_an_earlier_day(visit, oakfield, aisha, inside, today):
    before = today - timedelta(days=201)
    with inside():
        actions.move_on_register(
            pupil=aisha,
            after="N",
            on=today,
            reason="Caught up.",
            by=oakfield.sendco,
            told_on=today,
            told_how="phone",
            told_by=oakfield.sendco.staff,
        )
    sendco = visit("sendco")
    now = sendco.text(f"pupils/{aisha.pk}/")
    assert "Off the register from" in now
    assert "None recorded" in now
    then = sendco.text(f"pupils/{aisha.pk}/?at={today - timedelta(days=1)}")
    assert "This is how it stood on" in then
    assert "Off the register" not in then
    assert "Specific learning difficulty" in then
    assert "Cognition and learning" in then
    assert "Move<" not in then
    assert "Never on the register here." in sendco.text(f"pupils/{aisha.pk}/?at={before}")
    for nonsense in ("yesterday", "2099-01-01"):
        assert "This is how it stood" not in sendco.text(f"pupils/{aisha.pk}/?at={nonsense}")


def test_the_record_warns_of_the_pointer_on_any_day(visit, oakfield, today):
    leon = oakfield.pupils["leon"]
    page = visit("sendco").text(f"pupils/{leon.pk}/?at={today - timedelta(days=2)}")
    assert "safeguarding lead about" in page


def test_the_record_says_what_nobody_can_tell(visit, oakfield, aisha, inside):
    with inside():
        SENRecord.objects.filter(pupil=aisha).update(start_known=False)
    page = visit("sendco").text(f"pupils/{aisha.pk}/")
    assert "SEN Support, cannot tell when it began." in page
    assert "Cannot tell</span> whether the family was told." in page
    assert "whether the family was told" not in visit("teacher").text(f"pupils/{aisha.pk}/")


def needs_data(today, *codes):
    return {"on": today.isoformat(), **{f"need_{place}": code for place, code in enumerate(codes)}}


def test_needs_change_ranks_adds_and_ends(visit, aisha, inside, today):
    sendco = visit("sendco")
    assert 'value="SPLD" selected' in sendco.text(f"pupils/{aisha.pk}/needs/", **HTMX)
    answer = sendco.post(f"pupils/{aisha.pk}/needs/", needs_data(today, "SEMH", "", "SPLD"), **HTMX)
    assert "Saved: the needs." in answer.content.decode()
    with inside():
        open_needs = SENNeed.objects.filter(pupil=aisha, ends_on=None).order_by("rank")
        assert list(open_needs.values_list("code", "rank")) == [("SEMH", 1), ("SPLD", 2)]
        assert SENNeed.objects.get(pupil=aisha, code="SPLD", rank=1).ends_on == today - timedelta(days=1)


@pytest.mark.parametrize(
    ("codes", "days", "words"),
    [
        (["SPLD", "SPLD"], 0, "Choose each need once."),
        (["NSA"], 0, ""),
        (["MLD"], 300, "The needs on the record began on"),
        (["MLD"], -3, "This day has not come yet."),
        (["ADHD"], 0, "Select a valid choice"),
    ],
)
def test_needs_change_refuses_nonsense(visit, aisha, today, codes, days, words):
    answer = visit("sendco").post(f"pupils/{aisha.pk}/needs/", needs_data(today - timedelta(days=days), *codes))
    assert answer.status_code == (422 if words else 302)
    assert words in answer.content.decode()


def test_needs_change_keeps_no_assessment_yet_for_sen_support(visit, oakfield, today, inside):
    leon = oakfield.pupils["leon"]
    answer = visit("sendco").post(f"pupils/{leon.pk}/needs/", needs_data(today, "NSA"))
    assert answer.status_code == 422
    assert "for SEN Support only" in answer.content.decode()
    with inside():
        SENNeed.objects.filter(pupil=leon).update(code="ZZZ")
    assert 'value="ZZZ" selected' in visit("sendco").text(f"pupils/{leon.pk}/needs/")


def test_flags_are_set_and_ended_on_the_record(visit, aisha, inside, today):
    sendco = visit("sendco")
    data = {"kind": "concern", "starts_on": today.isoformat(), "note": "Often tired."}
    assert sendco.get(f"pupils/{aisha.pk}/flags/add/").status_code == 200
    assert "Saved: concern." in sendco.post(f"pupils/{aisha.pk}/flags/add/", data, **HTMX).content.decode()
    again = sendco.post(f"pupils/{aisha.pk}/flags/add/", data)
    assert again.status_code == 422
    assert "has this flag already" in again.content.decode()
    assert "Often tired." in sendco.text(f"pupils/{aisha.pk}/")
    assert "Often tired." not in visit("teacher").text(f"pupils/{aisha.pk}/")
    with inside():
        flag = PupilFlag.objects.get()
    here = f"pupils/{aisha.pk}/flags/{flag.pk}/end/"
    assert "End “concern”" in sendco.text(here, **HTMX)
    early = sendco.post(here, {"ends_on": (today - timedelta(days=1)).isoformat()})
    assert "It began on" in early.content.decode()
    assert sendco.post(here, {"ends_on": (today + timedelta(days=1)).isoformat()}).status_code == 422
    assert sendco.post(here, {"ends_on": today.isoformat()}).status_code == 302
    assert sendco.get(here).status_code == 404
    assert sendco.post(f"pupils/{aisha.pk}/flags/add/", {**data, "starts_on": "2099-01-01"}).status_code == 422


def test_a_leaver_gets_no_need_and_no_flag(visit, oakfield):
    gone = oakfield.pupils["gone"]
    for path in ("needs/", "flags/add/"):
        assert visit("sendco").get(f"pupils/{gone.pk}/{path}").status_code == 404


def test_the_history_tells_moves_to_those_who_see_the_family(visit, oakfield, mei, today):
    sendco = visit("sendco")
    sendco.post(f"pupils/{mei.pk}/move/", told(oakfield, today))
    page = sendco.text(f"pupils/{mei.pk}/history/")
    assert "moved the pupil on the register" in page
    assert "On the register, after" in page
    assert "Told how" in page
