"""Restricted notes: of one nobody else sees anything at all, and whoever may read it presses Show, which is logged."""

import pytest

from pupils import actions
from pupils.models import Note, PupilFile
from sendhub import files
from tests.files import samples
from tests.pupils.noting import here, typed

HTMX = {"HX-Request": "true"}
SECRET = "MarkerSecret"
READERS = {"sendco", "assistant", "head", "dsl"}


@pytest.fixture
def secret(write, place, inside, oakfield, aisha):
    """A restricted, pinned note with a file, whose words were once not restricted; and nothing else."""
    checked = files.look_into(samples.pdf(), f"{SECRET}.pdf")
    note = write(f"{SECRET} words", files=[checked])
    with inside():
        changed = actions.change_note(note=note, version=1, restricted=True, pinned=True, by=oakfield.sendco)
        actions.change_note(note=changed, version=2, text=f"{SECRET} words again", by=oakfield.sendco)
    return note


@pytest.mark.parametrize("part", ["sendco", "assistant", "admin", "teacher", "ta", "leader", "head", "dsl"])
def test_of_a_restricted_note_others_see_nothing_at_all(visit, aisha, secret, part, inside):
    visitor = visit(part)
    with inside():
        file = PupilFile.objects.get()
    pages = ["", "notes/", "notes/?kind=observation", "notes/?words=again", "notes/?took=" + str(secret.pk)]
    pages += ["history/", "timeline/", "page.pdf", "read/"]
    told = []
    for page in pages:
        answer = visitor.get(f"pupils/{aisha.pk}/{page}")
        if answer.status_code == 200 and not page.endswith(".pdf"):
            text = answer.content.decode()
            assert SECRET not in text, page
            told += [page for words in ("Restricted", "1 note", "Observation") if words in text.split("<form")[0]]
    notes = visitor.text(here(aisha))
    if part in READERS:
        assert "1 note" in notes
        assert "Show it" in notes
        assert "0 found" not in notes
    else:
        assert told == []
        assert "No notes" in notes
        assert "estricted" not in notes.replace("Restricted notes", "")
        for path in ("", "change/", "files/"):
            assert visitor.get(f"{here(aisha, secret.pk)}{path}").status_code == 404
        assert visitor.get(f"pupils/{aisha.pk}/files/{file.pk}/").status_code == 404
        for path in ("pin/", "withdraw/", "restore/"):
            assert visitor.post(f"{here(aisha, secret.pk)}{path}").status_code == 404


@pytest.mark.parametrize("part", sorted(READERS))
def test_whoever_may_read_it_presses_show_and_that_is_logged(visit, aisha, secret, looks, part):
    visitor = visit(part)
    page = visitor.text(here(aisha))
    assert SECRET not in page
    assert [verb for verb, *_ in looks()] == ["note.list"]
    shown = visitor.text(here(aisha, secret.pk))
    assert f"{SECRET} words again" in shown
    assert f"{SECRET}.pdf" in shown
    assert looks()[-1][0] == "note.show"
    assert looks()[-1][3] == {"note": secret.pk}
    part_of_page = visitor.text(here(aisha, secret.pk), **HTMX)
    assert "<html" not in part_of_page
    assert f'id="note-{secret.pk}"' in part_of_page
    assert "words again" in visitor.text(here(aisha, secret.pk, "versions"))
    assert looks()[-1][0] == "note.versions"
    assert "words again" in visitor.text(here(aisha, secret.pk, "change"))
    assert looks()[-1][0] == "note.show"


def test_the_words_of_a_restricted_note_are_not_found_by_those_who_may_read_them_either(visit, aisha, secret, write):
    write("MarkerPlain words")
    found = visit("sendco").text(f"{here(aisha)}?words=words")
    assert "MarkerPlain" in found
    assert "1 note found" in found


def test_only_who_may_read_restricted_notes_restricts_one(visit, aisha, inside, write):
    assert 'name="restricted"' in visit("sendco").text(here(aisha, "add"))
    assert 'name="restricted"' not in visit("teacher").text(here(aisha, "add"))
    visit("teacher").post(here(aisha, "add"), typed(restricted="on"))
    with inside():
        assert not Note.objects.get().restricted


def test_a_note_that_is_no_longer_restricted_shows_its_files_again(visit, aisha, secret, inside, oakfield, stored):
    with inside():
        actions.change_note(note=secret, version=3, restricted=False, by=oakfield.sendco)
        assert not PupilFile.objects.get().restricted
    assert f"{SECRET}.pdf" in visit("ta").text(here(aisha))


def test_the_versions_of_a_note_that_was_restricted_for_a_while(visit, aisha, secret, inside, oakfield, monkeypatch):
    """Whoever sees history and no restricted notes reads those versions only that were not restricted."""
    with inside():
        actions.change_note(note=secret, version=3, restricted=False, text="Now for all.", by=oakfield.sendco)
    from sendhub import access

    row = access.ROLES[access.Role.LEADER]
    changed = access.RoleRow(row.title, row.scope, row.permissions | {access.Permission.HISTORY_VIEW}, row.words)
    monkeypatch.setitem(access.ROLES, access.Role.LEADER, changed)
    page = visit("leader").text(here(aisha, secret.pk, "versions"))
    assert "Now for all." in page
    assert f"{SECRET} words again" not in page
    assert SECRET not in visit("leader").text(f"pupils/{aisha.pk}/history/")


def test_on_the_timeline_a_restricted_note_and_its_file_say_nothing_but_that_they_are_there(visit, aisha, secret):
    page = visit("sendco").text(f"pupils/{aisha.pk}/timeline/")
    assert "Restricted. Observation, noted by Priya Nair." in page
    assert "Restricted. Priya Nair put a file with the record." in page
    page = visit("teacher").text(f"pupils/{aisha.pk}/timeline/")
    assert "Priya Nair put a file" not in page
    assert "noted by" not in page


def test_the_file_of_a_withdrawn_note_is_not_on_the_timeline(visit, aisha, write, place, inside, oakfield):
    note = write(files=[files.look_into(samples.pdf(), "MarkerFile")])
    assert "MarkerFile" in visit("ta").text(f"pupils/{aisha.pk}/timeline/")
    with inside():
        actions.withdraw_note(note=note, by=oakfield.sendco)
    assert "MarkerFile" not in visit("sendco").text(f"pupils/{aisha.pk}/timeline/")
