"""Notes on a pupil: written, found, revised by two at once, pinned, withdrawn, with drafts and files."""

import errno
import os
from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils import actions
from pupils.cards import notes as card
from pupils.drafts import NOTE_ADD, NOTE_CHANGE
from pupils.models import Note, PupilFile
from pupils.queries.notes import SIZE
from sendhub import files
from sendhub.files import store
from sendhub.kit import drafts
from sendhub.kit.actions import save_draft
from staff.models import School
from tests.files import samples
from tests.pupils.noting import here, plain, typed, upload

HTMX = {"HX-Request": "true"}


@pytest.mark.parametrize("part", ["sendco", "assistant", "admin", "teacher", "ta", "leader", "head", "dsl"])
def test_note_add_is_for_all_who_work_with_the_pupil(visit, oakfield, aisha, part, stored, inside):
    visitor = visit(part)
    assert visitor.get(here(aisha, "add")).status_code == 200
    answer = visitor.post(here(aisha, "add"), typed(text="  One line.\r\nAnother. ", pinned="on"))
    assert answer.status_code == 302
    with inside():
        note = Note.objects.get()
    assert (note.text, note.kind, note.pinned, note.restricted) == ("One line.\nAnother.", "meeting", True, False)
    assert note.author == getattr(oakfield, part)
    assert answer["Location"] == f"/s/oakfield/{here(aisha)}#note-{note.pk}"
    page = visitor.text(here(aisha))
    assert "1 note" in page
    assert "One line." in page
    assert getattr(oakfield, part).name in page


@pytest.mark.parametrize(("part", "status"), [("teacher", 404), ("ta", 404), ("office", 403), ("governor", 403)])
def test_notes_of_a_pupil_out_of_reach_are_not_there(visit, oakfield, write, part, status):
    leon = oakfield.pupils["leon"]
    note = write(pupil=leon)
    for path in (here(leon), here(leon, "add"), here(leon, note.pk), here(leon, note.pk, "change")):
        assert visit(part).get(path).status_code == status


def test_a_note_is_found_only_with_its_own_pupil(visit, oakfield, write, aisha):
    note = write(pupil=oakfield.pupils["leon"])
    assert visit("sendco").get(here(aisha, note.pk)).status_code == 404
    assert visit("sendco").post(here(aisha, note.pk, "withdraw")).status_code == 404


def test_a_leavers_notes_are_read_only(visit, oakfield, write):
    gone = oakfield.pupils["gone"]
    note = write(pupil=gone)
    page = visit("sendco").text(here(gone))
    assert "Write a note" not in page
    assert "Revise" not in page
    assert visit("sendco").get(here(gone, "add")).status_code == 404
    assert visit("sendco").post(here(gone, note.pk, "withdraw")).status_code == 404


@pytest.mark.parametrize(
    "wrong", [{"text": " "}, {"kind": "gossip"}, {"on": "2999-01-01"}, {"on": "soon"}, {"text": "x" * 20_001}]
)
def test_note_add_keeps_what_was_typed_when_it_can_not_save(visit, aisha, wrong, inside):
    answer = visit("teacher").post(here(aisha, "add"), typed(**{"text": "MarkerTyped", **wrong}))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "MarkerTyped" in page or "text" in wrong
    assert "Error" in page
    with inside():
        assert not Note.objects.exists()


def test_a_note_may_have_files(visit, aisha, place, inside):
    teacher = visit("teacher")
    chosen = [upload(), upload(samples.photo_from_a_phone(), "IMG_1.HEIC")]
    assert teacher.post(here(aisha, "add"), typed(files=chosen)).status_code == 302
    with inside():
        kept = list(PupilFile.objects.order_by("id"))
    assert [each.name for each in kept] == ["x.pdf", "IMG_1.jpg"]
    page = teacher.text(here(aisha))
    for each in kept:
        assert f"/pupils/{aisha.pk}/files/{each.pk}/" in page
    assert b"Marker" not in (place / kept[1].stored).read_bytes()


@pytest.mark.parametrize(
    ("chosen", "words"),
    [
        ([upload(samples.SVG, "x.png")], "This kind of file is not taken"),
        ([upload(), upload(b"", "x.pdf")], "The file is empty"),
        ([upload() for _ in range(6)], "Choose 5 files at most"),
        ([upload(b"%PDF-1.7" + b"0" * (11 * 1024 * 1024))], "larger than 10 MB"),
    ],
    ids=["svg", "empty", "six", "large"],
)
def test_a_file_that_is_not_taken_loses_no_word(visit, aisha, place, inside, chosen, words):
    answer = visit("teacher").post(here(aisha, "add"), typed(text="MarkerTyped", files=chosen))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "MarkerTyped" in page
    assert not place.exists()
    with inside():
        assert not Note.objects.exists()


