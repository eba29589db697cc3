"""Notes, by the day that they are about. Of a restricted one only that there is one, to whoever may read it: its words
are on no timeline, and in a story only where such a reader has ticked them (pupils.queries.story)."""

from django.urls import reverse

from pupils.cards.notes import WRITER, begins
from pupils.happened.event import Happening, Kind, Said
from pupils.models import Note
from pupils.queries.gather import About
from sendhub.access import Permission

KIND = Kind.NOTES
# What was said with the family is told to fewer (sendhub.rules.audiences); of a phone call nobody can tell with whom.
FAMILY = "t.kind IN ('family', 'phone')"


def written(note, member, day):
    what = f"{note.get_kind_display()}, noted by {note.writer}."
    page = reverse("pupils:note-show", args=[note.pupil_id, note.pk])
    if note.restricted and not getattr(member, "ticked_restricted", False):
        return Said(f"Restricted. {what}", "Its words are behind Show.", page)
    return Said(what, begins(note.text), page)


def happening(where, kind):
    return Happening(
        About(Note, f"t.withdrawn_on IS NULL AND {where}", extra={"writer": WRITER}),
        't."on"',
        written,
        needs=(Permission.PUPIL_RECORD,),
        without={Permission.NOTE_RESTRICTED: "NOT t.restricted"},
        kind=kind,
    )


HAPPENED = {"written": happening(f"NOT ({FAMILY})", KIND), "family": happening(FAMILY, Kind.FAMILY)}
