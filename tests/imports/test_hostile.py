"""Files that are not what they say, or say too little: one plain sentence each, nothing written."""

import io
import zipfile

import pytest

from pupils.models import Pupil
from sendhub.tables import Refused

ROW = "Low,Ann,01/02/2014\n"
GOOD = "Surname,Forename,DOB\n" + ROW


def bomb():
    """A small zip that claims to be a workbook and unpacks to 40 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", "<c>" + "0" * 40_000_000 + "</c>")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "The file is empty."),
        (b"  \n\n ", "The file is empty."),
        (b"Surname,Forename,DOB\n", "The file has a header but no rows under it."),
        (b"%PDF-1.7 rubbish", "This is a PDF."),
        (
            b"<html><table><tr><td>Surname</td></tr></table></html>",
            "This is a web page, although it may open in Excel.",
        ),
        (bomb(), "The workbook unpacks to far more than its size."),
        (b"PK\x03\x04 not a zip", "This file is not a workbook that we can read."),
        (b"\x00\x01\x02\x03" * 50, "This is not a table that we can read."),
        (("Surname,Forename,DOB\n" + ROW * 20_001).encode(), "The file has more than 20,000 rows."),
        (b'Surname,Forename,DOB\n"Low,Ann,01/02/2014\n', 'A quotation mark (") is opened and never closed'),
        (b"\xd0\xcf\x11\xe0" + b"\x00" * 600, "This is an old Excel file (.xls) or has a password."),
    ],
)
def test_what_is_no_table_is_refused_with_what_to_do(bring, data, sentence):
    with pytest.raises(Refused) as refused:
        bring(data)
    assert refused.value.sentence.startswith(sentence)
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (
            b"Fruit,Colour\nApple,Red\n",
            "We cannot tell what this file holds. Its columns are: Fruit, Colour. A list of pupils has a surname, a "
            "forename, and a date of birth, UPN or school number; a list of SEN needs has a type of need or a SEN "
            "status, and a UPN or school number; a list of staff has a staff code or a job title, and a name; a list "
            "of classes has a class, a subject or teacher, and a UPN or school number; a list of contacts has a UPN "
            "or school number, a relationship, and a name; an attendance list has possible sessions, attended "
            "sessions, and a UPN or school number.",
        ),
    ],
)
def test_a_table_that_is_not_read_is_refused_in_a_sentence(bring, data, sentence):
    with pytest.raises(Refused) as refused:
        bring(data)
    assert refused.value.sentence == sentence
    assert not Pupil.objects.exists()


@pytest.mark.parametrize(
    "data",
    [
        GOOD.encode("utf-8-sig"),
        GOOD.encode("utf-16"),
        GOOD.replace(",", ";").encode(),
        GOOD.replace(",", "\t").encode(),
        ("Report of pupils,,\nPrinted today,,\n\n" + GOOD + ",,\n,,\n").encode(),
        GOOD.replace("Low", "  Low\u00a0 ").encode(),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("01/02/2014", "2014-02-01 00:00:00").encode(),
        ("sep=,\n" + GOOD).encode(),
    ],
)
def test_awkward_files_are_read_all_the_same(counts, data):
    assert counts(data)[:6] == (1, 0, 0, 0, 0, 0)
    assert Pupil.objects.get().sort_name == "low ann"


def test_text_that_a_spreadsheet_would_run_is_only_text(bring):
    bring("Surname,Forename,DOB,Reg Group\n'=HYPERLINK(1),<b>Ann</b>,01/02/2014,'-1\n")
    pupil = Pupil.objects.get()
    assert (pupil.surname, pupil.forename, pupil.form) == ("=HYPERLINK(1)", "<b>Ann</b>", "-1")
