"""Notes, by the day that they are about. Of a restricted one only that there is one, to whoever may read it: its words
are on no timeline and in no story."""

from django.urls import reverse

from pupils.cards.notes import WRITER, begins
from pupils.happened.event import Happening, Kind, Said
from pupils.models import Note
from pupils.queries.gather import About
from sendhub.access import Permission

KIND = Kind.NOTES
STANDING = About(Note, "t.withdrawn_on IS NULL", extra={"writer": WRITER})


def written(note, member, day):
    what = f"{note.get_kind_display()}, noted by {note.writer}."
    page = reverse("pupils:note-show", args=[note.pupil_id, note.pk])
    if note.restricted:
        return Said(f"Restricted. {what}", "Its words are behind Show.", page)
    return Said(what, begins(note.text), page)


HAPPENED = {
    "written": Happening(
        STANDING,
        't."on"',
        written,
        needs=(Permission.PUPIL_RECORD,),
        without={Permission.NOTE_RESTRICTED: "NOT t.restricted"},
    )
}
