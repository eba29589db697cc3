"""A file on its way in: uploaded, looked through line by line, applied once, put aside."""

import functools
import json
from datetime import date, timedelta

import pytest
import time_machine
from django.utils import timezone

from pupils import actions, tasks
from pupils.imports import batches, store
from pupils.models import ImportBatch, ImportColumn, ImportLine, Pupil, RegisterMove, SENRecord
from pupils.views.import_tabs import HIDDEN, changes_of
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Job, Operation
from sendhub.kit.run import run
from sendhub.outbox.models import Message
from sendhub.tables import Refused
from tests.imports.conftest import ANN, BEN, CY, DI, HEAD, IMPORT, file, lines
from tests.tables.books import book


def test_a_file_is_looked_through_at_once_and_nothing_is_written(upload):
    batch = upload(file(ANN, BEN))
    assert (batch.state, batch.kind, batch.file_name, batch.member) == ("ready", "pupils", "pupils.csv", None)
    assert batch.counts == {
        "kind": "pupils", "rows": 2, "new": 2, "changed": 0, "unchanged": 0, "absent": 0, "in_doubt": 0, "failed": 0,
    }  # fmt: skip
    assert lines(batch) == [
        (2, "new", "Low, Ann", [
            ["SEN provision", "Not on the register", "SEN Support"],
            ["Types of need", "", "Speech, language and communication needs"],
        ]),
        (3, "new", "Gray, Ben", []),
    ]  # fmt: skip
    assert not Pupil.objects.exists()
    assert store.read(batch.file) == file(ANN, BEN).encode()
    assert oct((store.folder() / batch.file).stat().st_mode)[-3:] == "600"


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\sue\\pupils.csv", "pupils.csv"),
        ("evil\u202excod.csv", "evilxcod.csv"),
        ("a" * 300 + ".csv", ("a" * 300 + ".csv")[-120:]),
        ("..", "file"),
        ("", "file"),
    ],
)
def test_what_a_file_is_called_leads_nowhere(upload, name, kept):
    batch = upload(file(ANN), name=name)
    assert batch.file_name == kept
    assert [path.parent for path in store.folder().glob("**/*")] == [store.folder()]


def test_a_file_that_can_not_be_read_leaves_nothing(upload):
    with pytest.raises(Refused, match="We cannot tell what this file holds"):
        upload("Fruit,Colour\nApple,Red\n")
    assert not ImportBatch.objects.exists()
    assert not store.folder().exists()


def test_old_and_new_stand_beside_each_other_in_words(there, upload):
    changed = file(
        ANN.replace("8A", "8C").replace(",Y", ",N"),
        BEN.replace("03/04/2014", "04/03/2014"),
        CY.replace("ASD", "ASD; HI"),
    )
    assert lines(upload(changed)) == [
        (2, "changed", "Low, Ann", [["Form", "8A", "8C"], ["Free meals", "yes", "no"]]),
        (3, "changed", "Gray, Ben", [["Date of birth", "3 April 2014", "4 March 2014"]]),
        (4, "changed", "Wójcik, Łukasz", [["Types of need", "Autism", "Autism; Hearing impairment"]]),
    ]
    assert Pupil.objects.get(mis_id="1").form == "8A"


def test_a_line_hides_circumstances_from_who_may_not_know_them(there, upload, cast):
    line = ImportLine.objects.get(batch=upload(file(ANN.replace("8A", "8C").replace(",Y", ",N"))))
    assert changes_of(line, cast.oakfield.office) == [("Form", "8A", "8C"), (HIDDEN, "", "")]
    assert changes_of(line, cast.oakfield.sendco) == [("Form", "8A", "8C"), ("Free meals", "yes", "no")]


def test_applied_it_is_one_operation_and_the_file_has_gone(there):
    assert (there.state, there.file, there.job.state) == ("applied", "", "done")
    assert there.operation.title == "A list of pupils: 3 new, 0 changed"
    assert there.job.sentence == "A list of pupils: 3 new, 0 changed."
    assert list(store.folder().glob("*")) == []
    events = Pupil.pgh_event_model.objects.values_list("pgh_context", flat=True)
    assert {(context["operation"], context["actor"]) for context in events} == {(there.operation_id, "system:import")}
    assert not Message.objects.exists()  # nobody is written to because of an import
    moves = RegisterMove.objects.order_by("after").values_list("before", "after", "source", "told", "on_known")
    assert list(moves) == [("N", "E", "file", "cannot_tell", False), ("N", "K", "file", "cannot_tell", False)]


