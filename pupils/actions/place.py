"""Where pupils sit: dated places in classes, forms and year groups. Whom an adult then sees hangs on these rows."""

from pupils.models import GroupPupil, PupilAdult
from sendhub.audit import action
from sendhub.rules.pupil_age import parse_year_group
from sendhub.rules.school_calendar import academic_year
from staff.actions.teaching import end_rows, save_groups, yesterday
from staff.actions.year import add_year
from staff.models import TeachingGroup

KINDS = (TeachingGroup.Kind.YEAR, TeachingGroup.Kind.FORM)


@action("group.pupils_add")
def place_pupils(*, group, pupils, by, starts_on=None):
    """Give each of the pupils an open place in the group; those who have one keep it. Returns the new places."""
    held = set(
        GroupPupil.objects.filter(school_id=group.school_id, group=group, ends_on__isnull=True).values_list(
            "pupil_id", flat=True
        )
    )
    return GroupPupil.objects.bulk_create(
        GroupPupil(school_id=group.school_id, group=group, pupil=pupil, starts_on=starts_on)
        for pupil in pupils
        if pupil.pk not in held
    )


@action("group.pupils_move")
def save_places(*, new, ended, last_day, by):
    """Add the places in `new`; end those in `ended` with `last_day`."""
    end_rows(GroupPupil, ended, last_day)
    GroupPupil.objects.bulk_create(new, batch_size=4000)


@action("pupil.adults_import")
def save_adults(*, new, by):
    """Add many ties of adults to pupils from a list that the school holds already. Nobody is told: see link_adult."""
    return PupilAdult.objects.bulk_create(new)


@action("pupil.place")
def place_in_year_and_form(*, school, pupils, on, by):
    """Bring each pupil's places in line with their `year_code` and `form`: groups that are missing are made, a place
    in another form or year ends the day before `on`. A pupil's first place in a school year has no start: it counts
    from the beginning. Returns how many places were added.
    """
    year = add_year(school=school, starts=academic_year(on), by=by)
    held = {}
    places = GroupPupil.objects.filter(
        school=school, group__year=year, group__kind__in=KINDS, ends_on__isnull=True
    ).select_related("group")
    if len(pupils) == 1:
        places = places.filter(pupil=pupils[0])
    for place in places:
        held.setdefault((place.pupil_id, place.group.kind), []).append(place)
    groups = groups_by_name(year, pupils, by)
    new, ended = [], []
    for pupil in pupils:
        for kind, name in wanted_groups(pupil).items():
            before = held.get((pupil.pk, kind), [])
            group = groups.get((kind, name))
            if group is not None and any(place.group_id == group.pk for place in before):
                continue
            ended += before
            if group is not None:
                starts_on = on if before else None
                new.append(GroupPupil(school=school, group=group, pupil=pupil, starts_on=starts_on))
    save_places(new=new, ended=ended, last_day=yesterday(on), by=by)
    return len(new)


def wanted_groups(pupil):
    """The names of the groups that the pupil's row asks for: {"year": "Year 9", "form": "9C"}; "" for none."""
    year = parse_year_group(pupil.year_code)
    return {TeachingGroup.Kind.YEAR: year.label if year else "", TeachingGroup.Kind.FORM: pupil.form}


def groups_by_name(year, pupils, by):
    """The year and form groups that these pupils belong in, by (kind, name); those that are missing are made."""
    held = {
        (group.kind, group.name): group
        for group in TeachingGroup.objects.filter(school_id=year.school_id, year=year, kind__in=KINDS)
    }
    wanted = {pair for pupil in pupils for pair in wanted_groups(pupil).items() if pair[1]}
    missing = sorted(pair for pair in wanted if pair not in held)
    made = [TeachingGroup(school_id=year.school_id, year=year, kind=kind, name=name) for kind, name in missing]
    if made:
        save_groups(groups=made, by=by)
    return held | {(group.kind, group.name): group for group in made}