def test_with_a_full_disk_neither_note_nor_file_is_saved(visit, aisha, place, inside, monkeypatch):
    calls = iter([None, OSError(errno.ENOSPC, "full")])

    def sometimes_full(descriptor):
        fault = next(calls)
        if fault:
            raise fault

    monkeypatch.setattr(os, "fsync", sometimes_full)
    answer = visit("teacher").post(here(aisha, "add"), typed(text="MarkerTyped", files=[upload(), upload()]))
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "no room left" in page
    assert "MarkerTyped" in page
    with inside():
        assert not Note.objects.exists()
        assert not PupilFile.objects.exists()


def test_files_are_added_to_a_note_later_and_taken_off(visit, aisha, write, place, inside):
    note = write(by="teacher")
    teacher = visit("teacher")
    assert teacher.get(here(aisha, note.pk, "files")).status_code == 200
    assert teacher.post(here(aisha, note.pk, "files"), {}).status_code == 422
    assert teacher.post(here(aisha, note.pk, "files"), {"files": [upload()]}).status_code == 302
    with inside():
        file = PupilFile.objects.get()
    remove, restore = (f"pupils/{aisha.pk}/files/{file.pk}/{verb}/" for verb in ("remove", "restore"))
    assert visit("ta").post(remove).status_code == 404
    assert teacher.post(remove).status_code == 302
    assert "x.pdf" not in visit("leader").text(here(aisha))
    assert teacher.post(remove).status_code == 404
    assert teacher.post(restore).status_code == 403
    assert visit("sendco").post(restore).status_code == 302
    assert "x.pdf" in teacher.text(here(aisha))
    assert visit("sendco").post(restore).status_code == 404


def test_with_a_full_disk_a_note_gets_no_file(visit, aisha, write, place, monkeypatch):
    note = write(by="teacher")
    monkeypatch.setattr(store.Path, "mkdir", lambda *a, **k: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
    answer = visit("teacher").post(here(aisha, note.pk, "files"), {"files": [upload()]})
    assert answer.status_code == 422
    assert "no room left" in answer.content.decode()


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("", {"phone", "aloud", "met"}),
        ("?kind=phone", {"phone"}),
        ("?words=ALOUD+page", {"aloud"}),
        ("?words=100%25", set()),
        ("?words=_", set()),
        ("?kind=never&words=aloud&page=9&state=withdrawn", {"aloud"}),
    ],
)
def test_notes_are_found_by_kind_and_words(visit, aisha, write, asked, expected):
    write("She read a page MarkA aloud.")
    write("They rang MarkA phone.", kind="phone")
    write("We MarkA met.", kind="meeting")
    page = visit("teacher").text(f"{here(aisha)}{asked}")
    assert {words for words in ("phone", "aloud", "met") if f"MarkA {words}" in page} == expected
    part_of_page = visit("teacher").text(f"{here(aisha)}{asked}", **HTMX)
    assert part_of_page.count("MarkA") == page.count("MarkA")
    assert "<html" not in part_of_page


@pytest.mark.parametrize("number", [1, 3, 200])
def test_the_page_of_notes_asks_as_much_for_one_as_for_two_hundred(
    visit, aisha, write, inside, oakfield, number, django_assert_num_queries
):
    author = {"author": oakfield.sendco, "school_id": aisha.school_id, "pupil": aisha}
    with inside():
        Note.objects.bulk_create(
            Note(**author, kind="phone", on=date(2026, 9, 1) + timedelta(days=n % 60), text=f"Mark {n}.")
            for n in range(number)
        )
    sendco = visit("sendco")
    sendco.get(here(aisha))
    with django_assert_num_queries(15):
        page = sendco.text(here(aisha))
    assert page.count("<article") == min(number, SIZE)


def test_note_change_is_for_its_author_and_those_who_answer_for_the_records(visit, aisha, write):
    note = write(by="ta")
    for part, status in (("ta", 200), ("sendco", 200), ("dsl", 200), ("teacher", 404), ("admin", 404)):
        assert visit(part).get(here(aisha, note.pk, "change")).status_code == status, part
        assert ("Revise" in visit(part).text(here(aisha))) == (status == 200)


