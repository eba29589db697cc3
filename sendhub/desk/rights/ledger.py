"""The ledger of purges: one line of JSON a pupil who was removed, in a file beside the database, so that a restore of
an older backup can not bring them back. It holds ids, days and a time, and no name.

A number alone would not do: after a restore the next new pupil could be given it again. So the line also holds when the
first line of the pupil's history was written, to the microsecond.
"""

import json
import os
from pathlib import Path

from django.conf import settings

from sendhub.desk.rights import purge


def ledger_path():
    return Path(settings.FILES_DIR) / "ledger" / "purges.jsonl"


def write_down(line):
    """Add a line and make it safe on the disk. Before the purge is committed: a line too many purges nothing (it was
    approved, and is purged next time), a line too few would bring a child back."""
    path = ledger_path()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with open(path, "a", opener=lambda name, flags: os.open(name, flags, 0o600)) as out:
        out.write(json.dumps(line, sort_keys=True) + "\n")
        out.flush()
        os.fsync(out.fileno())


def lines_of(ledgers):
    """Each line once, in order; a ledger that is not there has none."""
    found = {}
    for path in map(Path, ledgers):
        for text in path.read_text().splitlines() if path.is_file() else ():
            line = json.loads(text)
            found[line["tombstone"]] = line
    return list(found.values())


def reapply_purges(conn, ledgers=None):
    """Remove again whoever a restored database brought back; returns how many those were. Safe to run twice.

    `conn` is a Django connection, logged in as sendhub_owner to the restored database. A hold does not help here: it
    was lifted before they were removed. Whom the database does not know is left alone.
    """
    again = 0
    for line in lines_of(ledgers if ledgers is not None else [ledger_path()]):
        with purge.whole(conn, line["school"]):
            if purge.began(conn, line["school"], line["pupil"]) == line["began"]:
                files = purge.remove(conn, line)
                again += 1
            else:
                files = ()
        purge.forget_files(line["school"], files)
    return again
