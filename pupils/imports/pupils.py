"""A pupil list: who is new, who changed, who is in doubt. What becomes of the register is in sen.py."""

from pupils.actions.pupil import save_numbers, save_pupils
from pupils.imports.kinds import PUPILS
from pupils.imports.matching import TWICE, Known
from pupils.imports.numbers import system_of
from pupils.imports.rows import is_american, one_a_pupil, read_row
from pupils.imports.sen import HISTORY, NEEDS, NONE, NOT_COLUMNS, PROVISION, Held, compare_sen, write_sen
from pupils.models import Pupil
from sendhub.rules.names import fuller, same
from staff.imports.plan import LEAVE, LEFT_OUT, Plan, State, improve
from staff.imports.values import BadCell, number_key

KIND = PUPILS
NO_BIRTHDAY = "The date of birth is missing."
UPN_TAKEN = "The UPN is another pupil's here and was left out"
NUMBER_TAKEN = "The school number is another pupil's here and was left out"


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only. Outcomes are pupils: rows of one pupil count once."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    american, system = is_american(columns, rows), system_of(columns)
    read = []
    for number, cells in rows:
        try:
            row = read_row(number, columns.record(cells), today, american, choices.take_blanks)
            row.system = system
            read.append(row)
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
    decide(result, school, one_a_pupil(read), choices, compare)
    return result


def decide(result, school, rows, choices, compare):
    """The outcome of each PupilRow, into `result`. `compare` adds that of a pupil whom nothing makes doubtful: called
    with the row, and the pupil or None."""
    known, result.held = Known(school), Held(school)
    result.school = school
    result.all_sen = bool(rows) and all(row.provision not in ("", NONE) for row in rows)
    result.numbers, result.claimed, result.learnt = known.numbers, {}, []
    found = []
    for row in rows:
        if choices.settled.get(row.number) == LEAVE:
            result.add(row.number, State.IN_DOUBT, words=LEFT_OUT, rows=row.numbers)
        else:
            found.append((row, match_of(result, row, known, choices)))
    twice = claimed_twice(found, choices)
    seen = set()
    for row, match in found:
        for note in dict.fromkeys(row.notes):
            result.note(note, row.number)
        if match.pupil:
            seen.add(match.pupil.pk)
        doubt = match.doubt or (TWICE if id(row) in twice else "")
        if doubt:
            result.add(row.number, State.IN_DOUBT, match.pupil, words=doubt, rows=row.numbers)
        else:
            compare(result, row, match.pupil, known, choices)
    result.missing = [pupil for pupil in known.all if pupil.left_on is None and pupil.pk not in seen]


def match_of(result, row, known, choices):
    """Whom the row is about: as somebody decided, or as its numbers and names say."""
    decision = choices.of(row.number)
    if decision.what == "same" and decision.whom in known.by_id:
        return known.decided(decision.whom)
    if decision.what == "new":
        if row.upn in known.by_upn:
            result.note(UPN_TAKEN, row.number)
            row.upn = ""
        return known.decided(None)
    return known.match(row)


def claimed_twice(found, choices):
    """The rows (by id) that claim what another row claims: a pupil, a UPN, a school number, or, without a UPN that
    tells them apart, a name and birthday. A row that somebody has settled stands; the others are in doubt."""
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
        if len(rows) < 2 or told_apart:
            continue
        settled = [row for row in rows if row.number in choices.settled]
        twice |= {id(row) for row in rows if row not in settled}
        if len(settled) > 1 and key[0] != "name":
            twice |= {id(row) for row in settled}
    return twice


def take_number(result, row, pupil):
    """Keep the row's school number as the pupil's in the file's system, unless it is somebody else's there. Returns
    what may stand on the record as their school number, which nobody else's record shows."""
    if not row.mis_id:
        return ""
    numbers, key = result.numbers, number_key(row.mis_id)
    owner, loose = numbers.held.get((row.system, key)), numbers.loose.get(key)
    theirs = owner not in (None, pupil) or loose not in (None, pupil)
    if theirs or result.claimed.setdefault(key, pupil) is not pupil:
        result.note(NUMBER_TAKEN, row.number)
        return ""
    if row.system and owner is None:
        # `loose`: the number is on the record already, only its system is news
        result.learnt.append((pupil, row.system, key, pupil.pk is not None and loose is None))
    return row.mis_id if numbers.shown.get(key) in (None, pupil) else ""


