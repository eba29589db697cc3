"""Notes as far as their reader may see them.

A restricted note is there only for whoever may read restricted notes: not in a list, a count or a search for anybody
else. Its words leave the database only through `note_shown`, which is asked when somebody presses Show.
"""

from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Case, CharField, F, Prefetch, Q, Value, When

from pupils.models import Note
from pupils.queries.files import files_for
from sendhub.access import Permission
from sendhub.audit.queries import actor_names

SIZE = 20
MOST_WORDS = 8


def notes_for(member, pupil):
    """The pupil's notes that this reader may know of, withdrawn ones too for whoever may see the history."""
    found = known_to(member, pupil)
    return found if member.can(Permission.HISTORY_VIEW) else found.standing()


def known_to(member, pupil):
    found = Note.objects.filter(school_id=pupil.school_id, pupil=pupil)
    return found if member.can(Permission.NOTE_RESTRICTED) else found.filter(restricted=False)


def withdrawn_note(member, pupil, pk):
    """The withdrawn note, if the member may put it back; else None."""
    note = known_to(member, pupil).exclude(withdrawn_on=None).filter(pk=pk).first()
    return note if note is not None and may_revise(member, note) else None


def may_revise(member, note):
    """Its author; and whoever answers for the records, since what they change stands in the history."""
    if not member.can(Permission.NOTE_WRITE):
        return False
    return note.author_id == member.pk or member.can(Permission.HISTORY_VIEW)


@dataclass(frozen=True)
class Shown:
    """One note as a page shows it. `text` is None where it is restricted and nobody has asked for it."""

    note: object
    text: str | None
    files: list
    revise: bool


def note_page(member, pupil, *, kind="", words="", withdrawn=False, number=1):
    """A page of Shown. Three queries, however many notes there are."""
    found = notes_for(member, pupil)
    found = found.exclude(withdrawn_on=None) if withdrawn else found.standing()
    if kind:
        found = found.filter(kind=kind)
    for word in words.split()[:MOST_WORDS]:
        found = found.filter(restricted=False, text__icontains=word)
    page = Paginator(ready(member, pupil, found.order_by("-pinned", "-on", "-id")), SIZE).get_page(number)
    page.object_list = [shown(member, note) for note in page.object_list]
    return page


def ready(member, pupil, found):
    """With the author's name and the files; of a restricted note without its words."""
    redacted = Case(When(restricted=True, then=Value("")), default=F("text"), output_field=CharField())
    return (
        found.defer("text")
        .annotate(words=redacted, writer=F("author__user__name"))
        .prefetch_related(Prefetch("files", files_for(member, pupil), to_attr="attached"))
    )


def shown(member, note, text=None):
    revise = may_revise(member, note) and note.withdrawn_on is None
    if note.restricted:
        return Shown(note, text, note.attached if text is not None else [], revise)
    return Shown(note, note.words, note.attached, revise)


def note_shown(member, pupil, pk):
    """One note with its words, or None. The caller logs the look."""
    note = ready(member, pupil, notes_for(member, pupil)).filter(pk=pk).first()
    if note is None:
        return None
    text = Note.objects.values_list("text", flat=True).get(school_id=pupil.school_id, pk=pk) if note.restricted else ""
    return shown(member, note, text)


@dataclass(frozen=True)
class Version:
    number: int
    at: object
    who: str
    kind: str
    on: object
    text: str
    restricted: bool


def versions_of(member, note):
    """Each version in which something that one reads had changed, newest first. Two queries."""
    events = note.events.filter(school_id=note.school_id)
    if not member.can(Permission.NOTE_RESTRICTED):
        events = events.exclude(Q(restricted=True))
    found, before = [], None
    for event in events.order_by("pgh_id"):
        facts = (event.kind, event.on, event.text, event.restricted)
        if facts != before:
            found.append(event)
        before = facts
    names = actor_names((event.pgh_context or {}).get("actor", "") for event in found)
    return [
        Version(
            place,
            event.pgh_created_at,
            names[(event.pgh_context or {}).get("actor", "")],
            event.get_kind_display(),
            event.on,
            event.text,
            event.restricted,
        )
        for place, event in reversed(list(enumerate(found, start=1)))
    ]