def test_the_same_file_again_changes_nothing(there, upload, apply):
    before = Pupil.pgh_event_model.objects.count(), SENRecord.pgh_event_model.objects.count()
    again = apply(upload(file(ANN, BEN, CY)))
    assert again.counts["unchanged"] == 3
    assert (Pupil.pgh_event_model.objects.count(), SENRecord.pgh_event_model.objects.count()) == before


def test_a_batch_is_applied_once_however_often_it_is_asked_for(upload, school):
    batch = upload(file(ANN))
    actions.apply_batch(batch=batch, by=IMPORT)
    with pytest.raises(Refused, match="being brought in already"):
        actions.apply_batch(batch=batch, by=IMPORT)
    job = Job.objects.get()
    run(school_id=school.pk, pk=job.pk)
    with pytest.raises(Refused, match="was brought in already"):
        actions.apply_batch(batch=batch, by=IMPORT)
    with pytest.raises(Refused, match="was brought in already"):
        actions.apply_now(batch=batch, by=IMPORT)
    assert Pupil.objects.count() == Operation.objects.count() == 1


def test_two_batches_of_one_file_make_each_pupil_once(upload, apply):
    """Both were looked through while nobody was here: what is written is worked out anew."""
    first, second = upload(file(ANN, BEN)), upload(file(ANN, BEN))
    assert second.counts["new"] == 2
    apply(first)
    assert apply(second).counts["unchanged"] == 2
    assert Pupil.objects.count() == 2


def test_a_job_that_fails_leaves_the_batch_open(upload, school):
    batch = upload(file(ANN))
    store.remove(batch.file)
    batch = actions.apply_batch(batch=batch, by=IMPORT)
    assert not batches.is_open(batch)
    assert run(school_id=school.pk, pk=batch.job_id) == "failed"
    batch = ImportBatch.objects.get(pk=batch.pk)
    assert batch.job.sentence == batches.GONE
    assert batches.is_open(batch)
    assert actions.drop_batch(batch=batch, by=IMPORT).state == "dropped"


def test_a_long_file_is_looked_through_by_a_job(upload, school, monkeypatch):
    monkeypatch.setattr("pupils.actions.imports.AT_ONCE", 1)
    batch = upload(file(ANN, BEN))
    assert (batch.state, batch.job.kind, batch.counts) == ("uploaded", "import.read", {})
    with pytest.raises(Refused, match="still being read"):
        actions.apply_batch(batch=batch, by=IMPORT)
    assert run(school_id=school.pk, pk=batch.job_id) == "done"
    batch = ImportBatch.objects.get()
    assert (batch.state, batch.job, batch.counts["new"]) == ("ready", None, 2)
    store.remove(batch.file)
    actions.read_batch(batch=batch, by=IMPORT)  # rung for twice: nothing more to do


def test_a_long_file_that_has_gone_says_so(upload, school, monkeypatch):
    monkeypatch.setattr("pupils.actions.imports.AT_ONCE", 1)
    batch = upload(file(ANN, BEN))
    store.remove(batch.file)
    assert run(school_id=school.pk, pk=batch.job_id) == "failed"
    assert batches.is_open(ImportBatch.objects.get())


