"""The card of notes: the pinned ones first, then the latest. Of a restricted note only that it is there, and only to
whoever may read it; its words are behind Show on the notes' own page."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.models import Note
from pupils.queries.gather import About
from pupils.words import count_words, day_words
from sendhub.access import Permission

NEEDS = (Permission.PUPIL_RECORD,)
ORDER = 't.pinned DESC, t."on" DESC, t.id DESC'
WRITER = "(SELECT u.name FROM staff_membership m JOIN staff_user u ON u.id = m.user_id WHERE m.id = t.author_id)"
EXTRA = {"of": "count(*) OVER ()", "writer": WRITER}
BEGINS = 140


def standing(restricted):
    where = f't.withdrawn_on IS NULL AND t."on" <= %(day)s AND t.restricted = {restricted}'
    return About(Note, where, ORDER, EXTRA, most=MOST_LINES)


PARTS = {"notes": standing("false"), "restricted_notes": standing("true")}


def card(pupil, rows, member, day):
    groups = [rows["notes"]]
    if member.can(Permission.NOTE_RESTRICTED):
        groups.append(rows["restricted_notes"])
    notes = sorted((note for group in groups for note in group), key=lambda n: (n.pinned, n.on, n.pk), reverse=True)
    total = sum(group[0].of for group in groups if group)
    return Card(
        name="notes",
        title=title(notes, total, day),
        lines=tuple(line(note, day) for note in notes[:MOST_LINES]),
        empty="No note is written yet.",
        href=reverse("pupils:note-list", args=[pupil.pk]),
        more="All notes" if total else "Write one",
        total=total,
    )


def title(notes, total, day):
    if not notes:
        return "Notes"
    latest = max(note.on for note in notes)
    return f"{count_words(total, 'note', 'notes')}, the latest of {day_words(latest, day)}"


def line(note, day):
    what = f"{note.get_kind_display()}, {day_words(note.on, day)}"
    if note.restricted:
        return Line(what, "Its words are behind Show on the notes’ page.", "unsure", "Restricted")
    mark, words = ("info", "Pinned") if note.pinned else ("", "")
    return Line(what, f"{begins(note.text)} {note.writer}.", mark, words)


def begins(text):
    """Its beginning, on one line."""
    text = " ".join(text.split())
    return text if len(text) <= BEGINS else f"{text[:BEGINS].rsplit(' ', 1)[0]} …"
