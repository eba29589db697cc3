"""All that is kept on one child, in words, as somebody who asks for it may get it; and what in it a person has to look
at first. Needs the school's context. What was decided is not here (`ticks`), nor how it is written (`archive`).
"""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from django.apps import apps
from django.db import connection

from pupils.models import Contact, Pupil
from sendhub import files
from sendhub.audit.models import AccessLog
from sendhub.audit.presenters import COLUMNS, value_words, verb_words, why_words
from sendhub.audit.queries import actor_names
from sendhub.desk.personal import MAILS, Kind, kind_of
from sendhub.desk.rights.reach import Trail, events_of, hanging
from sendhub.kit.operations import thing_of
from sendhub.outbox.models import Message
from sendhub.outbox.registry import title as mail_title
from sendhub.rules.disclosure import may_harm, name_words, names_in
from staff.models import Membership

ANOTHER = "another pupil"
LEFT = frozenset(
    {"id", "school", "version", "sort_name", "year_sort", "client_id", "form_id", "stored"}
)  # keys, and what follows
# Tables that are no part of an answer, each with its reason.
NOT_GIVEN = {"desk.AccessTick": "why a thing is held back says what it is"}
GIVEN = {Kind.IDENTITY, Kind.NEED, Kind.CIRCUMSTANCE, Kind.STAFF, Kind.PLAIN}


class Why(StrEnum):
    """Why a person looks at it, the gravest first."""

    HARM = "May do harm"
    SAFEGUARDING = "Safeguarding"
    RESTRICTED = "Restricted"
    THIRD = "Another person"
    FILE = "A file"
    WORDS = "Free text"


@dataclass(frozen=True, slots=True)
class Key:
    """Where a thing stands and which words they were; what a tick is about."""

    table: str
    row: int
    column: str
    digest: str

    @property
    def text(self):
        return f"{self.table}:{self.row}:{self.column}:{self.digest}"


@dataclass(slots=True)
class Flag:
    """One thing to decide. `names` are the words of others' names in it."""

    key: Key
    why: Why
    title: str
    text: str
    names: list


@dataclass(slots=True)
class Cell:
    """One value under its heading. With a flag it is given only as it was decided."""

    column: str
    label: str
    text: str
    kind: Kind = Kind.PLAIN
    flag: Flag | None = None


@dataclass(slots=True)
class Row:
    """A row as it is, or (with `at`) as it was written then, by whom and called what."""

    table: str
    pk: int
    cells: list
    at: object = None
    who: str = ""
    did: str = ""
    restricted: bool = False


@dataclass(slots=True)
class Part:
    """One table: its rows as they are, and their history, oldest first."""

    table: str
    title: str
    rows: list
    history: list


@dataclass(slots=True)
class Contents:
    pupil: object
    parts: list
    looks: list  # (at, who, did, why)
    files: list = field(default_factory=list)  # (name in the archive, its flag, what gives the bytes, its row)

    @property
    def flags(self):
        """{key: Flag} of everything that a person has to look at, in the order of the parts."""
        found = {}
        for part in self.parts:
            for row in [*part.rows, *part.history]:
                found |= {cell.flag.key: cell.flag for cell in row.cells if cell.flag}
        return found | {flag.key: flag for _, flag, _, _ in self.files}


def contents_of(pupil, asker_contact_id=None, without=()):
    """Everything about this pupil, records that were made part of this one included. The number of queries depends on
    the tables and not on their rows. `without` names rows that are left out, as (table, id): the request itself."""
    reader = Reader(pupil, asker_contact_id, frozenset(without))
    tables = [model for model in hanging() if model._meta.label not in NOT_GIVEN]
    parts = [part for model in tables if (part := reader.part(model))]
    mails = reader.mails()
    return Contents(pupil, [*parts, *([mails] if mails else [])], reader.looks(), reader.files)


