"""Whom an adult is to get to know: the register as far as they may read it, and those whom they have tagged.

Each adult sees their own marks and nobody else's: who has read how many is not a league table.
"""

from dataclasses import dataclass, field

from django.db.models import Count, Q

from pupils.models import ProvisionProposal, Pupil, PupilFlag, ReadingMark, RegisterMove, SENNeed, SENRecord
from pupils.models.pupil import linked_to
from pupils.queries.facts import need_words
from pupils.queries.files import PHOTO
from pupils.queries.gather import gather
from pupils.queries.record import ADULTS, adult_line
from pupils.queries.voice import TOP, top_of
from pupils.words import PROVISIONS, day_words, since_words
from sendhub.access import Permission, Scope

TAGGED = "tagged"


@dataclass(frozen=True, slots=True)
class Place:
    """One pupil's place in the queue. No name: the list of them is read apart."""

    pk: int
    year: str
    tagged: bool
    read: bool


@dataclass(frozen=True, slots=True)
class Part:
    """A year group, the tagged, or all: how many of how many are read, and whom to open first."""

    key: str
    label: str
    places: tuple

    @property
    def total(self):
        return len(self.places)

    @property
    def read(self):
        return sum(place.read for place in self.places)

    @property
    def left(self):
        return self.total - self.read

    @property
    def first(self):
        """The first unread pupil's id, or None."""
        return next((place.pk for place in self.places if not place.read), None)

    def after(self, pk):
        """The next unread pupil after this one, round to the beginning; None when all are read."""
        ids = [place.pk for place in self.places]
        at = ids.index(pk) + 1 if pk in ids else 0
        return next((place.pk for place in self.places[at:] + self.places[:at] if not place.read), None)

    def beside(self, pk):
        """(the one before, the one after, its number from 1) as the queue stands; None and 0 where there is none."""
        ids = [place.pk for place in self.places]
        if pk not in ids:
            return None, None, 0
        at = ids.index(pk)
        return (ids[at - 1] if at else None), (ids[at + 1] if at + 1 < len(ids) else None), at + 1


def readable(member, day):
    """The pupils on roll whose record the member may open and keep a mark of."""
    pupils = Pupil.objects.visible_to(member, day).on_roll()
    widest = member.throughout()
    if member.scope == Scope.ALL and not (widest.can(Permission.PUPIL_RECORD) and widest.can(Permission.READING_KEEP)):
        return pupils.filter(linked_to(member, day)) if member.works_here(day) else pupils.none()
    return pupils


def tagged(member, pupil):
    """Whether this pupil is on the member's list to get to know. One query, and only for those who keep one."""
    if not member.can(Permission.READING_KEEP):
        return False
    mine = ReadingMark.objects.filter(school_id=member.school_id, member=member, pupil=pupil)
    return mine.filter(tagged_on__isnull=False).exists()


def queue_pupils(member, day):
    """On the register, or tagged by this member; youngest year first, and in a year the tagged ones first."""
    held = SENRecord.objects.at(day).filter(school_id=member.school_id).order_by()
    tagged = ReadingMark.objects.filter(school_id=member.school_id, member=member, tagged_on__isnull=False)
    wanted = Q(pk__in=held.values("pupil_id")) | Q(pk__in=tagged.values("pupil_id"))
    return readable(member, day).filter(wanted)


def reading_counts(member, day):
    """{"total": 112, "read": 34} without a name. One query."""
    mine = Q(reading_marks__member=member, reading_marks__read_on__isnull=False)
    return queue_pupils(member, day).aggregate(total=Count("pk", distinct=True), read=Count("pk", filter=mine))


def reading_queue(member, day):
    """[Part]: everyone, the tagged if there are any, then year by year. Two queries, and no names."""
    rows = queue_pupils(member, day).order_by("year_sort", "form", "sort_name", "id").values_list("pk", "year_code")
    marks = ReadingMark.objects.filter(school_id=member.school_id, member=member).order_by()
    marks = {pk: rest for pk, *rest in marks.values_list("pupil_id", "tagged_on", "read_on")}
    years = {}
    for pk, year in rows:
        tagged_on, read_on = marks.get(pk, (None, None))
        years.setdefault(year, []).append(Place(pk, year, tagged_on is not None, read_on is not None))
    places = {year: tuple(sorted(found, key=lambda place: not place.tagged)) for year, found in years.items()}
    everyone = tuple(place for found in places.values() for place in found)
    tagged = tuple(place for place in everyone if place.tagged)
    parts = [Part("", "Everyone", everyone)]
    if tagged:
        parts.append(Part(TAGGED, "To get to know", tagged))
    return parts + [Part(year, Pupil(year_code=year).year_label, found) for year, found in places.items()]


def names_of(member, places):
    """The places of a part with what the list shows of each, in their order. One query."""
    ids = [place.pk for place in places]
    pupils = Pupil.objects.filter(school_id=member.school_id, pk__in=ids).in_bulk()
    return [{"name": pupils[place.pk].list_name, "form": pupils[place.pk].form, "place": place} for place in places]


@dataclass(slots=True)
class Short:
    """What fits on half a page: enough to greet a child by, and to know whom to ask."""

    provision: str
    since: str
    needs: list  # (words, since)
    adults: list
    top: object
    photo: object
    due: list = field(default_factory=list)
    mark: object = None


def short_of(member, pupil, day):
    """Six queries at most, the same for every pupil."""
    own = {"school_id": pupil.school_id, "pupil_id": pupil.pk}
    rows = gather(pupil, {"adults": ADULTS, **TOP, **(PHOTO if member.school.photos else {})}, day)
    held = SENRecord.objects.at(day).filter(**own).first()
    needs = SENNeed.objects.at(day).filter(**own).values_list("code", "starts_on")
    return Short(
        provision=PROVISIONS[held.provision if held else None],
        since=since_words(held.starts_on, held.start_known, day) if held else "",
        needs=[(need_words(code), need_since(since, held, day)) for code, since in needs],
        adults=[adult_line(tie, day) for tie in rows["adults"]],
        top=top_of(rows),
        photo=next(iter(rows.get("photo", ())), None),
        due=due_words(member, own, day),
        mark=ReadingMark.objects.filter(school_id=member.school_id, member=member, pupil=pupil).first(),
    )


def need_since(starts_on, held, day):
    """A need that came in with a file whose first day nobody knows has no day either."""
    unknown = held is not None and not held.start_known and held.starts_on == starts_on
    return "" if unknown else since_words(starts_on, True, day)


def due_words(member, own, day):
    """What is open about this pupil, in sentences; only what this reader could act on or ask about."""
    found = []
    for flag in PupilFlag.objects.at(day).filter(**own):
        found.append(f"{flag.get_kind_display()} since {day_words(flag.starts_on, day)}.")
    if member.can(Permission.FAMILY_TELL):
        for told in (
            RegisterMove.objects.filter(**own).exclude(told=RegisterMove.Told.TOLD).values_list("told", flat=True)
        ):
            found.append(TOLD_WORDS[told])
    if member.can(Permission.REGISTER_MOVE):
        proposals = ProvisionProposal.objects.filter(**own, state=ProvisionProposal.State.OPEN)
        found += [f"A file says {proposal.get_after_display()}: accept it or set it aside." for proposal in proposals]
    return list(dict.fromkeys(found))


TOLD_WORDS = {
    RegisterMove.Told.LETTER: "A letter to the family is on its way.",
    RegisterMove.Told.CANNOT_TELL: "Nobody can tell if the family was told.",
}
