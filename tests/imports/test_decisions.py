"""What a person decides about a file: its doubts, who has left, what may be replaced, and what waits as a proposal."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils import actions
from pupils.imports import batches
from pupils.models import ImportLine, ProvisionProposal, Pupil, SENRecord
from sendhub.tables import Refused, read
from staff.models import StaffMember
from tests.imports.conftest import ANN, BEN, CY, DI, HEAD, IMPORT, doubt, file, lines
from tests.tables.books import book


class TestWholeRoll:
    def test_absent_pupils_are_offered_and_only_who_is_chosen_leaves(self, there, upload, apply):
        apply(upload(file(DI)))
        assert lines(upload(file(ANN, CY, DI)), state="absent") == []
        batch = actions.set_choices(batch=upload(file(ANN, CY, DI)), whole_roll=True, by=IMPORT)
        assert lines(batch, state="absent") == [(0, "absent", "Gray, Ben", [])]
        absent = ImportLine.objects.get(batch=batch, state="absent")
        with pytest.raises(Refused, match="not in doubt"):
            actions.settle_line(line=absent, decision="same", by=IMPORT)
        actions.settle_line(line=absent, decision="left", by=IMPORT)
        batch = actions.set_choices(batch=batch, whole_roll=True, take_names=True, by=IMPORT)  # and stays chosen
        done = apply(batch)
        assert done.operation.title == "A list of pupils: 0 new, 0 changed, 1 marked as left"
        assert Pupil.objects.get(mis_id="2").left_on == timezone.localdate()
        assert Pupil.objects.count() == 4

    def test_nobody_leaves_unless_somebody_says_so(self, there, upload, apply):
        apply(upload(file(DI)))
        batch = actions.set_choices(batch=upload(file(ANN, CY, DI)), whole_roll=True, by=IMPORT)
        line = ImportLine.objects.get(batch=batch, state="absent")
        actions.settle_line(line=line, decision="left", by=IMPORT)
        actions.settle_line(line=line, decision="", by=IMPORT)
        apply(batch)
        assert not Pupil.objects.filter(left_on__isnull=False).exists()

    @pytest.mark.parametrize(
        ("rows", "why"),
        [
            ((ANN, CY), "pupils with SEN only"),
            ((ANN, BEN), "one year group only"),
            ((CY,), "pupils with SEN only"),
            ((BEN,), "one year group only"),
        ],
    )
    def test_a_part_of_the_roll_is_not_the_roll(self, upload, apply, rows, why):
        apply(upload(file(ANN, BEN, CY)))
        batch = upload(file(*rows))
        with pytest.raises(Refused, match=why):
            actions.set_choices(batch=batch, whole_roll=True, by=IMPORT)

    def test_fewer_than_half_are_not_the_roll(self, upload, apply):
        more = [f"Z{letter},Di,,1{n},{7 + n},,01/02/2014,N,,N" for n, letter in enumerate("abcd")]
        apply(upload(file(ANN, BEN, CY, *more)))
        batch = upload(file(BEN, CY))
        with pytest.raises(Refused, match="fewer than half of the pupils here"):
            actions.set_choices(batch=batch, whole_roll=True, by=IMPORT)

    def test_a_list_of_staff_is_no_roll(self, upload):
        batch = upload("StaffCode,Surname,Forename\nBA1,Baker,Ann\n")
        with pytest.raises(Refused, match="Only a list of pupils"):
            actions.set_choices(batch=batch, whole_roll=True, by=IMPORT)

    def test_the_whole_roll_of_an_empty_school_has_no_leavers(self, upload):
        batch = actions.set_choices(batch=upload(file(ANN)), whole_roll=True, by=IMPORT)
        assert lines(batch, state="absent") == []


class TestChoices:
    def test_a_flattened_name_only_where_the_person_says_so(self, there, upload, apply):
        flat = file(CY.replace("Wójcik,Łukasz", "Wojcik,Lukasz"))
        assert upload(flat).counts["unchanged"] == 1
        batch = actions.set_choices(batch=upload(flat), take_names=True, by=IMPORT)
        assert {what: new for what, _, new in lines(batch)[0][3]}["Surname"] == "Wojcik"
        apply(batch)
        assert Pupil.objects.get(mis_id="3").name == "Lukasz Wojcik"

    def test_lost_letters_are_never_taken(self, there, upload):
        lost = file(CY.replace("Wójcik,Łukasz", "W?jcik,?ukasz"))
        batch = actions.set_choices(batch=upload(lost), take_names=True, by=IMPORT)
        assert batch.counts["unchanged"] == 1

    def test_a_blank_empties_only_where_the_person_says_so(self, there, upload, apply):
        blank = file("Low,Ann,,1,,,,,,", "Gray,Ben,F302412718001,2,8,8B,03/04/2014,N,,N")
        assert upload(blank).counts["unchanged"] == 2
        batch = actions.set_choices(batch=upload(blank), take_blanks=True, by=IMPORT)
        assert lines(batch, state="changed") == [
            (2, "changed", "Low, Ann", [
                ["Year", "Year 8", ""], ["Form", "8A", ""], ["Free meals", "yes", ""],
                ["SEN provision, as a proposal", "SEN Support", "Not on the register"],
            ]),
        ]  # fmt: skip
        apply(batch)
        ann = Pupil.objects.get(mis_id="1")
        assert (ann.form, ann.year_code, ann.fsm, ann.upn) == ("", "", None, "R302412719001")
        assert ann.born_on == date(2014, 2, 1)

    def test_attendance_counts_up_to_a_day_that_has_been(self, there, upload, apply):
        text = "UPN,Possible,Attended\nR302412719001,100,90\n"
        batch = upload(text)
        assert batch.choices["taken_on"] == timezone.localdate().isoformat()
        with pytest.raises(Refused, match="a day to come"):
            actions.set_choices(batch=batch, taken_on=timezone.localdate() + timedelta(days=1), by=IMPORT)
        friday = timezone.localdate() - timedelta(days=5)
        apply(actions.set_choices(batch=batch, taken_on=friday, by=IMPORT))
        ann = Pupil.objects.get(mis_id="1")
        assert list(ann.attendance.values_list("taken_on", "possible", "attended")) == [(friday, 100, 90)]
        again = upload(text)  # the very same file counts up to the same day
        assert (again.choices["taken_on"], again.counts["unchanged"]) == (friday.isoformat(), 1)


class TestDoubts:
    def test_the_same_pupil_under_another_surname(self, there, upload, apply):
        batch = upload(file(ANN.replace("Low", "Marsh")))
        line = doubt(batch, 2)
        assert line.words == "The surname is another one. Is this the same pupil?"
        assert line.pupil.mis_id == "1"
        actions.settle_line(line=line, decision="same", by=IMPORT)
        assert apply(batch).counts["changed"] == 1
        assert Pupil.objects.get(mis_id="1").surname == "Marsh"
        assert upload(file(ANN.replace("Low", "Marsh"))).counts["unchanged"] == 1

    def test_a_new_upn_of_the_same_pupil(self, there, upload, apply):
        new = file(ANN.replace("R302412719001", "V302412717001"))
        batch = upload(new)
        actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        apply(batch)
        ann = Pupil.objects.get(mis_id="1")
        assert (ann.upn, ann.former_upn) == ("V302412717001", "R302412719001")
        assert upload(new).counts["unchanged"] == upload(file(ANN)).counts["unchanged"] == 1

    def test_another_child_with_a_upn_that_is_taken(self, there, upload, apply):
        batch = upload(file("Smith,Tom,R302412719001,7,8,8A,05/06/2014,K,HI,N"))
        actions.settle_line(line=doubt(batch, 2), decision="new", by=IMPORT)
        done = apply(batch)
        assert Pupil.objects.get(mis_id="7").upn == ""
        assert ["The UPN is another pupil's here and was left out", [2]] in done.notes
        assert Pupil.objects.count() == 4

    def test_a_pupil_whom_a_person_points_at(self, there, upload, apply):
        batch = upload(file("Smith,Tom,R302412719001,,8,8A,05/06/2014,K,HI,N"))
        ben = Pupil.objects.get(mis_id="2")
        actions.settle_line(line=doubt(batch, 2), decision="same", pupil=ben, by=IMPORT)
        apply(batch)
        ben.refresh_from_db()
        assert (ben.name, ben.upn) == ("Tom Smith", "F302412718001")  # the UPN is Ann's
        assert Pupil.objects.count() == 3

    def test_left_or_not_settled_nothing_is_written_and_both_come_back(self, there, upload, apply):
        batch = upload(file(ANN.replace("Low", "Marsh"), BEN.replace("Gray", "Hill"), ",Di,,,,,,,,"))
        actions.settle_line(line=doubt(batch, 2), decision="leave", by=IMPORT)
        done = apply(batch)
        assert (done.counts["in_doubt"], done.counts["failed"], done.counts["changed"]) == (2, 1, 0)
        assert not Pupil.objects.filter(surname__in=["Marsh", "Hill"]).exists()
        content, name, kind = batches.failed_file(done)
        assert (name, kind) == ("pupils to put right.csv", "text/csv; charset=utf-8")
        sheet = read(content, name)
        assert sheet.header == [*HEAD.split(","), "Error"]
        assert [row[-1] for row in sheet.rows] == [
            "The surname is another one. Is this the same pupil?",
            "The surname is another one. Is this the same pupil?",
            "The forename or the surname is missing.",
        ]

    def test_mended_rows_are_read_without_their_error_column(self, upload, apply):
        done = apply(upload(file(ANN, "=Low,,,9,,,01/02/2014,,,")))
        content, name, _ = batches.failed_file(done)
        assert b"'=Low" in content  # nothing in it runs
        mended = upload(content.replace(b'"\'=Low",""', b'"Low","Bo"'), name)
        assert (mended.counts["new"], batches.unread(mended)) == (1, [])
        apply(mended)
        assert Pupil.objects.get(mis_id="9").forename == "Bo"

    def test_a_workbook_comes_back_as_a_workbook(self, upload):
        rows = [("Low", "Ann", date(2014, 2, 1)), ("Low", "", date(2014, 2, 1))]
        batch = upload(book(rows, ["Surname", "Forename", "DOB"]), "pupils.xlsx")
        content, name, _ = batches.failed_file(batch)
        assert name == "pupils to put right.xlsx"
        assert read(content, name).rows == [["Low", "", "2014-02-01", "The forename or the surname is missing."]]

    def test_two_rows_of_one_pupil_can_not_both_be_that_pupil(self, there, upload, apply):
        batch = upload(file(ANN, ANN.replace("8A", "8C")))
        assert batch.counts["in_doubt"] == 2
        actions.settle_line(line=doubt(batch, 3), decision="same", by=IMPORT)
        with pytest.raises(Refused, match="Another row of this file is about this person already"):
            actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        done = apply(batch)
        assert (done.counts["changed"], done.counts["in_doubt"]) == (1, 1)
        assert Pupil.objects.get(mis_id="1").form == "8C"

    def test_a_row_of_a_pupil_whom_another_row_is_about_already(self, there, upload):
        batch = upload(file(ANN, "Smith,Tom,F302412718001,,8,8A,05/06/2014,,,"))
        with pytest.raises(Refused, match="Another row"):
            actions.settle_line(line=doubt(batch, 3), decision="same", pupil=Pupil.objects.get(mis_id="1"), by=IMPORT)

    def test_twins_of_one_name_and_birthday_are_two_when_a_person_says_so(self, upload, apply):
        batch = upload(file("Low,Ann,,1,8,,01/02/2014,,,", "Low,Ann,,2,8,,01/02/2014,,,"))
        assert batch.counts["in_doubt"] == 2
        for row in (2, 3):
            actions.settle_line(line=doubt(batch, row), decision="new", by=IMPORT)
        assert apply(batch).counts["new"] == 2
        assert Pupil.objects.count() == 2

    def test_two_who_are_new_never_get_one_upn(self, upload, apply):
        batch = upload(file("Low,Ann,R302412719001,1,8,,01/02/2014,,,", "Hill,Bo,R302412719001,2,8,,01/03/2014,,,"))
        for row in (2, 3):
            actions.settle_line(line=doubt(batch, row), decision="new", by=IMPORT)
        assert apply(batch).counts["in_doubt"] == 2
        assert not Pupil.objects.exists()

    def test_a_leaver_who_is_back(self, there, upload, apply):
        actions.mark_left(pupil=Pupil.objects.get(mis_id="1"), left_on=timezone.localdate(), by=IMPORT)
        batch = upload(file(ANN))
        actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        apply(batch)
        assert Pupil.objects.get(mis_id="1").left_on is None

    def test_what_is_not_in_doubt_can_not_be_settled(self, there, upload):
        batch = upload(file(ANN))
        with pytest.raises(Refused, match="not in doubt"):
            actions.settle_line(line=ImportLine.objects.get(batch=batch), decision="new", by=IMPORT)

    def test_who_it_is_must_be_said(self, upload):
        batch = upload(file("?ow,Ann,,,,,01/02/2014,,,"))
        with pytest.raises(Refused, match="Say who it is"):
            actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)

    def test_a_place_in_a_class_makes_nobody_new(self, there, upload, apply):
        batch = upload('Class,Subject,UPN,Pupil Name\n8A/En,English,R302412719001,"Marsh, Ann"\n')
        with pytest.raises(Refused, match="Nobody new comes from such a file"):
            actions.settle_line(line=doubt(batch, 2), decision="new", by=IMPORT)
        actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        assert apply(batch).counts["new"] == 1

    def test_a_member_of_staff_with_another_code(self, upload, apply):
        head = "StaffCode,Surname,Forename,Work Email\n"
        apply(upload(head + "BA1,Baker,Ann,ann@ash.example.org\n"))
        batch = upload(head + "BA9,Baker,Ann,ann@ash.example.org\n")
        actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        apply(batch)
        assert upload(head + "BA9,Baker,Ann,ann@ash.example.org\n").counts["unchanged"] == 1

    def test_a_changed_name_of_a_contact(self, there, upload, apply):
        head = "UPN,Relationship,Forename,Surname,Email\n"
        apply(upload(head + "R302412719001,Mother,Kim,Low,kim@example.org\n"))
        changed = head + "R302412719001,Mother,Kim,Marsh,kim@example.org\n"
        same, new = upload(changed), upload(changed)
        actions.settle_line(line=doubt(same, 2), decision="same", by=IMPORT)
        assert apply(same).counts["changed"] == 1
        actions.settle_line(line=doubt(new, 2), decision="new", by=IMPORT)
        assert apply(new).counts["new"] == 1

    def test_a_settled_doubt_survives_another_look(self, there, upload):
        batch = upload(file(ANN.replace("Low", "Marsh")))
        actions.settle_line(line=doubt(batch, 2), decision="same", by=IMPORT)
        batch = actions.set_choices(batch=batch, take_blanks=True, by=IMPORT)
        assert doubt(batch, 2).decision == "same"


class TestProposals:
    KAY = BEN.replace(",N,,N", ",K,HI,N")

    def test_a_later_provision_is_proposed_once(self, there, upload, apply):
        batch = upload(file(self.KAY))
        assert lines(batch)[0][3] == [["SEN provision, as a proposal", "Not on the register", "SEN Support"]]
        apply(batch)
        assert upload(file(self.KAY)).counts["unchanged"] == 1
        proposal = ProvisionProposal.objects.get()
        assert (proposal.before, proposal.after, proposal.state) == ("N", "K", "open")
        assert SENRecord.objects.count() == 2

    def test_a_file_that_says_a_third_thing_changes_the_open_one(self, there, upload, apply):
        apply(upload(file(self.KAY)))
        apply(upload(file(self.KAY.replace(",K,", ",E,"))))
        assert ProvisionProposal.objects.get().after == "E"

    def test_a_file_that_agrees_again_sets_it_aside_and_it_may_come_back(self, there, upload, apply):
        apply(upload(file(self.KAY)))
        batch = upload(file(BEN))
        assert lines(batch)[0][3] == [["SEN provision, proposal withdrawn", "SEN Support", "Not on the register"]]
        apply(batch)
        proposal = ProvisionProposal.objects.get()
        assert (proposal.state, proposal.note) == ("set_aside", "A later file says the same as the register again.")
        assert upload(file(BEN)).counts["unchanged"] == 1
        apply(upload(file(self.KAY)))
        assert ProvisionProposal.objects.filter(state="open").count() == 1

    def test_what_a_person_set_aside_is_not_proposed_again(self, there, upload, apply):
        apply(upload(file(self.KAY)))
        proposal = ProvisionProposal.objects.get()
        proposal.note = "Not so, says the class teacher"
        actions.register_import.save_proposals(
            new=[], changed=[], withdrawn=[proposal], on=timezone.localdate(), by=IMPORT
        )
        batch = upload(file(self.KAY))
        assert batch.counts["unchanged"] == 1
        assert [sentence for sentence, _ in batch.notes if "set that aside before" in sentence]


class TestStaff:
    HEAD = "StaffCode,Surname,Forename,Work Email\n"

    def test_a_code_of_somebody_else_is_not_taken_over(self, upload, apply):
        apply(upload(self.HEAD + "BA1,Baker,Ann,\nCO1,Cole,Bo,\n"))
        batch = upload(self.HEAD + "CO1,Marsh,Di,\n")
        ann = StaffMember.objects.get(code="BA1")
        actions.settle_line(line=doubt(batch, 2), decision="same", staff=ann, by=IMPORT)
        apply(batch)
        ann.refresh_from_db()
        assert (ann.surname, ann.code) == ("Marsh", "BA1")

    def test_somebody_new_with_a_code_that_is_taken_stays_in_doubt(self, upload, apply):
        apply(upload(self.HEAD + "BA1,Baker,Ann,\n"))
        batch = upload(self.HEAD + "BA1,Marsh,Di,\n")
        actions.settle_line(line=doubt(batch, 2), decision="new", by=IMPORT)
        assert apply(batch).counts["in_doubt"] == 1

    def test_of_two_rows_the_settled_one_stands(self, upload, apply):
        apply(upload(self.HEAD + "BA1,Baker,Ann,\n"))
        batch = upload(self.HEAD + "BA1,Baker,Ann,a@ash.example.org\nBA1,Baker,Ann,b@ash.example.org\n")
        actions.settle_line(line=doubt(batch, 3), decision="same", by=IMPORT)
        done = apply(batch)
        assert (done.counts["changed"], done.counts["in_doubt"]) == (1, 1)
        assert StaffMember.objects.get().email == "b@ash.example.org"
