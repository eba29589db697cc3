"""Who looks after whom, for linking many at once: pupils with their adults, forms and years with theirs, and what
the class list suggests. Reads only; the number of queries does not grow with the school."""

from dataclasses import dataclass, field

from pupils.models import GroupPupil, PupilAdult
from pupils.queries.facts import AT, EVERYONE, REGISTER
from sendhub.rules.pupil_age import parse_year_group
from sendhub.rules.school_calendar import academic_year
from staff.job_titles import is_assistant
from staff.models import GroupStaff, SchoolYear, StaffMember, TeachingGroup

WITHOUT = "without"  # on the register, and nobody has this part for them yet
PartOf = GroupStaff.Part
KIND_OF = {PartOf.TUTORS: TeachingGroup.Kind.FORM, PartOf.LEADS: TeachingGroup.Kind.YEAR}


@dataclass(frozen=True, slots=True)
class PupilRow:
    pk: int
    name: str
    form: str
    provision: str
    adults: str
    chosen: bool = False


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One adult and the pupils whom the class list puts with them. `why` says how."""

    staff: object
    why: str
    pupils: list


@dataclass(slots=True)
class GroupRow:
    """A form or a year: who has the part now, and whom the lists suggest. No `group` yet: made when it is saved."""

    name: str
    group: object = None
    size: int = 0
    ties: list = field(default_factory=list)
    suggested: object = None

    @property
    def now(self):
        return ", ".join(tie.staff.name for tie in self.ties)


def staff_here(school, day):
    """Everybody who works here on the day or after it, by surname. One query."""
    return list(StaffMember.objects.filter(school=school).exclude(ended_on__lt=day))


def open_adults(school_id, part, day):
    """{pupil: [tie]} of this part that hold on the day or begin later, each with its staff row. One query."""
    ties = PupilAdult.objects.filter(school_id=school_id, part=part).exclude(ends_on__lt=day)
    found = {}
    for tie in ties.select_related("staff").order_by("starts_on", "pk"):
        found.setdefault(tie.pupil_id, []).append(tie)
    return found


def pupil_rows(facts, held, wanted, chosen=frozenset()):
    """The pupils to tick: those ticked already, then the register, then the rest, by name. `held` is open_adults'."""
    who = wanted.get("who") or WITHOUT
    asked = {"year": wanted.get("year"), "form": wanted.get("form")}
    asked["provision"] = EVERYONE if who == EVERYONE else REGISTER
    ids = facts.matching(asked)
    if who == WITHOUT:
        ids = [pk for pk in ids if pk not in held]
    ids = sorted(ids, key=lambda pk: pk not in facts.register)
    ticked = [pk for pk in facts.pupils if pk in chosen]
    return [row_of(facts, held, pk, pk in chosen) for pk in ticked + [pk for pk in ids if pk not in chosen]]


def row_of(facts, held, pk, chosen=False):
    known = facts.pupils[pk]
    return PupilRow(
        pk=pk,
        name=f"{known[AT['surname']]}, {known[AT['forename']]}",
        form=known[AT["form"]],
        provision=facts.provision_words(pk)[0],
        adults=", ".join(tie.staff.name for tie in held.get(pk, ())),
        chosen=chosen,
    )


def suggestions(facts, part, held):
    """[Suggestion] by adult: the form tutor as key adult of those without one; an assistant who supports in a class
    for the pupils in it. About the register only. Two queries."""
    ties = (
        GroupStaff.objects.on(facts.day).filter(school_id=facts.member.school_id).exclude(staff__ended_on__lt=facts.day)
    )
    if part == PupilAdult.Part.KEY_ADULT:
        ties = ties.filter(part=PartOf.TUTORS, group__kind=TeachingGroup.Kind.FORM)
    else:
        ties = ties.filter(part__in=[PartOf.SUPPORTS, PartOf.TEACHES])
    by_group = {}
    for tie in ties.select_related("staff", "group").order_by("pk"):
        if part == PupilAdult.Part.KEY_ADULT or tie.part == PartOf.SUPPORTS or is_assistant(tie.staff.job_title):
            by_group.setdefault(tie.group_id, []).append(tie)
    places = GroupPupil.objects.on(facts.day).filter(school_id=facts.member.school_id, group_id__in=list(by_group))
    found, names = {}, {}
    for group_id, pupil_id in places.order_by("pk").values_list("group_id", "pupil_id"):
        if pupil_id in facts.register:
            pair_up(found, names, by_group[group_id], pupil_id, part, held.get(pupil_id, ()))
    order = {pk: at for at, pk in enumerate(facts.register)}
    made = [
        Suggestion(
            tie.staff, why(part, names[staff_id]), [row_of(facts, held, pk) for pk in sorted(pupils, key=order.get)]
        )
        for staff_id, (tie, pupils) in found.items()
    ]
    return sorted(made, key=lambda each: (each.staff.surname, each.staff.forename, each.staff.pk))


