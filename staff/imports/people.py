"""The list of staff: code, name, job, address, dates. Nobody is invited by it."""

from sendhub.rules.names import fuller, same
from staff.actions.school import save_staff
from staff.imports.columns import Kind
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, day, email, name_key, number_key, short, split_name
from staff.models import StaffMember

KIND = Kind(
    name="staff",
    title="a list of staff",
    spellings={
        "code": ("StaffCode", "Staff Code", "Code", "Teacher Code", "Staff ID", "Initials", "Employee ID"),
        "title": ("Title", "Salutation"),
        "forename": ("Forename", "First name", "Preferred Forename", "Given name", "Preferred first name"),
        "surname": ("Surname", "Last name", "Family name", "Preferred last name"),
        "name": ("Name", "Staff Name", "Surname Forename", "Full name"),
        "job_title": ("Job Title", "Role", "Post", "Position", "Job"),
        "email": ("Work Email", "Email", "E-mail", "Email Address", "Work Email Address"),
        "started_on": ("Start Date", "Employment Start Date", "Date of Appointment"),
        "ended_on": ("End Date", "Employment End Date", "Leaving Date", "Date of Leaving"),
        "pupil": ("UPN", "DOB", "Date of Birth", "Year Group", "Reg Group", "Adno", "Relationship", "Class"),
    },
    needs=(("code", "job_title"), ("surname", "name"), ("forename", "name")),
    never=("pupil",),
    wants="a staff code or a job title, and a name",
)


def read(record):
    """A row as columns of StaffMember, and notes. Raises BadCell."""
    forename, surname = short(record.get("forename"), "forename", 60), short(record.get("surname"), "surname", 60)
    if not (forename and surname) and record.get("name"):
        surname, forename = split_name(record["name"])
    if not (forename and surname):
        raise BadCell("The forename or the surname is missing.")
    address, note = email(record.get("email"))
    values = {
        "code": short(record.get("code"), "staff code", 20),
        "title": short(record.get("title"), "title", 20),
        "forename": forename,
        "surname": surname,
        "job_title": short(record.get("job_title"), "job title", 80),
        "email": address,
        "started_on": day(record.get("started_on"), "start date"),
        "ended_on": day(record.get("ended_on"), "end date"),
    }
    if values["started_on"] and values["ended_on"] and values["ended_on"] < values["started_on"]:
        raise BadCell("The end date is before the start date.")
    return values, note


EMPTIED = frozenset({"title", "job_title", "email", "started_on", "ended_on"})  # by a blank, if somebody asks for it
CODE_TAKEN = "This staff code is another person's here."
TWICE = "Two rows are about this person and differ."


class Known:
    """Who works here, found by code, then address, then name."""

    def __init__(self, school):
        self.all = list(StaffMember.objects.filter(school=school))
        self.by_id = {person.pk: person for person in self.all}
        self.by_code = {number_key(person.code): person for person in self.all if person.code}
        self.by_email, self.by_name = {}, {}
        for person in self.all:
            if person.email:
                self.by_email.setdefault(person.email.casefold(), []).append(person)
            self.by_name.setdefault(self.name_of(person.forename, person.surname), []).append(person)

    @staticmethod
    def name_of(forename, surname):
        return name_key(surname), name_key(forename)

    def find(self, values, decision):
        """(person or None, why it is in doubt or ""): a person beside a doubt is the one whom it may be."""
        if decision.what == "same" and decision.whom in self.by_id:
            if self.by_code.get(number_key(values["code"])) not in (None, self.by_id[decision.whom]):
                values["code"] = ""  # it is somebody else's
            return self.by_id[decision.whom], ""
        if decision.what == "new":
            return None, CODE_TAKEN if self.by_code.get(number_key(values["code"])) and values["code"] else ""
        person = self.by_code.get(number_key(values["code"])) if values["code"] else None
        if person:
            alike = same(person.surname, values["surname"]) or same(person.forename, values["forename"])
            return person, "" if alike else CODE_TAKEN
        alike = self.by_email.get(values["email"].casefold(), []) if values["email"] else []
        alike = alike or self.by_name.get(self.name_of(values["forename"], values["surname"]), [])
        if len(alike) > 1:
            return None, "More than one person here has this name or address."
        if alike and alike[0].code and values["code"]:
            return alike[0], "Somebody here with this name or address has another staff code."
        return (alike[0] if alike else None), ""


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    known, seen = Known(school), {}
    for number, row in choices.in_order(result, rows):
        try:
            values, note = read(columns.record(row))
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        person, doubt = known.find(values, choices.of(number))
        before = seen.get(key := key_of(None if doubt else person, values))
        if before and before[1] == values:
            result.note("A row is there twice and was read once", number)
            continue
        if before:
            doubt = TWICE
            result.doubt(before[0], TWICE, unless=choices)
        if note:
            result.note(note, number)
        outcome = outcome_of(result, columns, choices, school, number, person, dict(values), doubt)
        seen.setdefault(key, (outcome, values))
    matched = {outcome.thing.pk for outcome in result.outcomes if outcome.thing is not None}
    result.missing = [person for person in known.all if person.ended_on is None and person.pk not in matched]
    return result


def key_of(person, values):
    """What two rows about one person share."""
    if person:
        return person.pk
    return (values["code"] and number_key(values["code"])) or Known.name_of(values["forename"], values["surname"])


def outcome_of(result, columns, choices, school, number, person, values, doubt):
    if doubt:
        return result.add(number, State.IN_DOUBT, person, words=doubt)
    if person is None:
        return result.add(number, State.NEW, StaffMember(school=school, **values))
    changes = {}
    if not choices.take_names:
        values |= {name: fuller(getattr(person, name), values[name]) for name in ("forename", "surname")}
    keep = () if choices.of(number).what == "same" else ("code",)
    improve(person, values, changes, keep=keep, blanks=columns.read & EMPTIED if choices.take_blanks else ())
    return result.add(number, State.CHANGED if changes else State.UNCHANGED, person, changes)


def apply(result, school, today, by):
    changed, fields = result.changed()
    save_staff(new=result.new(), changed=changed, fields=sorted(fields), by=by)
