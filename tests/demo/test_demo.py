"""What the demo must hold. It is built once for this module, in a transaction that is rolled back."""

import time
from datetime import timedelta
from io import StringIO
from itertools import pairwise

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Count
from django.utils import timezone

from pupils.imports import register_counts
from pupils.models import AttendanceSnapshot, Contact, GroupPupil, Pupil, PupilAdult, PupilFlag, SENNeed, SENRecord
from pupils.queries import reading_counts
from sendhub.desk.demo.build import build
from sendhub.kit.models import SavedView
from sendhub.outbox.models import Message
from sendhub.rules.pupil_age import nc_year
from sendhub.rules.school_calendar import academic_year
from sendhub.rules.upn import validate
from sendhub.tenancy import school_context
from staff.models import (
    Closure,
    GroupStaff,
    Membership,
    School,
    SchoolYear,
    StaffMember,
    TeachingGroup,
    Term,
    Trust,
    User,
)


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    patch = pytest.MonkeyPatch()
    patch.setattr(settings, "DEMO", True)
    with django_db_blocker.unblock(), transaction.atomic():
        began = time.monotonic()
        assert build() is True
        print(f"built in {time.monotonic() - began:.1f} s")
        yield
        transaction.set_rollback(True)
    patch.undo()


@pytest.fixture
def oakfield(demo):
    school = School.objects.get(slug="oakfield")
    with school_context(school.pk):
        yield school


def member(surname):
    return Membership.objects.get(user__name__endswith=surname)


def test_the_schools(demo):
    rows = School.objects.order_by("pk").values_list("slug", "la_code", "estab", "trust__slug", "is_demo")
    assert list(rows) == [
        ("oakfield", "302", "4127", "meridian", True),
        ("hillside", "302", "2011", "meridian", True),
        ("brook", "302", "2044", None, True),
    ]
    assert Trust.objects.get().name == "Meridian Learning Trust"


@pytest.mark.parametrize(
    ("slug", "pupils", "support", "plans", "staff", "contacts", "classes", "forms"),
    [
        ("oakfield", 1180, 168, 61, 98 + 10, 1980, 280, 28),
        ("hillside", 60, 9, 3, 12, 96, 0, 7),
        ("brook", 412, 62, 21, 37 + 3, 689, 0, 14),
    ],
)
def test_what_each_school_holds(demo, slug, pupils, support, plans, staff, contacts, classes, forms):
    school = School.objects.get(slug=slug)
    with school_context(school.pk):
        year = SchoolYear.objects.get(starts=academic_year(timezone.localdate()))
        assert Pupil.objects.count() == pupils
        assert register_counts(school) == {"K": support, "E": plans}
        assert StaffMember.objects.count() == staff
        assert Contact.objects.count() == contacts
        assert TeachingGroup.objects.filter(year=year, kind="class").count() == classes
        assert TeachingGroup.objects.filter(year=year, kind="form").count() == forms
        assert GroupPupil.objects.filter(group__year=year, group__kind="form").count() == pupils
        assert SENRecord.objects.filter(start_known=True).count() == 0
        assert Term.objects.count() == 12
        assert Closure.objects.count() == 10


def test_nobody_is_there_twice(oakfield):
    for model, columns in (
        (Pupil, ("legal_surname", "legal_forename", "born_on")),
        (StaffMember, ("surname", "forename", "code")),
        (Contact, ("pupil", "forename", "surname")),
        (SENRecord, ("pupil",)),
        (SENNeed, ("pupil", "code")),
    ):
        twice = model.objects.order_by().values(*columns).annotate(n=Count("pk")).filter(n__gt=1)
        assert list(twice) == [], model


def test_ages_fit_the_year_groups_and_upns_are_right(oakfield):
    today = timezone.localdate()
    off = [p.pk for p in Pupil.objects.all() if nc_year(p.born_on, today) != p.year_sort]
    assert off == []
    assert all(validate(upn).ok for upn in Pupil.objects.exclude(upn="").values_list("upn", flat=True))


def test_terms_lie_around_today_and_never_overlap(oakfield):
    terms = list(Term.objects.order_by("starts_on"))
    assert all(one.ends_on < other.starts_on for one, other in pairwise(terms))
    starts = academic_year(timezone.localdate())
    assert [terms[0].starts_on.year, terms[-1].ends_on.year] == [starts, starts + 2]


