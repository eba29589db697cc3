"""Files about Oakfield's cast, brought in by the pages or made by hand, for the tests of those pages."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from pupils.models import ImportBatch, ImportLine, Pupil
from sendhub.kit.run import run

HEADER = "Adno,Legal Surname,Legal Forename,DOB,Reg,Year,SEN Status,FSM,Shoe Size"
COLUMNS = [
    ["Legal Surname", "legal_surname"],
    ["Legal Forename", "legal_forename"],
    ["DOB", "born_on"],
    ["FSM", "fsm"],
]
STATES = ("new", "changed", "unchanged", "absent", "in_doubt", "failed")


def row(pupil, **other):
    """The line that Oakfield's own system would write of a pupil of the cast, with some cells otherwise."""
    cells = {
        "number": pupil.mis_id,
        "surname": pupil.surname,
        "forename": pupil.forename,
        "born": f"{pupil.born_on:%d/%m/%Y}",
        "form": pupil.form,
        "year": pupil.year_code,
        "sen": "",
        "fsm": "T" if pupil.fsm else "F",
        "shoe": "38",
    }
    return ",".join({**cells, **other}.values())


def file_of(*rows, header=HEADER, name="pupils.csv"):
    return SimpleUploadedFile(name, "\n".join([header, *rows]).encode(), "text/csv")


def joiner(number, surname="Abara", born="01/02/2014"):
    return f"9{number:02},{surname},Chidi {number},{born},8B,8,,F,38"


def main(page):
    """What stands in the page's own part, without tags."""
    part = page[page.index("<main") : page.index("</main")]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", part))


def title(page):
    return re.search(r"<h1>(.*?)</h1>", page)[1]


@pytest.fixture
def bring(visit, inside):
    """`bring(file)` uploads it as the office; gives the batch."""

    def upload(file, part="office"):
        answer = visit(part).post("pupils/imports/", {"file": file})
        assert answer.status_code == 302, main(answer.content.decode())
        with inside():
            return ImportBatch.objects.get(pk=answer["Location"].rstrip("/").rsplit("/", 1)[1])

    return upload


@pytest.fixture
def work_off(inside):
    """`work_off(batch)` does its job as the worker does, and gives the batch as it is then."""

    def do(batch):
        with inside():
            batch.refresh_from_db()
            run(school_id=batch.school_id, pk=batch.job_id)
            batch.refresh_from_db()
        return batch

    return do


@pytest.fixture
def lines(inside):
    """`lines(batch)` gives {name: line}."""

    def read(batch):
        with inside():
            return {line.name: line for line in ImportLine.objects.filter(batch=batch).select_related("pupil")}

    return read


@pytest.fixture
def made(inside, oakfield):
    """`made({"state": "new"}, ...)` gives a batch with these lines, by no file."""

    def run(*rows, **fields):
        with inside():
            counts = {state: sum(row["state"] == state for row in rows) for state in STATES}
            values = {"kind": "pupils", "file_name": "pupils.csv", "state": "ready", "columns": COLUMNS}
            values |= {"counts": counts, "member": oakfield.office, "digest": "0" * 64, "choices": {"whole_roll": True}}
            batch = ImportBatch.objects.create(school=oakfield.school, **values | fields)
            ImportLine.objects.bulk_create(
                ImportLine(school=oakfield.school, batch=batch, row=at, **{"name": f"Low, Ann {at}"} | row)
                for at, row in enumerate(rows, start=2)
            )
            return batch

    return run


@pytest.fixture
def cast_pupil(inside):
    """`cast_pupil(pk)` as the database has it now."""

    def read(pupil):
        with inside():
            return Pupil.objects.get(pk=pupil.pk)

    return read
