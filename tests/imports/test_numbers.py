"""Numbers by system: what Arbor calls one pupil is what SIMS calls another, and each list means its own."""

import pytest
from django.utils import timezone

from pupils import actions
from pupils.imports.numbers import system_of
from pupils.models import AttendanceSnapshot, Pupil, PupilNumber
from sendhub.kit.actions import undo_operation
from staff.imports.columns import read_header
from tests.imports.conftest import ANN, BEN, IMPORT, file, lines

ARBOR = "Surname,Forename,DOB,Arbor Student ID\n"
SWAPPED = f"{ARBOR}Low,Ann,01/02/2014,2\nGray,Ben,03/04/2014,1\n"  # Ann is 1 in SIMS, and Ben 2
ATTENDED = "{},Possible,Attended\n1,100,{}\n"
NOBODY, ANNS, BENS = None, "Ann", "Ben"


def held():
    return list(PupilNumber.objects.order_by("system", "number").values_list("system", "number", "pupil__forename"))


@pytest.mark.parametrize(
    ("first", "heading", "whose"),
    [
        ([file(ANN, BEN), SWAPPED], "Adno", ANNS),
        ([file(ANN, BEN), SWAPPED], "Admission Number", ANNS),
        ([file(ANN, BEN), SWAPPED], "Arbor Student ID", BENS),
        ([file(ANN, BEN), SWAPPED], "Pupil ID", NOBODY),  # two have it, each in a system of its own
        ([SWAPPED], "Adno", NOBODY),  # what Arbor calls them says nothing of their admission numbers
        ([SWAPPED], "Arbor Student ID", BENS),
        ([SWAPPED], "Student ID", BENS),  # a heading that is new here, and one pupil alone has the number
        ([file(ANN, BEN)], "MIS ID", ANNS),
        ([file(ANN, BEN), SWAPPED, SWAPPED.replace("Arbor Student ID", "MIS ID")], "MIS ID", BENS),
        ([file(ANN, BEN)], "Adno,Student ID", ANNS),
    ],
)
def test_a_list_finds_its_pupils_by_the_numbers_of_its_own_system(bring, first, heading, whose):
    for text in first:
        bring(text)
    plan = bring(ATTENDED.format(heading, 90).replace("\n1,", "\n1,," if "," in heading else "\n1,"))
    found = AttendanceSnapshot.objects.values_list("pupil__forename", flat=True)
    assert list(found) == [whose] * (whose is not NOBODY)
    assert plan.counts()["failed"] == (whose is NOBODY)


def test_a_number_that_a_person_typed_counts_in_every_system(school, bring, counts):
    bring(file(ANN))
    born = timezone.localdate().replace(year=2014, month=2, day=2)
    typed = actions.add_pupil(
        school=school, by=IMPORT, on=timezone.localdate(), legal_forename="Di", legal_surname="Fox", born_on=born,
        mis_id="009",
    )  # fmt: skip
    assert counts("Adno,Possible,Attended\n9,100,80\n")[0] == 1
    assert AttendanceSnapshot.objects.get().pupil == typed
    assert counts(f"{ARBOR}Low,Ann,01/02/2014,9\n")[:6] == (0, 0, 1, 1, 0, 0)
    assert held() == [("admission", "1", "Ann")]  # 9 is Di's, until somebody says in which system


def test_numbers_are_learnt_once_and_change_nothing_else(bring, counts):
    assert counts(file(ANN, BEN))[:6] == (2, 0, 0, 0, 0, 0)
    before = list(Pupil.objects.order_by("pk").values_list("mis_id", "version"))
    assert counts(SWAPPED)[:6] == (0, 0, 2, 0, 0, 0)
    assert held() == [
        ("admission", "1", "Ann"),
        ("admission", "2", "Ben"),
        ("arbor", "1", "Ben"),
        ("arbor", "2", "Ann"),
    ]
    assert counts(SWAPPED)[:6] == (0, 0, 2, 0, 0, 0)
    assert PupilNumber.objects.count() == 4
    assert list(Pupil.objects.order_by("pk").values_list("mis_id", "version")) == before


def test_another_pupil_s_number_is_left_out_and_said(bring):
    bring(file(ANN, BEN))
    plan = bring(file(ANN.replace(",1,8,", ",2,8,"), BEN))
    assert plan.notes["The school number is another pupil's here and was left out"] == [2]
    assert held() == [("admission", "1", "Ann"), ("admission", "2", "Ben")]


def test_the_first_number_stays_on_the_record_and_one_shown_elsewhere_is_kept_aside(bring):
    bring(SWAPPED)
    bring(file(ANN, BEN))
    assert list(Pupil.objects.order_by("forename").values_list("mis_id", flat=True)) == ["2", "1"]
    bring(f"{ARBOR}Hill,Di,05/06/2015,77\n")
    bring("Surname,Forename,DOB,Adno\nBell,Ed,06/07/2015,77\n")
    assert Pupil.objects.get(forename="Ed").mis_id == ""
    assert ("admission", "77", "Ed") in held()


def test_learning_numbers_alone_is_something_to_bring_in_and_to_undo(there, upload, apply):
    batch = upload(SWAPPED)
    assert (batch.counts["unchanged"], batch.counts["numbers"]) == (2, 2)
    assert [state for _, state, *_ in lines(batch)] == ["unchanged", "unchanged"]
    batch = apply(batch)
    assert PupilNumber.objects.filter(system="arbor").count() == 2
    assert "numbers" not in upload(SWAPPED).counts
    undo_operation(operation=batch.operation, by=IMPORT)
    assert not PupilNumber.objects.filter(system="arbor").exists()
    assert PupilNumber.objects.filter(system="admission").count() == 3


def test_a_number_that_was_wrong_finds_nobody_any_more(bring):
    bring(file(ANN, BEN))
    ann = Pupil.objects.get(forename="Ann")
    actions.change_pupil(
        pupil=ann, version=ann.version, by=IMPORT, on=timezone.localdate(), mis_id="5", legal_forename="Ann"
    )
    assert held() == [("admission", "2", "Ben")]
    assert bring("Adno,Possible,Attended\n1,100,90\n5,100,80\n").counts()["failed"] == 1
    assert AttendanceSnapshot.objects.get().pupil == ann


def test_a_list_without_numbers_has_no_system():
    from pupils.imports.kinds import PUPILS

    assert system_of(read_header(PUPILS, ["UPN", "Surname"])) == ""
    assert system_of(read_header(PUPILS, ["Adno", "Student ID"])) == ""
    assert system_of(read_header(PUPILS, ["Adm No", "Student"])) == "admission"
    assert system_of(read_header(PUPILS, ["Globally Unique Student ID"])) == "globallyuniquestudentid"
