"""Files of the school's own system that brought something in about the pupil."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.import_words import kind_words
from pupils.models import ImportLine
from pupils.queries.gather import About
from sendhub.access import Permission

KIND = Kind.IMPORTS
BATCH = (
    "(SELECT {} FROM pupils_importbatch b WHERE b.id = t.batch_id AND b.school_id = t.school_id"
    " AND b.state = 'applied')"
)
BROUGHT = "{0}.state IN ('new', 'changed')"
# A file may say several things of one pupil: that is one event.
LATER = "SELECT 1 FROM pupils_importline l WHERE l.batch_id = t.batch_id AND l.pupil_id = t.pupil_id AND l.id > t.id"
LAST = f"NOT EXISTS ({LATER} AND l.school_id = t.school_id AND {BROUGHT.format('l')})"
LINES = About(
    ImportLine,
    f"{BROUGHT.format('t')} AND {BATCH.format('true')} AND {LAST}",
    extra={"batch_kind": BATCH.format("b.kind")},
)
DAY = BATCH.format("(b.applied_at AT TIME ZONE 'Europe/London')::date")


def brought(line, member, day):
    href = reverse("pupils:import-show", args=[line.batch_id]) if member.can(Permission.IMPORT_RUN) else ""
    return Said(f"A file was brought in: {kind_words(line.batch_kind)}.", href=href)


HAPPENED = {"brought": Happening(LINES, DAY, brought)}
