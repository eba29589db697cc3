"""What the pupils' tables show on Today: the classes someone teaches, the pupils tied to them, the pointers set; and
what they know of the five questions of compliance."""

from dataclasses import dataclass, field

from django.urls import reverse

from pupils.models import GroupPupil, Pupil, PupilAdult, RegisterMove, SENRecord
from pupils.words import PROVISIONS, day_words
from sendhub.asking import ask, day_of
from sendhub.rules.compliance import Finding, parents_told
from sendhub.rules.deadline import Status
from sendhub.rules.waiting import family_told
from staff.models import GroupStaff

MOST_POINTERS = 20


@dataclass(slots=True)
class PupilLine:
    pk: int
    href: str
    name: str
    form: str
    provision: str
    first_line: str
    tie: str = ""


@dataclass(slots=True)
class GroupCard:
    """A class, form or year: how many sit in it, and those of them who are on the register."""

    name: str
    subject: str
    part: str
    size: int = 0
    rows: list = field(default_factory=list)


def groups_of(member, day):
    """The groups that this member teaches, tutors, leads or supports today, by name. Three queries."""
    ties = GroupStaff.objects.on(day).filter(school_id=member.school_id, staff_id=member.staff_id)
    groups = {}
    for tie in ties.select_related("group").order_by("group__name", "pk"):
        part = tie.get_part_display()
        groups.setdefault(tie.group_id, GroupCard(tie.group.name, tie.group.subject, part[:1].upper() + part[1:]))
    places = GroupPupil.objects.on(day).filter(
        school_id=member.school_id,
        group_id__in=list(groups),
        pupil__left_on__isnull=True,
        pupil__merged_into__isnull=True,
    )
    places = list(places.select_related("pupil").order_by("pupil__sort_name", "pupil_id"))
    held = provisions(member, {place.pupil_id for place in places}, day)
    for place in places:
        card = groups[place.group_id]
        card.size += 1
        if place.pupil_id in held:
            card.rows.append(line_of(place.pupil, held))
    return list(groups.values())


def tied_pupils(member, day):
    """The pupils whose key adult or teaching assistant this member is today, by name. Two queries."""
    ties = PupilAdult.objects.on(day).filter(
        school_id=member.school_id,
        staff_id=member.staff_id,
        pupil__left_on__isnull=True,
        pupil__merged_into__isnull=True,
    )
    ties = list(ties.select_related("pupil").order_by("pupil__sort_name", "pupil_id", "part"))
    held = provisions(member, {tie.pupil_id for tie in ties}, day)
    lines = {}
    for tie in ties:
        line = lines.setdefault(tie.pupil_id, line_of(tie.pupil, held))
        words = f"{tie.get_part_display()} since {day_words(tie.starts_on, day)}"
        line.tie = f"{line.tie}. {words}" if line.tie else words
    return list(lines.values())


def pointed_pupils(member, day):
    """(those whose record says "speak to the safeguarding lead", at most MOST_POINTERS; how many there are)."""
    pupils = Pupil.objects.visible_to(member, day).on_roll().filter(speak_to_dsl=True)
    found = list(pupils[:MOST_POINTERS])
    total = len(found) if len(found) < MOST_POINTERS else pupils.count()
    held = provisions(member, {pupil.pk for pupil in found}, day)
    return [line_of(pupil, held) for pupil in found], total


def provisions(member, ids, day):
    records = SENRecord.objects.at(day).filter(school_id=member.school_id, pupil_id__in=ids)
    return dict(records.order_by().values_list("pupil_id", "provision"))


def line_of(pupil, held):
    return PupilLine(
        pk=pupil.pk,
        href=f"{reverse('pupils:pupil-list')}{pupil.pk}/",
        name=pupil.name,
        form=pupil.form,
        provision=PROVISIONS[held.get(pupil.pk)],
        first_line=pupil.first_line,
    )


# Of each pupil the newest move; in SQL, since Today is opened all day.
NEWEST_MOVES = """
SELECT DISTINCT ON (pupil_id) pupil_id, told, "on" FROM pupils_registermove
WHERE school_id = %(school)s AND pupil_id = ANY(%(ids)s) ORDER BY pupil_id, "on" DESC, id DESC
"""


def told_findings(school_id, ids, day):
    """Whether the family was told of the newest move of each of these pupils. One query."""
    newest = ask({"moves": NEWEST_MOVES}, school=school_id, ids=list(ids))["moves"]
    known = {}  # most moves of one file are alike
    for told, on in {(row["told"], row["on"]) for row in newest}:
        known[told, on] = told_status(told, day_of(on), day)
    return [Finding(row["pupil_id"], *known[row["told"], row["on"]]) for row in newest]


def told_status(told, on, day):
    """(the status, what is said of it)."""
    Told = RegisterMove.Told
    status = parents_told(decided_on=on, told=told == Told.TOLD, cannot_tell=told == Told.CANNOT_TELL, today=day)
    says = ""
    if status is Status.NOT_MET:
        limit = day_words(family_told(on, day).due, day)
        says = f"Moved on {day_words(on, day)}, a letter is on its way. The limit was {limit}."
    elif status is Status.CANNOT_TELL:
        says = "The move came in with a file, which does not say."
    return status, says
