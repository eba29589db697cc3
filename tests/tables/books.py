"""Workbooks for the tests: a plain one, and ways to spoil it part by part."""

import io
import zipfile

from sendhub.tables import write_xlsx

PUPILS = ["UPN", "Legal forename", "Legal surname"]


def book(rows=(("A1", "Ada", "Obi"), ("A2", "Ben", "Cole")), header=PUPILS):
    return write_xlsx(header, rows, "Pupils")


def changed(data, parts, *, method=zipfile.ZIP_DEFLATED, drop=()):
    """The workbook with parts replaced or added (name to bytes) and others left out."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", method) as new:
        for name in old.namelist():
            if name not in parts and name not in drop:
                new.writestr(name, old.read(name))
        for name, body in parts.items():
            new.writestr(name, body)
    return out.getvalue()


def sheet_xml(rows):
    """A worksheet around `rows`, which is raw XML."""
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return f'<?xml version="1.0"?><worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>'.encode()


def with_sheet(rows):
    return changed(book(), {"xl/worksheets/sheet1.xml": sheet_xml(rows)})


def inline(reference, words):
    return f'<c r="{reference}" t="inlineStr"><is><t>{words}</t></is></c>'
