"""Notes on a pupil: written, revised on top of the version that was seen, pinned, withdrawn and put back.

A note's files are as restricted as the note: both change in one action.
"""

from django.db.models import F
from django.utils import timezone

from pupils.actions.files import add_file
from pupils.models import Note, PupilFile
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("note.add")
def add_note(*, pupil, kind, on, text, by, restricted=False, pinned=False, files=()):
    """`files` are those of sendhub.files.look_into. Raises files.Refused when the disk is full;
    then nothing is kept."""
    note = Note.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        kind=kind,
        on=on,
        text=text,
        restricted=restricted,
        pinned=pinned,
        author=by,
    )
    attach(note, files, by)
    return note


@action("note.attach")
def attach_files(*, note, files, by):
    """More files for a note that is there. Raises files.Refused when the disk is full; none is kept then."""
    return attach(note, files, by)


def attach(note, files, by):
    return [
        add_file(pupil=note.pupil, checked=checked, restricted=note.restricted, note=note, by=by) for checked in files
    ]


@action("note.change")
def change_note(*, note, version, by, **changes):
    """Write the columns on top of the version that the writer saw. Raises versions.Conflict; returns the note."""
    changed = save_version(note, version, **changes)
    PupilFile.objects.filter(school_id=note.school_id, note=note).exclude(restricted=changed.restricted).update(
        restricted=changed.restricted
    )
    return changed


@action("note.pin")
def pin_note(*, note, pinned, by):
    """To the top of the pupil's notes, or back among the others. Twice is as good as once."""
    return Note.objects.filter(school_id=note.school_id, pk=note.pk, pinned=not pinned).update(
        pinned=pinned, version=F("version") + 1
    )


@action("note.withdraw")
def withdraw_note(*, note, by):
    """Out of the record, but not gone: with its files it can be put back. Twice is as good as once."""
    return Note.objects.filter(school_id=note.school_id, pk=note.pk, withdrawn_on=None).update(
        withdrawn_on=timezone.localdate(), withdrawn_by=by, version=F("version") + 1
    )


@action("note.restore")
def put_note_back(*, note, by):
    return (
        Note.objects.filter(school_id=note.school_id, pk=note.pk)
        .exclude(withdrawn_on=None)
        .update(withdrawn_on=None, withdrawn_by=None, version=F("version") + 1)
    )