def pair_up(found, names, ties, pupil_id, part, adults):
    """One key adult for a pupil who has none; every assistant of the class who is not tied to the pupil yet."""
    if part == PupilAdult.Part.KEY_ADULT:
        ties = [] if adults or any(pupil_id in pupils for _, pupils in found.values()) else ties[:1]
    for tie in ties:
        if any(adult.staff_id == tie.staff_id for adult in adults):
            continue
        found.setdefault(tie.staff_id, (tie, set()))[1].add(pupil_id)
        names.setdefault(tie.staff_id, {})[tie.group.name] = True


def why(part, groups):
    listed = ", ".join(sorted(groups)[:4]) + (" and more" if len(groups) > 4 else "")
    return f"tutor of {listed}" if part == PupilAdult.Part.KEY_ADULT else f"supports in {listed}"


# --- forms and years ---------------------------------------------------------------------------------------------
def years_open(school, day):
    """(this school year's row or None, next year's or None when its groups count already or are not set). One query."""
    starts = academic_year(day)
    rows = {year.starts: year for year in SchoolYear.objects.filter(school=school, starts__in=[starts, starts + 1])}
    following = rows.get(starts + 1)
    return rows.get(starts), following if following and following.groups_from > day else None


def group_rows(school, part, this_year, year, staff, day):
    """The forms or years of `year`, by name as people count. For next year, year groups that are not there yet stand
    in the list under this year's names. At most four queries."""
    kind = KIND_OF[part]
    groups = TeachingGroup.objects.filter(
        school=school, kind=kind, year__in=[each for each in (this_year, year) if each]
    )
    groups = list(groups)
    rows = {group.name: GroupRow(group.name, group) for group in groups if year and group.year_id == year.pk}
    if kind == TeachingGroup.Kind.YEAR and year != this_year:
        for group in groups:
            rows.setdefault(group.name, GroupRow(group.name))
    by_id = {row.group.pk: row for row in rows.values() if row.group}
    for pk in GroupPupil.objects.filter(
        school=school, group_id__in=list(by_id), ends_on__isnull=True, pupil__left_on__isnull=True
    ).values_list("group_id", flat=True):
        by_id[pk].size += 1
    ties = GroupStaff.objects.filter(school=school, group_id__in=list(by_id)).exclude(ends_on__lt=day)
    for tie in ties.exclude(staff__ended_on__lt=day).select_related("staff").order_by("pk"):
        if tie.part == part:
            by_id[tie.group_id].ties.append(tie)
        elif tie.part == PartOf.TEACHES and by_id[tie.group_id].suggested is None:
            by_id[tie.group_id].suggested = tie.staff
    for row in rows.values():
        row.suggested = None if row.ties else row.suggested or by_job_title(row.name, staff)
    return sorted(rows.values(), key=lambda row: natural(row.name))


def by_job_title(name, staff):
    """Whose job title ends with the name of the form or year: "Head of Year 9", "Tutor of 9C"; None unless one does."""
    ending = f" {name.lower()}"
    found = [person for person in staff if person.job_title.lower().endswith(ending)]
    return found[0] if len(found) == 1 else None


def natural(name):
    """Reception before Year 1, 7A before 10B."""
    year = parse_year_group(name)
    digits = "".join(letter for letter in name if letter.isdigit())
    return (year.sort if year else int(digits[:4] or 99), name)
