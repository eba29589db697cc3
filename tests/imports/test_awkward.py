"""Hostile and awkward files of our own, each with what exactly becomes of it: six counts, or why it is refused.

One pupil is here before each: Ann Low, born 1 February 2014. The counts are new, changed, unchanged, absent, in doubt
and failed.
"""

import gzip
import io
import zipfile
from datetime import date

import openpyxl
import pytest

from pupils.models import Pupil
from sendhub.tables import Refused
from tests.imports.conftest import TODAY
from tests.tables.books import book, changed, inline, with_sheet

ANN = "Low,Ann,R302412719001,004010,01/02/2014"
HEADS = ["Surname", "Forename", "DOB"]
HEAD = "Surname,Forename,UPN,Adno,DOB\n"
BO = "Hill,Bo,,,03/04/2014"
NEW, SAME, NONE_NEW = (1, 0, 0, 1, 0, 0), (0, 0, 1, 0, 0, 0), (0, 0, 0, 1, 0, 1)
NO_TABLE = "This is not a table that we can read."
NO_WORKBOOK = "This file is not a workbook that we can read."
UNPACKED = "The workbook unpacks to far more than its size."
CTF = (
    "<CTfile{space}><Header><CTFversion>{version}</CTFversion></Header><CTFpupilData><Pupil><UPN>F302412718001</UPN>"
    "<Surname>Hill</Surname><Forename>Bo</Forename><DOB>2014-04-03</DOB></Pupil></CTFpupilData></CTfile>"
)


def rows(*lines, head=HEAD):
    return head + "\n".join(lines) + "\n"


def workbook(fill):
    """A workbook that openpyxl writes: merged cells, hidden sheets and formulas as Excel has them."""
    made = openpyxl.Workbook()
    fill(made)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def merged_titles(made):
    sheet = made.active
    sheet["A1"] = "Ash School: pupils on roll"
    sheet.merge_cells("A1:E1")
    sheet["A2"] = "Printed on 22 November 2026"
    sheet.merge_cells("A2:E2")
    sheet.append([])
    sheet.append(HEAD.strip().split(","))
    sheet.append(["Hill", "Bo", None, 7, date(2014, 4, 3)])


def two_sheets(made):
    made.active.title = "Pupils"
    made.active.append(HEADS)
    made.active.append(["Hill", "Bo", date(2014, 4, 3)])
    made.create_sheet("Notes").append(HEADS)


def hidden_first(made):
    made.active.append(["Secret"])
    made.active.sheet_state = "hidden"
    sheet = made.create_sheet("Pupils")
    sheet.append(HEADS)
    sheet.append(["Hill", "Bo", date(2014, 4, 3)])
    made.active = 1


def formulas(made):
    made.active.append(HEADS)
    made.active.append(["Hill", '="B"&"o"', date(2014, 4, 3)])


def serials(made):
    made.active.append(["Surname", "Forename", "DOB", "UPN"])
    made.active.append(["Hill", "Bo", 41732, ""])  # 3 April 2014, its format lost
    made.active.append(["Hill", "Cy", 7, ""])


def numbers(made):
    made.active.append(["Surname", "Forename", "Adno", "DOB"])
    made.active.append(["Low", "Ann", 4010.0, date(2014, 2, 1)])


