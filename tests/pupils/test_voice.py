"""What the child says, in their own words, and what they are good at: first on the record, before any need."""

import errno
import io
import os
from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from pupils import actions
from pupils.drafts import ABOUT, VOICE_ADD, VOICE_CHANGE
from pupils.models import AboutMe, PupilFile, PupilVoice
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft
from tests.files import samples
from tests.pupils.noting import plain, upload


@pytest.fixture
def say(inside, oakfield, aisha):
    """`say(words)` writes down what Aïsha said."""

    def run(words="I like maps.", said_on=date(2026, 9, 10), how="said", by="teacher", pupil=aisha, **more):
        member = getattr(oakfield, by)
        about = {"pupil": pupil, "words": words, "said_on": said_on, "how": how, "taken_by": member.staff}
        with inside():
            return actions.add_voice(**about, by=member, **more)

    return run


@pytest.fixture
def now(inside):
    def run(row):
        with inside():
            return type(row).objects.get(pk=row.pk)

    return run


def here(pupil, *rest):
    return "/".join(["pupils", str(pupil.pk), "voice", *map(str, rest), ""])


@pytest.fixture
def typed(oakfield):
    def run(**more):
        return {
            "words": "I like maps.",
            "how": "said",
            "said_on": "2026-09-10",
            "taken_by": oakfield.ta.staff_id,
            **more,
        }

    return run


@pytest.mark.parametrize("part", ["sendco", "assistant", "admin", "teacher", "ta", "leader", "head", "dsl"])
def test_voice_add_is_for_all_who_work_with_the_child(visit, aisha, part, typed, inside):
    visitor = visit(part)
    assert visitor.get(here(aisha, "add")).status_code == 200
    assert visitor.post(here(aisha, "add"), typed()).status_code == 302
    page = visitor.text(here(aisha))
    assert "I like maps." in page
    assert "Said, 10 September. Taken down by Kemi Oduya." in page
    assert "Still true on 10 September." in page


@pytest.mark.parametrize(("part", "status"), [("teacher", 404), ("office", 403), ("governor", 403)])
def test_the_words_of_a_pupil_out_of_reach_are_not_there(visit, oakfield, say, part, status):
    leon = oakfield.pupils["leon"]
    voice = say(pupil=leon, by="sendco")
    for path in (here(leon), here(leon, "add"), here(leon, voice.pk, "change"), here(leon, voice.pk, "files")):
        assert visit(part).get(path).status_code == status


def test_a_leavers_words_are_read_only(visit, oakfield, say):
    gone = oakfield.pupils["gone"]
    voice = say(pupil=gone, by="sendco")
    assert "Put right" not in visit("sendco").text(here(gone))
    assert visit("sendco").get(here(gone, "add")).status_code == 404
    assert visit("sendco").post(here(gone, voice.pk, "check")).status_code == 404


@pytest.mark.parametrize(
    "wrong",
    [{"words": ""}, {"how": "guessed"}, {"said_on": "2999-01-01"}, {"taken_by": "0"}, {"words": "", "how": "drawn"}],
)
def test_voice_add_keeps_what_was_typed_when_it_can_not_save(visit, aisha, wrong, typed, inside):
    answer = visit("teacher").post(here(aisha, "add"), typed(**{"words": "MarkerTyped", **wrong}))
    assert answer.status_code == 422
    assert "MarkerTyped" in answer.content.decode() or "words" in wrong
    with inside():
        assert not PupilVoice.objects.exists()


def test_a_drawing_needs_no_words_but_its_picture(visit, aisha, typed, place, inside):
    teacher = visit("teacher")
    chosen = {"files": [upload(samples.photo_from_a_phone(), "IMG_1.jpg")]}
    assert teacher.post(here(aisha, "add"), typed(words="", how="drawn", **chosen)).status_code == 302
    with inside():
        file = PupilFile.objects.get()
    page = teacher.text(here(aisha))
    assert f'<img src="/s/oakfield/pupils/{aisha.pk}/files/{file.pk}/"' in page
    assert "Drawn, 10 September." in page
    answer = visit("ta").get(f"pupils/{aisha.pk}/files/{file.pk}/")
    assert b"Marker" not in b"".join(answer)


@pytest.mark.parametrize("data", [samples.pdf(), samples.SVG])
def test_only_pictures_go_with_what_a_child_says(visit, aisha, typed, place, data, say):
    answer = visit("teacher").post(here(aisha, "add"), typed(files=[upload(data, "x.png")]))
    assert answer.status_code == 422
    assert "Only a picture" in answer.content.decode()
    assert visit("teacher").post(here(aisha, say().pk, "files"), {"files": [upload(data)]}).status_code == 422


