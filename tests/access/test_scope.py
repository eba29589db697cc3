"""Whom each person sees, by dated relation: from which day, until which day, and not a day longer."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import GroupPupil, Pupil, PupilAdult, SENRecord
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


def test_somebody_who_no_longer_works_here_sees_nobody(oakfield):
    staff, today = oakfield.teacher.staff, timezone.localdate()
    staff.ended_on = today
    staff.save()
    assert [bool(seen(oakfield.teacher, today + n * DAY)) for n in (0, 1)] == [True, False]


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
        return SENRecord.objects.at(day).filter(pupil=aisha).values_list("provision", flat=True).first()

    assert [provision(start + n * DAY) for n in (-1, 0, 9, 10)] == [None, "K", "K", None]


class TestTwoRoles:
    """Two roles do not add up to more than each allows where it reaches: the office that also teaches opens the
    records of its own classes, and lists everybody else without a word of SEND."""

    @pytest.fixture
    def browser(self, oakfield, sign_in):
        def run(part, *roles):
            member = oakfield.people[part]
            member.roles = list(roles)
            member.save()
            return sign_in(member)

        return run

    def test_teaching_does_not_open_the_records_that_the_office_lists(self, oakfield, browser):
        both = browser("teacher", "office", "teacher")
        page = both.get("/s/oakfield/pupils/?provision=all").content.decode()
        assert "Walker, Leon" in page
        assert "EHC plan" not in page
        assert both.get(f"/s/oakfield/pupils/{oakfield.pupils['leon'].pk}/").status_code == 404
        assert both.get(f"/s/oakfield/pupils/{oakfield.pupils['leon'].pk}/page.pdf").status_code == 404
        assert both.get(f"/s/oakfield/pupils/{oakfield.pupils['aisha'].pk}/").status_code == 200

    def test_teaching_does_not_let_the_safeguarding_lead_change_everybody(self, oakfield, browser):
        both = browser("teacher", "dsl", "teacher")
        for key, may in (("leon", 404), ("aisha", 200)):
            path = f"/s/oakfield/pupils/{oakfield.pupils[key].pk}/"
            assert both.get(path).status_code == 200
            assert both.get(f"{path}first-line/").status_code == may
            assert ("first-line/" in both.get(path).content.decode()) is (may == 200)

    def test_small_numbers_stay_hidden_from_the_office_that_teaches(self, oakfield, browser):
        page = browser("teacher", "governor", "office", "teacher").get("/s/oakfield/pupils/register/")
        assert "too small to show" in page.content.decode()
