"""Files that were put with the record. Of a restricted one to whoever may read restricted things only."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import PupilFile
from pupils.queries.gather import About
from sendhub.access import Permission

KIND = Kind.FILES
DAY = "(t.{} AT TIME ZONE 'Europe/London')::date"
NAME = "(SELECT u.name FROM staff_membership m JOIN staff_user u ON u.id = m.user_id WHERE m.id = t.added_by_id)"
GONE = "EXISTS (SELECT FROM {} h WHERE h.id = t.{} AND h.withdrawn_on IS NOT NULL)"
WHERE = (
    "t.removed_on IS NULL AND t.purpose = 'attached'"
    f" AND NOT {GONE.format('pupils_note', 'note_id')} AND NOT {GONE.format('pupils_pupilvoice', 'voice_id')}"
)
FILES = About(PupilFile, WHERE, extra={"added_by_name": NAME})


def added(file, member, day):
    what = f"{file.added_by_name} put a file with the record."
    return Said(f"Restricted. {what}", "Its name is behind Show.") if file.restricted else Said(what, file.name)


HAPPENED = {
    "added": Happening(FILES, DAY.format("added_at"), added, without={Permission.NOTE_RESTRICTED: "NOT t.restricted"})
}
