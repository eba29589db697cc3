"""A list of SEN needs without the pupils' own details: one row a need, or all needs in one cell, found by number."""

from pupils.imports.kinds import NEEDS
from pupils.imports.people import Pupils
from pupils.imports.rows import PupilRow, empty_blanks, read_sen
from pupils.imports.sen import Held, compare_sen, write_sen
from staff.imports.plan import Plan, State
from staff.imports.values import BadCell

KIND = NEEDS
TWICE = "Two rows of this pupil have different SEN statuses."


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only. Rows of one pupil count once."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    pupils, result.held = Pupils(school, columns), Held(school)
    found = {}
    for number, cells in choices.in_order(result, rows):
        record, row = columns.record(cells), PupilRow([number])
        try:
            pupil, doubt = pupils.find(record, choices.of(number))
            read_sen(row, record)
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        if doubt:
            result.add(number, State.IN_DOUBT, words=doubt, pupil=pupil)
            continue
        if choices.take_blanks:
            empty_blanks(row, record, {})
        found.setdefault(pupil.pk, (pupil, []))[1].append(row)
    for pupil, told in found.values():
        outcome_of(result, pupil, told)
    result.missing = [pupil for pupil in pupils.all if pupil.left_on is None and pupil.pk not in found]
    return result


def outcome_of(result, pupil, told):
    """One pupil's rows: their needs by rank, and the one status that they agree on."""
    row, numbers = told[0], [number for each in told for number in each.numbers]
    for number, note in dict.fromkeys((each.number, note) for each in told for note in each.notes):
        result.note(note, number)
    if len({each.provision for each in told} - {""}) > 1:
        result.add(row.number, State.IN_DOUBT, words=TWICE, pupil=pupil, rows=numbers)
        return
    pairs = [pair for each in told for pair in zip(each.ranks, each.needs, strict=True)]
    row.needs = list(dict.fromkeys(code for _, code in sorted(pairs, key=lambda pair: pair[0])))
    row.provision = next((each.provision for each in told if each.provision), "")
    changes = {}
    compare_sen(result, row, pupil, changes)
    result.add(row.number, State.CHANGED if changes else State.UNCHANGED, pupil, changes, rows=numbers)


def apply(result, school, today, by):
    write_sen(result, school, result.of(State.CHANGED), today, by)
