"""Tables that leave: CSV and XLSX in which nothing runs, and the file of rows that could not be imported."""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from math import isfinite
from zoneinfo import ZoneInfo

import xlsxwriter

from sendhub.tables.guard import guard
from sendhub.tables.sheet import Row, Sheet, normal

ERROR_HEADER = "Error"
LONGEST = 32_767  # characters in one cell of Excel
EXACT = 10**15  # beyond it Excel changes the last digits of a number
FIRST_DATE = date(1900, 3, 1)  # before it Excel counts a day that never was
WIDTHS = (8, 48)  # of a column, in characters
SCHOOL_TIME = ZoneInfo("Europe/London")
# What XML cannot hold, apart from tab and line feed.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


def write_csv(header: Sequence[str], rows: Iterable[Sequence]) -> bytes:
    """UTF-8 with a byte order mark, so that Excel sees the letters. Text that would run as a formula gets a quote
    before it; numbers stay numbers; dates are 2026-09-01; None is empty."""
    out = io.StringIO(newline="")
    # All text in quotes: whoever guesses the delimiter (our reader does) cannot be misled by what is in a cell.
    writer = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerow([_csv_cell(name) for name in header])
    writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", errors="replace")


def _csv_cell(value):
    value = _plain(value)
    if isinstance(value, str):
        return guard(value.replace("\0", ""))
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date | time):
        return value.isoformat()
    return value


def write_xlsx(header: Sequence[str], rows: Iterable[Sequence], title: str = "") -> bytes:
    """A workbook of one sheet called `title`: real dates, a bold header that stays in view, filters, fitting widths.

    Text is always text: no formula, no link. A cell over 32,767 characters ends in an ellipsis; control characters
    become spaces.
    """
    out = io.BytesIO()
    # in_memory: rows about children leave no temporary files behind.
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    book = xlsxwriter.Workbook(out, options)
    book.set_properties({"title": _text(title)})
    sheet = book.add_worksheet(_sheet_name(title))
    formats = {
        datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        date: book.add_format({"num_format": "dd/mm/yyyy", "align": "left"}),
        time: book.add_format({"num_format": "hh:mm", "align": "left"}),
    }
    bold = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
    widths = [len(name) + 3 for name in header]  # room for the filter's arrow
    for column, name in enumerate(header):
        sheet.write_string(0, column, _text(name), bold)
    last = 0
    for last, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            value = _plain(value)
            if isinstance(value, int | float | Decimal) and abs(value) >= EXACT:
                value = str(value)
            if isinstance(value, date | time):
                sheet.write_datetime(last, column, value, formats[type(value)])
            elif isinstance(value, str):
                if value:
                    sheet.write_string(last, column, _text(value))
            else:
                sheet.write_number(last, column, value)
            if column < len(widths):
                widths[column] = max(widths[column], len(str(value)) + 1)
    for column, width in enumerate(widths):
        sheet.set_column(column, column, min(max(width, WIDTHS[0]), WIDTHS[1]))
    sheet.freeze_panes(1, 0)
    if header:
        sheet.autofilter(0, 0, last, len(header) - 1)
    book.close()
    return out.getvalue()


def with_error_column(sheet: Sheet, errors: dict[int, str]) -> tuple[list[str], list[Row]]:
    """(header, rows) of the rows that failed, to be put right and sent again.

    `errors` maps an index in sheet.rows to a sentence. The last column says what to
    put right. A file that was already such a file does not get a second one.
    """
    drop = next((at for at, name in enumerate(sheet.header) if normal(name) == normal(ERROR_HEADER)), None)
    keep = [at for at in range(len(sheet.header)) if at != drop]
    rows = [[*(sheet.rows[index][at] for at in keep), errors[index]] for index in sorted(errors)]
    return [*(sheet.header[at] for at in keep), ERROR_HEADER], rows


def _plain(value):
    """One of str, int, float, Decimal, date, datetime (school time), time; and only what both formats can hold."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        value = (value.astimezone(SCHOOL_TIME) if value.tzinfo else value).replace(tzinfo=None)
        return value if value.date() >= FIRST_DATE else value.isoformat(sep=" ", timespec="minutes")
    if isinstance(value, date):
        return value if value >= FIRST_DATE else value.isoformat()
    if isinstance(value, int | float | Decimal):
        if not isfinite(value):
            return ""
        return value
    if isinstance(value, time):
        return value.replace(tzinfo=None)
    if isinstance(value, timedelta):
        return str(value)
    return str(value)


def _text(value: str) -> str:
    value = UNWRITABLE.sub(" ", value.replace("\r\n", "\n").replace("\r", "\n"))
    return value if len(value) <= LONGEST else value[: LONGEST - 1] + "…"


def _sheet_name(title: str) -> str:
    """Excel's rules: 31 characters, none of []:*?/\\, no quote at either end, not History."""
    name = re.sub(r"[\[\]:*?/\\]", " ", _text(title))[:31].strip().strip("'")
    return name if name and name.lower() != "history" else "Sheet1"
