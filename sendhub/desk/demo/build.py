"""Build the demo in one transaction: either all of it is there, or none of it."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from pupils.imports import bring_in
from sendhub.access import ROLES
from sendhub.audit import Actor
from sendhub.desk.demo import cast, threads
from sendhub.desk.demo.attendance import attendance_lists
from sendhub.desk.demo.shift import sample_files
from sendhub.rules.school_calendar import academic_year
from sendhub.rules.year_plan import usual_half_terms, usual_training_days
from sendhub.tenancy import school_context
from staff import actions
from staff.models import GroupStaff, Membership, School, StaffMember, TeachingGroup

BUILDER = Actor("system:demo", "The demo's builder")
IMPORT = Actor("system:import", "The import")


def is_built():
    return School.objects.filter(slug=cast.SCHOOLS[0].slug, is_demo=True).exists()


@transaction.atomic
def build(today=None):
    """Make the trust, its schools and the school outside it. Does nothing, and says False, when they are there."""
    if is_built():
        return False
    today = today or timezone.localdate()
    name, slug = cast.TRUST
    trust = actions.add_trust(name=name, slug=slug, by=BUILDER)
    for place in cast.SCHOOLS:
        school = actions.add_school(
            name=place.name,
            slug=place.slug,
            la_code=cast.LA_CODE,
            estab=place.estab,
            trust=trust if place.in_trust else None,
            is_demo=True,
            by=BUILDER,
        )
        with school_context(school.pk):
            fill(school, place, today)
    return True


def fill(school, place, today):
    year, following = add_years(school, today)
    for name, data in sample_files(place.slug, today):
        bring_in(school=school, data=data, filename=name, by=IMPORT, write=True, today=today)
    for taken_on, data in attendance_lists(place.slug, today):
        bring_in(
            school=school, data=data, filename="attendance.csv", by=IMPORT, write=True, today=today, taken_on=taken_on
        )
    members = add_members(school, place)
    for surname, form in place.tutors:
        group = TeachingGroup.objects.get(school=school, year=year, kind=TeachingGroup.Kind.FORM, name=form)
        actions.tie_staff(group=group, staff=members[surname].staff, part=GroupStaff.Part.TUTORS, by=BUILDER)
    if place is cast.SCHOOLS[0]:
        threads.tie(school, year, following, members, today, BUILDER)


def add_years(school, today):
    """This school year and the next, each with terms and closures; groups count from July before to September after."""
    starts = academic_year(today)
    years = []
    for first in (starts, starts + 1):
        year = actions.add_year(
            school=school,
            starts=first,
            groups_from=date(first, 7, 1),
            groups_until=date(first + 1, 9, 30),
            by=BUILDER,
        )
        terms = [(term.name, term.first, term.last) for term in usual_half_terms(first)]
        actions.add_terms(year=year, terms=terms, by=BUILDER)
        closures = [(each.on, each.reason) for each in usual_training_days(first)]
        actions.add_closures(school=school, closures=closures, by=BUILDER)
        years.append(year)
    return years


def add_members(school, place):
    """The cast's accounts and places: surname -> Membership. Nobody has a password: one click signs in."""
    staff = {person.code: person for person in StaffMember.objects.filter(school=school)}
    members = {}
    for person in place.people:
        user = actions.add_user(email=person.address(place.slug), name=person.name, by=BUILDER)
        members[person.surname] = actions.add_member(
            school=school, user=user, roles=[person.role.value], staff=staff.get(person.code), by=BUILDER
        )
    return members


def who():
    """(name, role, address, school, what they see) of everybody in the cast who has a place, in the cast's order."""
    rows = []
    for place in cast.SCHOOLS:
        school = School.objects.filter(slug=place.slug, is_demo=True).first()
        if school is None:
            continue
        with school_context(school.pk):
            members = {
                member.user.email: member
                for member in Membership.objects.current().filter(school=school).select_related("user")
            }
        for person in place.people:
            member = members.get(person.address(place.slug))
            if member is not None:
                row = ROLES[person.role]
                rows.append((person.name, row.title, member.user.email, place.name, person.sees or row.words))
    return rows
