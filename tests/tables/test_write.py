"""Exports: nothing in them runs, what leaves comes back the same, and failed rows can be put right and sent again."""

import csv
import io
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sendhub.tables import ERROR_HEADER, Sheet, read, text, with_error_column, write_csv, write_xlsx
from sendhub.tables.guard import guard, runs_as_formula, unguard

TRIGGERS = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data)).active


@pytest.mark.parametrize("trigger", TRIGGERS)
@pytest.mark.parametrize("before", ["", "  ", "\ufeff", "\u00a0", "'", "''"])
def test_text_that_would_run_gets_a_quote_in_csv(trigger, before):
    value = f'{before}{trigger}HYPERLINK("http://example.org")'
    row = write_csv(["Name"], [[value]]).decode("utf-8-sig").splitlines(keepends=True)[1:]
    assert "".join(row).startswith(f"\"'{before}")


def test_a_header_that_would_run_gets_a_quote_too():
    assert write_csv(["=1"], []) == b'\xef\xbb\xbf"\'=1"\r\n'


def test_nul_never_leaves():
    assert write_csv(["a"], [["\0=1"]]).decode("utf-8-sig") == '"a"\r\n"\'=1"\r\n'


@pytest.mark.parametrize("value", ["Ada", "'tis", "O'Brien", "8T - 9A", " spaced", "", "’=1"])
def test_plain_text_is_left_alone(value):
    assert guard(value) == value


def test_numbers_stay_numbers_and_dates_can_be_sorted():
    rows = [[-4, -0.5, Decimal("-1.50"), date(2026, 9, 1), datetime(2026, 9, 1, 9, 5), time(9, 5), True, None]]
    assert write_csv([""] * 8, rows).decode("utf-8-sig").splitlines()[1] == (
        '-4,-0.5,-1.50,"2026-09-01","2026-09-01 09:05","09:05:00","Yes",""'
    )


def test_times_are_the_schools_and_what_no_format_holds_is_text():
    rows = [[datetime(2026, 7, 1, 8, 0, tzinfo=UTC), float("nan"), float("inf"), date(1899, 12, 31)]]
    rows += [[datetime(1899, 1, 1, 9), timedelta(hours=1), time(9, tzinfo=UTC), 10**15]]
    assert read(write_csv(["When", "B", "C", "D"], rows), "x.csv").rows == [
        ["2026-07-01 09:00", "", "", "1899-12-31"],
        ["1899-01-01 09:00", "1:00:00", "09:00:00", "1000000000000000"],
    ]
    assert read(write_xlsx(["When", "B", "C", "D"], rows), "x.xlsx").rows == [
        [datetime(2026, 7, 1, 9), "", "", "1899-12-31"],
        ["1899-01-01 09:00", "1:00:00", time(9), "1000000000000000"],
    ]


def test_letters_that_no_file_holds_are_replaced_not_fatal():
    assert read(write_csv(["a", "b"], [["x\ud800", "y"]]), "x.csv").rows == [["x?", "y"]]
    assert read(write_xlsx(["a", "b"], [["x\ud800\x07", "one\r\ntwo\rthree"]]), "x.xlsx").rows == [
        ["x  ", "one\ntwo\nthree"]
    ]


def test_a_workbook_holds_text_not_formulas_links_or_numbers():
    sheet = opened(write_xlsx(["Name", "Site", "Code"], [["=1+1", "https://example.org", "0012"]]))
    cells = [sheet.cell(2, column) for column in (1, 2, 3)]
    assert [(cell.value, cell.data_type, cell.hyperlink) for cell in cells] == [
        ("=1+1", "s", None),
        ("https://example.org", "s", None),
        ("0012", "s", None),
    ]


def test_a_workbook_is_ready_to_use():
    sheet = opened(write_xlsx(["Name", "Born"], [["Ada" * 40, date(2015, 9, 1)]], "Pupils [all]: 2026/27"))
    assert sheet.title == "Pupils  all   2026 27"
    assert sheet.parent.properties.title == "Pupils [all]: 2026/27"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:B2"
    assert [sheet.cell(1, column).font.bold for column in (1, 2)] == [True, True]
    assert sheet.cell(2, 2).value == datetime(2015, 9, 1)
    assert sheet.cell(2, 2).number_format == "dd/mm/yyyy"
    assert 48 <= sheet.column_dimensions["A"].width < 50
    assert 11 <= sheet.column_dimensions["B"].width < 13


