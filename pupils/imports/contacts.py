"""A list of contacts: a pupil's family, found by the pupil's UPN or school number and the contact's name."""

from pupils.actions.contact import save_contacts
from pupils.imports.kinds import CONTACTS
from pupils.imports.people import Pupils
from pupils.models import Contact
from sendhub.rules.codes import parse_yes_no
from sendhub.rules.names import fuller
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, email, name_key, short, split_name, text, whole

KIND = CONTACTS
TWICE = "Two rows are about one contact and differ."
TWO_HERE = "Two contacts of this pupil have this name."
SAME_ADDRESS = "Another contact of this pupil has this e-mail address. Is this a changed name?"
ODD_ADDRESS = "An e-mail address has letters that many mail servers refuse; it was kept as written"


EMPTIED = frozenset({"title", "relationship", "court_order", "email", "phone", "language"})  # by a blank, if asked


def read(record):
    """A row as columns of Contact, and notes. Raises BadCell."""
    forename, surname = short(record.get("forename"), "forename", 80), short(record.get("surname"), "surname", 80)
    if not (forename and surname) and text(record.get("name")):
        surname, forename = split_name(short(record["name"], "name", 80))
    if not surname:
        raise BadCell("The contact's surname is missing.")
    address, note = email(record.get("email"))
    notes = [note] if note else []
    if not address.isascii():
        notes.append(ODD_ADDRESS)
    return {
        "priority": whole(text(record.get("priority")), 99),
        "title": short(record.get("title"), "title", 20),
        "forename": forename,
        "surname": surname,
        "relationship": short(record.get("relationship"), "relationship", 40),
        "parental_responsibility": parse_yes_no(text(record.get("parental_responsibility"))),
        "court_order": short(record.get("court_order"), "court order", 200),
        "email": address,
        "phone": short(record.get("phone"), "phone number", 30),
        "language": short(record.get("language"), "language", 40),
    }, notes


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    pupils = Pupils(school, columns)
    held, addresses, everybody = {}, {}, []
    for contact in Contact.objects.filter(school=school).order_by("id"):
        everybody.append(contact)
        held.setdefault((contact.pupil_id, *who(contact.forename, contact.surname)), []).append(contact)
        addresses.setdefault((contact.pupil_id, contact.email.casefold()), contact)
    seen = {}
    for number, cells in choices.in_order(result, rows):
        record, decision = columns.record(cells), choices.of(number)
        try:
            pupil, doubt = pupils.find(record, decision)
            values, notes = read(record)
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        if doubt:
            result.add(number, State.IN_DOUBT, words=doubt, pupil=pupil)
            continue
        key = (pupil.pk, *who(values["forename"], values["surname"]))
        if key in seen and decision.what != "new":
            outcome, before = seen[key]
            if before == values:
                result.note("A row is there twice and was read once", number)
            else:
                result.doubt(outcome, TWICE, unless=choices)
                result.add(number, State.IN_DOUBT, outcome.thing, words=TWICE, pupil=pupil)
            continue
        for note in notes:
            result.note(note, number)
        there = held.get(key, [])
        namesake = addresses.get((pupil.pk, values["email"].casefold())) if values["email"] and not there else None
        if decision.what == "same":
            there, namesake = there[:1] or [namesake] * bool(namesake), None
        if decision.what == "new":
            there, namesake = [], None
        seen[key] = (outcome_of(result, columns, choices, number, pupil, dict(values), there, namesake), values)
    matched = {outcome.thing.pk for outcome in result.outcomes if outcome.thing is not None}
    result.missing = [contact for contact in everybody if contact.pk not in matched]
    return result


def who(forename, surname):
    return name_key(forename), name_key(surname)


def outcome_of(result, columns, choices, number, pupil, values, there, namesake):
    if len(there) > 1:
        return result.add(number, State.IN_DOUBT, there[0], words=TWO_HERE, pupil=pupil)
    if namesake:
        return result.add(number, State.IN_DOUBT, namesake, words=SAME_ADDRESS, pupil=pupil)
    if not there:
        values["priority"] = values["priority"] or 1
        return result.add(number, State.NEW, Contact(school_id=pupil.school_id, pupil=pupil, **values), pupil=pupil)
    changes = {}
    contact = there[0]
    if not choices.take_names:
        values |= {name: fuller(getattr(contact, name), values[name]) for name in ("forename", "surname")}
    improve(contact, values, changes, blanks=columns.read & EMPTIED if choices.take_blanks else ())
    return result.add(number, State.CHANGED if changes else State.UNCHANGED, contact, changes, pupil=pupil)


def apply(result, school, today, by):
    changed, fields = result.changed()
    save_contacts(new=result.new(), changed=changed, fields=fields, by=by)
