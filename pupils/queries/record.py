"""One pupil's record: what stands on the page and in the PDF, as far as its reader may see."""

from dataclasses import dataclass, field

from django.utils import timezone

from pupils.cards import CARDS
from pupils.models import Contact, PupilAdult, PupilFlag, RegisterMove, Restriction, SENNeed, SENRecord
from pupils.queries.facts import need_words
from pupils.queries.files import PHOTO
from pupils.queries.gather import HOLDS_ON, MEMBER_NAME, STAFF_NAME, About, gather
from pupils.queries.history import flag_lines, history_of, need_lines
from pupils.queries.voice import TOP, top_of
from pupils.words import PROVISIONS, day_words, sentence_list, since_words
from sendhub.access import Permission
from sendhub.asking import planned_once
from staff.models import TeachingGroup

CIRCUMSTANCE_WORDS = {
    "in_care": "In care",
    "fsm": "Free meals",
    "fsm_ever6": "Free meals in the last six years",
    "pupil_premium": "Pupil premium",
}
KINDS = dict(TeachingGroup.Kind.choices)
DUE = ("late", "due")  # a line's marks, in the order of the top of the record
YES_NO = {True: "Yes", False: "No", None: "Not known"}


@dataclass(slots=True)
class Record:
    """Words ready to print. `contacts` and `circumstances` are None for whoever may not see them; what is said of the
    family in the history likewise."""

    pupil: object
    provision: str
    since: str
    needs: list
    adults: list
    classes: list
    contacts: list | None = None
    circumstances: list | None = None
    history: list = field(default_factory=list)  # HistoryLine, the newest first
    need_lines: list = field(default_factory=list)
    flags: list = field(default_factory=list)
    cards: list = field(default_factory=list)  # pupils.cards.Card, only those that this reader may open
    top: object = None  # pupils.queries.voice.Top: what stands before any need
    photo: object = None
    restrictions: list = field(default_factory=list)  # that hold: the record is not to be used

    @property
    def at_once(self):
        """What every adult must know, in the order of the cards."""
        return [words for card in self.cards for words in card.at_once]

    @property
    def due(self):
        """[(card, line)] of what is late, then of what is due."""
        marked = [(card, line) for card in self.cards for line in card.lines if line.mark in DUE]
        return sorted(marked, key=lambda pair: DUE.index(pair[1].mark))

    @property
    def on_register(self):
        return self.provision != PROVISIONS[None]


ADULTS = About(
    PupilAdult,
    "t.ends_on IS NULL OR t.ends_on >= %(day)s",
    "t.part, t.starts_on, t.id",
    {"staff_name": STAFF_NAME.format("staff_id")},
)
PARTS = {
    "stages": About(SENRecord, "t.starts_on <= %(day)s", "t.starts_on DESC"),
    "needs": About(SENNeed, HOLDS_ON, "t.rank, t.id"),
    "moves": About(
        RegisterMove, 't."on" <= %(day)s', 't."on" DESC, t.id DESC', {"told_by_name": STAFF_NAME.format("told_by_id")}
    ),
    "flags": About(PupilFlag, HOLDS_ON, "t.starts_on, t.id"),
    "adults": ADULTS,
    "restrictions": About(Restriction, HOLDS_ON, "t.starts_on", {"set_by_name": MEMBER_NAME.format("set_by_id")}),
}
CONTACTS = {"contacts": About(Contact, order="t.priority, t.id")}


def record_of(member, pupil, on=None, cards=True):
    """Two queries, however much there is: as at the day `on` where it is given. `cards=False` leaves them out."""
    day = on or timezone.localdate()
    family = member.can(Permission.CONTACT_VIEW)
    mine = [card for card in CARDS if cards and all(member.can(needed) for needed in card.NEEDS)]
    wanted = {**PARTS, **(CONTACTS if family else {})}
    for card in mine:
        wanted |= card.PARTS
    wanted |= {**TOP, **(PHOTO if member.school.photos else {})}
    rows = gather(pupil, wanted, day)
    stages, needs = rows["stages"], rows["needs"]
    now = next((stage for stage in stages if stage.ends_on is None or stage.ends_on >= day), None)
    record = Record(
        pupil=pupil,
        provision=PROVISIONS[now.provision if now else None],
        since=since_words(now.starts_on, now.start_known, day) if now else "",
        needs=[need_words(need.code) for need in needs],
        adults=[adult_line(tie, day) for tie in rows["adults"]],
        classes=classes_of(pupil, day),
        contacts=rows.get("contacts"),
        history=history_of(rows["moves"], stages, now, day, family),
        need_lines=need_lines(needs, day),
        flags=flag_lines(rows["flags"], day, family),
        cards=[made for card in mine if (made := card.card(pupil, rows, member, day)) is not None],
        top=top_of(rows),
        photo=next(iter(rows.get("photo", ())), None),
        restrictions=rows["restrictions"],
    )
    if member.can(Permission.CIRCUMSTANCE_VIEW):
        record.circumstances = [(words, YES_NO[getattr(pupil, name)]) for name, words in CIRCUMSTANCE_WORDS.items()]
    return record


@dataclass(frozen=True, slots=True)
class Adult:
    pk: int
    name: str
    part: str
    since: str
    open: bool  # its end is not set


def adults_of(pupil, day):
    """Those whose tie holds today or begins later. One query."""
    return [adult_line(tie, day) for tie in gather(pupil, {"adults": ADULTS}, day)["adults"]]


def adult_line(tie, day):
    return Adult(tie.pk, tie.staff_name, tie.get_part_display(), adult_since(tie, day), tie.ends_on is None)


def adult_since(tie, day):
    words = f"{'since' if tie.starts_on <= day else 'from'} {day_words(tie.starts_on, day)}"
    return words if tie.ends_on is None else f"{words} until {day_words(tie.ends_on, day)}"


@dataclass(frozen=True, slots=True)
class ClassLine:
    name: str
    subject: str
    staff: str


# One statement, since the record is opened all day: by the ORM it is two, and they were a fifth of the page.
HOLDS = "({0}.ends_on IS NULL OR {0}.ends_on >= %(day)s) AND ({0}.starts_on IS NULL OR {0}.starts_on <= %(day)s)"
CLASSES = f"""
SELECT g.name, g.subject, g.kind, array_agg(trim(s.forename || ' ' || s.surname) ORDER BY s.surname, t.id)
       FILTER (WHERE s.id IS NOT NULL)
FROM staff_teachinggroup g
JOIN staff_schoolyear y ON y.id = g.year_id AND y.groups_from <= %(day)s AND y.groups_until >= %(day)s
LEFT JOIN staff_groupstaff t ON t.group_id = g.id AND {HOLDS.format("t")}
LEFT JOIN staff_staffmember s ON s.id = t.staff_id
WHERE g.school_id = %(school)s AND g.id IN (
    SELECT p.group_id FROM pupils_grouppupil p
    WHERE p.school_id = %(school)s AND p.pupil_id = %(pupil)s AND {HOLDS.format("p")})
GROUP BY g.id ORDER BY g.name
"""  # noqa: S608  only the words above are put in


def classes_of(pupil, day):
    """Today's classes, form and year with who teaches or leads them, by name. One query."""
    with planned_once() as cursor:
        cursor.execute(CLASSES, {"school": pupil.school_id, "pupil": pupil.pk, "day": day})
        rows = cursor.fetchall()
    return [ClassLine(name, subject or KINDS[kind], sentence_list(names or ())) for name, subject, kind, names in rows]
