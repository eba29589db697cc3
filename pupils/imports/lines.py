"""What a file would do, in words: a plan's outcomes as rows of ImportLine, old and new beside each other."""

import datetime as dt

from pupils.imports.sen import HISTORY, NEEDS, PROPOSAL, PROVISION, WITHDRAWN
from pupils.models import Contact, ImportLine, Provision, Pupil
from sendhub.rules.codes import NEED_BY_CODE
from sendhub.rules.pupil_age import parse_year_group
from sendhub.tables import text as cell_text
from staff.imports.plan import State
from staff.imports.values import text
from staff.models import StaffMember

ABSENT = "absent"
KEPT = (State.IN_DOUBT, State.FAILED)  # of these a line keeps its cells
LABELS = {
    PROVISION: "SEN provision",
    PROPOSAL: "SEN provision, as a proposal",
    WITHDRAWN: "SEN provision, proposal withdrawn",
    NEEDS: "Types of need",
    HISTORY: "SEN history",
    "contacts": "Contacts",
    "upn": "UPN",
    "former_upn": "Earlier UPN",
    "legal_forename": "Legal forename",
    "legal_surname": "Legal surname",
    "forename": "Forename",
    "born_on": "Date of birth",
    "year_code": "Year",
    "joined_on": "First day here",
    "left_on": "Last day here",
    "group": "Class",
}
CIRCUMSTANCES = frozenset(str(Pupil._meta.get_field(name).verbose_name).capitalize() for name in Pupil.CIRCUMSTANCES)


def lines_of(plan, batch, read, *, states=None, leavers=False):
    """Unsaved ImportLines of the plan; only those in `states` if given; with `leavers` the absent pupils too."""
    cells = dict(read.rows)
    lines = [
        line_of(outcome, batch, read, cells)
        for outcome in sorted(plan.outcomes, key=lambda outcome: outcome.row)
        if states is None or outcome.state in states
    ]
    if leavers:
        lines += [
            ImportLine(
                school_id=batch.school_id,
                batch=batch,
                row=0,
                state=ABSENT,
                pupil=pupil,
                name=pupil.list_name[:200],
                place=pupil.form,
            )
            for pupil in sorted(plan.missing, key=lambda pupil: pupil.sort_name)
        ]
    return lines


def line_of(outcome, batch, read, cells):
    line = ImportLine(school_id=batch.school_id, batch=batch, row=outcome.row, state=outcome.state)
    line.words = outcome.words
    thing = outcome.thing
    pupil = thing if isinstance(thing, Pupil) else outcome.pupil
    if pupil is not None and pupil.pk:
        line.pupil = pupil
    if isinstance(thing, StaffMember):
        line.staff = thing if thing.pk else None
    if outcome.state in KEPT:
        line.name = name_in(read.columns.record(cells[outcome.row]))[:200]
        line.cells = [[plain(cell) for cell in cells[row]] for row in outcome.rows or [outcome.row]]
    else:
        line.name, line.place = names_of(thing, pupil)
        line.changes = changes_of(outcome)
    return line


def plain(cell):
    """A cell as JSON holds it: numbers as numbers, days and times as text."""
    return cell if isinstance(cell, int | float) and not isinstance(cell, bool) else cell_text(cell)


def name_in(record):
    """Whom the row itself names, "" if nobody."""
    parts = [text(record.get("surname") or record.get("legal_surname")), text(first_forename(record))]
    whole = ", ".join(part for part in parts if part)
    return whole or text(record.get("name")) or text(record.get("pupil_name"))


def first_forename(record):
    return record.get("forename") or record.get("preferred_forename") or record.get("legal_forename")


def names_of(thing, pupil):
    """(name, what tells two of that name apart)."""
    if isinstance(thing, Pupil):  # somebody new has no spoken name yet, if that is the legal one
        surname, forename = thing.surname or thing.legal_surname, thing.forename or thing.legal_forename
        return f"{surname}, {forename}"[:200], thing.form
    if isinstance(thing, StaffMember):
        return f"{thing.surname}, {thing.forename}"[:200], thing.job_title[:80]
    name = f"{pupil.surname}, {pupil.forename}"[:200]
    if isinstance(thing, Contact):
        return thing.name[:200], f"{thing.relationship or 'Contact'} of {pupil.forename} {pupil.surname}"[:80]
    return name, pupil.form


def changes_of(outcome):
    """[[what, old, new]] in words."""
    thing = outcome.thing
    return [
        [label(thing, name), in_words(name, change[0]), in_words(name, change[1])]
        for name, change in outcome.changes.items()
    ]


def label(thing, name):
    if name in LABELS:
        return LABELS[name]
    said = str(thing._meta.get_field(name).verbose_name)
    return said[:1].upper() + said[1:]


def in_words(name, value):
    if name in (PROVISION, PROPOSAL, WITHDRAWN):
        return str(Provision(value).label)
    if name == NEEDS:
        return "; ".join(NEED_BY_CODE[code].label for code in value)
    if name == HISTORY:
        return "; ".join(span.words() for span in value)
    if name == "contacts":
        return "; ".join(f"{contact['forename']} {contact['surname']}".strip() for contact in value)
    if value is None or value == "":
        return ""
    if name == "year_code":
        return parse_year_group(value).label
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dt.date):
        return f"{value.day} {value:%B %Y}"
    return str(value)
