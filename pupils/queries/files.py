"""Which files about a pupil a reader may have. What they may not have is not there for them at all."""

from pupils.models import PupilFile
from pupils.queries.gather import About
from sendhub.access import Permission

PHOTO = {
    "photo": About(
        PupilFile, "t.purpose = 'photo' AND t.removed_on IS NULL AND t.lost_on IS NULL AND t.stored <> ''", most=1
    )
}


def photo_of(pupil):
    """The photo, or None; whether the school keeps any is asked by the caller."""
    photos = PupilFile.objects.there().filter(school_id=pupil.school_id, pupil=pupil)
    return photos.filter(purpose=PupilFile.Purpose.PHOTO).first()


def files_for(member, pupil):
    """The pupil's files that are there and that the member may fetch. `member` has the roles that count here."""
    found = PupilFile.objects.there().filter(school_id=pupil.school_id, pupil=pupil)
    if not member.can(Permission.HISTORY_VIEW):
        found = found.filter(note__withdrawn_on=None, voice__withdrawn_on=None)
    if not member.school.photos:
        found = found.exclude(purpose=PupilFile.Purpose.PHOTO)
    return found if member.can(Permission.NOTE_RESTRICTED) else found.filter(restricted=False)


def removed_files(member, pupil):
    """Those that can be brought back. For whoever may see the history."""
    found = PupilFile.objects.filter(school_id=pupil.school_id, pupil=pupil, removed_on__isnull=False)
    found = found.exclude(stored="")
    return found if member.can(Permission.NOTE_RESTRICTED) else found.filter(restricted=False)


def may_remove(member, file):
    """Whoever added it, and whoever answers for the records."""
    return member.can(Permission.NOTE_WRITE) and (file.added_by_id == member.pk or member.can(Permission.HISTORY_VIEW))
