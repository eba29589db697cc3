"""The story of one case: what happened, oldest first, as one audience may read it, with the names of others found.

Made of the timeline (what its maker may see), narrowed by sendhub.rules.audiences. Restricted things are not in it
unless their reader ticks them. Names are looked for among everybody whom the school knows; other names a person has to
see for themselves, and the page says so.
"""

from dataclasses import dataclass, field

from pupils.models import Contact, Professional, Pupil
from pupils.queries.record import record_of
from pupils.queries.timeline import MOST, timeline_of
from pupils.words import MONTHS, day_words
from sendhub.access import Permission
from sendhub.rules.audiences import (
    AUDIENCES,
    CHILD_WORDS,
    PARTS,
    REMOVED,
    Audience,
    Choice,
    Person,
    staff_part,
    vague,
    when,
)
from sendhub.rules.disclosure import fold, redact
from sendhub.rules.naming import Named, Names
from sendhub.rules.school_calendar import academic_year
from staff.models import StaffMember

# Of what is counted again and again only the last of a school year is part of a story; lists of classes are of none.
ONE_A_YEAR, LEFT_OUT = {"attendance-counted"}, {"school-placed", "school-moved_out"}


class WithoutRestricted:
    """A member as they read when nothing restricted was ticked."""

    def __init__(self, member):
        self.member = member

    def can(self, permission):
        return permission != Permission.NOTE_RESTRICTED and self.member.can(permission)

    def __getattr__(self, name):
        return getattr(self.member, name)


class WithRestricted:
    """A member who has ticked restricted things for this one story; each happening asks their permission as ever."""

    ticked_restricted = True

    def __init__(self, member):
        self.member = member

    def __getattr__(self, name):
        return getattr(self.member, name)


@dataclass(frozen=True, slots=True)
class StoryLine:
    """`what` and `sub` are in pieces: (is it a name that was found?, text)."""

    when: str
    what: list
    sub: list


@dataclass(slots=True)
class Flag:
    """A name that stands in the story. `key` holds ids only; `part` is what may stand in its place."""

    key: str
    person: Person
    said: str
    part: str
    times: int = 0


@dataclass(slots=True)
class Story:
    audience: Audience
    name: str
    facts: list
    lines: list = field(default_factory=list)
    flags: dict = field(default_factory=dict)
    left_out: int = 0  # events that this audience is not told

    def undecided(self, choices):
        return [flag for key, flag in self.flags.items() if key not in choices]


def story_of(member, pupil, day, audience, *, since=None, restricted=False, choices=None):
    """`choices`, {flag key: Choice}, is what becomes of each name; a name without one stands as it was written, marked.
    Eight queries, however much there is."""
    row = AUDIENCES[audience]
    reader = (WithRestricted if restricted and row.restricted else WithoutRestricted)(member)
    found = timeline_of(reader, pupil, day, since=since, most=MOST)
    told = last_of_the_year([line for line in found.lines if line.kind in row.kinds and line.source not in LEFT_OUT])
    record = record_of(reader, pupil, day, cards=False)
    story = Story(audience, pupil.name if row.named else "One pupil", facts_of(record, pupil, row))
    story.left_out = found.total - len(told)
    people = people_of(pupil)
    names = Names(named for named, _, _ in people.values())
    write = Writer(story, names, people, choices or {}, row, pupil)
    for line in reversed(told):
        on = when(line.on, audience, day_words(line.on, day), MONTHS[line.on.month])
        story.lines.append(StoryLine(on, write(line.what), write(line.sub) if row.details else []))
    return story


def last_of_the_year(lines):
    """`lines` are newest first."""
    seen, kept = set(), []
    for line in lines:
        year = line.source, academic_year(line.on)
        if line.source not in ONE_A_YEAR or year not in seen:
            kept.append(line)
        seen.add(year)
    return kept


def facts_of(record, pupil, row):
    since = f", {record.since}" if record.since and row.exact else ""
    facts = [("Register", f"{record.provision}{since}"), ("Needs", ", ".join(record.needs) or "None recorded")]
    return [("Form", pupil.form or pupil.year_label), *facts] if row.named else facts


def people_of(pupil):
    """{key: (Named, Person, part)} of everybody at school but the child, of their own family, and of other agencies.
    Four queries."""
    here = {"school_id": pupil.school_id}
    found = {}
    pupils = Pupil.objects.filter(**here).exclude(pk=pupil.pk).order_by()
    for pk, forename, surname in pupils.values_list("pk", "forename", "surname"):
        found[f"p{pk}"] = Named(f"p{pk}", forename, surname), Person.PUPIL, PARTS[Person.PUPIL]
    for pk, forename, surname, title in (
        StaffMember.objects.filter(**here).order_by().values_list("pk", "forename", "surname", "job_title")
    ):
        found[f"s{pk}"] = Named(f"s{pk}", forename, surname), Person.STAFF, staff_part(title)
    contacts = Contact.objects.filter(**here, pupil=pupil).order_by()
    for pk, forename, surname in contacts.values_list("pk", "forename", "surname"):
        found[f"f{pk}"] = Named(f"f{pk}", forename, surname), Person.FAMILY, PARTS[Person.FAMILY]
    for pk, name in Professional.objects.filter(**here).order_by().values_list("pk", "name"):
        forename, _, surname = name.rpartition(" ")
        found[f"o{pk}"] = Named(f"o{pk}", forename, surname), Person.STAFF, "a professional"
    return found


class Writer:
    """Writes one text of the story: finds names, notes them, and does with each what was chosen."""

    def __init__(self, story, names, people, choices, row, pupil):
        self.story, self.names, self.people, self.choices, self.row = story, names, people, choices, row
        self.own = [pupil.forename, pupil.surname, pupil.legal_forename, pupil.legal_surname]
        self.child = {fold(name) for name in (pupil.name, *self.own)}

    def __call__(self, text):
        hits = [hit for hit in self.names.find(text) if fold(text[hit.start : hit.end]) not in self.child]
        pieces, end = [], 0
        for hit in hits:
            said = text[hit.start : hit.end]
            flag = self.noted(hit, said)
            pieces.append((False, self.plain(text[end : hit.start])))
            pieces.append(self.decided(flag, said, self.choices.get(flag.key)))
            end = hit.end
        pieces.append((False, self.plain(text[end:])))
        return [piece for piece in pieces if piece[1]]

    def noted(self, hit, said):
        """A name that may be several people's counts as another pupil's first."""
        keys = sorted(hit.keys, key=lambda key: (ORDER.index(key[0]), int(key[1:])))
        _, person, part = self.people[keys[0]]
        key = f"{keys[0]}.{len(keys)}"
        flag = self.story.flags.setdefault(key, Flag(key, person, said, part))
        flag.times += 1
        return flag

    def decided(self, flag, said, choice):
        if choice is None:
            return True, said
        return False, {Choice.KEEP: said, Choice.PART: flag.part, Choice.REMOVE: REMOVED}[Choice(choice)]

    def plain(self, text):
        text = text if self.row.named else redact(text, self.own, CHILD_WORDS)
        return text if self.row.exact else vague(text)


ORDER = "pfso"
