"""The samples of three systems: exact counts, in any order, twice."""

from django.db.models import Count

from pupils.models import (
    AttendanceSnapshot,
    Contact,
    GroupPupil,
    ProvisionProposal,
    Pupil,
    PupilNumber,
    RegisterMove,
    SENRecord,
)
from staff.models import GroupStaff, StaffMember, TeachingGroup
from tests.imports.conftest import SAMPLES

OAKFIELD, BROOK = SAMPLES / "oakfield", SAMPLES / "brook"
JOINERS, STARTERS = OAKFIELD / "3022011_CTF_3024127_001.xml", BROOK / "3022011_CTF_3022044_001.xml"


def test_sims_twice_and_then_the_others_change_nothing_of_the_register(counts):
    assert counts(OAKFIELD / "sims_pupils.csv") == (1180, 0, 0, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "sims_pupils.csv") == (0, 0, 1180, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "sims_pupils_first_200.xlsx") == (0, 2, 198, 980, 0, 0, 168, 61)
    assert counts(OAKFIELD / "bromcom_students.csv") == (0, 0, 1180, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "arbor_sen_register.csv") == (0, 0, 229, 951, 0, 0, 168, 61)
    assert counts(OAKFIELD / "sims_pupils.csv") == (0, 0, 1180, 0, 0, 0, 168, 61)
    assert Pupil.objects.count() == 1180
    assert Pupil.objects.filter(legal_forename="Łukasz").count() == 1


def test_arbor_alone_then_the_whole_roll(counts):
    assert counts(OAKFIELD / "arbor_sen_register.csv") == (229, 0, 0, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "arbor_sen_register.csv") == (0, 0, 229, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "bromcom_students.csv")[0::6] == (951, 168)
    assert counts(OAKFIELD / "sims_pupils.csv")[0] == 0
    assert Pupil.objects.count() == 1180
    assert SENRecord.objects.filter(start_known=False).count() == 229


def test_joiners_first_then_the_whole_roll(counts):
    assert counts(JOINERS) == (60, 0, 0, 0, 0, 0, 6, 4)
    assert SENRecord.objects.filter(source="transfer").count() == 11
    assert RegisterMove.objects.filter(source="transfer", told="cannot_tell").count() == 11
    assert counts(JOINERS) == (0, 0, 60, 0, 0, 0, 6, 4)
    assert counts(OAKFIELD / "sims_pupils.csv") == (1120, 60, 0, 0, 0, 0, 168, 61)
    assert counts(JOINERS) == (0, 0, 60, 0, 0, 0, 168, 61)
    assert counts(OAKFIELD / "arbor_sen_register.csv")[6:] == (168, 61)
    assert (Pupil.objects.count(), ProvisionProposal.objects.count()) == (1180, 0)


def test_the_whole_roll_then_joiners_whose_history_is_filled_in(counts):
    counts(OAKFIELD / "bromcom_students.csv")
    assert counts(JOINERS) == (0, 10, 50, 0, 0, 0, 168, 61)
    assert counts(JOINERS) == (0, 0, 60, 0, 0, 0, 168, 61)
    assert SENRecord.objects.filter(source="transfer", ends_on__isnull=False).count() == 11
    assert counts(OAKFIELD / "attendance.csv")[:6] == (1162, 0, 0, 18, 18, 0)  # no UPN, and another system's number


def test_starters_then_the_register_then_the_roll(counts):
    assert counts(STARTERS) == (55, 0, 0, 0, 0, 0, 10, 3)
    assert counts(BROOK / "arbor_sen_register.csv") == (70, 13, 0, 42, 0, 0, 62, 21)
    assert counts(BROOK / "sims_pupils.csv")[0::6] == (287, 62)
    assert counts(STARTERS) == (0, 0, 55, 0, 0, 0, 62, 21)
    assert counts(BROOK / "attendance.csv")[:6] == (412, 0, 0, 0, 0, 0)


def test_people_then_their_classes_and_families(counts):
    counts(OAKFIELD / "sims_pupils.csv")
    assert counts(OAKFIELD / "staff.csv")[:6] == (108, 0, 0, 0, 0, 0)
    assert counts(OAKFIELD / "classes.csv")[:6] == (11800, 0, 0, 0, 0, 0)
    assert counts(OAKFIELD / "contacts.csv")[:6] == (1980, 0, 0, 0, 0, 0)
    assert counts(OAKFIELD / "attendance.csv")[:6] == (1180, 0, 0, 0, 0, 0)
    assert AttendanceSnapshot.objects.filter(possible=128).count() == 1180
    assert TeachingGroup.objects.filter(kind="class").count() == 280
    assert TeachingGroup.objects.filter(kind="form").count() == 28
    assert TeachingGroup.objects.filter(kind="year").count() == 7
    assert GroupStaff.objects.filter(part="teaches").count() == 280
    assert GroupPupil.objects.filter(group__kind="form").count() == 1180
    assert Contact.objects.exclude(court_order="").count() == 7
    for name, rows in (("staff", 108), ("classes", 11800), ("contacts", 1980), ("attendance", 1180)):
        assert counts(OAKFIELD / f"{name}.csv")[:6] == (0, 0, rows, 0, 0, 0), name
    assert StaffMember.objects.count() == 108


def test_a_primary_whose_classes_are_its_forms(counts):
    assert counts(BROOK / "sims_pupils.csv") == (412, 0, 0, 0, 0, 0, 62, 21)
    assert counts(BROOK / "staff.csv")[0] == 40
    assert counts(BROOK / "classes.csv")[:6] == (0, 0, 412, 0, 0, 0)  # the forms are there from the pupils' own rows
    assert GroupStaff.objects.filter(part="tutors", group__kind="form").count() == 14
    assert counts(BROOK / "arbor_sen_register.csv") == (0, 0, 83, 329, 0, 0, 62, 21)
    assert counts(BROOK / "bromcom_students.csv")[6:] == (62, 21)
    assert Pupil.objects.count() == 412


def test_arbor_and_then_the_roll_and_every_other_list_finds_its_pupils(counts):
    """Four of Arbor's pupils have no UPN, so the other lists name them by Adno alone."""
    counts(OAKFIELD / "arbor_sen_register.csv")
    counts(OAKFIELD / "sims_pupils.csv")
    counts(OAKFIELD / "staff.csv")
    for name, rows in (("classes", 11800), ("contacts", 1980), ("attendance", 1180)):
        assert counts(OAKFIELD / f"{name}.csv")[:6] == (rows, 0, 0, 0, 0, 0), name
        assert counts(OAKFIELD / f"{name}.csv")[:6] == (0, 0, rows, 0, 0, 0), name
    systems = PupilNumber.objects.order_by("system").values_list("system").annotate(Count("id"))
    assert list(systems) == [("admission", 1180), ("arbor", 229)]
    assert counts(OAKFIELD / "arbor_sen_register.csv")[:6] == (0, 0, 229, 951, 0, 0)
    assert PupilNumber.objects.count() == 1180 + 229
