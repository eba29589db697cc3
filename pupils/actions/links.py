"""Many links between adults and pupils in one go: one Operation that can be undone, and one mail to each adult."""

from pupils.actions.place import place_pupils
from pupils.models import Pupil, PupilAdult
from pupils.words import count_words
from sendhub import outbox
from sendhub.audit import action
from sendhub.kit.operations import operation
from sendhub.rules.pupil_age import parse_year_group
from staff.actions.teaching import add_group, end_rows, yesterday
from staff.models import GroupStaff, StaffMember, TeachingGroup

LINKED, ENDED = "pupil.adults_link", "pupil.adults_end"
TIED, UNTIED = "group.staff_link", "group.staff_unlink"


def lock(staff_ids, school):
    """Each adult's row, in one order: of two presses of one button the second waits, and finds nothing left to do."""
    return {
        person.pk: person
        for person in StaffMember.objects.select_for_update().filter(school=school, pk__in=staff_ids).order_by("pk")
    }


@action(LINKED)
def link_adults(*, school, part, pairs, starts_on, by):
    """Link each (staff, pupil) of ids from a day. Links that are open already stay as they are.

    Returns (the new ties, the Operation or None). Each adult is told of all their new pupils in one mail."""
    people = lock({staff for staff, _ in pairs}, school)
    rows = {
        "school": school, "part": PupilAdult.Part(part), "ends_on": None,
        "staff_id__in": list(people), "pupil_id__in": {pupil for _, pupil in pairs},
    }  # fmt: skip
    held = set(PupilAdult.objects.filter(**rows).values_list("staff_id", "pupil_id"))
    new = sorted({pair for pair in pairs if pair not in held})
    if not new:
        return [], None
    adults = len({staff for staff, _ in new})
    title = f"{count_words(len(new), 'link', 'links')} of {count_words(adults, 'adult', 'adults')} to pupils"
    with operation(school_id=school.pk, kind=LINKED, title=title, by=by) as op:
        PupilAdult.objects.bulk_create(
            (
                PupilAdult(school=school, staff_id=staff, pupil_id=pupil, part=part, starts_on=starts_on)
                for staff, pupil in new
            ),
            ignore_conflicts=True,  # the record's own page may link the same two at this moment
        )
    ties = [tie for tie in PupilAdult.objects.filter(**rows) if (tie.staff_id, tie.pupil_id) not in held]
    tell(school, op, people, ties, "pupil_links", by)
    return ties, op


@action(ENDED)
def end_adults(*, school, ties, last_day, by):
    """End many links with a last day, as one Operation. Nobody is told."""
    title = f"{count_words(len(ties), 'link', 'links')} of adults to pupils ended"
    with operation(school_id=school.pk, kind=ENDED, title=title, by=by) as op:
        end_rows(PupilAdult, ties, last_day)
    return op


@action(TIED)
def link_groups(*, school, part, year, chosen, on, by, both=False):
    """Give forms or years their adult. `chosen` are (GroupRow, staff): who has the part now makes way the day before
    `on`, unless `both` stay. A year group of next year that is not there yet is made, with the pupils who move up.

    `on` None: from the first day on which the groups of `year` count. Returns (the new ties, the Operation or None).
    """
    people = lock({person.pk for _, person in chosen}, school)
    held = {}
    groups = [row.group for row, _ in chosen if row.group]
    for tie in GroupStaff.objects.filter(school=school, group__in=groups, part=part, ends_on__isnull=True):
        held.setdefault(tie.group_id, []).append(tie)
    wanted = [
        (row, person)
        for row, person in chosen
        if not row.group or all(tie.staff_id != person.pk for tie in held.get(row.group.pk, ()))
    ]
    if not wanted:
        return [], None
    adults = len({person.pk for _, person in wanted})
    words = ("form", "forms") if part == GroupStaff.Part.TUTORS else ("year", "years")
    title = f"{count_words(adults, 'adult', 'adults')} given {count_words(len(wanted), *words)}"
    with operation(school_id=school.pk, kind=TIED, title=title, by=by) as op:
        ties = []
        for row, person in wanted:
            group = row.group or next_years_group(year, row.name, by)
            if not both:
                end_rows(GroupStaff, held.get(group.pk, []), yesterday(on or year.groups_from))
            ties.append(GroupStaff(school=school, group=group, staff_id=person.pk, part=part, starts_on=on))
        GroupStaff.objects.bulk_create(ties)
    tell(school, op, people, ties, "group_links", by)
    return ties, op


def next_years_group(year, name, by):
    """Next year's Year 10 with this year's Year 9 in it; a later class list puts right who is held back or leaves."""
    group = add_group(year=year, kind=TeachingGroup.Kind.YEAR, name=name, by=by)
    below = parse_year_group(name)
    if below:
        pupils = Pupil.objects.on_roll().filter(school_id=year.school_id, year_sort=below.sort - 1)
        place_pupils(group=group, pupils=pupils, by=by)
    return group


@action(UNTIED)
def end_groups(*, school, ties, last_day, by):
    """End many ties to forms or years with a last day, as one Operation."""
    title = f"{count_words(len(ties), 'tie', 'ties')} of adults to forms and years ended"
    with operation(school_id=school.pk, kind=UNTIED, title=title, by=by) as op:
        end_rows(GroupStaff, ties, last_day)
    return op


def tell(school, op, people, ties, template, by):
    """One mail an adult for the whole batch; its key is the operation's, so it is never written twice."""
    mine = {}
    for tie in ties:
        mine.setdefault(tie.staff_id, []).append(tie.pk)
    for staff_id, ids in mine.items():
        if people[staff_id].email:
            outbox.queue(
                school_id=school.pk,
                key=f"{template}:{op.pk}:{staff_id}",
                to=people[staff_id].email,
                template=template,
                ids={"tie_ids": sorted(ids)},
                by=by,
            )
