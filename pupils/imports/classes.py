"""A list of classes: which pupil sits in which class, and who teaches it. Outcomes are places of pupils.

A class whose subject is the form itself ("Registration", or "Class" in a primary school) is a form, and its teacher
the form tutor. A place ends only when the file moves the pupil to another class of the same subject; a pupil whom the
file leaves out is counted as absent and stays.
"""

from dataclasses import dataclass, field
from datetime import timedelta

from pupils.actions.place import save_places
from pupils.imports.kinds import CLASSES
from pupils.imports.people import Pupils
from pupils.models import GroupPupil
from sendhub.rules.names import plain
from sendhub.rules.school_calendar import academic_year
from staff.actions.teaching import save_groups, save_ties
from staff.actions.year import add_year
from staff.imports.plan import Plan, State
from staff.imports.values import BadCell, number_key, short, text
from staff.models import GroupStaff, SchoolYear, StaffMember, TeachingGroup

KIND = CLASSES
FORM_SUBJECTS = {"class", "registration", "reg", "form", "tutor", "tutor group", "form group", "tutorial", "pastoral"}
Group, Part = TeachingGroup.Kind, GroupStaff.Part
NO_TEACHER = "Nobody here has the teacher's staff code; the class was kept without"


@dataclass
class Wanted:
    """One class as the file says: the group (saved or not yet), its pupils (pupil -> row) and teachers."""

    kind: str
    name: str
    subject: str = ""
    pupils: dict = field(default_factory=dict)
    teachers: dict = field(default_factory=dict)
    group: TeachingGroup | None = None


def plan(school, columns, rows, today, choices):
    """`rows` are (row number, cells). Reads only: a school year that is missing is made when the plan is applied."""
    result = Plan(KIND.name, len(rows), unknown=columns.unknown)
    wanted = read(result, school, columns, choices.in_order(result, rows), choices)
    starts = academic_year(today)
    result.starts, result.wanted = starts, wanted
    year = SchoolYear.objects.filter(school=school, starts=starts).first()
    groups = TeachingGroup.objects.filter(school=school, year=year, kind__in=[Group.CLASS, Group.FORM]) if year else []
    by_key = {(group.kind, group.name): group for group in groups}
    for key, group in wanted.items():
        group.group = by_key.get(key)
    held = {}
    places = GroupPupil.objects.filter(school=school, group__year=year, ends_on__isnull=True) if year else []
    for place in places:
        held.setdefault(place.group_id, {})[place.pupil_id] = place
    compare(result, school, wanted, held)
    ties(result, school, year)
    return result


def read(result, school, columns, rows, choices):
    """The classes of the file by (kind, name). Rows that can not be used are failed in `result`."""
    pupils = Pupils(school, columns)
    codes = {number_key(person.code): person for person in StaffMember.objects.filter(school=school).exclude(code="")}
    wanted = {}
    for number, cells in rows:
        record = columns.record(cells)
        try:
            name = short(record.get("group"), "class", 40)
            subject = short(record.get("subject"), "subject", 60)
            if not name:
                raise BadCell("The class is missing.")
            pupil, doubt = pupils.find(record, choices.of(number))
        except BadCell as fault:
            result.add(number, State.FAILED, words=str(fault))
            continue
        if doubt:
            result.add(number, State.IN_DOUBT, words=doubt, pupil=pupil)
            continue
        kind = Group.FORM if plain(subject) in FORM_SUBJECTS else Group.CLASS
        group = wanted.setdefault((kind, name), Wanted(kind, name))
        group.subject = group.subject or ("" if kind == Group.FORM else subject)
        code = text(record.get("teacher"))
        if code and number_key(code) in codes:
            group.teachers[codes[number_key(code)].pk] = codes[number_key(code)]
        elif code:
            result.note(NO_TEACHER, number)
        if pupil.pk in group.pupils:
            result.note("A row is there twice and was read once", number)
            continue
        group.pupils[pupil.pk] = (number, pupil)
    return wanted


def compare(result, school, wanted, held):
    """Which places are new, which stand, which end because the pupil moved within a subject."""
    in_file = {group.group.pk: group for group in wanted.values() if group.group}
    elsewhere = {}  # (pupil, subject) -> an open place in a class of the file that no longer lists the pupil
    for group_id, group in in_file.items():
        for pupil_id, place in held.get(group_id, {}).items():
            if pupil_id not in group.pupils:
                elsewhere.setdefault((pupil_id, group.kind, group.subject), []).append(place)
    result.ended, result.places = [], []
    for group in wanted.values():
        there = held.get(group.group.pk, {}) if group.group else {}
        for pupil_id, (number, pupil) in group.pupils.items():
            if pupil_id in there:
                result.add(number, State.UNCHANGED, there[pupil_id], pupil=pupil)
                continue
            before = elsewhere.pop((pupil_id, group.kind, group.subject), [])
            place = GroupPupil(school=school, pupil=pupil)
            result.places.append((group, place, bool(before)))
            result.ended += before
            names = ", ".join(in_file[place.group_id].name for place in before)
            changes = {"group": (names, group.name)}
            result.add(number, State.CHANGED if before else State.NEW, place, changes, pupil=pupil)
    result.missing = [place for places in elsewhere.values() for place in places]


def ties(result, school, year):
    """Who teaches which class: ties to add, and the tie of a teacher whom exactly one other has followed."""
    held = {}
    open_ties = GroupStaff.objects.filter(school=school, group__year=year, ends_on__isnull=True) if year else []
    for tie in open_ties:
        held.setdefault((tie.group_id, tie.part), []).append(tie)
    result.ties, result.ended_ties = [], []
    for group in result.wanted.values():
        part = Part.TUTORS if group.kind == Group.FORM else Part.TEACHES
        there = held.get((group.group.pk, part), []) if group.group else []
        new = [person for person in group.teachers.values() if person.pk not in {tie.staff_id for tie in there}]
        result.ties += [(group, GroupStaff(school=school, staff=person, part=part), bool(there)) for person in new]
        if len(new) == len(group.teachers) == len(there) == 1:
            result.ended_ties += there


def apply(result, school, today, by):
    """Write the plan. What is new in a class that was there begins today; in a new class it counts from the start."""
    year = add_year(school=school, starts=result.starts, by=by)
    missing = [group for group in result.wanted.values() if group.group is None]
    for group in missing:
        group.group = TeachingGroup(school=school, year=year, kind=group.kind, name=group.name, subject=group.subject)
    save_groups(groups=[group.group for group in missing], by=by)
    made = {id(group) for group in missing}
    for group, row, followed in result.places + result.ties:
        row.group = group.group
        row.starts_on = today if followed or id(group) not in made else None
    yesterday = today - timedelta(days=1)
    save_places(new=[place for _, place, _ in result.places], ended=result.ended, last_day=yesterday, by=by)
    save_ties(new=[tie for _, tie, _ in result.ties], ended=result.ended_ties, last_day=yesterday, by=by)
