"""Where files lie: under FILES_DIR/kept/<school>/, outside any served root, by a random name that says nothing.

Two phases: the bytes are written whole and made safe on the disk, then the row that knows the name is written in the
request's transaction. If that is rolled back, a file without a row is left: forget_strays finds it. A full disk leaves
nothing behind at all.
"""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sendhub.files.refused import Refused

NO_ROOM = (
    "There is no room left where files are kept, so nothing was saved. Tell whoever looks after SendHub, and try again "
    "when they have made room."
)
YOUNG = 60 * 60  # seconds: a request may still be about to write its row


def folder(school_id):
    return Path(settings.FILES_DIR) / "kept" / str(int(school_id))


def keep(data, *, school_id):
    """Write the bytes; returns the name to find them by. Raises Refused when the disk will not take them."""
    place = folder(school_id)
    name = secrets.token_hex(24)
    part = place / f"{name}.part"
    try:
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        with open(part, "xb", opener=private) as out:
            out.write(data)
            out.flush()
            os.fsync(out.fileno())
        part.rename(place / name)
    except OSError:
        with suppress(OSError):
            part.unlink(missing_ok=True)
        raise Refused(NO_ROOM) from None
    return name


def private(path, flags):
    return os.open(path, flags, 0o600)


def path_of(name, *, school_id):
    return folder(school_id) / name


def remove(name, *, school_id):
    path_of(name, school_id=school_id).unlink(missing_ok=True)


def forget_strays(known, *, school_id):
    """Remove files of the school that no row knows and no request is still writing; returns how many, and which of
    the `known` names have no file."""
    there, strays = set(), 0
    oldest = timezone.now().timestamp() - YOUNG
    for path in folder(school_id).glob("*"):
        if path.name in known:
            there.add(path.name)
        elif path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
            strays += 1
    return strays, set(known) - there
