"""Change the first thing to know: saved, refused, in conflict, in a drawer, undone, put back from the history."""

import re

import pytest

from pupils.drafts import FIRST_LINE
from pupils.models import Pupil
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft

HTMX = {"HX-Request": "true"}


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def stored(inside, aisha):
    def run():
        with inside():
            return Pupil.objects.values_list("first_line", "version").get(pk=aisha.pk)

    return run


def here(pupil):
    return f"pupils/{pupil.pk}/first-line/"


@pytest.mark.parametrize(
    ("part", "key", "status"),
    [
        ("sendco", "aisha", 200),
        ("teacher", "aisha", 200),
        ("teacher", "leon", 404),
        ("leader", "aisha", 200),
        ("ta", "aisha", 403),
        ("admin", "aisha", 403),
        ("head", "aisha", 403),
        ("office", "aisha", 403),
        ("governor", "aisha", 403),
    ],
)
def test_first_line_change_is_for_those_who_teach_or_lead(visit, oakfield, part, key, status):
    visitor = visit(part)
    assert visitor.get(here(oakfield.pupils[key])).status_code == status
    if status != 200:
        answer = visitor.post(here(oakfield.pupils[key]), {"first_line": "x", "version": 1})
        assert answer.status_code == status


def test_first_line_change_saves_and_leads_back(visit, aisha, stored, inside):
    answer = visit("teacher").post(here(aisha), {"first_line": "  Sits  by the\ndoor. ", "version": 1})
    assert answer.status_code == 302
    assert answer["Location"] == f"/s/oakfield/pupils/{aisha.pk}/"
    assert stored() == ("Sits by the door.", 2)
    with inside():
        event = aisha.events.order_by("pgh_id").last()
    assert event.pgh_context["verb"] == "pupil.first_line_change"


@pytest.mark.parametrize(
    "data", [{"first_line": "x" * 201, "version": 1}, {"first_line": "x", "version": "one"}, {"first_line": "x"}]
)
def test_first_line_change_keeps_what_was_typed_when_it_can_not_save(visit, aisha, stored, data):
    answer = visit("teacher").post(here(aisha), data)
    assert answer.status_code == 422
    assert data["first_line"] in answer.content.decode()
    assert stored() == ("", 1)


def test_first_line_change_that_two_people_make_shows_both(visit, aisha, stored):
    visit("sendco").post(here(aisha), {"first_line": "Needs the lift key.", "version": 1})
    answer = visit("teacher").post(here(aisha), {"first_line": "Sits by the door.", "version": 1})
    page = re.sub("</?mark>", "", answer.content.decode())  # what differs is marked
    assert answer.status_code == 409
    assert "Needs the lift key." in page
    assert "Sits by the door." in page
    assert stored() == ("Needs the lift key.", 2)
    again = visit("teacher").post(here(aisha), {"first_line": "Sits by the door. Lift key.", "version": 2})
    assert again.status_code == 302
    assert stored() == ("Sits by the door. Lift key.", 3)


def test_first_line_change_of_somebody_whose_session_ended_meanwhile_loses_no_word(
    visit, client, oakfield, aisha, inside, stored
):
    """Kept as a draft; signed out; another saves; signed in again: the words are there, and then both versions."""
    with inside():
        draft = {"first_line": ["Sits by the door."], "version": ["1"]}
        save_draft(by=oakfield.teacher, form=FIRST_LINE, object_id=aisha.pk, data=draft)
    lost = client.post(f"/s/oakfield/{here(aisha)}", {"first_line": "Sits by the door.", "version": 1})
    assert "Sits by the door." in lost.content.decode()
    visit("sendco").post(here(aisha), {"first_line": "Needs the lift key.", "version": 1})
    again = visit("teacher").text(here(aisha))
    assert "Sits by the door." in again
    assert 'name="version" value="1"' in again
    answer = visit("teacher").post(here(aisha), {"first_line": "Sits by the door.", "version": 1})
    page = re.sub("</?mark>", "", answer.content.decode())
    assert answer.status_code == 409
    assert "Sits by the door." in page
    assert "Needs the lift key." in page
    with inside():
        assert drafts.for_form(oakfield.teacher, FIRST_LINE, aisha.pk)["first_line"] == "Sits by the door."


