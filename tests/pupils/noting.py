"""What the tests of notes and of the child's words share: a place for files, a note written, a form filled in."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupils import actions
from pupils.models import Note
from sendhub.files import store
from tests.files import samples


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def place(oakfield, tmp_path, settings):
    settings.FILES_DIR = tmp_path
    return store.folder(oakfield.school.pk)


@pytest.fixture
def write(inside, oakfield, aisha):
    """`write(text, by="teacher", **fields)` writes a note on Aïsha."""

    def run(text="She read a page aloud.", by="sendco", pupil=aisha, kind="observation", on=date(2026, 9, 10), **more):
        with inside():
            return actions.add_note(pupil=pupil, kind=kind, on=on, text=text, by=getattr(oakfield, by), **more)

    return run


@pytest.fixture
def stored(inside):
    def run(note):
        with inside():
            return Note.objects.get(pk=note.pk)

    return run


def here(pupil, *rest):
    return "/".join(["pupils", str(pupil.pk), "notes", *map(str, rest), ""])


def typed(**more):
    return {"kind": "meeting", "on": "2026-09-10", "text": "We met.", **more}


def upload(data=None, name="x.pdf"):
    return SimpleUploadedFile(name, samples.pdf() if data is None else data)


def plain(answer):
    """The page without the marks round what differs."""
    return re.sub("</?mark>", "", answer.content.decode())
