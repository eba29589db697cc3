"""Whom each person sees, by dated relation: from which day, until which day, and not a day longer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import GroupPupil, Pupil, PupilAdult
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context
from staff.models import GroupStaff, School, SchoolYear, StaffMember, TeachingGroup

DAY = timedelta(days=1)


def seen(member, on=None):
    return {pupil.forename for pupil in Pupil.objects.visible_to(member, on)}


@pytest.fixture
def oakfield(cast):
    with school_context(cast.oakfield.school.pk), acting(SYSTEM, "test"):
        yield cast.oakfield


EVERYONE = {"Aïsha", "Leon", "Mei", "Gale"}


@pytest.mark.parametrize(
    ("person", "names"),
    [
        ("sendco", EVERYONE),
        ("assistant", EVERYONE),
        ("admin", EVERYONE),
        ("head", EVERYONE),
        ("office", EVERYONE),
        ("dsl", EVERYONE),
        ("teacher", {"Aïsha", "Mei"}),
        ("leader", {"Aïsha", "Mei"}),
        ("ta", {"Aïsha"}),
        ("governor", set()),
        ("trust_lead", set()),
    ],
)
def test_whom_each_role_sees(oakfield, person, names):
    assert seen(oakfield.people[person]) == names


def test_a_school_can_let_its_trusts_lead_see_records(oakfield):
    lead = oakfield.trust_lead
    lead.school.trust_sees = School.TrustSees.RECORDS
    assert seen(lead) == EVERYONE


def test_someone_whose_place_has_ended_sees_nobody(oakfield):
    oakfield.sendco.ended_at = timezone.now()
    assert seen(oakfield.sendco) == set()


def test_a_teacher_who_is_tied_to_no_staff_row_sees_nobody(oakfield):
    oakfield.teacher.staff = None
    assert seen(oakfield.teacher) == set()


def test_a_leaver_is_out_of_sight_for_those_who_taught_them(oakfield):
    assert "Gale" not in seen(oakfield.teacher)


@pytest.mark.parametrize(
    ("day", "names"),
    [
        ("before_from", set()),
        ("from", {"Leon"}),
        ("until", {"Leon"}),
        ("after_until", set()),
    ],
)
def test_next_years_teacher_sees_from_the_schools_date_and_not_after_its_last(oakfield, day, names):
    year = SchoolYear.objects.create(
        school=oakfield.school, starts=2031, groups_from=date(2031, 7, 7), groups_until=date(2032, 9, 12)
    )
    group = TeachingGroup.objects.create(school=oakfield.school, year=year, kind="class", name="9B/Ma")
    staff = StaffMember.objects.create(school=oakfield.school, forename="New", surname="Teacher")
    GroupStaff.objects.create(school=oakfield.school, group=group, staff=staff)
    GroupPupil.objects.create(school=oakfield.school, group=group, pupil=oakfield.pupils["leon"])
    oakfield.teacher.staff = staff
    days = {
        "before_from": date(2031, 7, 6),
        "from": date(2031, 7, 7),
        "until": date(2032, 9, 12),
        "after_until": date(2032, 9, 13),
    }
    assert seen(oakfield.teacher, days[day]) == names


@pytest.mark.parametrize(("model", "person"), [(GroupStaff, "teacher"), (GroupPupil, "teacher"), (PupilAdult, "ta")])
def test_a_tie_counts_from_its_first_day_to_its_last(oakfield, model, person):
    today = timezone.localdate()
    model.objects.update(starts_on=today - DAY, ends_on=today)
    member = oakfield.people[person]
    assert [bool(seen(member, today + n * DAY)) for n in (-2, -1, 0, 1)] == [False, True, True, False]


def test_the_register_as_at_a_day(oakfield):
    aisha = oakfield.pupils["aisha"]
    start = aisha.sen_records.get().starts_on
    aisha.sen_records.update(ends_on=start + 9 * DAY)

    def provision(day):
        return Pupil.objects.with_register(day).get(pk=aisha.pk).provision

    assert [provision(start + n * DAY) for n in (-1, 0, 9, 10)] == [None, "K", "K", None]