def test_pictures_are_added_later_and_taken_off(visit, aisha, say, place, inside):
    voice = say()
    teacher = visit("teacher")
    assert teacher.get(here(aisha, voice.pk, "files")).status_code == 200
    assert teacher.post(here(aisha, voice.pk, "files"), {}).status_code == 422
    assert teacher.post(here(aisha, voice.pk, "files"), {"files": [upload(samples.picture())]}).status_code == 302
    with inside():
        file = PupilFile.objects.get()
    answer = teacher.post(f"pupils/{aisha.pk}/files/{file.pk}/remove/")
    assert answer["Location"] == f"/s/oakfield/{here(aisha)}"
    assert "<img" not in teacher.text(here(aisha))


def test_with_a_full_disk_nothing_is_half_saved(visit, aisha, typed, say, place, inside, monkeypatch):
    voice = say()

    def full(descriptor):
        raise OSError(errno.ENOSPC, "full")

    monkeypatch.setattr(os, "fsync", full)
    teacher = visit("teacher")
    for path, data in ((here(aisha, "add"), typed(words="MarkerTyped")), (here(aisha, voice.pk, "files"), {})):
        answer = teacher.post(path, {**data, "files": [upload(samples.picture())]})
        assert answer.status_code == 422
        assert "no room left" in answer.content.decode()
    with inside():
        assert PupilVoice.objects.count() == 1
        assert not PupilFile.objects.exists()


def test_two_who_put_it_right_see_both_texts(visit, oakfield, aisha, say, typed, now):
    voice = say()
    hers = typed(words="Hers.", taken_by=oakfield.leader.staff_id, version=1)
    visit("sendco").post(here(aisha, voice.pk, "change"), hers)
    answer = visit("teacher").post(
        here(aisha, voice.pk, "change"), typed(words="His.", said_on="2026-09-12", version=1)
    )
    page = plain(answer)
    assert answer.status_code == 409
    assert "Hers." in page
    assert "His." in page
    fields = {name: page.split(f'name="{name}" value="')[1].split('"')[0] for name in ("how", "said_on", "taken_by")}
    again = visit("teacher").post(here(aisha, voice.pk, "change"), {**fields, "words": "His and hers.", "version": 2})
    assert again.status_code == 302
    saved = now(voice)
    assert (saved.words, saved.said_on, saved.still_true_on) == ("His and hers.", date(2026, 9, 12), date(2026, 9, 12))


def test_voice_change_that_can_not_save_keeps_what_was_typed(visit, aisha, say, typed):
    answer = visit("teacher").post(here(aisha, say().pk, "change"), typed(words="MarkerTyped", how="x", version=1))
    assert answer.status_code == 422
    assert "MarkerTyped" in answer.content.decode()


def test_it_is_asked_again_and_still_true(visit, aisha, say, now):
    voice = say()
    teacher = visit("teacher")
    assert "Asked today: still true" in teacher.text(here(aisha))
    for _ in range(2):
        assert teacher.post(here(aisha, voice.pk, "check")).status_code == 302
    saved = now(voice)
    assert (saved.still_true_on, saved.version) == (timezone.localdate(), 2)
    assert "Asked today: still true" not in teacher.text(here(aisha))


def test_what_is_not_true_any_more_is_withdrawn_and_can_be_put_back(visit, aisha, say, now):
    voice = say("MarkerText")
    teacher, sendco = visit("teacher"), visit("sendco")
    assert teacher.post(here(aisha, voice.pk, "withdraw")).status_code == 302
    assert "MarkerText" not in teacher.text(here(aisha))
    assert "MarkerText" not in teacher.text(f"pupils/{aisha.pk}/")
    assert "MarkerText" in sendco.text(here(aisha))
    assert now(voice).withdrawn_by_id == teacher.member.pk
    assert teacher.post(here(aisha, voice.pk, "withdraw")).status_code == 404
    assert teacher.post(here(aisha, voice.pk, "restore")).status_code == 403
    assert sendco.post(here(aisha, voice.pk, "restore")).status_code == 302
    assert "MarkerText" in teacher.text(here(aisha))


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_asks_as_much_for_one_as_for_three(visit, aisha, say, number, django_assert_num_queries):
    for day in range(number):
        say(said_on=date(2026, 9, 1) + timedelta(days=day))
    sendco = visit("sendco")
    sendco.get(here(aisha))
    with django_assert_num_queries(15):
        assert sendco.text(here(aisha)).count("<blockquote") == number


# --- good at, and what matters ------------------------------------------------------------------------------------


def about(pupil):
    return f"pupils/{pupil.pk}/about/"


