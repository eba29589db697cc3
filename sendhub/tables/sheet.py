"""What a table is once it is read: the sheet, its limits, the refusal, and which row is the header.

No file format is known here.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

Cell = str | int | float | bool | date | datetime | time | timedelta
Row = list[Cell]

HEADER_WITHIN = 20  # titles, dates and empty rows stand above the header in MIS reports; never more than a screenful


class Refused(ValueError):
    """The file cannot be read. `sentence` is shown to the person as it is; it never holds a cell's content."""

    def __init__(self, sentence: str):
        super().__init__(sentence)
        self.sentence = sentence


@dataclass(frozen=True)
class Limits:
    """How large a file may be. Measured against a 300 kB workbook that unpacked to 300 MB."""

    file_bytes: int = 10 * 1024 * 1024
    entries: int = 1_000  # parts in the zip that an XLSX is
    unpacked_bytes: int = 100 * 1024 * 1024
    ratio: int = 100  # unpacked to packed, for a part over 1 MB
    cell_chars: int = 32_767  # Excel's own limit
    rows: int = 20_000
    columns: int = 200
    cells: int = 500_000  # 20,000 rows of 25; in a workbook, empty but coloured ones count
    all_rows: int = 200_000  # empty ones included
    text_chars: int = 12_000_000  # all text together: what decides the memory


@dataclass
class Sheet:
    """A header and its rows, by position: two columns may have the same name.

    Every row is exactly as long as the header. Empty rows inside the table stay, so that `line` is right; empty rows
    at the end are gone. `encoding` and `delimiter` are "" for XLSX. `notes` are sentences for the person.
    """

    header: list[str]
    rows: list[Row]
    encoding: str = ""
    delimiter: str = ""
    header_row: int = 1  # as the spreadsheet numbers it, from 1
    notes: list[str] = field(default_factory=list)

    def line(self, index: int) -> int:
        """The row number that a spreadsheet shows for `rows[index]`."""
        return self.header_row + 1 + index


def text(cell: Cell) -> str:
    """The cell as plain text, without spaces round it: dates as 2026-09-01, true and false as Yes and No."""
    if isinstance(cell, bool):
        return "Yes" if cell else "No"
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell).strip()


def is_blank(row: Iterable[Cell]) -> bool:
    return all(isinstance(cell, str) and not cell.strip() for cell in row)


def normal(name: str) -> str:
    """A header for comparing: lower case, letters and digits only, one space between words."""
    return " ".join(re.findall(r"\w+", unicodedata.normalize("NFKC", name).casefold().replace("_", " ")))


def to_sheet(rows: list[Row], limits: Limits, known_headers: Iterable[str], **facts) -> Sheet:
    """Find the header, cut what is empty at the end, make every row as long as the header. Raises Refused."""
    while rows and is_blank(rows[-1]):
        rows.pop()
    if not rows:
        raise Refused("The file has no rows. Check that you chose the right file, then send it again.")
    at = header_index(rows, known_headers)
    if len(rows) - at - 1 > limits.rows:
        raise Refused(
            f"The file has more than {limits.rows:,} rows. Split it into smaller files and send them one at a time."
        )
    if at + 1 == len(rows):
        raise Refused("The file has a header but no rows under it. Check the export, then send it again.")
    body = rows[at + 1 :]
    named = _used(rows[at])
    width = max([named, *(_used(row) for row in body)])
    sheet = Sheet(_fit([text(cell) for cell in rows[at]], width), [_fit(row, width) for row in body], **facts)
    sheet.header_row = at + 1
    if width > named:
        over = [str(sheet.line(index)) for index, row in enumerate(body) if _used(row) > named]
        sheet.notes.append(
            f"Some rows have more cells than the header: row {', '.join(over[:5])}{' and others' * (len(over) > 5)}."
        )
    return sheet


def header_index(rows: Sequence[Row], known_headers: Iterable[str] = ()) -> int:
    """Which of the first rows is the header.

    With known headers: the first row that matches most of them. Without, or when none matches: the first row with
    words in at least 60% of the cells that the widest row has, and at least two of them different.
    """
    top = rows[:HEADER_WITHIN]
    known = {normal(name) for name in known_headers}
    matches = [len(known & {normal(cell) for cell in row if isinstance(cell, str)}) for row in top]
    if max(matches):
        return matches.index(max(matches))
    width = max(sum(1 for cell in row if text(cell)) for row in top)
    for index, row in enumerate(top):
        words = [normal(cell) for cell in row if isinstance(cell, str) and re.search(r"[^\W\d_]", cell)]
        if words and len(words) >= 0.6 * width and len(set(words)) >= min(2, width):
            return index
    return next((index for index, row in enumerate(rows) if not is_blank(row)), 0)


def _used(row: Row) -> int:
    """The row's length without the empty cells at its end."""
    return next((index for index in range(len(row), 0, -1) if text(row[index - 1])), 0)


def _fit(row: Row, width: int) -> Row:
    return row[:width] + [""] * (width - len(row))
