"""XLSX from outside: the values that a person sees in Excel, and nothing that harms the server."""

import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest

from sendhub.tables import Limits, Refused, read
from sendhub.tables.unzip import MACROS, NOT_WORKBOOK, OUTSIDE, TOO_LARGE
from tests.tables.books import PUPILS, book, changed, inline, sheet_xml, with_sheet


def refusal(data, limits=None):
    with pytest.raises(Refused) as refused:
        read(data, "pupils.xlsx", limits)
    return refused.value.sentence


def made_by_excel(fill):
    """A workbook that another program wrote: fill(workbook, first sheet)."""
    workbook = openpyxl.Workbook()
    fill(workbook, workbook.active)
    out = io.BytesIO()
    workbook.save(out)
    return out.getvalue()


def test_values_are_what_a_person_sees():
    def fill(_workbook, sheet):
        sheet.append(["UPN", "Born", "Seen", "Cost", "Part", "Code", "Here", "Empty"])
        sheet.append(["A1", date(2015, 9, 1), datetime(2026, 1, 5, 9, 30), 4000.0, 0.5, "0012", True, None])

    sheet = read(made_by_excel(fill), "x.xlsx")
    assert sheet.header == ["UPN", "Born", "Seen", "Cost", "Part", "Code", "Here", "Empty"]
    assert sheet.rows == [["A1", date(2015, 9, 1), datetime(2026, 1, 5, 9, 30), 4000, 0.5, "0012", True, ""]]
    assert isinstance(sheet.rows[0][3], int)
    assert not isinstance(sheet.rows[0][1], datetime)
    assert (sheet.encoding, sheet.delimiter, sheet.notes) == ("", "", [])


def test_titles_gaps_and_coloured_empty_cells():
    def fill(_workbook, sheet):
        sheet["A1"] = "Oakfield School"
        for column, name in enumerate(PUPILS, 1):
            sheet.cell(3, column, name)
        sheet["A4"], sheet["B4"] = "A1", "Ada"
        sheet["A6"] = "A3"
        for row in range(1, 60):
            sheet.cell(row, 300).font = openpyxl.styles.Font(bold=True)

    sheet = read(made_by_excel(fill), "x.xlsx")
    assert (sheet.header, sheet.header_row) == (PUPILS, 3)
    assert sheet.rows == [["A1", "Ada", ""], ["", "", ""], ["A3", "", ""]]
    assert sheet.line(2) == 6


def test_the_first_visible_sheet_with_rows_is_read_and_said():
    def fill(workbook, sheet):
        sheet.title = "Secret"
        sheet.sheet_state = "hidden"
        sheet.append(["no"])
        workbook.create_sheet("Cover")
        pupils = workbook.create_sheet("Pupils")
        pupils.append(PUPILS)
        pupils.append(["A1", "Ada", "Obi"])

    sheet = read(made_by_excel(fill), "x.xlsx")
    assert sheet.rows == [["A1", "Ada", "Obi"]]
    assert sheet.notes == ["The workbook has 2 sheets. We read the one called Pupils."]


def test_no_visible_sheet():
    hidden = changed(
        book(), {"xl/workbook.xml": part(book(), "xl/workbook.xml").replace(b"<sheet ", b'<sheet state="hidden" ')}
    )
    assert "no visible sheet" in refusal(hidden)


def test_formulas_read_as_their_saved_result_and_a_missing_one_is_said():
    def fill(_workbook, sheet):
        sheet.append(PUPILS)
        sheet.append(["A1", "=UPPER(A1)", "Obi"])

    sheet = read(made_by_excel(fill), "x.xlsx")
    assert sheet.rows == [["A1", "", "Obi"]]
    assert sheet.notes[0].startswith("Some formulas have no result saved")
    worked = inline("A1", "UPN") + inline("B1", "Name")
    rows = f'<row r="1">{worked}</row><row r="2"><c r="A2" t="str"><f>UPPER("a1")</f><v>A1</v></c></row>'
    sheet = read(with_sheet(rows), "x.xlsx")
    assert (sheet.rows, sheet.notes) == ([["A1", ""]], [])


def test_a_whole_number_stored_with_a_point_is_whole():
    rows = f'<row r="1">{inline("A1", "Cost")}</row><row r="2"><c r="A2"><v>4000.0</v></c></row>'
    (cost,) = read(with_sheet(rows), "x.xlsx").rows[0]
    assert (cost, type(cost)) == (4000, int)


def test_excel_errors_and_windows_line_ends():
    rows = f'<row r="1">{inline("A1", "UPN")}{inline("B1", "Note")}</row>'
    rows += f'<row r="2"><c r="A2" t="e"><v>#N/A</v></c>{inline("B2", "one_x000D_&#10;two")}</row>'
    sheet = read(with_sheet(rows), "x.xlsx")
    assert sheet.rows == [["#N/A", "one\ntwo"]]
    assert sheet.notes == ["Some cells hold an Excel error such as #N/A. Look for them before you go on."]


def test_a_date_that_is_none_is_no_warning_and_no_crash():
    """Excel shows ##### for it; openpyxl would warn, and warnings are errors here."""

    def fill(_workbook, sheet):
        sheet.append(["UPN", "Born"])
        sheet.append(["A1", 99999999])
        sheet["B2"].number_format = "dd/mm/yyyy"

    assert read(made_by_excel(fill), "x.xlsx").rows == [["A1", "#VALUE!"]]


