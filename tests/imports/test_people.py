"""Staff, contacts and classes: a second file after a first."""

from datetime import date

import pytest

from pupils.models import Contact, GroupPupil, Pupil
from sendhub.audit import acting
from staff.models import GroupStaff, StaffMember, TeachingGroup
from tests.imports.conftest import IMPORT, TODAY

PUPILS = (
    "Surname,Forename,UPN,Adno,DOB,Reg\n"
    "Low,Ann,R302412719001,004001,01/02/2014,8A\n"
    "Day,Ben,J302412716001,004002,02/02/2014,8C\n"
    "Fox,Cy,,004003,03/02/2014,8B\n"
)
STAFF = (
    "StaffCode,Title,Forename,Surname,Job Title,Work Email,Start Date,End Date,FTE\n"
    "BA000,Ms,Vanessa,Baker,Teacher,v.baker@ash.example.org,01/09/2020,,1.0\n"
    "CO001,Mr,Zoë,Cole,Teacher,z.cole@ash.example.org,01/09/2021,,0.6\n"
)
CONTACTS = (
    "UPN,Adno,Pupil Name,Priority,Title,Forename,Surname,Relationship,PR,Email,Mobile,Court Order\n"
    'R302412719001,004001,"Low, Ann",1,Mrs,Kim,Łow,Mother,Y,kim@example.org,07700 900001,\n'
    'R302412719001,004001,"Low, Ann",2,Mr,Jo,Low,Father,N,jo@example.org,,No contact\n'
    ',004003,"Fox, Cy",1,Mrs,Di,Fox,Mother,Y,,07700 900002,\n'
)
CLASSES = (
    "Class,Subject,Teacher Code,UPN,Adno\n"
    "8A/En,English,BA000,R302412719001,004001\n"
    "8A/En,English,BA000,J302412716001,004002\n"
    "8B/En,English,CO001,,004003\n"
    "8A,Registration,BA000,R302412719001,004001\n"
)
LATER = date(2027, 1, 11)