def test_the_teacher_teaches_and_the_assistant_helps(oakfield):
    dan, kemi, ruth = member("Whitlock"), member("Oduya"), member("Osei")
    classes = GroupStaff.objects.filter(staff=dan.staff, part="teaches").values_list("group__name", flat=True)
    assert sorted(classes) == ["10A/En", "7A/En", "8C/En", "9C/En"]
    seen = Pupil.objects.visible_to(dan)
    assert seen.filter(form="9C").count() == Pupil.objects.filter(form="9C").count()
    assert 100 < seen.count() < 300
    assert 6 <= Pupil.objects.visible_to(kemi).count() <= 12
    year9 = Pupil.objects.visible_to(ruth)
    assert set(year9.values_list("year_code", flat=True)) == {"9"}
    assert year9.count() == 216


def test_next_years_teacher_sees_her_class_from_the_day_that_the_school_set(oakfield):
    jo = member("Ellery")
    year = SchoolYear.objects.order_by("-starts").first()
    assert not Pupil.objects.visible_to(jo).exists()
    assert not Pupil.objects.visible_to(jo, on=year.groups_from - timedelta(days=1)).exists()
    assert Pupil.objects.visible_to(jo, on=year.groups_from).count() == Pupil.objects.filter(form="9C").count()


def test_the_register_has_words_adults_pointers_messages_and_views(oakfield):
    today = timezone.localdate()
    on_it = SENRecord.objects.at(today).values("pupil")
    register = Pupil.objects.filter(pk__in=on_it)
    assert register.count() == 229
    assert 170 < register.exclude(first_line="").count() < 229
    assert not Pupil.objects.exclude(pk__in=on_it).exclude(first_line="").exists()
    keyed = PupilAdult.objects.on(today).filter(part="key_adult")
    assert keyed.values("pupil").distinct().count() == 40
    assert Pupil.objects.filter(speak_to_dsl=True).count() == 3
    assert Message.objects.filter(template="pupil_adult").count() == 4
    assert SavedView.objects.count() == 4
    assert PupilFlag.objects.at(today).filter(kind="assessed").count() == 3
    assert reading_counts(member("Nair"), today) == {"total": 229, "read": 34}
    assert reading_counts(member("Osei"), today)["read"] == 5
    assert GroupStaff.objects.filter(part="tutors").values("group").distinct().count() == 28
    assert GroupStaff.objects.filter(part="leads").values("group").distinct().count() == 7


def test_nobody_of_the_cast_has_a_password_and_one_leads_two_schools(demo):
    users = User.objects.all()
    assert users.count() == 13 + 3 + 3  # one of them stands in two casts
    assert not any(user.has_usable_password() for user in users)


def test_building_it_again_adds_nothing(oakfield):
    before = [model.objects.count() for model in (School, User, Pupil, GroupStaff, GroupPupil, Message)]
    out = StringIO()
    call_command("demo", stdout=out)
    assert out.getvalue() == "The demo's schools are there already: nothing was changed.\n"
    assert [model.objects.count() for model in (School, User, Pupil, GroupStaff, GroupPupil, Message)] == before


def test_who_one_can_sign_in_as(demo):
    out = StringIO()
    call_command("demo", who=True, stdout=out)
    lines = out.getvalue().splitlines()
    assert len(lines) == 20
    assert lines[0] == (
        "Priya Nair, SENDCO of Oakfield Secondary School, priya.nair@oakfield.example.org: "
        "Leads SEND: sees and does all of it."
    )
    assert "Jo Ellery, Teacher of Oakfield Secondary School" in lines[12]
    assert "sees nobody until" in lines[12]


def test_the_demo_is_off_elsewhere(demo, monkeypatch):
    monkeypatch.setattr(settings, "DEMO", False)
    with pytest.raises(CommandError, match="only where SENDHUB_DEMO is 1"):
        call_command("demo")


@pytest.mark.parametrize(("slug", "surname", "form"), [("hillside", "Frost", "RH"), ("brook", "Lund", "4A")])
def test_the_other_schools_teachers_see_their_form(demo, slug, surname, form):
    with school_context(School.objects.get(slug=slug).pk):
        assert set(Pupil.objects.visible_to(member(surname)).values_list("form", flat=True)) == {form}


def test_attendance_has_a_line_to_draw(oakfield):
    days = list(AttendanceSnapshot.objects.order_by("taken_on").values_list("taken_on", flat=True).distinct())
    assert days[-1] == timezone.localdate()
    assert AttendanceSnapshot.objects.count() == 1180 * len(days)
    for snapshot in AttendanceSnapshot.objects.filter(pupil=Pupil.objects.first()).order_by("taken_on"):
        assert snapshot.attended + snapshot.authorised + snapshot.unauthorised == snapshot.possible
