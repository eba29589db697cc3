"""Files about a pupil: added, removed, brought back, and what the upkeep finds.

The bytes are on the disk before the row is written, and go after it is: whatever happens between, no row points to
nothing for long. See sendhub.files.store.
"""

import datetime as dt
import hashlib

from django.db import transaction
from django.utils import timezone

from pupils.models import Pupil, PupilFile
from sendhub import files
from sendhub.audit import action

BIN_DAYS = 30  # a removed file can be brought back so long

Purpose = PupilFile.Purpose


@action("file.add")
def add_file(*, pupil, checked, by, purpose=Purpose.ATTACHED, restricted=False, **belongs):
    """Keep what sendhub.files.look_into gave. `belongs` names what it is attached to. A photo takes the place of the
    one before. Raises files.Refused when the disk is full; nothing is kept then."""
    stored = files.keep(checked.data, school_id=pupil.school_id)
    try:
        if purpose == Purpose.PHOTO:  # one at a time, or two who send one at once would both find none there
            Pupil.objects.select_for_update().get(school_id=pupil.school_id, pk=pupil.pk)
            take_photos_away(pupil, by)
        return PupilFile.objects.create(
            school_id=pupil.school_id,
            pupil=pupil,
            purpose=purpose,
            name=checked.name,
            kind=checked.kind,
            size=len(checked.data),
            digest=hashlib.sha256(checked.data).hexdigest(),
            stored=stored,
            restricted=restricted,
            added_by=by,
            **belongs,
        )
    except BaseException:
        files.remove(stored, school_id=pupil.school_id)
        raise


@action("file.remove")
def remove_file(*, file, by):
    """Out of sight; its bytes stay for thirty days, in case it was the wrong one. Twice is as good as once."""
    rows = PupilFile.objects.filter(school_id=file.school_id, pk=file.pk, removed_on=None)
    return rows.update(removed_on=timezone.localdate(), removed_by=by) == 1


@action("file.restore")
def put_file_back(*, file, by):
    """Back where it was, while its bytes are there. Returns whether it is."""
    rows = PupilFile.objects.filter(school_id=file.school_id, pk=file.pk).exclude(stored="")
    return rows.update(removed_on=None, removed_by=None) == 1


@action("photo.remove")
def remove_photo(*, pupil, by):
    """The photo and its bytes go at once: nobody keeps a child's picture that was taken away. Returns how many."""
    return take_photos_away(pupil, by)


def take_photos_away(pupil, by):
    rows = PupilFile.objects.select_for_update().filter(school_id=pupil.school_id, pupil=pupil, removed_on=None)
    found = [(row.pk, row.stored) for row in rows.filter(purpose=Purpose.PHOTO)]
    PupilFile.objects.filter(school_id=pupil.school_id, pk__in=[pk for pk, _ in found]).update(
        removed_on=timezone.localdate(), removed_by=by, stored=""
    )
    forget_bytes(pupil.school_id, [stored for _, stored in found])
    return len(found)


def forget_bytes(school_id, names):
    """When the transaction has committed: one that is rolled back still has its files."""

    def forget():
        for name in names:
            files.remove(name, school_id=school_id)

    if names:
        transaction.on_commit(forget)


@action("file.tidy")
def tidy_files(*, school_id, by):
    """The upkeep: bytes of what was removed long ago go; files that no row knows go; a row whose file is missing says
    so, and stops saying so when it is back. Returns (strays removed, rows that are lost now)."""
    today = timezone.localdate()
    rows = PupilFile.objects.filter(school_id=school_id).exclude(stored="")
    old = list(rows.filter(removed_on__lt=today - dt.timedelta(days=BIN_DAYS)).values_list("pk", "stored"))
    PupilFile.objects.filter(school_id=school_id, pk__in=[pk for pk, _ in old]).update(stored="")
    forget_bytes(school_id, [stored for _, stored in old])
    known = set(rows.values_list("stored", flat=True))
    strays, missing = files.forget_strays(known | {stored for _, stored in old}, school_id=school_id)
    rows.filter(stored__in=missing, lost_on=None).update(lost_on=today)
    rows.exclude(stored__in=missing).exclude(lost_on=None).update(lost_on=None)
    return strays, len(missing & known)
