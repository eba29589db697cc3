"""A list of contacts: a pupil's family, found by the pupil's UPN or school number and the contact's name."""

from pupils.actions.contact import save_contacts
from pupils.imports.kinds import CONTACTS
from pupils.models import Contact, Pupil
from sendhub.rules.codes import parse_yes_no
from sendhub.rules.names import fuller
from sendhub.rules.upn import validate
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, email, name_key, number_key, short, split_name, text

KIND = CONTACTS
NO_PUPIL = "No pupil here has this UPN or school number."
OTHER_PUPIL = "The pupil with this number has another surname."
TWO_PUPILS = "The UPN is one pupil's and the school number another's."
TWICE = "Two rows are about one contact and differ."
SAME_ADDRESS = "Another contact of this pupil has this e-mail address. Is this a changed name?"
ODD_ADDRESS = "An e-mail address has letters that many mail servers refuse; it was kept as written"


class Pupils:
    """The school's pupils by UPN and by school number."""

    def __init__(self, school):
        self.all = list(Pupil.objects.filter(school=school).only("id", "upn", "mis_id", "surname", "legal_surname"))
        self.by_upn = {pupil.upn: pupil for pupil in self.all if pupil.upn}
        self.by_number = {number_key(pupil.mis_id): pupil for pupil in self.all if pupil.mis_id}

    def find(self, record):
        """(pupil or None, doubt). Raises BadCell when nobody has the number. With both numbers given the UPN decides,
        unless the other one is somebody else's whose name is the one in the row."""
        upn, number = text(record.get("upn")), number_key(text(record.get("mis_id")))
        pupil = self.by_upn.get(validate(upn).upn) if upn else None
        other = self.by_number.get(number) if number else None
        found = pupil or other
        if found is None:
            raise BadCell(NO_PUPIL)
        named = text(record.get("pupil_name"))
        if not named:
            return (None, TWO_PUPILS) if pupil and other and pupil is not other else (found, "")
        surname = name_key(named.split(",")[0])
        if surname not in {name_key(found.surname), name_key(found.legal_surname)}:
            return None, OTHER_PUPIL
        return found, ""


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
    priority = text(record.get("priority"))
    return {
        "priority": int(priority) if priority.isascii() and priority.isdigit() and int(priority) < 100 else None,
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


def plan(school, columns, rows, today):
    """`rows` are (row number, cells). Reads only."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    pupils = Pupils(school)
    held, addresses, everybody = {}, {}, []
    for contact in Contact.objects.filter(school=school).order_by("id"):
        everybody.append(contact)
        held.setdefault((contact.pupil_id, *who(contact.forename, contact.surname)), []).append(contact)
        addresses.setdefault((contact.pupil_id, contact.email.casefold()), contact)
    seen = {}
    for number, cells in rows:
        record = columns.record(cells)
        try:
            pupil, doubt = pupils.find(record)
            values, notes = read(record)
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        if doubt:
            result.add(number, State.IN_DOUBT, words=doubt)
            continue
        key = (pupil.pk, *who(values["forename"], values["surname"]))
        if key in seen:
            outcome, before = seen[key]
            if before == values:
                result.note("A row is there twice and was read once", number)
            else:
                result.doubt(outcome, TWICE)
                result.add(number, State.IN_DOUBT, outcome.thing, words=TWICE)
            continue
        for note in notes:
            result.note(note, number)
        there = held.get(key, [])
        namesake = addresses.get((pupil.pk, values["email"].casefold())) if values["email"] and not there else None
        seen[key] = (outcome_of(result, school, number, pupil, dict(values), there, namesake), values)
    matched = {outcome.thing.pk for outcome in result.outcomes if outcome.thing is not None}
    result.absent = sum(1 for contact in everybody if contact.pk not in matched)
    return result


def who(forename, surname):
    return name_key(forename), name_key(surname)


def outcome_of(result, school, number, pupil, values, there, namesake):
    if len(there) > 1:
        return result.add(number, State.IN_DOUBT, there[0], words="Two contacts of this pupil have this name.")
    if namesake:
        return result.add(number, State.IN_DOUBT, namesake, words=SAME_ADDRESS)
    if not there:
        values["priority"] = values["priority"] or 1
        return result.add(number, State.NEW, Contact(school=school, pupil=pupil, **values))
    changes = {}
    contact = there[0]
    values |= {name: fuller(getattr(contact, name), values[name]) for name in ("forename", "surname")}
    improve(contact, values, changes)
    return result.add(number, State.CHANGED if changes else State.UNCHANGED, contact, changes)


def apply(result, school, today, by):
    changed, fields = result.changed()
    save_contacts(new=result.new(), changed=changed, fields=fields, by=by)