def test_strengths_and_a_quote_stand_before_needs_on_record_short_page_and_paper(visit, aisha, say, inside):
    say("I like maps.")
    sendco = visit("sendco")
    lines = {"strengths": "Reads maps\r\n\r\n  Looks after   others ", "matters": "Time to finish", "version": 0}
    answer = sendco.post(about(aisha), lines)
    assert answer["Location"] == f"/s/oakfield/pupils/{aisha.pk}/"
    with inside():
        kept = AboutMe.objects.get()
    assert kept.good_at == ["Reads maps", "Looks after others"]
    assert kept.checked_on == timezone.localdate()
    for path in ("", "read/"):
        page = sendco.text(f"pupils/{aisha.pk}/{path}")
        first = page.index("Needs, the main one first")
        for words in ("Reads maps", "Looks after others", "Time to finish", "I like maps."):
            assert page.index(words) < first, words
    paper = PdfReader(io.BytesIO(sendco.get(f"pupils/{aisha.pk}/page.pdf").content)).pages[0].extract_text()
    assert paper.index("Reads maps") < paper.index("I like maps.") < paper.index("Needs, the main one first")


@pytest.mark.parametrize(
    ("strengths", "words"), [("\n".join("abcdef"), "5 lines at most"), ("x" * 91, "90 letters or shorter")]
)
def test_lines_are_few_and_short(visit, aisha, strengths, words):
    answer = visit("ta").post(about(aisha), {"strengths": strengths, "matters": "MarkerTyped", "version": 0})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert words in page
    assert "MarkerTyped" in page


def test_two_who_begin_at_once_lose_nothing(visit, aisha, inside):
    visit("sendco").post(about(aisha), {"strengths": "Hers", "matters": "", "version": 0})
    answer = visit("ta").post(about(aisha), {"strengths": "His", "matters": "Mine too", "version": 0})
    page = plain(answer)
    assert answer.status_code == 409
    assert "Hers" in page
    assert "His" in page
    visit("ta").post(about(aisha), {"strengths": "Hers\nHis", "matters": "Mine too", "version": 1})
    with inside():
        assert AboutMe.objects.get().good_at == ["Hers", "His"]


def test_what_was_typed_comes_back(visit, oakfield, aisha, say, typed, inside):
    voice = say()
    teacher = visit("teacher")
    for form, pk, data in (
        (VOICE_ADD, aisha.pk, typed(words="Half a")),
        (VOICE_CHANGE, voice.pk, typed(words="Half another", version="1")),
        (ABOUT, aisha.pk, {"strengths": "Half a line", "version": "0"}),
    ):
        assert teacher.post(f"work/drafts/{form}/{pk}/", data).status_code == 200
    again = visit("teacher")
    listed = again.text("work/drafts/")
    for path, words, data in (
        (here(aisha, "add"), "Half a", typed()),
        (here(aisha, voice.pk, "change"), "Half another", typed(version=1)),
        (about(aisha), "Half a line", {"strengths": "A line", "version": 0}),
    ):
        assert f"/{path}" in listed
        page = again.text(path)
        assert words in page
        assert "typed last time" in page
        assert again.post(path, data).status_code == 302
    with inside():
        for form, pk in ((VOICE_ADD, aisha.pk), (VOICE_CHANGE, voice.pk), (ABOUT, aisha.pk)):
            assert drafts.for_form(oakfield.teacher, form, pk) is None
        save_draft(by=oakfield.teacher, form=VOICE_CHANGE, object_id=999_999, data={"words": ["x"]})
        assert drafts.find(VOICE_CHANGE).url(999_999) == ""


# --- card, timeline -----------------------------------------------------------------------------------------------


def test_the_card_is_the_first_and_says_how_and_until_when(visit, aisha, say, inside, oakfield):
    page = visit("ta").text(f"pupils/{aisha.pk}/")
    assert "Nobody has written down what Aïsha says" in page
    voice = say("I like maps.")
    say("", how="drawn", said_on=date(2026, 9, 12))
    with inside():
        actions.check_voice(voice=voice, on=date(2026, 9, 20), by=oakfield.ta)
    page = visit("ta").text(f"pupils/{aisha.pk}/")
    assert page.index('id="card-voice"') < page.index('id="card-notes"')
    part = page.split('id="card-voice"')[1].split("</section>")[0]
    assert "“I like maps.”" in part
    assert "Said, 10 September. Taken down by Dan Whitlock. Still true on 20 September." in part
    assert part.index("A picture") < part.index("I like maps.")


def test_words_and_drawings_are_on_the_timeline(visit, aisha, say, inside):
    for how in PupilVoice.How.values:
        say("MarkerText", how=how)
    say("", how="symbols")
    page = visit("ta").text(f"pupils/{aisha.pk}/timeline/")
    assert page.count("MarkerText") == 5
    assert page.count("taken down by Dan Whitlock") == 6
    with inside():
        assert reverse("pupils:voice-list", args=[aisha.pk]) in page
