"""Why someone may see a pupil: the same answer as the filter, in a sentence."""

from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import Pupil, PupilAdult
from pupils.queries import why_can_see
from pupils.words import day_words
from sendhub.access import Role
from staff.models import GroupStaff, School

SINCE = day_words(timezone.localdate() - timedelta(days=60))
EVERYBODY = ("aisha", "leon", "mei", "gone")
REASONS = {
    "sendco": dict.fromkeys(EVERYBODY, "You are the SENDCO"),
    "assistant": dict.fromkeys(EVERYBODY, "You are an assistant SENDCO"),
    "admin": dict.fromkeys(EVERYBODY, "You are the SEND administrator"),
    "head": dict.fromkeys(EVERYBODY, "You are the head"),
    "dsl": dict.fromkeys(EVERYBODY, "You are the safeguarding lead"),
    "office": dict.fromkeys(EVERYBODY, "You work in the office"),
    "teacher": {"aisha": "You teach 9C/En", "mei": "You teach 9C/En"},
    "leader": {"aisha": "You lead Year 9", "mei": "You lead Year 9"},
    "ta": {"aisha": f"Teaching assistant since {SINCE}"},
    "governor": {},
    "trust_lead": {},
}


@pytest.mark.parametrize("part", REASONS)
def test_the_reason_of_each_of_the_cast_for_each_pupil(oakfield, inside, part):
    member = getattr(oakfield, part)
    with inside():
        said = {key: why_can_see(member, pupil) for key, pupil in oakfield.pupils.items()}
        seen = set(Pupil.objects.visible_to(member).values_list("pk", flat=True))
    assert {key: why for key, why in said.items() if why} == REASONS[part]
    assert {oakfield.pupils[key].pk for key, why in said.items() if why} == seen


def test_no_reason_at_another_school_or_after_the_end(cast, inside):
    with inside():
        assert why_can_see(cast.outsider, cast.oakfield.pupils["aisha"]) == ""
        leaver = cast.oakfield.sendco
        leaver.ended_at = timezone.now()
        assert why_can_see(leaver, cast.oakfield.pupils["aisha"]) == ""


def test_a_granted_trust_lead_is_told_who_let_them(oakfield, inside):
    member = oakfield.trust_lead
    member.school.trust_sees = School.TrustSees.RECORDS
    with inside():
        said = why_can_see(member, oakfield.pupils["leon"])
    assert said == "You lead SEND for the trust, and the school has let you open records"


def test_someone_without_a_staff_record_is_linked_to_nobody(oakfield, inside):
    member = oakfield.teacher
    member.staff = None
    with inside():
        assert why_can_see(member, oakfield.pupils["aisha"]) == ""
        assert not Pupil.objects.visible_to(member).exists()


def test_several_ties_are_named_by_kind_the_adults_first(oakfield, inside):
    aisha, teacher = oakfield.pupils["aisha"], oakfield.teacher
    with inside():
        PupilAdult.objects.create(
            school=oakfield.school, pupil=aisha, staff=teacher.staff, part="key_adult", starts_on=timezone.localdate()
        )
        english = GroupStaff.objects.get(staff=teacher.staff).group
        GroupStaff.objects.create(school=oakfield.school, group=english, staff=teacher.staff, part="tutors")
        said = why_can_see(teacher, aisha)
    today = day_words(timezone.localdate())
    assert said == f"Key adult since {today}. You teach 9C/En. You are form tutor of 9C/En"


def test_the_reason_ends_with_the_tie(oakfield, inside):
    aisha = oakfield.pupils["aisha"]
    with inside():
        PupilAdult.objects.filter(staff=oakfield.ta.staff).update(ends_on=timezone.localdate() - timedelta(days=1))
        assert why_can_see(oakfield.ta, aisha) == ""
        before = timezone.localdate() - timedelta(days=1)
        assert why_can_see(oakfield.ta, aisha, on=before) == f"Teaching assistant since {SINCE}"


def test_everybody_who_sees_all_has_a_reason_in_words(oakfield, inside):
    """A role that is given the widest scope and no sentence would break each record that it opens."""
    from sendhub.access import ROLES, Scope

    member = oakfield.sendco
    with inside():
        for role in (role for role in Role if ROLES[role].scope == Scope.ALL):
            member.roles = [role.value]
            assert why_can_see(member, oakfield.pupils["aisha"])
