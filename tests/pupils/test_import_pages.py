"""The pages of an import: a file comes, is looked at, and is brought in or put aside."""

import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import ImportBatch, ImportLine, Pupil
from sendhub.audit import actor_key
from sendhub.kit.models import Job, Operation
from sendhub.outbox.models import Message
from sendhub.tables import ERROR_HEADER
from sendhub.uploads import MOST, ROOM
from staff.models import Membership, User
from tests.pupils.imports import file_of, joiner, main, row, title

LIST = "pupils/imports/"
QUERIES = {"new": 16, "changed": 16, "unchanged": 16, "absent": 16, "in_doubt": 18, "failed": 16}  # of a tab


def test_import_list_offers_a_field_and_says_what_to_do_first(visit):
    page = visit("office").text(LIST)
    assert 'type="file" name="file"' in page
    assert "No file has been brought in yet" in page
    for system in ("SIMS", "Arbor", "Bromcom"):
        assert f"Where to find the file in {system}" in page


@pytest.mark.parametrize("part", ["sendco", "assistant", "admin", "office"])
def test_import_list_is_in_the_navigation_of_those_who_may(visit, part):
    assert ">Bring in a file<" in visit(part).text("").replace("</svg> ", "</svg>>").replace("</a>", "<")


@pytest.mark.parametrize("part", ["head", "teacher", "dsl", "governor"])
def test_import_list_is_closed_to_others(visit, part):
    assert "Bring in a file" not in visit(part).text("")
    assert visit(part).get(LIST).status_code == 403


def test_import_list_reads_a_file_and_shows_what_it_would_do(visit, bring, oakfield):
    aisha, leon, mei = (oakfield.pupils[name] for name in ("aisha", "leon", "mei"))
    rows = [row(aisha, form="9D"), row(leon), row(mei, surname="Zhang"), joiner(1), "7,Low,,,,,,,"]
    batch = bring(file_of(*rows))
    assert not batch.job_id
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "5 pupils: 1 new, 1 changed, 1 in doubt, 1 failed"
    words = main(page)
    assert "Bring in 2 pupils" in words
    assert "1 in doubt is left as it is." in words
    assert "1 row can not be read and is left out. You get it back as a file." in words
    assert "1 column is not read: Shoe Size ." in words
    assert page.count("btn primary") == 1
    assert "1 new, 1 changed, 1 unchanged, 1 in doubt, 1 failed" in main(visit("office").text(LIST))


def test_import_show_keeps_the_numbers_of_another_system_when_that_is_all(visit, bring, oakfield, work_off, inside):
    pupils = [oakfield.pupils[name] for name in ("aisha", "mei")]
    rows = [f"{pupil.surname},{pupil.forename},{pupil.born_on:%d/%m/%Y},70{at}" for at, pupil in enumerate(pupils)]
    file = file_of(*rows, header="Surname,Forename,DOB,Arbor Student ID")
    batch, office = bring(file), visit("office")
    words = main(office.text(f"{LIST}{batch.pk}/"))
    assert "The numbers that this system gives to 2 pupils are kept, so that its other lists find them." in words
    assert "Keep the numbers of 2 pupils" in words
    office.post(f"{LIST}{batch.pk}/apply/")
    work_off(batch)
    with inside():
        assert [pupil.numbers.get().number for pupil in pupils] == ["700", "701"]
    doubted = bring(file_of("Khan-Bell,Aïsha,,700", header="Surname,Forename,DOB,Arbor Student ID"))
    words = main(office.text(f"{LIST}{doubted.pk}/?tab=in_doubt"))
    assert "School number 700 700" in words
    assert "700 (differs)" not in words


def test_import_list_refuses_in_a_sentence_and_keeps_nothing(visit, inside):
    office = visit("office")
    for file, words in (
        (SimpleUploadedFile("x.csv", b"%PDF-1.7"), "This is a PDF."),
        (SimpleUploadedFile("x.csv", b""), "The file is empty."),
        (SimpleUploadedFile("x.csv", b"Fruit\nApple\n"), "We cannot tell what this file holds."),
        (SimpleUploadedFile("x.csv", b"a" * (MOST + 1)), "The file is larger than 10 MB."),
        ("", "Choose a file first."),
    ):
        answer = office.post(LIST, {"file": file})
        assert answer.status_code == 422
        assert words in main(answer.content.decode())
    with inside():
        assert not ImportBatch.objects.exists()