def add_new(result, row):
    if row.born_on is None:
        return result.add(row.number, State.FAILED, words=NO_BIRTHDAY, rows=row.numbers)
    pupil = Pupil(
        school=result.school,
        upn=row.upn,
        former_upn=row.former_upn,
        legal_surname=row.legal_surname,
        legal_forename=row.legal_forename,
        surname=row.surname,
        forename=row.forename,
        born_on=row.born_on,
        **row.facts,
    )
    pupil.mis_id = take_number(result, row, pupil)
    changes = {}
    if row.history:
        changes[HISTORY] = ([], row.history)
    elif row.provision not in ("", NONE):
        changes[PROVISION] = (NONE, row.provision)
    if row.needs:
        changes[NEEDS] = ([], row.needs)
    return result.add(row.number, State.NEW, pupil, changes, rows=row.numbers)


def compare(result, row, pupil, known, choices):
    """The outcome for a pupil who is here, what the file says otherwise, and better; or for one who is new (None)."""
    if pupil is None:
        add_new(result, row)
        return
    changes = {}
    settled = choices.of(row.number).what == "same"
    take_upn(row, pupil, known, changes, settled)
    improve(pupil, {"mis_id": take_number(result, row, pupil)}, changes, keep=("mis_id",))
    improve(pupil, names(row, pupil, choices) | {"born_on": row.born_on}, changes)
    improve(pupil, row.facts, changes, blanks=row.emptied)
    if settled and pupil.left_on:
        changes["left_on"] = (pupil.left_on, None)
        pupil.left_on = None
    compare_sen(result, row, pupil, changes)
    result.add(row.number, State.CHANGED if changes else State.UNCHANGED, pupil, changes, rows=row.numbers)


def take_upn(row, pupil, known, changes, settled):
    """Fill in a UPN that is missing. Another one takes its place only when somebody has said that it is this pupil, and
    nobody else's: then the old one stays as the earlier."""
    free = row.upn if known.by_upn.get(row.upn) in (None, pupil) else ""
    if settled and free and pupil.upn and free != pupil.upn:
        improve(pupil, {"upn": free, "former_upn": pupil.upn}, changes)
    else:
        improve(pupil, {"upn": free, "former_upn": row.former_upn}, changes, keep=("upn", "former_upn"))


def names(row, pupil, choices):
    """Each name in the better spelling. A plain name that is the pupil's spoken one says nothing of the legal one."""

    def better(old, new):
        return new if choices.take_names and "?" not in new else fuller(old, new)

    found = {}
    for part in ("surname", "forename"):
        legal, spoken = getattr(row, f"legal_{part}"), getattr(row, part)
        if part in row.plain and not same(legal, getattr(pupil, f"legal_{part}")) and same(legal, getattr(pupil, part)):
            found[part] = better(getattr(pupil, part), legal)
            continue
        found[f"legal_{part}"] = better(getattr(pupil, f"legal_{part}"), legal)
        if not spoken and same(getattr(pupil, part), getattr(pupil, f"legal_{part}")):
            spoken = legal
        found[part] = better(getattr(pupil, part), spoken) if spoken else ""
    return found


def apply(result, school, today, by):
    """Write the plan."""
    moved = [outcome for outcome in result.of(State.CHANGED) if set(outcome.changes) - NOT_COLUMNS]
    fields = {name for outcome in moved for name in outcome.changes} - NOT_COLUMNS
    changed = [outcome.thing for outcome in moved]
    save_pupils(school=school, new=result.new(), changed=changed, fields=fields, on=today, by=by)
    save_numbers(school=school, numbers=[learnt[:3] for learnt in result.learnt], by=by)
    write_sen(result, school, result.of(State.NEW) + result.of(State.CHANGED), today, by)