class Reader:
    """What is read once for all tables: whose rows, who others are, what rows are called."""

    def __init__(self, pupil, asker_contact_id, without):
        self.without = without
        self.pupil, self.school_id, self.asker = pupil, pupil.school_id, asker_contact_id
        self.trail = Trail(connection, self.school_id, pupil.pk)
        self.words = name_words(*self.names())
        self.called, self.files = {}, []

    def names(self):
        """(names of everybody else, the child's own): pupils of the school, and the child's family but for who asks."""
        others, own = [], []
        columns = ("id", "forename", "surname", "legal_forename", "legal_surname")
        for pk, *names in Pupil.objects.filter(school_id=self.school_id).values_list(*columns):
            (own if pk in self.trail.pupils else others).extend(names)
        family = Contact.objects.filter(school_id=self.school_id, pk__in=self.trail.ever[Contact])
        for contact in family:
            (own if contact.pk == self.asker else others).extend([contact.forename, contact.surname])
        return others, own

    def part(self, model):
        rows = list(model._base_manager.filter(school_id=self.school_id, pk__in=self.trail.now[model]).order_by("pk"))
        rows = [row for row in rows if (model._meta.label, row.pk) not in self.without]
        events = [event for event in self.events(model) if (model._meta.label, event.id) not in self.without]
        if not rows and not events:
            return None
        self.learn(model, [*rows, *events])
        people = actor_names((event.pgh_context or {}).get("actor", "") for event in events)
        last, history = {}, []
        for event in events:
            history.append(self.event_row(model, event, last.get(event.id), people))
            last[event.id] = event
        return Part(
            model._meta.label,
            title_of(model),
            [self.row(model, row) for row in rows],
            [row for row in history if row.cells or row.did],
        )

    def row(self, model, row):
        made = Row(
            model._meta.label,
            row.pk,
            self.cells(model, row, row.pk),
            restricted=getattr(row, "restricted", False),
        )
        if getattr(row, "stored", ""):
            self.files.append(self.file(row, made))
        return made

    def file(self, row, made):
        """A file on the disk: its name in the archive, what to look at, and what gives its bytes."""
        name = f"{row.pk}-{row.name}"
        why = Why.RESTRICTED if made.restricted else Why.FILE
        flag = Flag(Key(made.table, row.pk, "stored", digest(row.digest)), why, "A file", name, [])
        return name, flag, files.path_of(row.stored, school_id=self.school_id).read_bytes, made

    def events(self, model):
        table = events_of(model)
        if table is None:
            return []
        return list(table.objects.filter(pk__in=self.trail.event_ids(model)).order_by("pk"))

    def event_row(self, model, event, before, people):
        context = event.pgh_context or {}
        changed = None
        if before is not None and event.pgh_label != "delete":
            names = [field.attname for field in model._meta.local_concrete_fields]
            changed = {name for name in names if getattr(before, name) != getattr(event, name)}
        return Row(
            model._meta.label,
            event.id,
            [] if event.pgh_label == "delete" else self.cells(model, event, event.id, changed),
            event.pgh_created_at,
            people.get(context.get("actor", ""), "Someone"),
            verb_words(context.get("verb", "")),
        )

    def cells(self, model, row, pk, changed=None):
        """A cell a column that leaves; with `changed` only of those. What is said of another person has one flag for
        the row as a whole."""
        found, family = [], []
        for column in model._meta.local_concrete_fields:
            kind = kind_of(model._meta.label, column.name)
            value = getattr(row, column.attname)
            left = column.name in LEFT or kind is Kind.SIGN_IN or value in (None, "", [], {})
            if left or (changed is not None and column.attname not in changed):
                continue
            if column.is_relation and value in self.trail.pupils:
                continue  # the child
            what = COLUMNS.get(column.name, str(column.verbose_name))
            cell = Cell(column.name, what[:1].upper() + what[1:], self.said(column, value), kind)
            if kind is Kind.FAMILY and not self.is_asker(model, row, pk):
                family.append(cell)
            elif kind not in {*GIVEN, Kind.FAMILY} and value is not False:
                cell.flag = self.flag(model, row, pk, cell, kind)
            found.append(cell)
        if family:
            text = ". ".join(f"{cell.label}: {cell.text}" for cell in family)
            key = Key(model._meta.label, pk, "", digest(text))
            flag = Flag(key, Why.THIRD, one_of(model), text, [])
            for cell in family:
                cell.flag = flag
        return found

    def is_asker(self, model, row, pk):
        own = pk if model is Contact else getattr(row, "contact_id", None)
        return self.asker is not None and own == self.asker

    def flag(self, model, row, pk, cell, kind):
        names = names_in(cell.text, self.words)
        if kind is Kind.SAFEGUARDING:
            why = Why.SAFEGUARDING
        elif getattr(row, "restricted", False):
            why = Why.RESTRICTED
        elif may_harm(cell.text):
            why = Why.HARM
        else:
            why = Why.THIRD if names else Why.WORDS
        key = Key(model._meta.label, pk, cell.column, digest(cell.text))
        return Flag(key, why, f"{one_of(model)}: {cell.label.lower()}", cell.text, names)

    def said(self, column, value):
        if column.is_relation and column.related_model is Pupil:
            return ANOTHER
        if isinstance(value, dict | list):
            return json.dumps(value, ensure_ascii=False)
        return value_words(column, value, self.called).strip("“”")

    def learn(self, model, rows):
        """The names of what the rows point to, {(table, id): name}; one query for each table that is new."""
        for column in model._meta.local_concrete_fields:
            if not column.is_relation or column.name == "school" or column.related_model is Pupil:
                continue
            target = column.related_model
            known = {pk for label, pk in self.called if label == target._meta.label}
            wanted = {getattr(row, column.attname) for row in rows} - {None} - known
            if wanted:
                found = target._base_manager.filter(school_id=self.school_id, pk__in=wanted)
                if target is Membership:
                    found = found.select_related("user")
                self.called |= {(target._meta.label, row.pk): name_of(row) for row in found}

    def mails(self):
        """What the outbox knows of mails about the child: no text is kept there."""
        rows = []
        for name, where in MAILS.items():
            if where:
                ids = self.trail.ever[apps.get_model(where[1])]
                for message in Message.objects.filter(school_id=self.school_id, template=name).order_by("pk"):
                    if about(message.ids.get(where[0]), ids):
                        rows.append(message)
        if not rows:
            return None
        self.learn(Message, rows)
        part = Part("outbox.Message", "E-mails", [], [])
        for message in rows:
            what = Cell("template", "What", mail_title(message.template))
            part.rows.append(Row("outbox.Message", message.pk, [what, *self.mail_cells(message)]))
        return part

    def mail_cells(self, message):
        kept = {"to", "state", "created_at", "sent_at"}
        return [cell for cell in self.cells(Message, message, message.pk) if cell.column in kept]

    def looks(self):
        rows = AccessLog.objects.filter(school_id=self.school_id, pupil_id__in=self.trail.pupils).order_by("at", "id")
        rows = list(rows)
        people = actor_names(row.actor for row in rows)
        return [(row.at, people.get(row.actor, "Someone"), verb_words(row.verb), why_words(row.why)) for row in rows]


def about(value, ids):
    """Do the ids of a mail, one or a list, name a row of the child?"""
    return bool(ids & set(value)) if isinstance(value, list) else value in ids


def digest(text):
    return hashlib.sha256(text.encode()).hexdigest()


def title_of(model):
    """ "Times on the register", "Contacts"."""
    words = thing_of(model).many
    return words[:1].upper() + words[1:]


def one_of(model):
    """ "Time on the register", "Contact"."""
    words = thing_of(model).one
    return words[:1].upper() + words[1:]


def name_of(row):
    name = getattr(row, "name", "")
    return name if name and isinstance(name, str) else f"number {row.pk}"
