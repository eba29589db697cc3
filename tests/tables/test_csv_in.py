"""CSV from a school's systems: whatever the encoding, the delimiter and the titles above, no row is lost or moved."""

import csv

import pytest

from sendhub.tables import Limits, Refused, read

HEADER = ["UPN", "Forename", "Surname"]
ROWS = [["A1", "Zoë", "O’Brien"], ["A2", "Siân", "Cole"]]
PLAIN = "UPN,Forename,Surname\r\nA1,Zoë,O’Brien\r\nA2,Siân,Cole\r\n"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (PLAIN.encode(), "utf-8"),
        (PLAIN.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("utf-16-le"), "utf-16-le"),
        (PLAIN.encode("utf-16-be"), "utf-16-be"),
        (PLAIN.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_gives_the_same_rows(data, encoding):
    sheet = read(data, "pupils.csv")
    assert (sheet.header, sheet.rows, sheet.encoding) == (HEADER, ROWS, encoding)


def test_an_old_encoding_is_said_because_names_may_suffer():
    assert read(PLAIN.encode("cp1252"), "pupils.csv").notes == [
        "The file is in an older Windows encoding. Check names with accents."
    ]
    assert read(PLAIN.encode(), "pupils.csv").notes == []


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_every_delimiter(delimiter):
    body = PLAIN.replace(",", delimiter)
    sheet = read(body.encode(), "pupils.csv")
    assert (sheet.header, sheet.rows, sheet.delimiter) == (HEADER, ROWS, delimiter)


@pytest.mark.parametrize(
    ("body", "rows"),
    [
        ("Name;Form\nNair, Priya;8T\nHale, Tom;9A\n", [["Nair, Priya", "8T"], ["Hale, Tom", "9A"]]),
        ('Name,Note\n"a;b;c","d;e;f"\n"g;h;i","j;k;l"\n', [["a;b;c", "d;e;f"], ["g;h;i", "j;k;l"]]),
        ("sep=;\nName;Note\nAda;a,b,c\n", [["Ada", "a,b,c"]]),
        ('Name,Note\nAda,"two\nlines, and ""words"""\n', [["Ada", 'two\nlines, and "words"']]),
        ('Name,Note\n"Ada" B,plain\n', [["Ada B", "plain"]]),
        ("Name\nAda\nBen\n", [["Ada"], ["Ben"]]),
        ("Name,Form\rAda,8T\rBen,9A\r", [["Ada", "8T"], ["Ben", "9A"]]),
    ],
    ids=[
        "comma in names",
        "semicolons in quotes",
        "sep line",
        "line in a cell",
        "careless quotes",
        "one column",
        "Mac",
    ],
)
def test_awkward_files(body, rows):
    assert read(body.encode(), "x.csv").rows == rows


def test_a_long_file_is_read_to_its_end_whatever_the_sample_showed():
    body = "Name;Note\n" + "Ada;x\n" * 100 + '"Ben";"a\nb"\n' + "Cy;y\n" * 20_000
    sheet = read(body.encode(), "x.csv", Limits(rows=30_000))
    assert (len(sheet.rows), sheet.rows[100], sheet.rows[-1]) == (20_101, ["Ben", "a\nb"], ["Cy", "y"])


def test_known_headers_choose_the_delimiter_when_the_rows_cannot():
    body = "UPN;Note, long\nA1;yes, often\nA2;no, never\n"
    assert read(body.encode(), "x.csv", known_headers=["UPN", "Note, long"]).delimiter == ";"


@pytest.mark.parametrize("known", [(), ("upn", "FORENAME", "surname")])
def test_titles_above_the_header_are_passed_over(known):
    body = "Oakfield School,,\nPupils on 1 September 2026,,\n,,\n" + PLAIN
    sheet = read(body.encode(), "x.csv", known_headers=known)
    assert (sheet.header, sheet.rows, sheet.header_row) == (HEADER, ROWS, 4)
    assert sheet.line(0) == 5


def test_the_line_number_is_the_one_that_excel_shows():
    """The sep= line and empty rows inside the table count; Excel counts them too."""
    sheet = read(b"sep=,\nUPN,Name\nA1,Ada\n,\nA3,Cy\n\n\n", "x.csv")
    assert sheet.rows == [["A1", "Ada"], ["", ""], ["A3", "Cy"]]
    assert sheet.line(0) == 3


def test_two_columns_of_one_name_stay_two():
    sheet = read(b"Forename,Tel,Forename,Tel\nAda,1,Ben,2\n", "x.csv")
    assert sheet.header == ["Forename", "Tel", "Forename", "Tel"]
    assert sheet.rows == [["Ada", "1", "Ben", "2"]]


def test_ragged_rows_are_filled_up_and_longer_ones_are_said():
    sheet = read(b"UPN,Name\nA1\nA2,Ben,extra\nA3,Cy,,,\n", "x.csv")
    assert sheet.header == ["UPN", "Name", ""]
    assert sheet.rows == [["A1", "", ""], ["A2", "Ben", "extra"], ["A3", "Cy", ""]]
    assert sheet.notes == ["Some rows have more cells than the header: row 3."]


def test_many_long_rows_are_not_all_named():
    sheet = read(b"UPN,Name\n" + b"A1,Ada,x\n" * 7, "x.csv")
    assert sheet.notes == ["Some rows have more cells than the header: row 2, 3, 4, 5, 6 and others."]


def test_numbers_alone_may_stand_in_the_first_row_when_nothing_else_is_there():
    assert read(b"\n" * 25 + b"1,2\n3,4\n", "x.csv").rows == [["3", "4"]]
    assert read(b"1,2\n3,4\n", "x.csv").header == ["1", "2"]


def test_our_own_quote_before_a_formula_is_taken_off_and_any_other_stays():
    sheet = read(b"Name,Note\n'=1+1,'tis\n'@x,'' =y\n", "x.csv")
    assert sheet.rows == [["=1+1", "'tis"], ["@x", "' =y"]]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "The file is empty"),
        (b" \r\n ", "The file is empty"),
        (b"UPN,Name\n", "no rows under it"),
        (b"a,b\n1,\0\n", "not a table"),
        (b"\xff\xfe\x00\x00" + PLAIN.encode("utf-32-le"), "not a table"),
        (b"a,b\n1,\x81\n", "cannot tell how the letters"),
        (b",,\n,,\n", "The file has no rows"),
        (b'UPN,Name\nA1,"Ada\nA2,Ben\nA3,Cy\n', "never closed"),
        (b'UPN,Name\nA1,"Ada"x"\nA2,Ben\n', "never closed"),
        (b"UPN,Name\nA1," + b"x" * 32_768 + b"\n", "longer than 32,767 characters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_a_sentence(data, words):
    with pytest.raises(Refused) as refused:
        read(data, "x.csv")
    assert words in refused.value.sentence
    assert refused.value.sentence.endswith(".")


@pytest.mark.parametrize(
    ("body", "limits", "words"),
    [
        ("a,b\n" + "1,2\n" * 4, Limits(rows=3), "more than 3 rows"),
        ("a,b,c\n1,2,3\n", Limits(columns=2), "more than 2 columns"),
        ("a,b\n1,2,\n", Limits(columns=2), None),
        ("a,b\n1,2\n", Limits(file_bytes=7), "larger than 0 MB"),
        ("a,b\n" + "1,2\n" * 4, Limits(all_rows=3), "holds too much"),
        ("a,b\n" + "1,2\n" * 4, Limits(text_chars=9), "holds too much"),
        ("a,b\n" + "1,2\n" * 4, Limits(cells=9), "holds too much"),
        ("a,b\n" + "," * 20_001, None, "holds too much"),
        ("a,b\n1,2" + "," * 16_000, None, None),
        ("a,b\n1,12345\n", Limits(cell_chars=4), "longer than 4 characters"),
        ("a,b\n1,1234\n", Limits(cell_chars=4), None),
    ],
)
def test_limits(body, limits, words):
    if words is None:
        assert read(body.encode(), "x.csv", limits).rows
        return
    with pytest.raises(Refused, match=words):
        read(body.encode(), "x.csv", limits)


def test_the_process_keeps_its_own_field_limit():
    before = csv.field_size_limit()
    with pytest.raises(Refused):
        read(b"UPN,Name\nA1," + b"x" * 40_000, "x.csv")
    assert csv.field_size_limit() == before


def test_a_path_is_read_too(tmp_path):
    path = tmp_path / "pupils.csv"
    path.write_bytes(PLAIN.encode())
    assert read(path, path.name).rows == ROWS
    with pytest.raises(Refused, match="larger than"):
        read(path, path.name, Limits(file_bytes=10))


@pytest.mark.parametrize(
    ("start", "words"),
    [
        (b"%PDF-1.7\n", "This is a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel file"),
        (b"\x89PNG\r\n", "This is a picture"),
        (b"\xff\xd8\xff\xe0", "This is a picture"),
        (b"GIF89a", "This is a picture"),
        (b"{\\rtf1", "text document"),
        (b"\x1f\x8b\x08", "compressed"),
        (b"\xef\xbb\xbf  <HTML><table>", "web page"),
        (b"<table><tr>", "web page"),
        (b'<?xml version="1.0"?>', "web page"),
    ],
)
def test_the_content_tells_the_kind_not_the_name(start, words):
    with pytest.raises(Refused, match=words):
        read(start + b"\nUPN,Name\nA1,Ada\n", "pupils.csv")


def test_a_column_named_pk_is_not_a_zip():
    assert read(b"PK,Name\n1,Ada\n", "x.csv").header == ["PK", "Name"]


def test_a_name_that_says_otherwise_is_mentioned():
    assert read(PLAIN.encode(), "pupils.xlsx").notes == [
        "The file's name ends in .xlsx, but it is a text file. We read it as that."
    ]
    assert read(PLAIN.encode(), "pupils").notes == []


def test_a_refusal_never_repeats_what_a_cell_holds():
    with pytest.raises(Refused) as refused:
        read(b'UPN,Name\nA1,"Adaeze\n', "Adaeze.csv")
    assert "Adaeze" not in str(refused.value)
