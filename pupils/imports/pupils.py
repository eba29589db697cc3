"""A pupil list: who is new, who changed, who is in doubt, and what becomes of the register.

Provision is written for pupils who are new, and for everybody while the school has no register at all. After that a
provision that differs is left as it is and noted: a move has a reason, and the family is told.
"""

from datetime import timedelta

from pupils.actions.pupil import save_pupils
from pupils.actions.register import NONE, need_changes, save_needs, save_records
from pupils.imports.kinds import PUPILS
from pupils.imports.matching import TWICE, Known
from pupils.imports.rows import one_a_pupil, read_row
from pupils.models import Pupil, SENNeed, SENRecord
from sendhub.rules.names import fuller, same
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, number_key

KIND = PUPILS
SOURCE = "import"
PROVISION, NEEDS = "provision", "needs"
PROPOSED = "The SEN status differs from the register here: it was left, and waits to be decided"
NOT_COLUMNS = {PROVISION, NEEDS}


class Held:
    """What the register holds now: the open provision and the open needs of each pupil."""

    def __init__(self, school):
        records = list(SENRecord.objects.filter(school=school))
        self.empty = not records
        self.records = {record.pupil_id: record for record in records if record.ends_on is None}
        self.needs = {}
        for need in SENNeed.objects.filter(school=school, ends_on__isnull=True).order_by("rank"):
            self.needs.setdefault(need.pupil_id, []).append(need)

    def provision(self, pupil):
        record = self.records.get(pupil.pk)
        return record.provision if record else NONE

    def codes(self, pupil):
        return [need.code for need in self.needs.get(pupil.pk, ())]


def plan(school, columns, rows, today):
    """`rows` are (row number, cells). Reads only. Outcomes are pupils: rows of one pupil count once."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    read = []
    for number, cells in rows:
        try:
            read.append(read_row(number, columns.record(cells), today))
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
    known, result.held = Known(school), Held(school)
    found = [(row, known.match(row)) for row in one_a_pupil(read)]
    twice = claimed_twice(found, known)
    seen = set()
    for row, match in found:
        for note in dict.fromkeys(row.notes):
            result.note(note, row.number)
        if match.pupil:
            seen.add(match.pupil.pk)
        doubt = match.doubt or (TWICE if id(row) in twice else "")
        if doubt:
            result.add(row.number, State.IN_DOUBT, match.pupil, words=doubt)
        elif match.pupil is None:
            add_new(result, school, row, known)
        else:
            compare(result, row, match.pupil)
    result.absent = sum(1 for pupil in known.all if pupil.left_on is None and pupil.pk not in seen)
    return result


def claimed_twice(found, known):
    """The rows (by id) that claim what another row claims: a pupil, a UPN, a school number, or, without a UPN that
    tells them apart, a name and birthday."""
    claims = {}
    for row, match in found:
        keys = {("pupil", match.pupil.pk)} if match.pupil else set()
        if row.upn:
            keys.add(("upn", row.upn))
        if not match.pupil and row.mis_id:
            keys.add(("number", number_key(row.mis_id)))
        if not match.pupil and row.born_on:
            keys |= {("name", s, f, row.born_on) for s in row.surnames for f in row.forenames}
        for key in keys:
            claims.setdefault(key, []).append(row)
    twice = set()
    for key, rows in claims.items():
        told_apart = key[0] == "name" and all(row.upn for row in rows)
        if len(rows) > 1 and not told_apart:
            twice |= {id(row) for row in rows}
    return twice


def add_new(result, school, row, known):
    if row.born_on is None:
        result.add(row.number, State.FAILED, words="The date of birth is missing.")
        return
    mis_id = row.mis_id
    if number_key(mis_id) in known.by_number:
        result.note("The school number is another pupil's here and was left out", row.number)
        mis_id = ""
    pupil = Pupil(
        school=school,
        upn=row.upn,
        mis_id=mis_id,
        legal_surname=row.legal_surname,
        legal_forename=row.legal_forename,
        surname=row.surname,
        forename=row.forename,
        born_on=row.born_on,
        **row.facts,
    )
    changes = {PROVISION: (NONE, row.provision)} if row.provision not in ("", NONE) else {}
    if row.needs:
        changes[NEEDS] = ([], row.needs)
    result.add(row.number, State.NEW, pupil, changes)


def compare(result, row, pupil):
    """The outcome for a pupil who is here: what the file says otherwise, and better."""
    changes = {}
    held = result.held
    improve(pupil, {"upn": row.upn, "mis_id": row.mis_id}, changes, keep=("upn", "mis_id"))
    improve(pupil, names(row, pupil) | {"born_on": row.born_on} | row.facts, changes)
    before = provision = held.provision(pupil)
    if row.provision and row.provision != before:
        if held.empty:
            provision = row.provision
            changes[PROVISION] = (before, provision)
        else:
            result.note(PROPOSED, row.number)
    if row.needs and provision == (row.provision or provision) and row.needs != held.codes(pupil):
        changes[NEEDS] = (held.codes(pupil), row.needs)
    state = State.CHANGED if changes else State.UNCHANGED
    if not changes and provision != (row.provision or provision):
        result.add(row.number, State.IN_DOUBT, pupil, words=PROPOSED + ".")
        return
    result.add(row.number, state, pupil, changes)


def names(row, pupil):
    """Each name in the better spelling. A plain name that is the pupil's spoken one says nothing of the legal one."""
    found = {}
    for part in ("surname", "forename"):
        legal, spoken = getattr(row, f"legal_{part}"), getattr(row, part)
        if part in row.plain and not same(legal, getattr(pupil, f"legal_{part}")) and same(legal, getattr(pupil, part)):
            found[part] = fuller(getattr(pupil, part), legal)
            continue
        found[f"legal_{part}"] = fuller(getattr(pupil, f"legal_{part}"), legal)
        if not spoken and same(getattr(pupil, part), getattr(pupil, f"legal_{part}")):
            spoken = legal
        found[part] = fuller(getattr(pupil, part), spoken) if spoken else ""
    return found


def apply(result, school, today, by):
    """Write the plan. A provision that was first seen in a file has no known beginning."""
    moved = [outcome for outcome in result.of(State.CHANGED) if set(outcome.changes) - NOT_COLUMNS]
    fields = {name for outcome in moved for name in outcome.changes} - NOT_COLUMNS
    changed = [outcome.thing for outcome in moved]
    save_pupils(school=school, new=result.new(), changed=changed, fields=fields, on=today, by=by)
    records, needs, ended = [], [], []
    for outcome in result.of(State.NEW) + result.of(State.CHANGED):
        pupil, changes = outcome.thing, outcome.changes
        if PROVISION in changes:
            records.append(
                SENRecord(
                    school=school,
                    pupil=pupil,
                    provision=changes[PROVISION][1],
                    starts_on=today,
                    start_known=False,
                    source=SOURCE,
                )
            )
        if NEEDS in changes:
            more, gone = need_changes(pupil, result.held.needs.get(pupil.pk, []), changes[NEEDS][1], today, SOURCE)
            needs += more
            ended += gone
    save_records(new=records, by=by)
    save_needs(new=needs, ended=ended, last_day=today - timedelta(days=1), by=by)
