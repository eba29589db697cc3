"""Which files about a pupil a reader may have. What they may not have is not there for them at all."""

from pupils.models import PupilFile
from sendhub.access import Permission


def files_for(member, pupil):
    """The pupil's files that are there and that the member may fetch. `member` has the roles that count here."""
    found = PupilFile.objects.there().filter(school_id=pupil.school_id, pupil=pupil)
    return found if member.can(Permission.NOTE_RESTRICTED) else found.filter(restricted=False)
