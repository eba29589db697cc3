"""XLSX from outside, through openpyxl, once unzip.py has found it safe. Dates stay dates, whole numbers are whole."""

import io
import re
import warnings
from datetime import datetime, time

from openpyxl import load_workbook

from sendhub.tables.sheet import HEADER_WITHIN, Cell, Limits, Refused, Row, Sheet, to_sheet
from sendhub.tables.unzip import NOT_WORKBOOK, check, too_long

ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"}
EXACT = 1e15  # beyond it a float no longer holds a whole number


def read_xlsx(data: bytes, limits: Limits, known_headers: list[str]) -> Sheet:
    """The first visible sheet that holds anything. Raises Refused."""
    unworked = check(data, limits)
    try:
        with warnings.catch_warnings():
            # openpyxl warns of formatting that it leaves out; none of it is read here.
            warnings.simplefilter("ignore")
            title, rows, others = _first_sheet(data, limits)
    except Refused:
        raise
    except Exception as error:  # openpyxl raises whatever the broken part led to: KeyError, ValueError, TypeError...
        raise Refused(NOT_WORKBOOK) from error
    notes = []
    if others:
        notes.append(f"The workbook has {others + 1} sheets. We read the one called {title}.")
    if unworked:
        notes.append(
            "Some formulas have no result saved, and read as empty. Open the file in Excel, save it, send it again."
        )
    if any(cell in ERRORS for row in rows for cell in row if isinstance(cell, str)):
        notes.append("Some cells hold an Excel error such as #N/A. Look for them before you go on.")
    return to_sheet(rows, limits, known_headers, notes=notes)


def _first_sheet(data: bytes, limits: Limits) -> tuple[str, list[Row], int]:
    book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
    try:
        visible = [sheet for sheet in book.worksheets if sheet.sheet_state == "visible"]
        if not visible:
            raise Refused(
                "The workbook has no visible sheet. Show the sheet with the table, save it and send it again."
            )
        for sheet in visible:
            # What the file says of its own size is often wrong, and may be a million columns.
            sheet.reset_dimensions()
            rows = _rows(sheet.iter_rows(values_only=True), limits)
            if rows:
                break
        return sheet.title, rows, len(visible) - 1
    finally:
        book.close()


def _rows(source, limits: Limits) -> list[Row]:
    rows: list[Row] = []
    blanks = 0
    for values in source:
        if all(value is None for value in values):
            blanks += 1
            continue
        if any(value is not None for value in values[limits.columns :]):
            raise Refused(f"The file has more than {limits.columns} columns. Remove the columns that are not needed.")
        if len(rows) + blanks > limits.rows + HEADER_WITHIN:
            raise Refused(
                f"The file has more than {limits.rows:,} rows. Split it into smaller files and send them one at a time."
            )
        rows += [[] for _ in range(blanks)]
        blanks = 0
        rows.append([_cell(value, limits) for value in values[: limits.columns]])
    return rows


def _cell(value, limits: Limits) -> Cell:
    if value is None:
        return ""
    if isinstance(value, str):
        if len(value) > limits.cell_chars:
            raise Refused(too_long(limits))
        return re.sub("_x000D_\n?", "\n", value)  # how Excel stores a Windows line end
    if isinstance(value, float) and value.is_integer() and abs(value) < EXACT:
        return int(value)
    if isinstance(value, datetime) and value.time() == time():
        return value.date()
    return value
