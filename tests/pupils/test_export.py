"""Download the list: proved first, as far as the person may see, and written down."""

import csv
import io
import uuid

import pytest
from openpyxl import load_workbook

from pupils.forms.export import read_ids
from pupils.jobs import pupil_export
from sendhub.access import Role
from sendhub.kit.models import Job


@pytest.fixture
def proved(monkeypatch):
    """The session has just proved itself."""
    monkeypatch.setattr("staff.signin.stepup.recently", lambda request: True)


def start(visitor, query="", **data):
    """Make the job as the page does; the address of the job."""
    sent = {"file": "csv", "ids": "", "form_id": str(uuid.uuid4()), **data}
    return visitor.post(f"pupils/export/?{query}", sent)


def made(inside, member, **params):
    """The file that the job would make for this person: (what it says, its bytes, its name)."""
    with inside():
        job = Job(school=member.school, member=member, params={"filter": "", "ids": None, "file": "csv", **params})
        return pupil_export(job, lambda done, of, sentence: None)


def rows(result):
    return list(csv.reader(io.StringIO(result.content.decode("utf-8-sig"))))


@pytest.mark.parametrize("part", ["teacher", "ta", "leader", "dsl", "office", "governor", "trust_lead"])
def test_pupil_export_is_closed_to_most(visit, part):
    assert visit(part).get("pupils/export/").status_code == 403
    assert start(visit(part)).status_code == 403


def test_pupil_export_asks_for_proof_first(visit, inside):
    answer = start(visit("sendco"))
    assert answer.status_code == 302
    assert "/s/" not in answer["Location"].partition("?")[0]
    with inside():
        assert not Job.objects.exists()


def test_pupil_export_shows_what_will_leave_before_it_does(visit, proved, oakfield):
    page = visit("sendco").text("pupils/export/?provision=E")
    assert "1 pupil will be in the file: Walker, Leon." in page
    assert "First thing to know, In care" in page
    chosen = visit("sendco").text(f"pupils/export/?provision=all&ids={oakfield.pupils['mei'].pk}&ids=x")
    assert "1 pupil will be in the file: Zhou, Mei." in chosen
    assert "There is nothing to download." in visit("sendco").text("pupils/export/?provision=E&year=9")


def test_pupil_export_starts_one_job_however_often_the_button_is_pressed(visit, proved, inside):
    sendco, form_id = visit("sendco"), str(uuid.uuid4())
    answers = [start(sendco, "provision=E&care=1", form_id=form_id, ids="3,4") for _ in range(2)]
    with inside():
        job = Job.objects.get()
    assert {answer["Location"].partition("oakfield/work")[2] for answer in answers} == {f"/jobs/{job.pk}/"}
    assert job.params == {"filter": "provision=E&care=1", "ids": [3, 4], "file": "csv"}


def test_pupil_export_refuses_another_kind_of_file(visit, proved):
    assert start(visit("sendco"), file="exe").status_code == 422


def test_the_file_has_the_columns_of_its_reader(inside, oakfield):
    table = rows(made(inside, oakfield.sendco))
    assert table[0][:6] == ["Surname", "Forename", "Year", "Form", "Date of birth", "On the register"]
    assert table[0][-1] == "Pupil premium"
    assert [row[:4] for row in table[1:]] == [["Khan", "Aïsha", "9", "9C"], ["Walker", "Leon", "8", "8B"]]
    leon = dict(zip(table[0], table[2], strict=True))
    assert (leon["On the register"], leon["Needs"], leon["In care"]) == ("EHC plan", "Autism", "Yes")


@pytest.mark.parametrize(
    ("roles", "hidden"),
    [([Role.TEACHER], {"In care", "Pupil premium"}), ([Role.OFFICE], {"In care", "Needs", "On the register"})],
)
def test_the_file_leaves_out_what_its_reader_may_not_see(inside, oakfield, roles, hidden):
    """Neither role may download today; the columns do not rest on that alone."""
    member = oakfield.teacher
    member.roles = [role.value for role in roles]
    table = rows(made(inside, member, filter="care=1&provision=all"))
    assert not hidden & set(table[0])
    assert len(table) > 1  # the hidden filter did not count


def test_the_file_holds_the_chosen_and_only_those_in_reach(inside, oakfield, cast):
    ids = [oakfield.pupils["mei"].pk, oakfield.pupils["gone"].pk, cast.hillside.pupils["aisha"].pk]
    table = rows(made(inside, oakfield.sendco, filter="provision=all", ids=ids))
    assert [row[0] for row in table[1:]] == ["Zhou"]


def test_the_file_as_a_workbook(inside, oakfield):
    result = made(inside, oakfield.sendco, file="xlsx")
    sheet = load_workbook(io.BytesIO(result.content)).active
    assert [cell.value for cell in sheet["A"]] == ["Surname", "Khan", "Walker"]
    assert result.sentence == "2 pupils in the file."
    assert result.name.endswith(".xlsx")


def test_the_download_is_logged_with_its_filter_and_how_many(inside, oakfield, looks):
    made(inside, oakfield.sendco, filter="provision=E")
    assert looks() == [
        (
            "pupil.export",
            None,
            "",
            {
                "filter": "provision=E",
                "pupils": 1,
                "ids": [oakfield.pupils["leon"].pk],
                "chosen": False,
                "file": "csv",
            },
        )
    ]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        ([], None),
        ([""], None),
        (["7", "7", "x", "-1", "9" * 30], [7]),
        ([str(n) for n in range(6000)], list(range(5000))),
    ],
)
def test_read_ids_takes_numbers_only_and_so_many(texts, expected):
    assert read_ids(texts) == expected
