"""The school's year: its dates, terms and closures."""

from datetime import date

from sendhub.audit import action
from staff.models import Closure, SchoolYear, Term


def usual_dates(starts):
    """From 1 September until 31 August: until a school says otherwise nobody sees next year's or last year's pupils."""
    return date(starts, 9, 1), date(starts + 1, 8, 31)


@action("year.add")
def add_year(*, school, starts, by, groups_from=None, groups_until=None):
    """The school's year that starts in September of `starts`; the one that is there already comes back unchanged."""
    first, last = usual_dates(starts)
    return SchoolYear.objects.get_or_create(
        school=school,
        starts=starts,
        defaults={"groups_from": groups_from or first, "groups_until": groups_until or last},
    )[0]


@action("year.set_dates")
def set_year_dates(*, year, groups_from, groups_until, by):
    """From when until when this year's groups let their staff see their pupils."""
    year.groups_from, year.groups_until = groups_from, groups_until
    year.save(update_fields=["groups_from", "groups_until"])
    return year


@action("terms.add")
def add_terms(*, year, terms, by):
    """`terms` are (name, first day, last day), one a half term. A name that the year has already takes the new days."""
    held = {term.name: term for term in Term.objects.filter(school_id=year.school_id, year=year)}
    saved = []
    for name, starts_on, ends_on in terms:
        term = held.get(name) or Term(school_id=year.school_id, year=year, name=name)
        term.starts_on, term.ends_on = starts_on, ends_on
        term.save()
        saved.append(term)
    return saved


@action("closures.add")
def add_closures(*, school, closures, by):
    """`closures` are (day, reason). A day that is closed already keeps its reason."""
    Closure.objects.bulk_create(
        [Closure(school=school, on=on, reason=reason) for on, reason in closures], ignore_conflicts=True
    )


@action("terms.set")
def set_terms(*, school, starts, terms, by):
    """Make the half terms of a school year these: (name, first day, last day). One that is not among them goes.

    Returns the year, which is made if it is not there."""
    year = add_year(school=school, starts=starts, by=by)
    add_terms(year=year, terms=terms, by=by)
    names = [name for name, _, _ in terms]
    Term.objects.filter(school=school, year=year).exclude(name__in=names).delete()
    return year


@action("closures.set")
def set_closures(*, school, first, last, closures, by):
    """Make the closures from `first` to `last` these: {day: reason}."""
    held = {row.on: row for row in Closure.objects.filter(school=school, on__range=(first, last))}
    for on, row in held.items():
        if on not in closures:
            row.delete()
        elif row.reason != closures[on]:
            row.reason = closures[on]
            row.save(update_fields=["reason"])
    add_closures(school=school, closures=[pair for pair in closures.items() if pair[0] not in held], by=by)
