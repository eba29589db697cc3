"""An attendance list: how many sessions were possible and attended, counted up to one day. A total a pupil and day."""

from decimal import Decimal, InvalidOperation

from pupils.actions.attendance import save_snapshots
from pupils.imports.kinds import ATTENDANCE
from pupils.imports.people import Pupils
from pupils.models import AttendanceSnapshot
from staff.imports.plan import Plan, State, improve
from staff.imports.values import BadCell, text, whole

KIND = ATTENDANCE
MOST = 1_000  # sessions: two a day, 190 days a year, and room
TWICE = "Two rows are about this pupil and differ."
TOO_MANY = "The sessions attended are more than those possible."
NUMBERS = {"possible": "possible sessions", "attended": "sessions attended"}
MAYBE = {"authorised": "authorised absence", "unauthorised": "unauthorised absence"}


def read(record):
    """A row as columns of AttendanceSnapshot. Raises BadCell."""
    values = {name: sessions(record.get(name), what) for name, what in (NUMBERS | MAYBE).items()}
    for name, what in NUMBERS.items():
        if values[name] is None:
            raise BadCell(f"The number of {what} is missing.")
    if values["attended"] > values["possible"]:
        raise BadCell(TOO_MANY)
    values["suspended_days"] = days(record.get("suspended_days"))
    return values


def sessions(cell, what):
    words = text(cell)
    if not words:
        return None
    found = whole(words, MOST)
    if found is None:
        raise BadCell(f"The number of {what} can not be read.")
    return found


def days(cell):
    words = text(cell)
    if not words:
        return None
    try:
        found = Decimal(words)
    except InvalidOperation:
        found = Decimal(-1)
    if not (found.is_finite() and 0 <= found <= MOST // 2):
        raise BadCell("The number of days suspended can not be read.")
    return found.quantize(Decimal("0.1"))


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    pupils, taken_on = Pupils(school, columns), choices.taken_on or today
    held = {row.pupil_id: row for row in AttendanceSnapshot.objects.filter(school=school, taken_on=taken_on)}
    seen = {}
    for number, cells in choices.in_order(result, rows):
        record = columns.record(cells)
        try:
            pupil, doubt = pupils.find(record, choices.of(number))
            values = read(record)
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        if doubt:
            result.add(number, State.IN_DOUBT, words=doubt, pupil=pupil)
            continue
        if pupil.pk in seen:
            outcome, before = seen[pupil.pk]
            if before == values:
                result.note("A row is there twice and was read once", number)
            else:
                result.doubt(outcome, TWICE, unless=choices)
                result.add(number, State.IN_DOUBT, words=TWICE, pupil=pupil)
            continue
        seen[pupil.pk] = (outcome_of(result, number, pupil, taken_on, values, held.get(pupil.pk)), values)
    result.missing = [pupil for pupil in pupils.all if pupil.left_on is None and pupil.pk not in seen]
    return result


def outcome_of(result, number, pupil, taken_on, values, there):
    if there is None:
        snapshot = AttendanceSnapshot(school_id=pupil.school_id, pupil=pupil, taken_on=taken_on, **values)
        return result.add(number, State.NEW, snapshot, pupil=pupil)
    changes = {}
    improve(there, values, changes)
    return result.add(number, State.CHANGED if changes else State.UNCHANGED, there, changes, pupil=pupil)


def apply(result, school, today, by):
    changed, fields = result.changed()
    save_snapshots(new=result.new(), changed=changed, fields=fields, by=by)