def test_note_change_keeps_every_version_for_those_who_see_history(visit, aisha, write, stored, looks):
    note = write("First words.", by="teacher")
    teacher = visit("teacher")
    for version, words in ((1, "Second words."), (2, "Third words.")):
        answer = teacher.post(here(aisha, note.pk, "change"), typed(text=words, version=version))
        assert answer.status_code == 302
    teacher.post(here(aisha, note.pk, "pin"), {"pinned": "yes"})  # changes no words: no version to read
    assert stored(note).text == "Third words."
    page = visit("sendco").text(here(aisha, note.pk, "versions"))
    assert "3 versions" in page
    assert page.index("Third words.") < page.index("Second words.") < page.index("First words.")
    assert "Dan Whitlock" in page
    assert teacher.get(here(aisha, note.pk, "versions")).status_code == 403
    assert "Earlier versions" in visit("sendco").text(here(aisha))
    assert "Earlier versions" not in teacher.text(here(aisha))
    history = visit("sendco").text(f"pupils/{aisha.pk}/history/")
    assert "revised a note" in history
    assert "Third words." not in history


def test_two_who_revise_one_note_see_both_texts_and_what_only_one_touched_is_joined(visit, aisha, write, stored):
    note = write("Begun.", by="teacher")
    held = {"kind": "observation", "on": "2026-09-10"}
    visit("sendco").post(here(aisha, note.pk, "change"), {**held, "text": "Hers.", "version": 1})
    answer = visit("teacher").post(
        here(aisha, note.pk, "change"), {**held, "on": "2026-09-11", "text": "His.", "pinned": "on", "version": 1}
    )
    page = plain(answer)
    assert answer.status_code == 409
    assert "Hers." in page
    assert "His." in page
    assert stored(note).text == "Hers."
    fields = dict.fromkeys(("kind", "on", "pinned", "version"))
    for name in fields:
        fields[name] = page.split(f'name="{name}" value="')[1].split('"')[0]
    again = visit("teacher").post(here(aisha, note.pk, "change"), {**fields, "text": "Hers. His."})
    assert again.status_code == 302
    saved = stored(note)
    assert (saved.text, saved.on, saved.pinned) == ("Hers. His.", date(2026, 9, 11), True)


@pytest.mark.parametrize("data", [{"version": "one"}, {}, {"version": 1, "text": ""}])
def test_note_change_that_can_not_save_keeps_what_was_typed(visit, aisha, write, stored, data):
    note = write("Begun.", by="teacher")
    answer = visit("teacher").post(here(aisha, note.pk, "change"), typed(text="MarkerTyped") | data)
    assert answer.status_code == 422
    assert "MarkerTyped" in answer.content.decode() or "text" in data
    assert stored(note).text == "Begun."


def test_a_version_that_never_was_shows_both(visit, aisha, write):
    note = write("Begun.", by="teacher")
    answer = visit("teacher").post(here(aisha, note.pk, "change"), typed(text="Mine.", pinned="on", version=99))
    assert answer.status_code == 409
    assert "Begun." in answer.content.decode()


def test_a_pinned_note_stands_first(visit, aisha, write, stored):
    old = write("MarkOld", on=date(2026, 9, 1), by="teacher")
    write("MarkNew", on=date(2026, 9, 20), by="teacher")
    teacher = visit("teacher")

    def order():
        page = teacher.text(here(aisha))
        return page.index("MarkOld") < page.index("MarkNew")

    assert not order()
    for pinned, first in (("yes", True), ("yes", True), ("perhaps", True), ("no", False)):
        assert teacher.post(here(aisha, old.pk, "pin"), {"pinned": pinned}).status_code == 302
        assert order() is first
    assert stored(old).version == 3


def test_a_note_is_withdrawn_with_undo_and_never_deleted(visit, aisha, write, stored, place):
    note = write("MarkerText", by="teacher", files=[files.look_into(samples.pdf(), "MarkerFile")])
    teacher, leader, sendco = visit("teacher"), visit("leader"), visit("sendco")
    answer = teacher.post(here(aisha, note.pk, "withdraw"))
    assert answer["Location"] == f"/s/oakfield/{here(aisha)}?took={note.pk}"
    page = teacher.text(f"{here(aisha)}?took={note.pk}")
    assert "Undo" in page
    assert "MarkerText" not in page
    assert "Undo" not in leader.text(f"{here(aisha)}?took={note.pk}")
    for took in ("x", "9" * 30, "", "0"):
        assert "Undo" not in teacher.text(f"{here(aisha)}?took={took}")
    assert teacher.get(here(aisha, note.pk)).status_code == 404
    assert "MarkerText" in sendco.text(f"{here(aisha)}?state=withdrawn")
    assert "MarkerText" not in teacher.text(f"{here(aisha)}?state=withdrawn")
    assert stored(note).withdrawn_by_id == teacher.member.pk
    assert leader.post(here(aisha, note.pk, "restore")).status_code == 404
    assert teacher.post(here(aisha, note.pk, "restore")).status_code == 302
    assert "MarkerText" in leader.text(here(aisha))
    assert teacher.post(here(aisha, note.pk, "restore")).status_code == 404


