"""The one door for a table from outside: what kind of file is it really?"""

from collections.abc import Iterable
from pathlib import Path

from sendhub.tables.csv_in import read_csv
from sendhub.tables.sheet import Limits, Refused, Sheet
from sendhub.tables.xlsx_in import read_xlsx

AGAIN = "Open it in Excel, choose Save As, pick Excel Workbook (.xlsx), and send that file."

# The first bytes, and what to say. Office files before 2007 and workbooks with a password begin alike.
OTHER_KINDS = (
    (b"%PDF", "This is a PDF. Send the table itself as an Excel workbook (.xlsx) or a CSV file."),
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel file (.xls) or has a password. {AGAIN} Take the password off."),
    (b"\x89PNG", "This is a picture. Send the table itself as an Excel workbook (.xlsx) or a CSV file."),
    (b"\xff\xd8\xff", "This is a picture. Send the table itself as an Excel workbook (.xlsx) or a CSV file."),
    (b"GIF8", "This is a picture. Send the table itself as an Excel workbook (.xlsx) or a CSV file."),
    (b"{\\rtf", "This is a text document. Send the table itself as an Excel workbook (.xlsx) or a CSV file."),
    (b"\x1f\x8b", "This file is compressed. Unpack it and send the table inside it."),
    (b"7z\xbc\xaf", "This file is compressed. Unpack it and send the table inside it."),
    (b"Rar!", "This file is compressed. Unpack it and send the table inside it."),
)
MARKUP = (b"<!doctype", b"<html", b"<head", b"<body", b"<table", b"<meta", b"<style", b"<?xml", b"<svg", b"<script")


def read(data: bytes | Path, filename: str, limits: Limits | None = None, known_headers: Iterable[str] = ()) -> Sheet:
    """Read a CSV or XLSX file, told by its content. Raises Refused with a sentence for the person.

    `known_headers` are the column names that the caller understands, in any case and punctuation: they choose the
    header row when a report has titles above it.
    """
    limits = limits or Limits()
    size = data.stat().st_size if isinstance(data, Path) else len(data)
    if size > limits.file_bytes:
        raise Refused(
            f"The file is larger than {limits.file_bytes // (1024 * 1024)} MB. "
            "Remove pictures and sheets that are not needed, or split it into smaller files."
        )
    if isinstance(data, Path):
        data = data.read_bytes()
    if not data.strip():
        raise Refused("The file is empty. Export it again, then send it.")
    for start, sentence in OTHER_KINDS:
        if data.startswith(start):
            raise Refused(sentence)
    known = list(known_headers)
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        sheet, kind = read_xlsx(data, limits, known), "an Excel workbook"
    else:
        if data[:200].removeprefix(b"\xef\xbb\xbf").lstrip().lower().startswith(MARKUP):
            raise Refused(f"This is a web page, although it may open in Excel. {AGAIN}")
        sheet, kind = read_csv(data, limits, known), "a text file"
    suffix = Path(filename).suffix.lower()
    if suffix and (suffix in {".xlsx", ".xlsm"}) != (kind == "an Excel workbook"):
        sheet.notes.append(f"The file's name ends in {suffix[:8]}, but it is {kind}. We read it as that.")
    return sheet