def test_a_file_that_is_far_too_large_is_never_held(visit, monkeypatch):
    held = []
    monkeypatch.setattr("sendhub.uploads.UploadHandler.receive_data_chunk", lambda self, raw, start: held.append(raw))
    answer = visit("office").post(LIST, {"file": SimpleUploadedFile("x.csv", b"a" * (MOST + ROOM))})
    assert answer.status_code == 422
    assert "The file is larger than 10 MB." in main(answer.content.decode())


def test_import_show_puts_old_and_new_beside_each_other(visit, made):
    batch = made({"state": "changed", "changes": [["Form", "9A", "9B"], ["Legal surname", "", "Low"]]})
    words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=changed"))
    assert "Form Here now: 9A In the file: 9B" in words
    assert "Legal surname Here now: nothing In the file: Low" in words


@pytest.mark.parametrize(
    ("part", "seen"),
    [
        ("office", {"Form"}),
        ("admin", {"Form", "Free meals", "SEN provision"}),
        ("sendco", {"Form", "Free meals", "SEN provision"}),
    ],
)
def test_import_show_names_no_circumstance_and_no_provision_to_who_may_not_know(visit, made, part, seen):
    changes = [["Form", "9A", "9B"], ["Free meals", "no", "yes"], ["SEN provision", "SEN Support", "EHC plan"]]
    batch = made({"state": "changed", "changes": changes}, {"state": "new", "changes": changes})
    for tab in ("changed", "new"):
        words = main(visit(part).text(f"{LIST}{batch.pk}/?tab={tab}"))
        assert {what for what, _, _ in changes if what in words} == seen
        assert ("EHC plan" in words) == ("SEN provision" in seen)
        assert ("Something you may not see" in words) == (part == "office")


def test_import_show_leaves_hidden_cells_out_of_failed_rows(visit, made):
    batch = made({"state": "failed", "words": "No name.", "cells": [["", "Ann", "", "T"]]})
    words = main(visit("office").text(f"{LIST}{batch.pk}/?tab=failed"))
    assert "Legal Forename: Ann" in words
    assert "FSM" not in words
    assert "FSM: T" in main(visit("sendco").text(f"{LIST}{batch.pk}/?tab=failed"))


def test_import_show_logs_who_looked_at_whom(visit, made, oakfield, looks):
    aisha = oakfield.pupils["aisha"]
    batch = made({"state": "changed", "pupil": aisha})
    visit("office").text(f"{LIST}{batch.pk}/?tab=changed")
    verb, _, _, detail = looks()[-1]
    assert (verb, detail["batch"], detail["ids"]) == ("import.open", batch.pk, [aisha.pk])


@pytest.mark.parametrize("state", ["new", "changed", "unchanged", "absent", "in_doubt", "failed"])
def test_import_show_asks_as_much_for_one_line_as_for_three(visit, made, oakfield, state):
    pupils = [oakfield.pupils[name] for name in ("aisha", "leon", "mei")]
    office, seen = visit("office"), []
    office.text(LIST)
    for number in (1, 3):
        batch = made(
            *(
                {"state": state, "pupil": pupil, "cells": [[pupil.surname, pupil.forename, f"{pupil.born_on}", ""]]}
                for pupil in pupils[:number]
            )
        )
        with CaptureQueriesContext(connection) as captured:
            office.text(f"{LIST}{batch.pk}/?tab={state}")
        seen.append(len(captured))
    assert seen == [QUERIES[state]] * 2


def test_import_list_asks_as_much_for_one_file_as_for_three(visit, made):
    office, seen = visit("office"), []
    office.text("")
    for _ in range(2):
        made({"state": "new"})
        with CaptureQueriesContext(connection) as captured:
            office.text(LIST)
        seen.append(len(captured))
        made({"state": "new"}, state="dropped")
    assert seen == [12, 12]


def test_import_show_pages_a_long_tab(visit, made):
    batch = made(*({"state": "new"} for _ in range(60)))
    first = visit("office").text(f"{LIST}{batch.pk}/")
    assert "Low, Ann 51" in first
    assert "Low, Ann 52" not in first
    assert "Low, Ann 52" in visit("office").text(f"{LIST}{batch.pk}/?tab=new&page=2")