def test_a_mail_link_in_a_cell_is_no_danger_but_a_fetched_part_is():
    def fill(_workbook, sheet):
        sheet.append(["UPN", "E-mail"])
        sheet.append(["A1", "ada@example.org"])
        sheet["B2"].hyperlink = "mailto:ada@example.org"

    data = made_by_excel(fill)
    assert read(data, "x.xlsx").rows == [["A1", "ada@example.org"]]
    name = "xl/worksheets/_rels/sheet1.xml.rels"
    assert refusal(changed(data, {name: part(data, name).replace(b"/hyperlink", b"/image")})) == OUTSIDE


def part(data, name):
    return zipfile.ZipFile(io.BytesIO(data)).read(name)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ({"xl/vbaProject.bin": b"x"}, MACROS),
        ({"xl/externalLinks/externalLink1.xml": b"<a/>"}, OUTSIDE),
        ({"xl/sharedStrings.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}, NOT_WORKBOOK),
        ({"docProps/any.png": b'\xef\xbb\xbf <!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>'}, NOT_WORKBOOK),
        ({"xl/worksheets/sheet1.xml": b"<worksheet><sheetData><row>"}, NOT_WORKBOOK),
        ({"xl/worksheets/sheet1.xml": b"no xml at all"}, NOT_WORKBOOK),
        ({"[Content_Types].xml": b"<Types/>"}, NOT_WORKBOOK),
        ({"xl/drawings/vmlDrawing1.vml": b"<xml><br></xml>"}, None),
        ({"xl/media/image1.png": b"\x89PNG\r\n<"}, None),
        ({"xl/media/nothing.bin": b""}, None),
    ],
)
def test_parts(parts, sentence):
    data = changed(book(), parts)
    if sentence is None:
        assert read(data, "x.xlsx").header == PUPILS
    else:
        assert refusal(data) == sentence


def test_other_zips_and_broken_ones():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<a/>")
    assert refusal(out.getvalue()) == NOT_WORKBOOK
    assert refusal(book()[:-200]) == NOT_WORKBOOK
    assert refusal(book()[:300] + b"\0" * 40 + book()[340:]) == NOT_WORKBOOK
    assert refusal(changed(book(), {}, method=zipfile.ZIP_LZMA)) == NOT_WORKBOOK


def test_a_part_given_twice():
    out = io.BytesIO(book())
    with zipfile.ZipFile(out, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr("xl/workbook.xml", "<a/>")
    assert refusal(out.getvalue()) == NOT_WORKBOOK


def test_a_password_on_the_zip():
    data = bytearray(book())
    at = data.index(b"PK\x01\x02")
    data[at + 8] |= 1
    assert "password" in refusal(bytes(data))


@pytest.mark.parametrize(
    ("rows", "limits", "words"),
    [
        (inline("A1", "x" * 32_768), None, "longer than 32,767"),
        # The same in pieces of rich text, each short enough.
        (
            '<c r="A1" t="inlineStr"><is>' + f"<r><rPr><b/></rPr><t>{'x' * 20_000}</t></r>" * 2 + "</is></c>",
            None,
            "longer than 32,767",
        ),
        ("".join(inline(f"A{row}", "x") for row in range(9)), Limits(cells=8), "too many cells"),
        ("<row/>" * 9, Limits(all_rows=8), "too many cells"),
        ("<a>" * 70 + "</a>" * 70, None, "too many cells"),
        ("<a/>" * 100_001, None, "too many cells"),
        ('<row r="9999999999"/>', None, "not a workbook"),
        ('<row r="two"/>', None, "not a workbook"),
        ('<row r="1"><c r="ZZZZZZ1"><v>1</v></c></row>', None, "not a workbook"),
        ('<row r="1"><c r="A1"><v>1</v></c><c r="GS1"><v>1</v></c></row>', None, "more than 200 columns"),
        ('<row r="1"><c r="A1"><v>1</v></c></row><row r="99999"><c><v>1</v></c></row>', None, "more than 20,000 rows"),
        (f"<a b='{'x' * 700_000}'/>", None, "unpacks to far more"),
        (f"<!--{'x' * 700_000}-->", None, "unpacks to far more"),
        (f"<a b='{'x' * 90}'/>" * 20, Limits(text_chars=1_500), "unpacks to far more"),
        ("".join(f"<a>{'x' * 90}</a>" for _ in range(20)), Limits(text_chars=1_500), "unpacks to far more"),
    ],
)
def test_sheets_made_to_harm(rows, limits, words):
    if not rows.startswith("<row"):
        rows = f'<row r="1">{rows}</row>'
    assert words in refusal(with_sheet(rows), limits)


def test_directory_limits():
    many = changed(book(), {f"xl/media/{number}.png": b"" for number in range(1_000)})
    assert refusal(many) == TOO_LARGE
    assert refusal(book(), Limits(unpacked_bytes=5_000)) == TOO_LARGE
    assert refusal(changed(book(), {"xl/media/a.png": b"\0" * 2_000_000})) == TOO_LARGE  # packed a thousandfold
    stored = changed(book(), {"xl/media/a.png": b"\0" * 2_000_000}, method=zipfile.ZIP_STORED)
    assert read(stored, "x.xlsx").header == PUPILS


def test_more_rows_than_may_be_imported():
    assert "more than 3 rows" in refusal(book([["A", "B", "C"]] * 4), Limits(rows=3))
    assert len(read(book([["A", "B", "C"]] * 3), "x.xlsx", Limits(rows=3)).rows) == 3
    assert "no rows" in refusal(changed(book(), {"xl/worksheets/sheet1.xml": sheet_xml("")}))