def test_first_line_change_in_a_drawer(visit, aisha, stored):
    teacher = visit("teacher")
    form = teacher.text(here(aisha), **HTMX)
    assert "<html" not in form
    assert 'name="version" value="1"' in form
    assert f'/drafts/{FIRST_LINE}/{aisha.pk}/"' in form
    saved = teacher.post(here(aisha), {"first_line": "Sits by the door.", "version": 1}, **HTMX)
    page = saved.content.decode()
    assert saved.status_code == 200
    assert 'id="first-line"' in page
    assert 'hx-swap-oob="true"' in page
    assert "Saved: the first thing to know." in page
    assert 'name="version" value="2"' in page  # the Undo
    undone = teacher.post(here(aisha), {"first_line": "", "version": 2})
    assert undone.status_code == 302
    assert stored() == ("", 3)


def test_first_line_change_in_a_drawer_shows_a_conflict_there(visit, aisha):
    visit("sendco").post(here(aisha), {"first_line": "Needs the lift key.", "version": 1})
    answer = visit("teacher").post(here(aisha), {"first_line": "Sits by the door.", "version": 1}, **HTMX)
    assert answer.status_code == 422
    assert answer["HX-Reselect"] == "#main > .stack"
    assert "Sits by the door." in answer.content.decode()


def test_first_line_change_gives_back_the_draft_and_forgets_it_when_saved(visit, oakfield, aisha, inside):
    teacher = visit("teacher")
    with inside():
        save_draft(
            by=oakfield.teacher, form=FIRST_LINE, object_id=aisha.pk, data={"first_line": ["Half a"], "version": ["1"]}
        )
    page = teacher.text(here(aisha))
    assert "Half a" in page
    assert "typed last time" in page
    assert "Half a" not in visit("leader").text(here(aisha))
    teacher.post(here(aisha), {"first_line": "Half a loaf.", "version": 1})
    with inside():
        assert drafts.for_form(oakfield.teacher, FIRST_LINE, aisha.pk) is None


def test_a_draft_knows_the_way_back_to_its_form(aisha, inside):
    with inside():
        assert drafts.find(FIRST_LINE).url(aisha.pk).endswith(here(aisha))


def test_first_line_restore_brings_an_earlier_version_back(visit, aisha, stored, inside):
    sendco = visit("sendco")
    for version, words in enumerate(("First.", "Second."), start=1):
        sendco.post(here(aisha), {"first_line": words, "version": version})
    history = sendco.text(f"pupils/{aisha.pk}/history/")
    assert history.count("Restore this version") == 1  # "First."; what stands there now is no offer
    with inside():
        first = aisha.events.get(first_line="First.").pgh_id
    answer = sendco.post(f"pupils/{aisha.pk}/first-line/{first}/restore/")
    assert answer.status_code == 302
    assert stored() == ("First.", 4)


def test_first_line_restore_finds_only_this_pupils_versions(visit, oakfield, aisha, inside):
    with inside():
        other = oakfield.pupils["leon"].events.first().pgh_id
    assert visit("sendco").post(f"pupils/{aisha.pk}/first-line/{other}/restore/").status_code == 404
    assert visit("sendco").get(f"pupils/{aisha.pk}/first-line/{other}/restore/").status_code == 405
    assert visit("ta").post(f"pupils/{aisha.pk}/first-line/{other}/restore/").status_code == 403


@pytest.mark.parametrize(
    ("part", "status"), [("dsl", 200), ("sendco", 200), ("head", 200), ("admin", 403), ("teacher", 403)]
)
def test_pointer_change_is_for_those_who_answer_for_safeguarding(visit, aisha, part, status):
    assert visit(part).get(f"pupils/{aisha.pk}/pointer/").status_code == status


def test_pointer_change_sets_and_takes_away(visit, aisha, inside):
    dsl = visit("dsl")
    for data, expected in (({"speak_to_dsl": "on"}, True), ({}, False)):
        assert dsl.post(f"pupils/{aisha.pk}/pointer/", data).status_code == 302
        with inside():
            assert Pupil.objects.get(pk=aisha.pk).speak_to_dsl is expected
