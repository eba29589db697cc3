"""A teaching assistant writes down what they saw and what the child said; nothing typed is lost, nothing restricted is
seen by those who may not."""

from datetime import date

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import expect

from pupils import actions
from sendhub import files
from sendhub.tenancy import school_context
from staff.models import School
from tests.files import samples
from tests.look.axe import faults
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
TYPED = "Asked for the card by herself, twice."


@pytest.fixture
def home(cast, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    return f"/s/oakfield/pupils/{cast.oakfield.pupils['aisha'].pk}/"


def test_a_note_outlives_a_closed_tab_and_an_ended_session(cast, browse, home):
    page = browse(cast.oakfield.ta, f"{home}notes/add/")
    page.get_by_label("Observation").check()
    page.get_by_label("The note").press_sequentially(TYPED)
    expect(page.get_by_text("Draft saved")).to_be_visible()
    page.close()
    Session.objects.all().delete()

    page = browse(cast.oakfield.ta, f"{home}notes/add/")
    expect(page.get_by_label("The note")).to_have_value(TYPED)
    expect(page.get_by_label("Observation")).to_be_checked()
    page.get_by_label("Files").set_input_files(
        [
            {"name": "plan.pdf", "mimeType": "application/pdf", "buffer": samples.pdf()},
            {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": samples.photo_from_a_phone()},
        ]
    )
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_role("heading", level=1, name="1 note")).to_be_visible()
    expect(page.get_by_text(TYPED)).to_be_visible()
    picture = page.get_by_role("img", name="IMG_1.jpg")
    expect(picture).to_be_visible()
    expect(picture).to_have_js_property("naturalWidth", 40)
    with page.expect_download() as started:
        page.get_by_role("link", name="plan.pdf").click()
    assert started.value.path().read_bytes() == samples.pdf()

    page.get_by_role("button", name="Withdraw").click()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text(TYPED)).to_be_visible()


def test_a_restricted_note_is_shown_when_asked_for_and_to_nobody_else(cast, browse, home):
    page = browse(cast.oakfield.dsl, f"{home}notes/add/")
    page.get_by_label("Meeting").check()
    page.get_by_label("The note").fill("For few eyes.")
    page.get_by_label("Restricted").check()
    page.get_by_role("button", name="Save the note").click()
    expect(page.get_by_text("For few eyes.")).to_have_count(0)
    page.get_by_role("link", name="Show it").click()
    expect(page.get_by_text("For few eyes.")).to_be_visible()

    page = browse(cast.oakfield.ta, f"{home}notes/")
    expect(page.get_by_role("heading", level=1, name="No notes")).to_be_visible()


def test_without_script_a_childs_words_stand_before_any_need(cast, browse, home):
    page = browse(cast.oakfield.ta, f"{home}about/", java_script_enabled=False)
    page.get_by_label("Good at").fill("Reads maps\nLooks after others")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Write it down").click()
    page.get_by_role("link", name="Write down their words").click()
    page.get_by_label("Their own words").fill("Tell me before it changes.")
    page.get_by_label("Said").check()
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Aïsha Khan").click()
    said, need = page.get_by_text("Tell me before it changes.").first, page.get_by_text("Needs, the main one first")
    assert said.bounding_box()["y"] < need.bounding_box()["y"]
    assert page.get_by_text("Reads maps").bounding_box()["y"] < need.bounding_box()["y"]


@pytest.fixture
def written(cast, home):
    """Aïsha with each kind of thing on her pages: notes pinned, restricted, withdrawn and revised, words, lines, a
    photo."""
    oakfield, on = cast.oakfield, date(2026, 9, 10)
    aisha, by = oakfield.pupils["aisha"], oakfield.sendco
    School.objects.filter(pk=oakfield.school.pk).update(photos=True)
    pictures = [files.look_into(samples.picture(), "A drawing.jpg"), files.look_into(samples.pdf(), "plan.pdf")]
    with school_context(oakfield.school.pk):
        note = {"pupil": aisha, "kind": "meeting", "on": on, "by": by}
        first = actions.add_note(**note, text="Pinned.", pinned=True, files=pictures)
        actions.change_note(note=first, version=1, text="Pinned, and revised.", by=by)
        actions.add_note(**note, text="Restricted.", restricted=True)
        actions.withdraw_note(note=actions.add_note(**note, text="Withdrawn."), by=by)
        said = {"pupil": aisha, "said_on": on, "taken_by": by.staff, "by": by}
        voice = actions.add_voice(**said, words="I like maps.", how="said", files=pictures[:1])
        actions.withdraw_voice(voice=actions.add_voice(**said, words="Not now.", how="helped"), by=by)
        lines = {"strengths": "Maps", "matters": "Time", "checked_on": on, "version": 0}
        actions.change_about(pupil=aisha, **lines, by=by)
        actions.add_file(pupil=aisha, checked=pictures[0], purpose="photo", by=by)
    return {"note": first.pk, "voice": voice.pk}


PAGES = ["", "read/", "notes/", "notes/?state=withdrawn", "notes/?took={note}", "notes/add/", "notes/{note}/"]
PAGES += ["notes/{note}/change/", "notes/{note}/files/", "notes/{note}/versions/", "voice/", "voice/add/"]
PAGES += ["voice/{voice}/change/", "voice/{voice}/files/", "about/", "photo/"]


def test_the_pages_are_accessible_and_fit_a_phone(cast, browse, home, written):
    page = browse(cast.oakfield.sendco, home)
    wrong = {}
    for path in PAGES:
        page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(page.url.split("/s/")[0] + home + path.format(**written))
        found = [*faults(page)]
        for width in (390, 320):
            page.set_viewport_size({"width": width, "height": 800})
            found += [f"{width_of(page)} wide"] if width_of(page) != width else []
        if found:
            wrong[path] = found
    assert wrong == {}