def zipped(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, body in parts.items():
            archive.writestr(name.replace("__", "/"), body)
    return out.getvalue()


# What a file is made of, what it is called, and what becomes of it.
READ = {
    "a workbook that is called CSV": (book([("Hill", "Bo", "03/04/2014")], HEADS), "x.csv", NEW),
    "a CSV that is called a workbook": (rows(BO), "x.xlsx", NEW),
    "no ending at all": (rows(BO), "pupils", NEW),
    "a name that leads elsewhere": (rows(BO), "../../../etc/passwd\0.csv", NEW),
    "line ends of three systems": (HEAD.strip() + "\r\n" + ANN + "\r" + BO + "\n", "x.csv", (1, 0, 1, 0, 0, 0)),
    "old Mac line ends": (rows(BO).replace("\n", "\r"), "x.csv", NEW),
    "merged titles above the header": (workbook(merged_titles), "x.xlsx", NEW),
    "titles and blank rows above the header": ("Ash School,,,,\n,,,,\n" + rows(BO), "x.csv", NEW),
    "the header on every page": (rows(ANN, HEAD.strip(), BO), "x.csv", (1, 0, 1, 0, 0, 0)),
    "a header twice": ("Surname,Forename,DOB,SEN status,SEN status\nHill,Bo,03/04/2014,SEN Support,K\n", "x.csv", NEW),
    "blank rows and a line of totals": (rows(ANN, ",,,,", "", BO, ",,,,", "Total,2,,,"), "x.csv", (1, 0, 1, 0, 0, 0)),
    "two sheets": (workbook(two_sheets), "x.xlsx", NEW),
    "a hidden sheet first": (workbook(hidden_first), "x.xlsx", NEW),
    "formulas that nobody has worked out": (workbook(formulas), "x.xlsx", NONE_NEW),
    "dates that lost their format": (workbook(serials), "x.xlsx", (1, 0, 0, 1, 0, 1)),
    "numbers that lost their noughts": (workbook(numbers), "x.xlsx", SAME),
    "noughts kept by a formula": (rows('Low,Ann,"=""R302412719001""","=""004010""",01/02/2014'), "x.csv", SAME),
    "a formula for a name": (rows('"=HYPERLINK(""http://example.org"")",Bo,,,03/04/2014'), "x.csv", NEW),
    "a date with a time": (rows("Hill,Bo,,,2014-04-03T00:00:00"), "x.csv", NEW),
    "a year of two digits": (rows("Hill,Bo,,,03/04/14"), "x.csv", NEW),
    "a date as a bare number in text": (rows("Hill,Bo,,,41732"), "x.csv", NONE_NEW),
    "the thirty-first of February": (rows("Hill,Bo,,,31/02/2014"), "x.csv", NONE_NEW),
    "a birthday to come": (rows("Hill,Bo,,,03/04/2044"), "x.csv", NONE_NEW),
    "months first": (rows("Hill,Bo,,,04/03/2014", "Hill,Cy,,,04/23/2014"), "x.csv", (0, 0, 0, 1, 0, 2)),
    "one slip among days first": (
        rows("Hill,Bo,,,23/04/2014", "Hill,Cy,,,04/23/2014", "Hill,Di,,,04/05/2014"), "x.csv", (2, 0, 0, 1, 0, 1),
    ),
    "a UPN that a spreadsheet counted": (rows("Hill,Bo,3.02413E+12,,03/04/2014"), "x.csv", NEW),
    "a UPN in small letters with spaces": (rows("Low,Ann,r302 4127 19001,,01/02/2014"), "x.csv", SAME),
    "a UPN with the letter O": (rows("Hill,Bo,F3O2412718001,,03/04/2014"), "x.csv", NEW),
    "a UPN with a wrong first letter": (rows("Hill,Bo,A302412718001,,03/04/2014"), "x.csv", NEW),
    "one UPN twice": (
        rows("Hill,Bo,F302412718001,,03/04/2014", "Hall,Cy,F302412718001,,03/04/2014"), "x.csv", (0, 0, 0, 1, 2, 0),
    ),
    "a row twice": (rows(BO, BO), "x.csv", NEW),
    "one school number for two": (rows("Hill,Bo,,7,03/04/2014", "Hall,Cy,,7,03/05/2014"), "x.csv", (0, 0, 0, 1, 2, 0)),
    "UTF-16 without a mark": (rows(BO).encode("utf-16-le"), "x.csv", NEW),
    "UTF-16 the other way round without a mark": (rows(BO).encode("utf-16-be"), "x.csv", NEW),
    "UTF-8 with a mark and semicolons": (rows(BO).replace(",", ";").encode("utf-8-sig"), "x.csv", NEW),
    "tabs": (rows(BO).replace(",", "\t"), "x.txt", NEW),
    "bars": (rows(BO).replace(",", "|"), "x.txt", NEW),
    "Excel's own first line": ("sep=;\n" + rows(BO).replace(",", ";"), "x.csv", NEW),
    "an older Windows encoding": (rows("Hill,Zoë,,,03/04/2014").encode("cp1252"), "x.csv", NEW),
    "a smiling name": (rows("Hill,Bo 😀,,,03/04/2014"), "x.csv", NEW),
    "letters from right to left, and one that turns them": (rows("عباس,\u202eليلى,,,03/04/2014"), "x.csv", NEW),
    "a letter that nobody sees": (rows("Low\u200b,\ufeffAnn,,004010,01/02/2014"), "x.csv", SAME),
    "spaces that do not break": ("Surname,Forename,Date\u00a0of\u00a0Birth\nHill,Bo,03/04/2014\n", "x.csv", NEW),
    "headers of a programmer": ("last_name,first_name,date_of_birth\nHill,Bo,03/04/2014\n", "x.csv", NEW),
    "a name of three hundred letters": (rows("H" * 300 + ",Bo,,,03/04/2014"), "x.csv", NONE_NEW),
    "rows longer than the header": (rows(BO + ",what,is,this"), "x.csv", NEW),
    "rows shorter than the header": (rows("Low,Ann,R302412719001"), "x.csv", SAME),
    "quotes in the middle of a cell": (rows('Hill,Bo "Bobby",,,03/04/2014'), "x.csv", NEW),
    "a line break in a cell": (rows('"Hill\nSmith",Bo,,,03/04/2014'), "x.csv", NEW),
    "an Excel error for a name": (rows("#N/A,Bo,,,03/04/2014"), "x.csv", NONE_NEW),
    "a rank of five thousand digits": (
        "Surname,Forename,DOB,SEN Need,Rank\nHill,Bo,03/04/2014,HI," + "9" * 5000 + "\n", "x.csv", NEW,
    ),
    "a percentage alone": ('UPN,Pupil Name,% Attendance\nR302412719001,"Low, Ann",97\n', "x.csv", SAME),
    "more sessions than there were": ("UPN,Possible,Present\nR302412719001,100,101\n", "x.csv", NONE_NEW),
    "sessions that are no number": ("UPN,Possible,Present\nR302412719001,100,ninety\n", "x.csv", NONE_NEW),
    "days suspended that are no number": (
        "UPN,Possible,Present,Suspension Days\nR302412719001,100,90,NaN\n", "x.csv", NONE_NEW,
    ),
    "a transfer file of another version": (CTF.format(space="", version="17.0"), "x.xml", (1, 0, 0, 0, 0, 0)),
    "a transfer file in a namespace": (CTF.format(space=' xmlns="urn:x"', version="25.0"), "x.xml", (1, 0, 0, 0, 0, 0)),
    "a transfer file that is called CSV": (CTF.format(space="", version="26.0"), "x.csv", (1, 0, 0, 0, 0, 0)),
}  # fmt: skip

ENTITIES = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
REFUSED = {
    "nothing": (b"", "The file is empty."),
    "nothing but spaces": (b" \r\n\t\n ", "The file is empty."),
    "a header alone": (HEAD, "The file has a header but no rows under it."),
    "one column": ("Surname\nLow\n", "We cannot tell what this file holds."),
    "columns of something else": ("Fruit,Colour\nApple,Red\n", "We cannot tell what this file holds."),
    "a quotation mark that is never closed": (rows('"Hill,Bo,,,03/04/2014'), 'A quotation mark (")'),
    "a program": (b"MZ\x90\x00\x03\x00\x00\x00\x04\x00" * 40, "We cannot tell how the letters"),
    "noughts among the letters": (rows(BO).replace("Hill", "Hi\0ll"), NO_TABLE),
    "a PDF that is called CSV": (b"%PDF-1.7\n1 0 obj", "This is a PDF."),
    "a picture": (b"\x89PNG\r\n\x1a\n" + b"x" * 50, "This is a picture."),
    "a web page that is called a workbook": ("<html><table><tr><td>Surname", "This is a web page"),
    "an old workbook": (b"\xd0\xcf\x11\xe0" + b"\0" * 600, "This is an old Excel file"),
    "a packed file": (gzip.compress(rows(BO).encode()), "This file is compressed."),
    "a CSV in a zip": (zipped(pupils=rows(BO)), NO_WORKBOOK),
    "a workbook that swells": (zipped(xl__workbook="<a/>") + b"", NO_WORKBOOK),
    "a workbook that swells to forty megabytes": (
        changed(book(), {"xl/worksheets/sheet1.xml": b"<c>" + b"0" * 40_000_000 + b"</c>"}), UNPACKED,
    ),
    "a workbook with macros": (changed(book(), {"xl/vbaProject.bin": b"x"}), "The workbook holds macros."),
    "a workbook that fetches from elsewhere": (
        changed(book(), {"xl/externalLinks/externalLink1.xml": b"<a/>"}), "The workbook takes figures from other",
    ),
    "a workbook with a document type": (
        changed(book(), {"xl/worksheets/sheet1.xml": f"<!DOCTYPE a [{ENTITIES}]><a>&a9;</a>".encode()}), NO_WORKBOOK,
    ),
    "a workbook with a cell of forty thousand letters": (
        with_sheet('<row r="1">' + inline("A1", "x" * 40_000) + "</row>"), "A cell is longer than 32,767 characters.",
    ),
    "two hundred and one columns": (
        ",".join(f"c{n}" for n in range(201)) + "\n" + ",".join("x" * 201) + "\n", "The file has more than 200",
    ),
    "twenty thousand and one rows": (HEAD + (BO + "\n") * 20_001, "The file has more than 20,000 rows."),
    "eleven megabytes": (b"x," * 5_600_000, "The file is larger than 10 MB."),
    "a line of a million commas": (HEAD + "," * 1_000_000, "The file holds too much."),
    "XML that is no transfer file": ("<?xml version='1.0'?><Workbook/>", "This is XML, but not a transfer file"),
    "a transfer file with a document type": (
        "<?xml version='1.0'?><!DOCTYPE CTfile SYSTEM 'http://example.org/x'>" + CTF.format(space="", version="25.0"),
        "This transfer file is damaged",
    ),
    "a transfer file of entities in entities": (
        f"<?xml version='1.0'?><!DOCTYPE a [{ENTITIES}]>" + CTF.format(space="", version="&a9;"),
        "This transfer file is damaged",
    ),
    "half a transfer file": (CTF.format(space="", version="25.0")[:-40], "This transfer file is damaged"),
    "a transfer file without pupils": ("<CTfile><Header/></CTfile>", "There is no pupil in this transfer file."),
}  # fmt: skip


@pytest.fixture
def ann(counts):
    assert counts(rows(ANN))[0] == 1


@pytest.mark.parametrize("name", READ)
def test_an_awkward_file_is_read(ann, counts, name):
    data, called, numbers = READ[name]
    assert counts(data, name=called)[:6] == numbers
    assert counts(data, name=called)[0] == 0  # the same again makes nobody
    assert Pupil.objects.count() == 1 + numbers[0]


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_a_sentence(ann, bring, name):
    data, sentence = REFUSED[name]
    with pytest.raises(Refused) as refused:
        bring(data, name="pupils.csv")
    assert refused.value.sentence.startswith(sentence)
    assert Pupil.objects.count() == 1


def test_there_are_more_than_fifty():
    assert len(READ) + len(REFUSED) >= 80


def test_what_was_done_to_an_awkward_cell_is_said(ann, bring):
    def said(name):
        data, called, _ = READ[name]
        return list(bring(data, name=called, write=False).notes)

    assert said("a UPN that a spreadsheet counted") == ["A UPN has 13 characters; this one has 11. It was left out."]
    assert said("a UPN with a wrong first letter") == [
        "The first letter of this UPN does not fit its digits; one character is probably mistyped."
    ]
    assert said("a percentage alone")[0].startswith("A percentage of attendance alone is not kept")
    assert said("a row twice") == []


def test_nothing_is_stored_that_turns_letters_round(ann, bring):
    bring(READ["letters from right to left, and one that turns them"][0])
    assert Pupil.objects.get(legal_surname="عباس").forename == "ليلى"
    assert TODAY.year - Pupil.objects.get(legal_surname="عباس").born_on.year == 12