def test_the_file_of_a_withdrawn_note_is_only_for_those_who_see_history(visit, aisha, write, place, inside, oakfield):
    note = write(files=[files.look_into(samples.pdf(), "x")])
    with inside():
        file = PupilFile.objects.get()
        actions.withdraw_note(note=note, by=oakfield.sendco)
    address = f"pupils/{aisha.pk}/files/{file.pk}/"
    assert visit("teacher").get(address).status_code == 404
    answer = visit("sendco").get(address)
    assert answer.status_code == 200
    b"".join(answer)


# --- drafts, card -------------------------------------------------------------------------------------------------


def test_what_was_typed_comes_back_after_a_closed_tab_and_an_ended_session(visit, oakfield, aisha, inside, write):
    note = write("Stands.", by="teacher")
    visit("teacher").post(f"work/drafts/{NOTE_ADD}/{aisha.pk}/", typed(text="Half a", pinned="on"))
    visit("teacher").post(f"work/drafts/{NOTE_CHANGE}/{note.pk}/", typed(text="Half another", version="1"))
    teacher = visit("teacher")  # signed in anew
    page = teacher.text(here(aisha, "add"))
    assert "Half a" in page
    assert "typed last time" in page
    assert "Half another" in teacher.text(here(aisha, note.pk, "change"))
    listed = teacher.text("work/drafts/")
    assert f"/{here(aisha, 'add')}" in listed
    assert f"/{here(aisha, note.pk, 'change')}" in listed
    assert "Half a" not in visit("sendco").text(here(aisha, "add"))
    teacher.post(here(aisha, "add"), typed(text="Half a loaf."))
    teacher.post(here(aisha, note.pk, "change"), typed(text="Half another loaf.", version=1))
    with inside():
        assert drafts.for_form(oakfield.teacher, NOTE_ADD, aisha.pk) is None
        assert drafts.for_form(oakfield.teacher, NOTE_CHANGE, note.pk) is None


def test_a_draft_of_a_note_that_is_not_there_leads_nowhere(oakfield, inside, visit):
    with inside():
        save_draft(by=oakfield.teacher, form=NOTE_CHANGE, object_id=999_999, data={"text": ["x"]})
        assert drafts.find(NOTE_CHANGE).url(999_999) == ""
    assert visit("teacher").get("work/drafts/").status_code == 200


def test_the_card_shows_pinned_notes_then_the_latest(visit, aisha, write):
    for day in range(1, 7):
        write(f"Words {day}.", on=date(2026, 9, day), pinned=day == 1)
    page = visit("teacher").text(f"pupils/{aisha.pk}/")
    part = page.split('id="card-notes"')[1].split("</section>")[0]
    assert "6 notes, the latest of 6 September" in part
    assert [f"Words {day}." in part for day in range(1, 7)] == [True, False, False, True, True, True]
    assert part.index("Words 1.") < part.index("Words 6.")
    assert "And 2 more." in part


def test_the_card_of_a_pupil_without_notes_says_what_to_do(visit, aisha):
    part = visit("ta").text(f"pupils/{aisha.pk}/").split('id="card-notes"')[1].split("</section>")[0]
    assert "No note is written yet." in part
    assert "Write one" in part


def test_a_long_note_begins_on_the_card():
    assert card.begins("word " * 100).endswith("word …")
    assert len(card.begins("x" * 500)) <= card.BEGINS + 2


def test_a_note_of_today_is_on_the_timeline(visit, aisha, write):
    write("MarkerText", on=timezone.localdate())
    assert "MarkerText" in visit("ta").text(f"pupils/{aisha.pk}/timeline/")


def test_a_trusts_lead_whom_the_school_lets_open_records_reads_and_writes_nothing(visit, oakfield, aisha, write):
    School.objects.filter(pk=oakfield.school.pk).update(trust_sees=School.TrustSees.RECORDS)
    note = write("MarkerText")
    lead = visit("trust_lead")
    page = lead.text(here(aisha))
    assert "MarkerText" in page
    assert "Write a note" not in page
    assert "Revise" not in page
    assert lead.get(here(aisha, note.pk, "change")).status_code == 403
