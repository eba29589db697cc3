"""Forms with pupils in them and next year's groups, and who sees whom, for the tests of links."""

from datetime import date

import pytest

from pupils.models import GroupPupil, Pupil
from staff.models import GroupStaff, SchoolYear, TeachingGroup


@pytest.fixture
def form_9c(oakfield, inside):
    """9C with its two pupils, and 8B with Leon; nobody tutors either."""
    with inside():
        year = SchoolYear.objects.get()
        made = {}
        for name, pupils in (("9C", ("aisha", "mei")), ("8B", ("leon",))):
            made[name] = TeachingGroup.objects.create(school=oakfield.school, year=year, kind="form", name=name)
            for key in pupils:
                GroupPupil.objects.create(school=oakfield.school, group=made[name], pupil=oakfield.pupils[key])
        return made


@pytest.fixture
def following(oakfield, inside):
    with inside():
        starts = SchoolYear.objects.get().starts + 1
        return SchoolYear.objects.create(
            school=oakfield.school, starts=starts, groups_from=date(starts, 7, 1), groups_until=date(starts + 1, 9, 30)
        )


def sees(inside, member):
    with inside():
        return {pupil.forename for pupil in Pupil.objects.visible_to(member)}


def tutor(oakfield, group, member):
    return GroupStaff.objects.create(school=oakfield.school, group=group, staff=member.staff, part="tutors")


def wanted(oakfield, **changes):
    return {"staff": oakfield.teacher.staff_id, "starts": "today", "ids": ids(oakfield, "leon"), **changes}


def ids(oakfield, *keys):
    return [oakfield.pupils[key].pk for key in keys]