@pytest.mark.parametrize(
    ("title", "name"),
    [("", "Sheet1"), ("History", "Sheet1"), ("'x'", "x"), ("///", "Sheet1"), ("a" * 40, "a" * 31)],
)
def test_sheet_names_that_excel_refuses(title, name):
    assert opened(write_xlsx(["a"], [["b"]], title)).title == name


def test_a_workbook_without_columns_is_still_a_workbook():
    assert opened(write_xlsx([], [])).max_row == 1


def test_a_cell_too_long_for_excel_says_that_it_goes_on():
    value = opened(write_xlsx(["a"], [["x" * 40_000]])).cell(2, 1).value
    assert (len(value), value[-1]) == (32_767, "…")


def test_a_row_longer_than_the_header_is_written_whole():
    assert opened(write_xlsx(["a"], [["b", "c"]])).cell(2, 2).value == "c"


def test_failed_rows_come_back_with_what_to_put_right():
    sheet = Sheet(["UPN", "Name"], [["A1", "Ada"], ["A2", ""], ["", "Cy"]])
    header, rows = with_error_column(sheet, {2: "The UPN is missing.", 1: "The name is missing."})
    assert header == ["UPN", "Name", ERROR_HEADER]
    assert rows == [["A2", "", "The name is missing."], ["", "Cy", "The UPN is missing."]]


def test_failed_rows_sent_again_do_not_grow_a_second_column():
    header, rows = with_error_column(Sheet(["UPN", "Name"], [["", "Ada"]]), {0: "The UPN is missing."})
    again = read(write_csv(header, rows), "failed.csv")
    header, rows = with_error_column(again, {0: "The UPN is too short."})
    assert header == ["UPN", "Name", ERROR_HEADER]
    assert rows == [["", "Ada", "The UPN is too short."]]


@pytest.mark.parametrize(
    ("cell", "words"),
    [(date(2026, 9, 1), "2026-09-01"), (True, "Yes"), (False, "No"), (4, "4"), (" Ada ", "Ada"), (time(9), "09:00:00")],
)
def test_a_cell_as_text(cell, words):
    assert text(cell) == words


# --- What leaves comes back the same -----------------------------------------------------------------------------
ANY = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=30)
TRICKY = st.builds("{}{}{}".format, st.sampled_from(["", "'", "''", " ", "\ufeff"]), st.sampled_from(TRIGGERS), ANY)
WORDS = ANY | TRICKY | st.sampled_from(["a;b", "a\tb|c", 'say "x"', "sep=;", "two\r\nlines", "\u2028"])
HEADER = ["UPN", "Legal forename", "Note"]
# A last row in which something stands: empty rows at the end are cut on purpose.
TABLES = st.lists(st.lists(WORDS, min_size=3, max_size=3), max_size=8).map(lambda rows: [*rows, ["A1", "Ada", "end"]])


@given(WORDS)
@example("'=1")
@example("''=1")
def test_the_quote_comes_off_exactly_as_it_went_on(value):
    assert unguard(guard(value)) == value
    assert not runs_as_formula(value) or guard(value).startswith("'")


@settings(deadline=None)
@given(TABLES)
def test_csv_round_trip(rows):
    sheet = read(write_csv(HEADER, rows), "x.csv")
    assert (sheet.header, sheet.rows) == (HEADER, rows)


@settings(deadline=None)
@given(TABLES)
def test_csv_is_read_alike_by_any_other_program(rows):
    body = write_csv(HEADER, rows).decode("utf-8-sig")
    assert [[unguard(cell) for cell in row] for row in csv.reader(io.StringIO(body, newline=""))] == [HEADER, *rows]


PRINTED = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufffe\uffff"), max_size=30)
CELLS = (
    PRINTED
    | st.integers(-(10**14), 10**14)
    | st.integers(-(10**9), 10**9).map(lambda hundredths: hundredths + 0.25)  # Excel keeps 15 digits
    | st.dates(date(1900, 3, 1))
    | st.sampled_from(["=1+1", "0012", "two\nlines", "_x0041_", "https://example.org", " spaced ", "<b>&amp;"])
)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.lists(CELLS, min_size=3, max_size=3), max_size=5).map(lambda rows: [*rows, ["A1", 1, "end"]]))
def test_xlsx_round_trip(rows):
    sheet = read(write_xlsx(HEADER, rows), "x.xlsx", known_headers=HEADER)
    assert (sheet.header, sheet.rows) == (HEADER, rows)
