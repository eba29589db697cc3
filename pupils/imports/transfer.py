"""A transfer file from the school before: joiners with their dated SEN history, and what of it is missing here.

Of a pupil who is here already nothing that stands is touched: empty columns are filled, the SEN history before what is
here is added, and contacts who are not here yet. A provision for a pupil without any is proposed, as from a list.
"""

from dataclasses import dataclass, field

from pupils.actions.contact import save_contacts
from pupils.actions.pupil import save_pupils
from pupils.imports import contacts, ctf, pupils
from pupils.imports.kinds import TRANSFER
from pupils.imports.rows import PupilRow, check_age, read_facts, read_names, read_numbers
from pupils.imports.sen import HISTORY, NEEDS, NONE, NOT_COLUMNS, propose, write_sen
from pupils.imports.spans import before, spans_of
from pupils.models import Contact
from sendhub.rules import upn as upn_rules
from sendhub.rules.codes import parse_needs
from staff.imports.columns import Columns
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, day, text, whole

KIND = TRANSFER
CONTACTS = "contacts"
YEARS_OF_FSM = 6
# Where each field stands in the file. The first name is the one that CTF has had since 2025.
ELEMENTS = {
    "upn": ("UPN",),
    "legal_surname": ("Surname",),
    "legal_forename": ("Forename",),
    "preferred_surname": ("PreferredSurname",),
    "preferred_forename": ("PreferredForename",),
    "born_on": ("DOB",),
    "sex": ("Sex", "Gender"),
    "year": ("NCyearActual",),
}
FIRST_LANGUAGE = ("F", "M", "H")  # first language, mother tongue, spoken at home: the best that there is
ENGLISH, NOT_SAID = {"ENG", "ENB"}, {"", "NOT", "REF", "ZZZ"}
RELATIONS = {
    "PAM": "Mother",
    "PAF": "Father",
    "STM": "Stepmother",
    "STF": "Stepfather",
    "FOM": "Foster mother",
    "FOF": "Foster father",
    "GPM": "Grandmother",
    "GPF": "Grandfather",
    "CAR": "Carer",
    "REL": "Other relative",
    "OTH": "Other",
}


@dataclass
class TransferColumns(Columns):
    """The facts of TRANSFER as columns, and the whole of each pupil by row number."""

    pupils: dict = field(default_factory=dict)


def read(data, school):
    """(columns, header, rows, notes) of a transfer file; a pupil's row number is its place in it. Raises Refused."""
    found = ctf.read_ctf(data)
    header = [KIND.spellings[name][0] for name in ELEMENTS]
    columns = TransferColumns(KIND, {name: [at] for at, name in enumerate(ELEMENTS)}, found.unread, list(ELEMENTS))
    columns.pupils = dict(enumerate(found.pupils, start=1))
    rows = [
        (number, [first_of(pupil.basic, names) for names in ELEMENTS.values()])
        for number, pupil in columns.pupils.items()
    ]
    notes = []
    if found.version.partition(".")[0] not in ctf.KNOWN_VERSIONS:
        notes.append(ctf.OTHER_VERSION.format(found.version or "unknown"))
    if school and found.made_for and found.made_for != f"{school.la_code}/{school.estab}":
        notes.append(ctf.OTHER_SCHOOL.format(found.made_for))
    return columns, header, rows, notes


def first_of(record, names):
    return next((record[name] for name in names if record.get(name)), "")


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    read_rows = []
    for number, cells in rows:
        try:
            read_rows.append(row_of(number, columns.record(cells), columns.pupils[number], today))
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
    held = {}
    for contact in Contact.objects.filter(school=school).only("pupil_id", "forename", "surname"):
        held.setdefault(contact.pupil_id, set()).add(contacts.who(contact.forename, contact.surname))
    result.held_contacts = held
    pupils.decide(result, school, read_rows, choices, compare)
    result.missing = []  # joiners say nothing of who else is here
    return result


def row_of(number, record, pupil, today):
    """Raises BadCell when nothing can be done with the pupil: no name, a birthday that can not be read."""
    row = PupilRow([number])
    read_names(row, record)
    read_numbers(row, record)
    former = upn_rules.validate(text(pupil.basic.get("FormerUPN")))
    row.former_upn = former.upn if former.ok else ""
    row.born_on = day(record.get("born_on"), "date of birth")
    check_age(row, today)
    record = record | {"in_care": pupil.basic.get("InCare", ""), "eal": eal_of(pupil.languages)}
    facts = read_facts(row, record) | fsm_of(pupil.fsm, today)
    row.facts = {name: fact for name, fact in facts.items() if fact not in (None, "")}
    row.history, notes = spans_of(pupil.sen, row.born_on)
    row.notes += dict.fromkeys(notes)
    ends = [span for span in row.history if span.ends_on is None or span.ends_on >= today]
    row.provision = ends[-1].provision if ends else NONE if pupil.sen and not notes else ""
    read_needs(row, pupil.needs)
    row.contacts = list(contacts_of(row, pupil.contacts))
    return row


