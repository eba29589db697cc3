"""What the family says is wrong stays beside the fact; a record that is not to be used says so at its top."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import Correction, Restriction

SAID = {"about": "The first concern", "said": "It was in May", "said_by": "Parent Khan"}


def day(days):
    return (timezone.localdate() - timedelta(days=days)).isoformat()


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def said(inside, aisha):
    with inside():
        return Correction.objects.create(
            school=aisha.school, pupil=aisha, said_on=timezone.localdate() - timedelta(days=3), **SAID
        )


def test_correction_add_keeps_the_familys_words_on_the_record(visit, aisha):
    person = visit("sendco")
    assert "family says that" not in person.text(f"pupils/{aisha.pk}/").replace("The family says that something", "")
    assert person.post(f"pupils/{aisha.pk}/corrections/add/", {**SAID, "said_on": day(3)}).status_code == 302
    for part in ("sendco", "teacher", "ta"):
        page = visit(part).text(f"pupils/{aisha.pk}/")
        assert "The family says that 1 thing is wrong" in page
        assert "“It was in May” Parent Khan" in page
        assert "Not decided" in page
    assert "“It was in May”" in visit("teacher").text(f"pupils/{aisha.pk}/corrections/")


def test_correction_change_decides_and_the_words_stay(visit, inside, aisha, said):
    person, path = visit("head"), f"pupils/{aisha.pk}/corrections/{said.pk}/change/"
    decided = {**SAID, "said_on": day(3), "version": "1", "outcome": "kept", "decided_on": day(1)}
    assert person.post(path, decided).status_code == 422
    assert person.post(path, {**decided, "why": "Our letter is of March"}).status_code == 302
    page = visit("teacher").text(f"pupils/{aisha.pk}/")
    assert "“It was in May” Parent Khan" in page
    assert "We keep it as it is: Our letter is of March" in page
    with inside():
        assert Correction.objects.get().version == 2


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"about": ""}, "Say which fact it is about."),
        ({"said": ""}, "Write down what they say."),
        ({"said_on": day(-2)}, "This day has not come yet."),
        ({"outcome": "changed"}, "Say on which day."),
        ({"decided_on": day(0)}, "Say what you decided."),
        ({"outcome": "changed", "decided_on": day(-2)}, "This day is still to come."),
        ({"outcome": "changed", "decided_on": day(9)}, "This is before they said it."),
        ({"outcome": "part", "decided_on": day(0)}, "Say why it stays."),
    ],
)
def test_correction_add_refuses_what_can_not_be_so(visit, inside, aisha, facts, words):
    response = visit("sendco").post(f"pupils/{aisha.pk}/corrections/add/", {**SAID, "said_on": day(3), **facts})
    assert response.status_code == 422
    assert words in response.content.decode()
    with inside():
        assert not Correction.objects.exists()


def test_correction_change_by_two_people_loses_no_word(visit, aisha, said):
    path = f"pupils/{aisha.pk}/corrections/{said.pk}/change/"
    begin = {**SAID, "said_on": day(3), "version": "1"}
    assert visit("head").post(path, {**begin, "said": "It was in June"}).status_code == 302
    response = visit("sendco").post(path, {**begin, "said": "It was in July"})
    assert response.status_code == 409
    for words in ("It was in June", "It was in July"):
        assert words in re.sub("</?mark>", "", response.content.decode())


def test_what_is_typed_of_a_correction_is_kept(visit, aisha, said):
    person = visit("sendco")
    for form, about, path in (
        ("correction_add", aisha.pk, "add/"),
        ("correction_change", said.pk, f"{said.pk}/change/"),
    ):
        person.post(f"work/drafts/pupils.{form}/{about}/", {"said": "Half a sentence"})
        assert "Half a sentence" in person.text(f"pupils/{aisha.pk}/corrections/{path}")
    assert f"/corrections/{said.pk}/change/" in person.text("work/drafts/")


def test_restriction_set_stands_at_the_top_for_everybody_who_opens_the_record(visit, inside, oakfield, aisha):
    person = visit("sendco")
    set_it = f"pupils/{aisha.pk}/restriction/set/"
    assert person.post(set_it, {"reason": ""}).status_code == 422
    assert person.post(set_it, {"reason": "Disputed", "ends_on": day(1)}).status_code == 422
    assert person.post(set_it, {"reason": "The dates are disputed"}).status_code == 302
    for part in ("sendco", "teacher", "ta", "head"):
        page = visit(part).text(f"pupils/{aisha.pk}/")
        assert "This record is restricted: it is kept, and not to be used." in page
        assert "The dates are disputed Priya Nair" in page
    with inside():
        assert Restriction.objects.get().set_by_id == oakfield.sendco.pk
    assert person.post(set_it, {"reason": "Again"}).status_code == 302  # one is enough
    with inside():
        assert Restriction.objects.get().reason == "The dates are disputed"
    assert "The record is restricted" in visit("teacher").text(f"pupils/{aisha.pk}/corrections/")


def test_restriction_lift_gives_the_record_back(visit, inside, aisha):
    person, lift = visit("head"), f"pupils/{aisha.pk}/restriction/lift/"
    person.post(f"pupils/{aisha.pk}/restriction/set/", {"reason": "Disputed", "ends_on": day(-5)})
    assert "not to be used until" in person.text(f"pupils/{aisha.pk}/")
    with inside():
        Restriction.objects.update(starts_on=timezone.localdate() - timedelta(days=4))
    assert person.post(lift).status_code == 302
    assert "This record is restricted" not in person.text(f"pupils/{aisha.pk}/")
    with inside():
        assert Restriction.objects.get().ends_on == timezone.localdate() - timedelta(days=1)
    person.post(f"pupils/{aisha.pk}/restriction/set/", {"reason": "By mistake"})
    assert person.post(lift).status_code == 302
    assert "This record is restricted" not in person.text(f"pupils/{aisha.pk}/")


def test_only_the_sendco_and_the_head_write_them(visit, aisha, said):
    for part in ("assistant", "teacher", "ta", "admin", "dsl", "office", "data_lead"):
        for path in ("corrections/add/", f"corrections/{said.pk}/change/", "restriction/set/"):
            assert visit(part).get(f"pupils/{aisha.pk}/{path}").status_code in {403, 404}, (part, path)
    assert "The family says it is wrong" not in visit("teacher").text(f"pupils/{aisha.pk}/corrections/")
