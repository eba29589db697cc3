"""The first thing to know, each time that its words changed: read from the record's own history."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import Pupil
from pupils.queries.gather import About

KIND = Kind.NOTES
BEFORE = (
    "SELECT b.first_line FROM pupils_pupilevent b WHERE b.school_id = t.school_id AND b.pgh_obj_id = t.pgh_obj_id"
    " AND b.pgh_id < t.pgh_id ORDER BY b.pgh_id DESC LIMIT 1"
)
WORDS = About(Pupil.pgh_event_model, f"t.first_line <> coalesce(({BEFORE}), '')", whose="pgh_obj_id")
DAY = "(t.pgh_created_at AT TIME ZONE 'Europe/London')::date"


def changed(event, member, day):
    if not event.first_line:
        return Said("The first thing to know was taken away.")
    return Said("The first thing to know was written.", f"“{event.first_line}”")


HAPPENED = {"changed": Happening(WORDS, DAY, changed)}