def read_needs(row, needs):
    ranked = []
    for need in needs:
        rank = whole(need.get("SENtypeRank", ""), 99)
        found = parse_needs(need.get("SENtype", ""))
        ranked += [(99 if rank is None else rank, one.code) for one in found.needs]
        if found.unknown:
            row.notes.append("A type of need is not one that we know and was left out.")
    row.needs = list(dict.fromkeys(code for _, code in sorted(ranked, key=lambda pair: pair[0])))


def eal_of(languages):
    """ "Y", "N", or "" when no first or home language is given."""
    for kind in FIRST_LANGUAGE:
        for language in languages:
            code = language.get("Language", "").upper()
            if language.get("LanguageType", "").upper() == kind and code not in NOT_SAID:
                return "N" if code in ENGLISH else "Y"
    return ""


def fsm_of(instances, today):
    """Free meals now and in the last six years; {} when the file does not say."""
    if instances is None:
        return {}
    ends = []
    for instance in instances:
        try:
            ends.append(day(instance.get("FSMendDate", ""), "date"))
        except BadCell:
            continue
    now = any(end is None or end >= today for end in ends)
    lately = any(end is not None and end.year >= today.year - YEARS_OF_FSM for end in ends)
    return {"fsm": now, "fsm_ever6": now or lately}


def contacts_of(row, found):
    """Each contact as columns of Contact; one without a surname is noted and left out."""
    for contact in found:
        record = {
            "forename": contact.get("Forename"),
            "surname": contact.get("Surname"),
            "title": contact.get("Title"),
            "relationship": RELATIONS.get(contact.get("Relationship", "").upper(), contact.get("Relationship")),
            "parental_responsibility": contact.get("Responsibility"),
            "priority": contact.get("Order"),
            "email": contact.get("Email"),
            "phone": contact.get("PhoneNo"),
        }
        try:
            values, notes = contacts.read(record)
        except BadCell:
            row.notes.append("A contact can not be read and was left out")
            continue
        row.notes += notes
        yield values | {"priority": values["priority"] or 1}


def compare(result, row, pupil, known, choices):
    """What the file adds to a pupil who is here, or makes of one who is new (`pupil` is None)."""
    if pupil is None:
        outcome = pupils.add_new(result, row)
        if outcome.state == State.NEW and row.contacts:
            outcome.changes[CONTACTS] = ([], row.contacts)
        return
    changes = {}
    settled = choices.of(row.number).what == "same"
    pupils.take_upn(row, pupil, known, changes, settled)
    names = {name: getattr(row, name) or getattr(row, f"legal_{name}") for name in ("surname", "forename")}
    names |= {"legal_surname": row.legal_surname, "legal_forename": row.legal_forename, "born_on": row.born_on}
    improve(pupil, names if settled else {}, changes)
    improve(pupil, row.facts, changes, keep=tuple(row.facts))
    add_history(result, row, pupil, changes)
    there = result.held_contacts.get(pupil.pk, set())
    missing = [values for values in row.contacts if contacts.who(values["forename"], values["surname"]) not in there]
    if missing:
        changes[CONTACTS] = ([], missing)
    result.add(row.number, State.CHANGED if changes else State.UNCHANGED, pupil, changes)


def add_history(result, row, pupil, changes):
    """What lies before the first row that stands here. Where none stands, all that has ended; what has not is written
    while there is no register here, and proposed afterwards."""
    held = result.held
    standing = held.records.get(pupil.pk, [])
    if standing:
        spans = before(row.history, min(record.starts_on for record in standing))
    elif held.first:
        spans = row.history
    else:
        spans = [span for span in row.history if span.ends_on is not None]
        if row.provision not in ("", NONE):
            propose(result, row, pupil, NONE, changes)
    if spans:
        changes[HISTORY] = ([], spans)
    agrees = row.provision == held.provision(pupil) or (HISTORY in changes and spans[-1].ends_on is None)
    if row.needs and agrees and not held.codes(pupil):
        changes[NEEDS] = ([], row.needs)


def apply(result, school, today, by):
    moved = [outcome for outcome in result.of(State.CHANGED) if set(outcome.changes) - NOT_COLUMNS]
    fields = {name for outcome in moved for name in outcome.changes} - NOT_COLUMNS
    changed = [outcome.thing for outcome in moved]
    save_pupils(school=school, new=result.new(), changed=changed, fields=fields, on=today, by=by)
    outcomes = result.of(State.NEW) + result.of(State.CHANGED)
    write_sen(result, school, outcomes, today, by)
    new = [
        Contact(school=school, pupil=outcome.thing, **values)
        for outcome in outcomes
        for values in outcome.changes.get(CONTACTS, ([], []))[1]
    ]
    save_contacts(new=new, changed=[], fields=set(), by=by)
