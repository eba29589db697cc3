"""Classes, forms and year groups, and who teaches or leads them. Which pupils sit in them: pupils.actions.place."""

from datetime import timedelta

from sendhub.audit import action
from staff.models import GroupStaff, TeachingGroup


@action("group.add")
def add_group(*, year, kind, name, by, subject=""):
    """The group of this name in that year; the one that is there already comes back."""
    return TeachingGroup.objects.get_or_create(
        school_id=year.school_id, year=year, kind=kind, name=name, defaults={"subject": subject}
    )[0]


@action("group.staff_add")
def tie_staff(*, group, staff, by, part=GroupStaff.Part.TEACHES, starts_on=None, ends_on=None):
    """Tie someone to a group, and so to its pupils. Empty dates: as long as the group's year counts.

    An open tie of the same part comes back unchanged.
    """
    tie = GroupStaff(
        school_id=group.school_id, group=group, staff=staff, part=part, starts_on=starts_on, ends_on=ends_on
    )
    open_tie = GroupStaff.objects.filter(
        school_id=group.school_id, group=group, staff=staff, part=part, ends_on__isnull=True
    ).first()
    if open_tie:
        return open_tie
    tie.save()
    return tie


@action("group.staff_end")
def end_tie(*, tie, last_day, by):
    """The tie holds until the end of `last_day`; one that would end before it began is taken away."""
    end_rows(tie.__class__, [tie], last_day)


@action("group.import")
def save_groups(*, groups, by):
    """Add many groups at once; those of a name that the year has already are left as they are."""
    return TeachingGroup.objects.bulk_create(groups)


@action("group.staff_import")
def save_ties(*, new, ended, last_day, by):
    """Add the ties in `new`; end those in `ended` with `last_day`."""
    GroupStaff.objects.bulk_create(new)
    end_rows(GroupStaff, ended, last_day)


def end_rows(model, rows, last_day):
    """End dated rows (`starts_on`, `ends_on`) with `last_day`; rows that begin after it never held, and go."""
    never = [row.pk for row in rows if row.starts_on and row.starts_on > last_day]
    kept = [row for row in rows if not (row.starts_on and row.starts_on > last_day)]
    for row in kept:
        row.ends_on = last_day
    if kept:
        model.objects.bulk_update(kept, ["ends_on"])
    if never:
        model.objects.filter(pk__in=never).delete()


def yesterday(day):
    """The last day of what stops when something else begins on `day`."""
    return day - timedelta(days=1)