@pytest.fixture
def under_way(inside, oakfield):
    """A job that is half-way through."""

    def run(**fields):
        with inside():
            values = {"state": "running", "done": 200, "of": 1180, "sentence": "Comparing", "member": oakfield.office}
            values |= {"kind": "import.read", "title": "Look through a list", "by": actor_key(oakfield.office)}
            return Job.objects.create(
                school=oakfield.school, form_id=uuid.uuid4(), heartbeat_at=timezone.now(), **values | fields
            )

    return run


def test_while_a_file_is_read_the_page_shows_how_far_it_is(visit, made, under_way):
    batch = made(state="uploaded", counts={}, job=under_way())
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "The file is being read"
    assert "200 of 1180" in main(page)
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in page
    part = visit("office").text(f"{LIST}{batch.pk}/", **{"HX-Request": "true"})
    assert part.strip().startswith("<section")
    assert "every 2s" in part
    assert "Stop" in main(page)
    assert "Stop" not in main(visit("sendco").text(f"{LIST}{batch.pk}/"))  # it is not hers to stop


def test_when_it_is_read_the_page_loads_itself_again(visit, made):
    batch = made({"state": "new"})
    answer = visit("office").get(f"{LIST}{batch.pk}/", **{"HX-Request": "true"})
    assert answer["HX-Refresh"] == "true"


def test_a_file_whose_reading_failed_says_why_and_is_put_aside(visit, made, under_way, inside):
    job = under_way(state="failed", sentence="The file is not kept any more.")
    batch = made(state="uploaded", counts={}, job=job)
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "The file was not read"
    assert "The file is not kept any more." in main(page)
    assert "Stopped" in main(visit("office").text(LIST))
    assert visit("office").post(f"{LIST}{batch.pk}/apply/").status_code == 302
    with inside():
        batch.refresh_from_db()
        assert batch.state == "uploaded"  # nothing to bring in
    visit("office").post(f"{LIST}{batch.pk}/drop/")
    with inside():
        batch.refresh_from_db()
        assert batch.state == "dropped"


def test_a_file_whose_writing_failed_waits_again_and_says_why(visit, made, under_way):
    job = under_way(state="cancelled", sentence="Cancelled. Nothing was changed.")
    batch = made({"state": "new"}, state="applying", job=job)
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "1 pupil: 1 new"
    assert "Cancelled. Nothing was changed." in main(page)
    assert "Bring in 1 pupil" in main(page)


def test_import_apply_brings_it_in_once_and_says_what_happened(visit, bring, work_off, oakfield, inside):
    aisha = oakfield.pupils["aisha"]
    batch = bring(file_of(row(aisha, form="9D"), joiner(1), joiner(2)))
    office = visit("office")
    for _ in range(2):  # a double press
        assert office.post(f"{LIST}{batch.pk}/apply/").status_code == 302
    with inside():
        assert Job.objects.filter(kind="import.apply").count() == 1
    assert title(office.text(f"{LIST}{batch.pk}/")) == "The file is being brought in"
    work_off(batch)
    page = office.text(f"{LIST}{batch.pk}/")
    assert title(page) == "2 pupils added and 1 changed"
    assert f"operations/{batch.operation_id}/undo/" in page
    assert "btn primary" not in page
    with inside():
        assert Pupil.objects.filter(forename__startswith="Chidi").count() == 2
        assert not Message.objects.exists()
    assert office.post(f"{LIST}{batch.pk}/apply/").status_code == 302
    assert "Brought in" in main(office.text(LIST))


def test_a_file_that_changes_nothing_has_no_button(visit, bring, oakfield):
    batch = bring(file_of(row(oakfield.pupils["aisha"])))
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "1 pupil: nothing new"
    assert "There is nothing to bring in" in main(page)
    assert "btn primary" not in page


def test_import_show_says_that_it_was_undone(visit, made, inside, oakfield):
    with inside():
        operation = Operation.objects.create(
            school=oakfield.school, kind="import.apply", title="1 new", by="user:1", undo_until=timezone.now(),
            undone_at=timezone.now(), undone_by="user:1", kept=[["pupils.Pupil", 1, 1, "changed since"]],
        )  # fmt: skip
    batch = made({"state": "new"}, state="applied", applied_at=timezone.now(), operation=operation)
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "Undone: 1 pupil added"
    assert "What somebody had changed since was kept." in main(page)
    assert "/undo/" not in page
    assert f"operations/{operation.pk}/" in page
    assert "Undone" in main(visit("office").text(LIST))


