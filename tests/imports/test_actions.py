"""The writers of pupils, register, families, years and groups, one by one."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from pupils import actions
from pupils.models import Contact, GroupPupil, Pupil, PupilAdult, SENNeed, SENRecord
from sendhub.audit import Actor
from sendhub.kit.versions import Conflict
from staff import actions as staff_actions
from staff.models import Closure, GroupStaff, SchoolYear, StaffMember, TeachingGroup, Term

BY = Actor("system:test", "A test")
TODAY = date(2026, 11, 23)
BORN = date(2014, 2, 1)


@pytest.fixture
def ann(school):
    return actions.add_pupil(
        school=school, by=BY, on=TODAY, forename="Ann", surname="Łow", born_on=BORN, upn="R302412719001", mis_id="7",
        year_code="8", form="8A", joined_on=date(2025, 9, 1),
    )  # fmt: skip


def places(pupil):
    rows = GroupPupil.objects.filter(pupil=pupil).order_by("id")
    return list(rows.values_list("group__name", "starts_on", "ends_on"))


def test_add_pupil_fills_what_follows_and_gives_a_place(ann):
    assert (ann.legal_forename, ann.legal_surname, ann.sort_name, ann.year_sort) == ("Ann", "Łow", "low ann", 8)
    assert places(ann) == [("Year 8", None, None), ("8A", None, None)]


def test_a_pupil_found_by_legal_names_too(school):
    bo = actions.add_pupil(
        school=school, by=BY, on=TODAY, legal_forename="Robert", forename="Bo", legal_surname="Ng", born_on=BORN
    )
    assert bo.sort_name == "ng bo robert"
    assert places(bo) == []
    assert bo.year_sort == 99


@pytest.mark.parametrize("taken", [{"upn": "R302412719001"}, {"mis_id": "7"}])
def test_a_number_that_another_pupil_has_is_refused(ann, school, taken):
    with pytest.raises(ValidationError, match="Another pupil here has this"):
        actions.add_pupil(school=school, by=BY, on=TODAY, forename="Bo", surname="Ng", born_on=BORN, **taken)
    bo = actions.add_pupil(school=school, by=BY, on=TODAY, forename="Bo", surname="Ng", born_on=BORN)
    with pytest.raises(ValidationError, match="Another pupil here has this"):
        actions.change_pupil(pupil=bo, version=1, by=BY, on=TODAY, **taken)


def test_dates_of_a_pupil_stand_in_order(school):
    with pytest.raises(ValidationError):
        actions.add_pupil(
            school=school, by=BY, on=TODAY, forename="Bo", surname="Ng", born_on=BORN,
            joined_on=TODAY, left_on=TODAY - timedelta(days=1),
        )  # fmt: skip


def test_change_pupil_moves_form_and_sort_name(ann):
    changed = actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, surname="Day", form="8B")
    assert (changed.sort_name, changed.version) == ("day ann low", 2)
    assert places(ann) == [("Year 8", None, None), ("8A", None, TODAY - timedelta(days=1)), ("8B", TODAY, None)]


def test_a_place_that_never_held_a_day_goes(ann):
    actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, form="8B")
    actions.change_pupil(pupil=ann, version=2, by=BY, on=TODAY, form="")
    assert places(ann) == [("Year 8", None, None), ("8A", None, TODAY - timedelta(days=1))]


def test_two_who_change_one_pupil_do_not_overwrite_each_other(ann):
    actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, pronouns="she")
    assert actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, sex="F").pronouns == "she"
    with pytest.raises(Conflict):
        actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, pronouns="they")


def test_a_file_never_takes_a_version_that_somebody_has_seen(ann, school):
    """Or what they write on top of it would pass as if the file had changed nothing."""
    read = Pupil.objects.get(pk=ann.pk)
    actions.change_pupil(pupil=ann, version=1, by=BY, on=TODAY, pronouns="she")
    read.form = "8B"
    actions.save_pupils(school=school, new=[], changed=[read], fields={"form"}, on=TODAY, by=BY)
    assert Pupil.objects.get(pk=ann.pk).version == 3
    with pytest.raises(Conflict):
        actions.change_pupil(pupil=ann, version=2, by=BY, on=TODAY, form="8C")


def test_a_leaver_keeps_the_register_and_loses_places_and_adults(ann, school):
    helper = staff_actions.add_staff(school=school, forename="Kemi", surname="Oduya", by=BY)
    since = TODAY - timedelta(days=9)
    actions.save_adults(new=[PupilAdult(school=school, pupil=ann, staff=helper, part="ta", starts_on=since)], by=BY)
    actions.place_on_register(pupil=ann, provision="K", starts_on=since, by=BY)
    gone = actions.mark_left(pupil=ann, left_on=TODAY, by=BY)
    assert gone.left_on == TODAY
    assert not Pupil.objects.on_roll().exists()
    assert {row[2] for row in places(ann)} == {TODAY}
    assert PupilAdult.objects.get().ends_on == TODAY
    assert SENRecord.objects.get().ends_on is None
    with pytest.raises(ValidationError, match="before the first"):
        actions.mark_left(pupil=ann, left_on=date(2025, 8, 1), by=BY)


def test_provisions_follow_each_other_without_overlap(ann):
    first = actions.place_on_register(pupil=ann, provision="K", starts_on=date(2026, 1, 5), by=BY)
    assert actions.place_on_register(pupil=ann, provision="K", starts_on=TODAY, by=BY) == first
    actions.place_on_register(pupil=ann, provision="E", starts_on=date(2026, 6, 1), by=BY)
    with pytest.raises(ValidationError, match="that day or later"):
        actions.place_on_register(pupil=ann, provision="K", starts_on=date(2026, 6, 1), by=BY)
    assert actions.place_on_register(pupil=ann, provision="N", starts_on=TODAY, by=BY) is None
    rows = SENRecord.objects.order_by("starts_on").values_list("provision", "starts_on", "ends_on", "start_known")
    assert list(rows) == [
        ("K", date(2026, 1, 5), date(2026, 5, 31), True),
        ("E", date(2026, 6, 1), TODAY - timedelta(days=1), True),
    ]
    assert actions.place_on_register(pupil=ann, provision="N", starts_on=TODAY, by=BY) is None
    with pytest.raises(ValueError, match="Q"):
        actions.place_on_register(pupil=ann, provision="Q", starts_on=TODAY, by=BY)


def test_needs_that_swap_ranks_begin_anew(ann):
    actions.set_needs(pupil=ann, codes=["SLCN", "ASD"], on=date(2026, 1, 5), by=BY)
    actions.set_needs(pupil=ann, codes=["ASD", "SLCN", "HI"], on=TODAY, by=BY)
    now = SENNeed.objects.filter(ends_on=None).order_by("rank").values_list("code", "rank")
    assert list(now) == [("ASD", 1), ("SLCN", 2), ("HI", 3)]
    assert SENNeed.objects.filter(ends_on=TODAY - timedelta(days=1)).count() == 2


def test_contacts(ann):
    kim = actions.add_contact(pupil=ann, by=BY, forename="Kim", surname="Low", email="kim@example.org")
    actions.change_contact(contact=kim, by=BY, phone="07700 900000")
    assert Contact.objects.get().phone == "07700 900000"


def test_the_schools_year(school):
    year = staff_actions.add_year(school=school, starts=2026, by=BY)
    assert staff_actions.add_year(school=school, starts=2026, by=BY) == year
    assert (year.groups_from, year.groups_until) == (date(2026, 9, 1), date(2027, 8, 31))
    staff_actions.set_year_dates(year=year, groups_from=date(2026, 7, 1), groups_until=date(2027, 9, 30), by=BY)
    assert SchoolYear.objects.get().groups_from == date(2026, 7, 1)
    terms = [("Autumn 1", date(2026, 9, 3), date(2026, 10, 23))]
    staff_actions.add_terms(year=year, terms=terms, by=BY)
    staff_actions.add_terms(year=year, terms=[("Autumn 1", date(2026, 9, 4), date(2026, 10, 23))], by=BY)
    assert Term.objects.get().starts_on == date(2026, 9, 4)
    for reason in ("Training", "Snow"):
        staff_actions.add_closures(school=school, closures=[(date(2026, 9, 4), reason)], by=BY)
    assert Closure.objects.get().reason == "Training"


def test_groups_and_who_teaches_them(ann, school):
    year = SchoolYear.objects.get()
    dan = staff_actions.add_staff(school=school, forename="Dan", surname="Whitlock", by=BY)
    staff_actions.change_staff(staff=dan, job_title="Teacher", by=BY)
    group = staff_actions.add_group(year=year, kind="class", name="8A/En", subject="English", by=BY)
    assert staff_actions.add_group(year=year, kind="class", name="8A/En", by=BY) == group
    assert len(actions.place_pupils(group=group, pupils=[ann], by=BY)) == 1
    assert actions.place_pupils(group=group, pupils=[ann], by=BY) == []
    tie = staff_actions.tie_staff(group=group, staff=dan, by=BY)
    assert staff_actions.tie_staff(group=group, staff=dan, by=BY) == tie
    staff_actions.end_tie(tie=tie, last_day=TODAY, by=BY)
    assert GroupStaff.objects.get().ends_on == TODAY
    late = staff_actions.tie_staff(group=group, staff=dan, starts_on=TODAY + timedelta(days=9), by=BY)
    staff_actions.end_tie(tie=late, last_day=TODAY, by=BY)
    assert GroupStaff.objects.count() == 1
    assert StaffMember.objects.get().job_title == "Teacher"
    assert TeachingGroup.objects.filter(kind="class").count() == 1


def test_one_number_a_school_in_the_database_too(ann, school):
    twin = Pupil(school=school, forename="Bo", surname="Ng", born_on=BORN, upn=ann.upn)
    with pytest.raises(IntegrityError), transaction.atomic():
        actions.save_pupils(school=school, new=[twin], changed=[], fields=set(), on=TODAY, by=BY)
