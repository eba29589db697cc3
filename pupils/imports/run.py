"""From the bytes of a file to rows in the database: read, recognise, plan, apply."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from pupils.imports import attendance, classes, contacts, needs, pupils, transfer
from pupils.imports.ctf import looks_like_xml
from pupils.models import ImportColumn, SENRecord
from sendhub import tables
from sendhub.audit import action
from staff.imports import people
from staff.imports.columns import Columns, is_total, recognise
from staff.imports.plan import Choices

# In this order: the first kind that fits a header is its kind.
TABLES = (attendance, contacts, classes, people, pupils, needs)
MODULES = {module.KIND.name: module for module in (*TABLES, transfer)}
KINDS = tuple(module.KIND for module in TABLES)
SPELLINGS = tuple(said for kind in KINDS for spellings in kind.spellings.values() for said in spellings)
WANTED = "; ".join(
    f"{module.KIND.title} has {module.KIND.wants}" for module in (pupils, needs, people, classes, contacts, attendance)
)
UNKNOWN = f"We cannot tell what this file holds. Its columns are: {{}}. {WANTED[:1].upper()}{WANTED[1:]}."


@dataclass
class Read:
    """A file whose kind is known: its columns, its rows as (row number, cells), and sentences about the file."""

    columns: Columns
    header: list[str]
    rows: list
    notes: list[str]

    @property
    def kind(self):
        return self.columns.kind.name

    def pairs(self):
        """Each column as [header, field or ""]."""
        return [list(pair) for pair in zip(self.header, self.columns.fields, strict=True)]


def kind_of(name):
    """The Kind of this name."""
    return MODULES[name].KIND


def remembered(school):
    """What this school's files call their columns: kind -> {header: field}."""
    found = {}
    for column in ImportColumn.objects.filter(school=school):
        found.setdefault(column.kind, {})[column.header] = column.field
    return found


def read_file(data, filename, school=None):
    """Raises tables.Refused, whose sentence is for the person who brought the file."""
    if looks_like_xml(data):
        return Read(*transfer.read(data, school))
    own = remembered(school) if school else {}
    sheet = tables.read(data, filename, known_headers=SPELLINGS)
    columns = recognise(sheet.header, KINDS, own)
    if columns is None:
        named = ", ".join(name[:40] for name in sheet.header[:20] if name)
        raise tables.Refused(UNKNOWN.format(named or "none"))
    rows = [(sheet.line(index), row) for index, row in enumerate(sheet.rows) if is_worth_reading(row, sheet.header)]
    if rows and is_total(rows[-1][1]):
        rows.pop()
    return Read(columns, sheet.header, rows, list(sheet.notes))


def is_worth_reading(row, header):
    """Not an empty row, nor the header again as reports print it on each page."""
    return not tables.is_blank(row) and [tables.text(cell) for cell in row] != header


def make_plan(school, read, today=None, choices=None):
    """What the file would do. Writes nothing."""
    module = MODULES[read.kind]
    plan = module.plan(school, read.columns, read.rows, today or timezone.localdate(), choices or Choices())
    for name, sentence in read.columns.kind.aside.items():
        if name in read.columns.places:
            plan.notes.setdefault(sentence, [])
    return plan


@action("import.apply")
def apply_plan(*, plan, school, by, today=None):
    """Write everything in the plan but its doubts and failures. The plan must have been made in this transaction,
    under `alone`."""
    MODULES[plan.kind].apply(plan, school, today or timezone.localdate(), by)


def alone(school):
    """Wait until no other import into this school is under way; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sendhub import'), %s::int)", [school.pk])


def bring_in(*, school, data, filename, by, write, today=None, taken_on=None):
    """(plan, notes): read a file, and write it if `write`, as a batch that can be undone. Call it inside the school's
    context: one transaction. `taken_on` is the day up to which an attendance list counts, if not today."""
    if write:
        from pupils.actions.imports import bring_in_file  # which writes what this module reads

        return bring_in_file(school=school, data=data, file_name=filename, by=by, today=today, taken_on=taken_on)
    read = read_file(data, filename, school)
    return make_plan(school, read, today, Choices(taken_on=taken_on)), read.notes


def register_counts(school, today=None):
    """How many pupils on roll are on the register now: {"K": 168, "E": 61}."""
    open_rows = SENRecord.objects.at(today or timezone.localdate()).filter(
        school=school, pupil__left_on__isnull=True, pupil__merged_into__isnull=True
    )
    held = list(open_rows.values_list("provision", flat=True))
    return {provision: held.count(provision) for provision in ("K", "E")}