def test_import_drop_asks_first_and_then_puts_it_aside(visit, bring, oakfield, inside):
    batch = bring(file_of(joiner(1)))
    office = visit("office")
    assert "Put this file aside?" in main(office.text(f"{LIST}{batch.pk}/drop/"))
    for _ in range(2):
        assert office.post(f"{LIST}{batch.pk}/drop/").status_code == 302
    with inside():
        batch.refresh_from_db()
        assert batch.state == "dropped"
        assert not ImportLine.objects.exists()
    assert title(office.text(f"{LIST}{batch.pk}/")) == "This file was not brought in"
    assert office.get(f"{LIST}{batch.pk}/drop/").status_code == 404
    assert office.get(f"{LIST}{batch.pk}/columns/").status_code == 404


def test_import_failed_gives_the_rows_back_with_what_to_put_right(visit, bring, looks):
    batch = bring(file_of(joiner(1), joiner(2, born="31/02/2014")))
    answer = visit("office").get(f"{LIST}{batch.pk}/failed/")
    text = answer.content.decode("utf-8-sig")
    assert answer["Content-Disposition"] == 'attachment; filename="pupils to put right.csv"'
    assert text.splitlines()[0].endswith(f'"{ERROR_HEADER}"')
    assert "Chidi 2" in text
    assert "Chidi 1" not in text
    assert "The date of birth can not be read." in text
    assert looks()[-1][0] == "import.failed_file"


def test_import_failed_is_for_who_brought_the_file_and_for_who_may_see_it_all(visit, bring, oakfield, inside, sign_in):
    batch = bring(file_of(joiner(2, born="31/02/2014")))
    with inside():
        user = User.objects.create(email="new@oakfield.example.org", name="New Clerk", password="!")
        clerk = Membership.objects.create(school=oakfield.school, user=user, roles=["office"])
    address = f"{LIST}{batch.pk}/failed/"
    assert visit("admin").get(address).status_code == 200
    assert sign_in(clerk).get(f"/s/oakfield/{address}").status_code == 403
    assert address not in sign_in(clerk).get(f"/s/oakfield/{LIST}{batch.pk}/?tab=failed").content.decode()


def test_import_failed_is_not_there_when_nothing_failed(visit, bring):
    assert visit("office").get(f"{LIST}{bring(file_of(joiner(1))).pk}/failed/").status_code == 404


def test_what_waits_afterwards_is_offered_to_those_who_may_do_it(visit, bring, work_off, oakfield):
    batch = bring(file_of(row(oakfield.pupils["leon"], sen="K"), joiner(1).replace(",,F,", ",K,F,")))
    visit("office").post(f"{LIST}{batch.pk}/apply/")
    work_off(batch)
    page = visit("sendco").text(f"{LIST}{batch.pk}/")
    assert "1 proposal waits to be accepted or set aside" in main(page)
    assert "1 family of whom nobody can tell if they were told" in main(page)
    for path in ("proposals", "told"):
        assert f"/pupils/register/{path}/" in page
        assert visit("sendco").get(f"pupils/register/{path}/").status_code == 200
    assert "/pupils/register/proposals/" not in visit("admin").text(f"{LIST}{batch.pk}/")  # decides nothing
    words = main(visit("office").text(f"{LIST}{batch.pk}/"))
    assert "proposal" not in words
    assert "told" not in words


def test_after_a_staff_file_invitations_are_offered_to_those_who_may_invite(visit, bring, work_off):
    batch = bring(file_of("LOW,Low,Ann,Teacher of Maths", header="Staff Code,Surname,Forename,Job Title"))
    visit("office").post(f"{LIST}{batch.pk}/apply/")
    work_off(batch)
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert title(page) == "1 member of staff added"
    assert 'href="/s/oakfield/staff/invite/everyone/"' in page
    assert "/staff/invite/everyone/" not in visit("admin").text(f"{LIST}{batch.pk}/")


def test_a_transfer_file_has_no_columns_to_check(visit, made):
    batch = made({"state": "new"}, kind="transfer", choices={})
    page = visit("office").text(f"{LIST}{batch.pk}/")
    assert "Check the columns" not in page
    assert "Names keep their accents." in main(page)
    assert visit("office").get(f"{LIST}{batch.pk}/columns/").status_code == 404
