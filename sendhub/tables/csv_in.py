"""CSV from outside: which encoding, which delimiter, whole quotes, and our own formula guard taken off again."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager

from sendhub.tables.guard import unguard
from sendhub.tables.sheet import Limits, Refused, Row, Sheet, header_index, normal, to_sheet

DELIMITERS = ",;\t|"
SAMPLE_ROWS = 40
WIDEST = 20_000  # delimiters in a line; Excel's widest sheet, saved as CSV, has 16,383
UTF8 = "In Excel choose Save As, pick CSV UTF-8, and send that file."
BINARY = f"This is not a table that we can read. {UTF8}"
OPEN_QUOTE = (
    'A quotation mark (") is opened and never closed, so rows would be lost. Open the file in Excel, close the mark '
    "or remove it, and save it again."
)
TOO_MUCH = "The file holds too much. Split it into smaller files and send them one at a time."


def read_csv(data: bytes, limits: Limits, known_headers: list[str]) -> Sheet:
    """Text with commas, semicolons, tabs or bars. Raises Refused."""
    body, encoding = decode(data)
    notes = []
    if encoding == "cp1252":
        notes.append("The file is in an older Windows encoding. Check names with accents.")
    told = re.match(r"sep=(.)\r?\n", body)  # Excel's own first line
    if told:
        body = body[told.end() :]
    with _field_limit(limits.cell_chars):
        delimiter = told[1] if told else _delimiter(body, known_headers)
        rows = _rows(body, delimiter, limits)
    sheet = to_sheet(rows, limits, known_headers, encoding=encoding, delimiter=delimiter, notes=notes)
    sheet.header_row += bool(told)
    return sheet


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding: utf-8, utf-16 of either order, or cp1252."""
    encoding = _encoding(data)
    try:
        body = data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused(f"We cannot tell how the letters of this file are stored. {UTF8}") from None
    if "\0" in body:
        raise Refused(BINARY)
    return body.removeprefix("\ufeff"), encoding


def _encoding(data: bytes) -> str:
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return "utf-16-le" if data[0] == 0xFF else "utf-16-be"
    head = data[:4096]
    # Without a byte order mark: every other byte of plain text in UTF-16 is nought.
    for encoding, nought, letters in (("utf-16-le", head[1::2], head[::2]), ("utf-16-be", head[::2], head[1::2])):
        if nought.count(0) > 0.5 * len(nought) and not letters.count(0):
            return encoding
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    return "utf-8"


def _delimiter(body: str, known_headers: list[str]) -> str:
    """The delimiter whose first rows hold most known headers, then agree most on their number of columns."""
    known = {normal(name) for name in known_headers}
    for strict in (True, False):  # strict: a delimiter inside a quoted cell misleads nobody
        fits = {delimiter: _fit(body[:65536], delimiter, known, strict=strict) for delimiter in DELIMITERS}
        best = max(fits, key=fits.get)
        if fits[best] > (0, 0, 0):
            return best
    return ","  # one column


def _fit(sample: str, delimiter: str, known: set[str], *, strict: bool) -> tuple[int, int, int]:
    """(known headers found, rows that agree on their width, that width); noughts if it is not this delimiter."""
    rows: list[Row] = []
    try:
        for row in csv.reader(io.StringIO(sample, newline=""), delimiter=delimiter, strict=strict):
            rows.append(row)
            if len(rows) == SAMPLE_ROWS:
                break
    except csv.Error as error:
        if "unexpected end" not in str(error):  # else the sample stops inside a cell, which says nothing
            return (0, 0, 0)
    widths = Counter(len(row) for row in rows if len(row) > 1)
    if not widths:
        return (0, 0, 0)
    matches = len(known & {normal(cell) for cell in rows[header_index(rows, known)]})
    width, times = max(widths.items(), key=lambda pair: (pair[1], pair[0]))
    return (matches, times, width)


def _rows(body: str, delimiter: str, limits: Limits, *, strict: bool = True) -> list[Row]:
    try:
        return _parse(body, delimiter, limits, strict=strict)
    except csv.Error as error:
        if "field larger" in str(error):
            raise Refused(
                f"A cell is longer than {limits.cell_chars:,} characters. Shorten it, or look for a quotation mark "
                "that is never closed, and send the file again."
            ) from None
        if "unexpected end" in str(error) or body.count('"') % 2:
            raise Refused(OPEN_QUOTE) from None
    # Strict reading also refuses `"a"b`, which careless exports hold: those are read as Excel reads them.
    return _rows(body, delimiter, limits, strict=False)


def _parse(body: str, delimiter: str, limits: Limits, *, strict: bool) -> list[Row]:
    rows: list[Row] = []
    cells = chars = 0
    for row in csv.reader(_lines(body, delimiter), delimiter=delimiter, strict=strict):
        if any(cell.strip() for cell in row[limits.columns :]):
            raise Refused(f"The file has more than {limits.columns} columns. Remove the columns that are not needed.")
        row = [unguard(unwrap(cell)) for cell in row[: limits.columns]]
        cells += len(row)
        chars += sum(map(len, row))
        if len(rows) == limits.all_rows or cells > limits.cells or chars > limits.text_chars:
            raise Refused(TOO_MUCH)
        rows.append(row)
    return rows


def unwrap(cell: str) -> str:
    """`="004012"` is how some systems keep Excel from taking noughts away: the text is what is between the marks."""
    return cell[2:-1] if len(cell) > 2 and cell.startswith('="') and cell.endswith('"') else cell


def _lines(body: str, delimiter: str) -> Iterator[str]:
    """Lines with their ends untouched, since a cell may hold a line break."""
    for line in io.StringIO(body, newline=""):
        if line.count(delimiter) > WIDEST:
            raise Refused(TOO_MUCH)
        yield line


@contextmanager
def _field_limit(chars: int):
    """The csv module keeps one limit for the process: put back what was there."""
    before = csv.field_size_limit(chars)
    try:
        yield
    finally:
        csv.field_size_limit(before)
