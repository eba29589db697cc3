"""Files made to exhaust the server, each read by a process of its own that the system would stop."""

import io
import json
import subprocess
import sys
import zipfile

import pytest

from tests.tables.books import book, changed, inline, sheet_xml, with_sheet

MEGABYTE = 1024 * 1024

READ = """
import json, resource, sys, time
resource.setrlimit(resource.RLIMIT_AS, (512 * 1024 * 1024,) * 2)
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
from pathlib import Path
from sendhub.tables import Refused, read
began = time.process_time()
try:
    said = len(read(Path(sys.argv[1]), "x.xlsx").rows)
except Refused as refused:
    said = refused.sentence
status = Path("/proc/self/status").read_text()  # getrusage would tell the parent's peak
peak = int(status.split("VmHWM:")[1].split()[0]) * 1024
print(json.dumps([said, peak, time.process_time() - began]))
"""


def long_cell(megabytes):
    """One cell of so many million letters, packed a thousandfold; never whole in this process either."""
    before, after = sheet_xml('<row r="1">' + inline("A1", "!") + "</row>").split(b"!")
    out = io.BytesIO(changed(book(), {}, drop=["xl/worksheets/sheet1.xml"]))
    with (
        zipfile.ZipFile(out, "a", zipfile.ZIP_DEFLATED) as archive,
        archive.open("xl/worksheets/sheet1.xml", "w") as part,
    ):
        part.write(before)
        for _ in range(megabytes):
            part.write(b"x" * MEGABYTE)
        part.write(after)
    return out.getvalue()


def small_cells():
    """Under the ratio, because the digits differ; far over what a sheet may hold."""
    rows = "".join(
        f'<row r="{r}">' + "".join(f"<c><v>{r * c % 9973}</v></c>" for c in range(200)) + "</row>"
        for r in range(1, 4_000)
    )
    return with_sheet(rows)


def many_strings():
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    strings = "".join(f"<si><t>{n * 7919 % 1_000_003} {'word ' * 6}{n}</t></si>" for n in range(500_000))
    return changed(book(), {"xl/sharedStrings.xml": f'<sst xmlns="{space}">{strings}</sst>'.encode()})


def billion_laughs():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return changed(book(), {"xl/worksheets/sheet1.xml": f'<!DOCTYPE a [<!ENTITY a0 "ha">{lines}]><a>&a9;</a>'.encode()})


BOMBS = {
    "one cell of 300 million letters": lambda: long_cell(300),
    "one cell of 90 million, under the limit unpacked": lambda: long_cell(90),
    "800,000 small cells": small_cells,
    "500,000 strings": many_strings,
    "entities": billion_laughs,
    "a row far away": lambda: with_sheet('<row r="1048576"><c><v>1</v></c></row>'),
    "rows without number": lambda: changed(book(), {"xl/worksheets/sheet1.xml": sheet_xml("<row/>" * 2_000_000)}),
    "a directory of 60,000 parts": lambda: book() + b"PK\x01\x02" * 60_000,
    "CSV of one endless cell": lambda: b'UPN,Name\n"' + b"x" * 9 * MEGABYTE,
    "CSV of commas": lambda: b"," * 9 * MEGABYTE,
    "CSV of quotes": lambda: b'"' * 9 * MEGABYTE,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_within_200_megabytes_and_three_seconds(bomb, tmp_path):
    path = tmp_path / "bomb"
    path.write_bytes(BOMBS[bomb]())
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    said, peak, seconds = json.loads(done.stdout)
    assert isinstance(said, str)
    assert peak < 200 * MEGABYTE
    assert seconds < 3
