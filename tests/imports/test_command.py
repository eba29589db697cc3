"""`manage.py import_mis`: what it prints, and that its last line is JSON."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from pupils.models import AttendanceSnapshot, ImportBatch, Pupil
from sendhub.audit import SYSTEM
from sendhub.kit.actions import undo_operation
from sendhub.outbox.models import Message

ROWS = "Surname,Forename,UPN,DOB,SEN Status,Shoe Size\n" + "".join(
    f"Low,Ann {letter},,01/02/2014,Q,38\n" for letter in "abcdefghijkl"
)
TWO = "Surname,Forename,DOB,SEN Status\nLow,Ann,01/02/2014,K\nLow,Ben,01/02/2014,E\n"


@pytest.fixture
def run(school, tmp_path):
    def command(text, *options):
        path = tmp_path / "pupils.csv"
        path.write_text(text)
        out = StringIO()
        call_command("import_mis", str(path), "--school", "ash", *options, stdout=out)
        return out.getvalue().splitlines()

    return command


def test_without_apply_it_only_says_what_would_happen(run):
    lines = run(TWO)
    assert lines[0] == "Nothing was written. Add --apply to write it."
    assert json.loads(lines[-1])["new"] == 2
    assert not Pupil.objects.exists()


def test_with_apply_it_writes_and_tells_the_register(run):
    lines = run(TWO, "--apply")
    assert json.loads(lines[-1]) == {
        "kind": "pupils", "rows": 2, "new": 2, "changed": 0, "unchanged": 0, "absent": 0, "in_doubt": 0, "failed": 0,
        "register": {"K": 1, "E": 1},
    }  # fmt: skip
    assert Pupil.objects.count() == 2
    assert not Message.objects.exists()  # nobody is written to because of an import


def test_it_names_columns_and_rows_but_no_pupil(run):
    run(TWO, "--apply")
    lines = run(ROWS, "--apply")
    assert lines[:-1] == [
        "Columns not read: Shoe Size.",
        "The SEN status is not one that we know: row 2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 2 more.",
        "Here and not in the file: 2. Nothing was changed for them.",
    ]
    assert json.loads(lines[-1])["failed"] == 12


def test_it_says_plainly_why_it_can_not(run, tmp_path, school):
    with pytest.raises(CommandError, match="We cannot tell what this file holds"):
        run("Fruit\nApple\n")
    with pytest.raises(CommandError, match="There is no school called 'elm' here"):
        call_command("import_mis", __file__, "--school", "elm")
    with pytest.raises(CommandError, match="can not be opened: No such file"):
        call_command("import_mis", str(tmp_path / "none.csv"), "--school", "ash")


def test_history_says_that_the_import_did_it(run):
    run(TWO, "--apply")
    events = Pupil.objects.first().events.values_list("pgh_label", "pgh_context")
    assert [(label, context["actor"], context["verb"]) for label, context in events] == [
        ("insert", "system:import", "pupil.import")
    ]


def test_what_the_command_wrote_can_be_undone(run):
    run(TWO, "--apply")
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.member, batch.file, batch.file_name) == ("applied", None, "", "pupils.csv")
    undo_operation(operation=batch.operation, by=SYSTEM)
    assert not Pupil.objects.exists()
    assert ImportBatch.objects.get().state == "undone"


def test_doubts_are_left_and_their_rows_can_be_fetched(run):
    run(TWO, "--apply")
    lines = run(
        "Surname,Forename,DOB\nLow,Ann,01/02/2014\nLow,Ann,01/02/2014\n,Cy,01/02/2014\n?ow,Ed,01/02/2014\n", "--apply"
    )
    assert json.loads(lines[-1])["in_doubt"] == 1
    batch = ImportBatch.objects.first()
    assert [(line.row, line.state) for line in batch.lines.all()] == [(4, "failed"), (5, "in_doubt")]


def test_attendance_counts_up_to_the_day_that_is_named(run):
    run("Surname,Forename,DOB,Adno\nLow,Ann,01/02/2014,7\n", "--apply")
    lines = run("Adno,Possible,Present,Attendance %\n7,100,90,90\n", "--taken-on", "2026-10-02", "--apply")
    assert len(lines) == 1
    assert str(AttendanceSnapshot.objects.get().taken_on) == "2026-10-02"