@pytest.mark.parametrize(
    ("name", "text", "numbers"),
    [
        ("the same again", STAFF, (0, 0, 2, 0, 0, 0)),
        ("an address changed", STAFF.replace("v.baker@", "vanessa@"), (0, 1, 1, 0, 0, 0)),
        ("married", STAFF.replace("Vanessa,Baker", "Vanessa,Bell"), (0, 1, 1, 0, 0, 0)),
        ("accents lost", STAFF.replace("Zoë", "Zoe"), (0, 0, 2, 0, 0, 0)),
        ("an address that is none", STAFF.replace("v.baker@ash", "v baker"), (0, 0, 2, 0, 0, 0)),
        ("left", STAFF.replace("01/09/2020,", "01/09/2020,31/12/2026"), (0, 1, 1, 0, 0, 0)),
        ("left before they came", STAFF.replace("01/09/2020,", "01/09/2020,31/12/2019"), (0, 0, 1, 1, 0, 1)),
        ("a code of somebody else", STAFF.replace("Vanessa,Baker", "Tom,Smith"), (0, 0, 1, 0, 1, 0)),
        ("another code", STAFF.replace("BA000", "BA999"), (0, 0, 1, 0, 1, 0)),
        ("no code, the address known", STAFF.replace("BA000", ""), (0, 0, 2, 0, 0, 0)),
        ("a row twice", STAFF + STAFF.splitlines()[1], (0, 0, 2, 0, 0, 0)),
        ("two rows that differ", STAFF + STAFF.splitlines()[1].replace("Teacher", "Head"), (0, 0, 1, 0, 2, 0)),
        ("somebody new by name", "Name,Job Title\n\"Hill, Ed\",Caretaker", (1, 0, 0, 2, 0, 0)),
        ("no surname", "Forename,Surname,Job Title\nEd,,Caretaker", (0, 0, 0, 2, 0, 1)),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)  # fmt: skip
def test_a_second_list_of_staff(counts, name, text, numbers):
    assert counts(STAFF)[:6] == (2, 0, 0, 0, 0, 0)
    assert counts(text)[:6] == numbers
    assert StaffMember.objects.filter(forename="Zoë").count() == 1


def test_two_of_one_name_and_no_code_are_a_doubt(counts):
    counts("Forename,Surname,Job Title,Staff Code\nEd,Hill,Cook,A1\nEd,Hill,Caretaker,A2")
    assert counts("Forename,Surname,Job Title\nEd,Hill,Cook")[4] == 1


@pytest.fixture
def pupils(bring):
    bring(PUPILS)


@pytest.mark.parametrize(
    ("name", "text", "numbers"),
    [
        ("the same again", CONTACTS, (0, 0, 3, 0, 0, 0)),
        ("accents lost", CONTACTS.replace("Łow", "Low"), (0, 0, 3, 0, 0, 0)),
        ("a new number", CONTACTS.replace("900001", "900009"), (0, 1, 2, 0, 0, 0)),
        ("blanks", CONTACTS.replace("No contact", "").replace("kim@example.org", ""), (0, 0, 3, 0, 0, 0)),
        ("an odd address", CONTACTS.replace("kim@", "kím@"), (0, 1, 2, 0, 0, 0)),
        ("a changed surname at the same address", CONTACTS.replace("Kim,Łow", "Kim,Hill"), (0, 0, 2, 0, 1, 0)),
        ("a new person", CONTACTS.replace("Kim,Łow", "Eve,Hill").replace("kim@", "eve@"), (1, 0, 2, 1, 0, 0)),
        ("a row twice", CONTACTS + CONTACTS.splitlines()[1], (0, 0, 3, 0, 0, 0)),
        ("two rows that differ", CONTACTS + CONTACTS.splitlines()[1].replace("kim@", "k@"), (0, 0, 2, 0, 2, 0)),
        ("another pupil's name", CONTACTS.replace('"Low, Ann",1', '"Day, Ann",1'), (0, 0, 2, 1, 1, 0)),
        ("nobody's number", CONTACTS.replace(",004003", ",009999"), (0, 0, 2, 1, 1, 0)),
        ("no surname", CONTACTS.replace("Di,Fox", "Di,"), (0, 0, 2, 1, 0, 1)),
        ("two pupils in one row", "UPN,Adno,Contact Name,Relationship\nR302412719001,004002,\"Low, Kim\",Aunt",
         (0, 0, 0, 3, 1, 0)),
        ("one name in one column", "UPN,Contact Name,Relationship\nR302412719001,\"Low, Kim\",", (0, 0, 1, 2, 0, 0)),
    ],
    ids=lambda value: value if isinstance(value, str) and len(value) < 40 else "",
)  # fmt: skip
def test_a_second_list_of_contacts(pupils, counts, name, text, numbers):
    assert counts(CONTACTS)[:6] == (3, 0, 0, 0, 0, 0)
    assert counts(text)[:6] == numbers
    assert Contact.objects.get(forename="Jo").court_order == "No contact"
    assert Contact.objects.filter(forename="Kim", surname="Łow").count() == 1


def test_two_contacts_of_one_name_are_a_doubt(pupils, counts):
    counts(CONTACTS)
    kim = Contact.objects.get(forename="Kim")
    with acting(IMPORT, "test"):
        Contact.objects.create(school=kim.school, pupil=kim.pupil, forename="Kim", surname="Low")
    assert counts(CONTACTS)[4] == 1


def test_an_address_that_can_not_be_one_is_noted(pupils, bring):
    plan = bring(CONTACTS.replace("kim@example.org", "ask the office").replace("jo@", "jó@"))
    assert plan.notes == {
        "An e-mail address can not be one and was left out": [2],
        "An e-mail address has letters that many mail servers refuse; it was kept as written": [3],
    }


def test_classes_make_groups_places_and_ties(pupils, bring):
    bring(STAFF)
    assert bring(CLASSES).counts()["new"] == 3
    ties = GroupStaff.objects.values_list("group__name", "group__kind", "staff__code", "part", "starts_on")
    assert sorted(ties) == [
        ("8A", "form", "BA000", "tutors", TODAY),
        ("8A/En", "class", "BA000", "teaches", None),
        ("8B/En", "class", "CO001", "teaches", None),
    ]
    assert GroupPupil.objects.filter(group__kind="class", starts_on=None).count() == 3
    assert bring(CLASSES).counts()["unchanged"] == 4
    assert GroupStaff.objects.count() == 3


def test_a_pupil_who_moves_within_a_subject_leaves_the_old_class(pupils, bring):
    bring(STAFF)
    bring(CLASSES)
    moved = CLASSES.replace("8A/En,English,BA000,J302412716001", "8B/En,English,CO001,J302412716001")
    plan = bring(moved, today=LATER)
    assert (plan.counts()["changed"], plan.absent) == (1, 0)
    places = GroupPupil.objects.filter(pupil__mis_id="004002", group__kind="class").order_by("id")
    assert list(places.values_list("group__name", "starts_on", "ends_on")) == [
        ("8A/En", None, date(2027, 1, 10)),
        ("8B/En", LATER, None),
    ]


def test_a_pupil_whom_the_file_leaves_out_stays(pupils, bring):
    bring(STAFF)
    bring(CLASSES)
    plan = bring(CLASSES.replace("8A/En,English,BA000,J302412716001,004002\n", ""), today=LATER)
    assert plan.absent == 1
    assert GroupPupil.objects.filter(ends_on__isnull=False).count() == 0


def test_one_teacher_follows_another(pupils, bring):
    bring(STAFF)
    bring(CLASSES)
    bring(CLASSES.replace("8A/En,English,BA000", "8A/En,English,CO001"), today=LATER)
    ties = (
        GroupStaff.objects.filter(group__name="8A/En").order_by("id").values_list("staff__code", "starts_on", "ends_on")
    )
    assert list(ties) == [("BA000", None, date(2027, 1, 10)), ("CO001", LATER, None)]


def test_a_second_teacher_of_a_class_stays_when_the_file_names_one(pupils, bring):
    bring(STAFF)
    bring(CLASSES)
    group = TeachingGroup.objects.get(name="8A/En")
    with acting(IMPORT, "test"):
        GroupStaff.objects.create(school=group.school, group=group, staff=StaffMember.objects.get(code="CO001"))
    bring(CLASSES, today=LATER)
    assert GroupStaff.objects.filter(group=group, ends_on=None).count() == 2


def test_rows_of_classes_that_can_not_be_used(pupils, bring):
    plan = bring(
        "Class,Subject,Teacher Code,UPN,Pupil Name\n"
        ",English,BA000,R302412719001,\n"
        "8A/En,English,XX,R302412719001,\n"
        "8A/En,English,XX,R302412719001,\n"
        "8A/En,English,,R302412719999,\n"
        '8A/En,English,,J302412716001,"Low, Ben"\n'
    )
    assert plan.counts() == {
        "kind": "classes", "rows": 5, "new": 1, "changed": 0, "unchanged": 0, "absent": 0, "in_doubt": 1, "failed": 2,
    }  # fmt: skip
    assert plan.notes == {
        "Nobody here has the teacher's staff code; the class was kept without": [3, 4],
        "A row is there twice and was read once": [4],
    }
    assert Pupil.objects.count() == 3