class TestColumns:
    def test_an_unknown_column_is_named_and_what_somebody_says_of_it_is_remembered(self, upload, school):
        batch = upload(file(ANN + ",8D,38", head=HEAD.replace("Reg Group", "Old form") + ",Gruppe,Shoe"))
        assert batches.unread(batch) == ["Old form", "Gruppe", "Shoe"]
        batch = actions.set_columns(batch=batch, columns={"Gruppe": "form"}, by=IMPORT)
        assert batches.unread(batch) == ["Old form", "Shoe"]
        assert ["Gruppe", "form"] in batch.columns
        later = upload(file(BEN + ",8E,38", head=HEAD.replace("Reg Group", "Old form") + ",gruppe,Shoe"))
        assert ["gruppe", "form"] in later.columns
        assert ImportColumn.objects.get().field == "form"

    def test_a_known_column_may_mean_nothing_here_and_be_put_back(self, upload):
        batch = upload(file(ANN))
        batch = actions.set_columns(batch=batch, columns={"Reg Group": ""}, by=IMPORT)
        assert ["Reg Group", ""] in batch.columns
        batch = actions.set_columns(batch=batch, columns={"Reg Group": "form", "FSM": "fsm"}, by=IMPORT)
        assert ["Reg Group", "form"] in batch.columns
        assert not ImportColumn.objects.exists()

    def test_columns_that_would_make_another_file_of_it_are_refused(self, upload):
        batch = upload(file(ANN))
        with pytest.raises(Refused, match="would not be a list of pupils any more, which needs a surname"):
            actions.set_columns(batch=batch, columns={"Surname": ""}, by=IMPORT)
        with pytest.raises(Refused, match="can not be read as that"):
            actions.set_columns(batch=batch, columns={"Surname": "shoe_size"}, by=IMPORT)

    def test_a_page_can_name_the_fields(self):
        fields = dict(batches.fields_of("pupils"))
        assert (fields["born_on"], fields["legal_surname"]) == ("Date of birth", "Legal surname")
        assert "pupil" not in dict(batches.fields_of("staff"))


def test_a_file_is_undone_as_a_whole(there, upload, apply):
    batch = apply(upload(file(ANN.replace("8A", "8C"), DI)))
    undo_operation(operation=batch.operation, by=IMPORT)
    assert Pupil.objects.get(mis_id="1").form == "8A"
    assert not Pupil.objects.filter(mis_id="4").exists()
    assert ImportBatch.objects.get(pk=batch.pk).state == "undone"
    with pytest.raises(Refused, match="brought in and undone"):
        actions.apply_batch(batch=batch, by=IMPORT)
    assert apply(upload(file(ANN.replace("8A", "8C"), DI))).counts["new"] == 1


def test_a_dropped_file_is_gone(upload, django_capture_on_commit_callbacks):
    batch = upload(file(ANN))
    with django_capture_on_commit_callbacks(execute=True):
        actions.drop_batch(batch=batch, by=IMPORT)
    assert list(store.folder().glob("*")) == []
    assert not ImportLine.objects.exists()
    with pytest.raises(Refused, match="was put aside"):
        actions.apply_batch(batch=batch, by=IMPORT)


def test_what_is_forgotten_goes_after_a_fortnight(there, upload, school, monkeypatch):
    waiting = upload(file(ANN, ",Di,,,,,,,,"))
    stray = store.folder() / store.keep(b"of a crash")
    monkeypatch.setattr(tasks.tidy_school_imports, "apply_async", lambda args, kwargs, retry: None)
    tidy = functools.partial(tasks.tidy_school_imports, school_id=school.pk)
    with time_machine.travel(timezone.now() + timedelta(days=14), tick=False):
        tidy()
        tasks.tidy_imports()
    assert ImportBatch.objects.get(pk=waiting.pk).state == "ready"
    assert stray.exists()
    with time_machine.travel(timezone.now() + timedelta(days=15, hours=1), tick=False):
        tidy()
        tasks.tidy_imports()
    waiting.refresh_from_db()
    assert (waiting.state, waiting.file) == ("dropped", "")
    assert not ImportLine.objects.exists()
    assert ImportBatch.objects.get(pk=there.pk).state == "applied"
    assert list(store.folder().glob("*")) == []
    assert Pupil.objects.count() == 3


def test_a_batch_holds_json_whatever_the_cells_are(upload):
    rows = [("Low", 7, 1.5, True, date(2014, 2, 1))]
    batch = upload(book(rows, ["Surname", "Adno", "Forename", "FSM", "SEN Status"]), "pupils.xlsx")
    assert json.loads(json.dumps(ImportLine.objects.get(batch=batch).cells)) == [["Low", 7, 1.5, "Yes", "2014-02-01"]]
