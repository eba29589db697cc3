"""The cast: the same people in tests and in the demo school. Three small schools, two of one trust.

Oakfield and Hillside are of Meridian; Brook is a stranger. Each has a pupil on the register and one who is not, so
that a leak has something to leak.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from pupils.models import Contact, GroupPupil, Pupil, PupilAdult, SENNeed, SENRecord
from sendhub.access import Role
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context
from staff.models import (
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

PEOPLE = {
    "sendco": ("Priya", "Nair", Role.SENDCO, "SENDCO"),
    "assistant": ("Tom", "Hale", Role.ASSISTANT_SENDCO, "Assistant SENDCO"),
    "admin": ("Bev", "Marsh", Role.SEND_ADMIN, "SEND administrator"),
    "teacher": ("Dan", "Whitlock", Role.TEACHER, "Teacher of English"),
    "ta": ("Kemi", "Oduya", Role.TA, "Teaching assistant"),
    "leader": ("Ruth", "Osei", Role.LEADER, "Head of Year 9"),
    "head": ("Grace", "Lindqvist", Role.HEAD, "Headteacher"),
    "governor": ("Alan", "Pike", Role.GOVERNOR, "SEND governor"),
    "office": ("Sue", "Kettle", Role.OFFICE, "Office manager"),
    "dsl": ("Mo", "Farrow", Role.DSL, "Designated safeguarding lead"),
    "trust_lead": ("Ines", "Calder", Role.TRUST_LEAD, "Trust SEND lead"),
    "data_lead": ("Femi", "Adler", Role.DATA_LEAD, "Data protection lead"),
}


@dataclass
class SchoolCast:
    """One school and its people by part: `cast.oakfield.sendco` is a Membership."""

    school: School
    people: dict = field(default_factory=dict)
    pupils: dict = field(default_factory=dict)

    def __getattr__(self, name):
        try:
            return self.people[name]
        except KeyError:
            raise AttributeError(name) from None


@dataclass
class Cast:
    oakfield: SchoolCast
    hillside: SchoolCast
    brook: SchoolCast

    @property
    def outsider(self):
        """The SENDCO of a school that has nothing to do with Oakfield."""
        return self.brook.sendco


def build_cast():
    trust = Trust.objects.create(name="Meridian Learning Trust", slug="meridian")
    oakfield = build_school("Oakfield Secondary School", "oakfield", trust, "4127")
    hillside = build_school("Hillside Primary School", "hillside", trust, "2011", share=oakfield)
    brook = build_school("Brook Primary School", "brook", None, "3044")
    return Cast(oakfield, hillside, brook)


def build_school(name, slug, trust, estab, share=None):
    school = School.objects.create(name=name, slug=slug, trust=trust, la_code="302", estab=estab, is_demo=True)
    result = SchoolCast(school)
    with school_context(school.pk), acting(SYSTEM, "cast.build"):
        for part, (forename, surname, role, job) in PEOPLE.items():
            result.people[part] = build_person(school, part, forename, surname, role, job, share)
        build_pupils(result)
    return result


def build_person(school, part, forename, surname, role, job, share):
    shared = share is not None and part == "trust_lead"  # one trust lead for both schools
    email = f"{forename}.{surname}@{share.school.slug if shared else school.slug}.example.org".lower()
    user, _ = User.objects.get_or_create(email=email, defaults={"name": f"{forename} {surname}", "password": "!"})
    staff = None
    if role not in {Role.GOVERNOR, Role.TRUST_LEAD}:
        staff = StaffMember.objects.create(
            school=school, code=part, forename=forename, surname=surname, job_title=job, email=email
        )
    return Membership.objects.create(school=school, user=user, staff=staff, roles=[role.value])


def build_pupils(result):
    """`aisha` (K, in the teacher's class and year 9, TA and key adult) and `leon` (E, nobody's) are on the register;
    `mei` is in the teacher's class with no SEN; `gone` has left."""
    school, today = result.school, timezone.localdate()
    starts = today.year if today.month >= 9 else today.year - 1
    year = SchoolYear.objects.create(
        school=school, starts=starts, groups_from=date(starts, 7, 1), groups_until=date(starts + 1, 9, 30)
    )
    Term.objects.create(school=school, year=year, name="Autumn 1", starts_on=date(starts, 9, 3), ends_on=today)
    english = TeachingGroup.objects.create(school=school, year=year, kind="class", name="9C/En", subject="English")
    year9 = TeachingGroup.objects.create(school=school, year=year, kind="year", name="Year 9")
    GroupStaff.objects.create(school=school, group=english, staff=result.teacher.staff)
    GroupStaff.objects.create(school=school, group=year9, staff=result.leader.staff, part="leads")
    people = (
        ("aisha", "Aïsha", "Khan", "9", "9C", "K", "SPLD"),
        ("leon", "Leon", "Walker", "8", "8B", "E", "ASD"),
        ("mei", "Mei", "Zhou", "9", "9C", None, None),
        ("gone", "Gale", "Left", "9", "9C", None, None),
    )
    for number, (key, forename, surname, year_code, form, provision, need) in enumerate(people, start=1):
        pupil = Pupil.objects.create(
            school=school,
            mis_id=f"00{number}",
            legal_forename=forename,
            legal_surname=surname,
            forename=forename,
            surname=surname,
            sort_name=f"{surname} {forename}".lower().replace("ï", "i"),
            born_on=date(starts - 13, 9, number),
            year_code=year_code,
            year_sort=int(year_code),
            form=form,
            in_care=key == "leon",
            fsm=key == "aisha",
            pupil_premium=key == "aisha",
            speak_to_dsl=key == "leon",
            joined_on=date(starts - 1, 9, 1),
            left_on=today - timedelta(days=30) if key == "gone" else None,
        )
        result.pupils[key] = pupil
        if provision:
            SENRecord.objects.create(
                school=school, pupil=pupil, provision=provision, starts_on=today - timedelta(days=200)
            )
            SENNeed.objects.create(school=school, pupil=pupil, code=need, rank=1, starts_on=today - timedelta(days=200))
        Contact.objects.create(
            school=school, pupil=pupil, forename="Parent", surname=surname, relationship="Mother",
            email=f"parent{number}@example.org", phone="07700 900000", parental_responsibility=True,
        )  # fmt: skip
    for key in ("aisha", "mei", "gone"):
        GroupPupil.objects.create(school=school, group=english, pupil=result.pupils[key])
        GroupPupil.objects.create(school=school, group=year9, pupil=result.pupils[key])
    aisha = result.pupils["aisha"]
    since = today - timedelta(days=60)
    PupilAdult.objects.create(school=school, pupil=aisha, staff=result.ta.staff, part="ta", starts_on=since)
    PupilAdult.objects.create(school=school, pupil=aisha, staff=result.dsl.staff, part="key_adult", starts_on=since)
