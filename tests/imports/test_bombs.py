"""Transfer files made to exhaust the server, each read by a process of its own that the system would stop."""

import json
import subprocess
import sys

import pytest

MEGABYTE = 1024 * 1024
HEAD, TAIL = b"<CTfile><Header/><CTFpupilData><Pupil>", b"</Pupil></CTFpupilData></CTfile>"
READ = """
import json, resource, sys
from pathlib import Path
import django
django.setup()
from pupils.imports import read_file
from sendhub.tables import Refused
def peak():
    return int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) * 1024
before = peak()
resource.setrlimit(resource.RLIMIT_CPU, (20, 20))
try:
    said = len(read_file(Path(sys.argv[1]).read_bytes(), "x.xml").rows)
except Refused as refused:
    said = refused.sentence
print(json.dumps([said, peak() - before]))
"""


def laughs():
    lines = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    return f'<!DOCTYPE a [<!ENTITY a0 "ha">{lines}]><CTfile>&a9;</CTfile>'.encode()


BOMBS = {
    "a hundred thousand elements in each other": lambda: HEAD + b"<a>" * 100_000,
    "two million empty elements": lambda: HEAD + b"<a/>" * 2_000_000 + TAIL,
    "half a million pupils": lambda: HEAD[:-7] + b"<Pupil/>" * 500_000 + TAIL[8:],
    "one tag of nine megabytes": lambda: HEAD + b'<a b="' + b"x" * 9 * MEGABYTE + b'"/>' + TAIL,
    "entities": laughs,
    "a document type that is elsewhere": lambda: b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><CTfile/>',
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_refused_in_little_memory(bomb, tmp_path):
    path = tmp_path / "bomb.xml"
    path.write_bytes(BOMBS[bomb]())
    done = subprocess.run([sys.executable, "-c", READ, path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-500:]
    said, more = json.loads(done.stdout)
    assert isinstance(said, str) or said == 1
    assert more < 150 * MEGABYTE
