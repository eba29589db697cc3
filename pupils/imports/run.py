"""From the bytes of a file to rows in the database: read, recognise, plan, apply."""

from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from pupils.imports import classes, contacts, pupils
from pupils.imports.kinds import ATTENDANCE
from pupils.models import SENRecord
from sendhub import tables
from sendhub.audit import action
from staff.imports import people
from staff.imports.columns import Columns, is_total, recognise

MODULES = {module.KIND.name: module for module in (contacts, classes, people, pupils)}
KINDS = (ATTENDANCE, *(module.KIND for module in MODULES.values()))
SPELLINGS = tuple(said for kind in KINDS for spellings in kind.spellings.values() for said in spellings)
TRANSFER = (
    "This is a transfer file (CTF) or other XML. Such files are not read yet: bring in a CSV file or an Excel workbook."
)
UNKNOWN = (
    "We cannot tell what this file holds. Its columns are: {}. A list of pupils needs a surname, a forename and a date "
    "of birth; a list of staff a staff code and a name; classes a class, a subject or teacher and a UPN; contacts a "
    "UPN, a relationship and a name."
)


@dataclass
class Read:
    """A file whose kind is known: its columns, its rows as (row number, cells), and sentences about the file."""

    columns: Columns
    rows: list
    notes: list[str]

    @property
    def kind(self):
        return self.columns.kind.name


def read_file(data, filename):
    """Raises tables.Refused, whose sentence is for the person who brought the file."""
    if isinstance(data, bytes) and data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(
        (b"<?xml", b"<ctfile")
    ):
        raise tables.Refused(TRANSFER)
    sheet = tables.read(data, filename, known_headers=SPELLINGS)
    columns = recognise(sheet.header, KINDS)
    if columns is None:
        named = ", ".join(name[:40] for name in sheet.header[:20] if name)
        raise tables.Refused(UNKNOWN.format(named or "none"))
    if columns.kind.refusal:
        raise tables.Refused(columns.kind.refusal)
    rows = [(sheet.line(index), row) for index, row in enumerate(sheet.rows) if not tables.is_blank(row)]
    if rows and is_total(rows[-1][1]):
        rows.pop()
    return Read(columns, rows, list(sheet.notes))


def make_plan(school, read, today=None):
    """What the file would do. Writes nothing."""
    return MODULES[read.kind].plan(school, read.columns, read.rows, today or timezone.localdate())


@action("import.apply")
def apply_plan(*, plan, school, by, today=None):
    """Write everything in the plan but its doubts and failures. The plan must have been made in this transaction,
    under `alone`."""
    MODULES[plan.kind].apply(plan, school, today or timezone.localdate(), by)


def alone(school):
    """Wait until no other import into this school is under way; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sendhub import'), %s::int)", [school.pk])


def bring_in(*, school, data, filename, by, write, today=None):
    """(plan, notes): read a file, and write it if `write`. Call it inside the school's context: one transaction."""
    read = read_file(data, filename)
    if write:
        alone(school)
    plan = make_plan(school, read, today)
    if write:
        apply_plan(plan=plan, school=school, by=by, today=today)
    return plan, read.notes


def register_counts(school, today=None):
    """How many pupils on roll are on the register now: {"K": 168, "E": 61}."""
    open_rows = SENRecord.objects.at(today or timezone.localdate()).filter(school=school, pupil__left_on__isnull=True)
    held = list(open_rows.values_list("provision", flat=True))
    return {provision: held.count(provision) for provision in ("K", "E")}
