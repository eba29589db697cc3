"""Where an uploaded file lies until it is applied or dropped: under FILES_DIR/imports, outside any served root, by a
random name that says nothing of it."""

import datetime as dt
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

KEEP_DAYS = 14


def folder():
    return Path(settings.FILES_DIR) / "imports"


def keep(data):
    """Write the bytes; returns the name to find them by."""
    folder().mkdir(parents=True, exist_ok=True, mode=0o700)
    name = secrets.token_hex(24)
    path = folder() / name
    path.touch(mode=0o600)
    path.write_bytes(data)
    return name


def read(name):
    """The bytes, or None when they have gone."""
    path = folder() / name
    return path.read_bytes() if name and path.is_file() else None


def remove(name):
    if name:
        (folder() / name).unlink(missing_ok=True)


def remove_old():
    """Files older than any batch keeps one: a crash between writing a file and its commit leaves one that no row knows,
    so the age on the disk decides."""
    oldest = (timezone.now() - dt.timedelta(days=KEEP_DAYS + 1)).timestamp()
    for path in folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
