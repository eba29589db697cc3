"""Takes a backup: one file, locked to a public key, that holds the database, the files and a manifest of both.

The rows are counted in the very snapshot that is dumped, so that a restore can be held to the count. The files come
second: each file that a row of the snapshot names is there by then.
"""

import fcntl
import os
import re
import tomllib
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.db import connection
from django.utils import timezone

from sendhub.operate.archive import Writer
from sendhub.operate.database import connect, counts, start, why
from sendhub.operate.sealed import recipient_of, sealing
from sendhub.operate.trouble import Trouble
from sendhub.outbox import actions

LONGEST = 35  # days that a backup may live: what was purged from the records has then gone from the backups too
NAME = re.compile(r"sendhub-\d{8}T\d{6}Z\.age")
# What is left out: a session that comes back would be a door that its owner has shut.
EMPTY = ("django_session", "usersessions_usersession", "sendhub_cache")


@dataclass(frozen=True)
class Taken:
    path: object
    size: int
    rows: int
    tables: int
    files: int
    removed: list


def take(say=lambda words: None):
    """Take one now, and remove those past their days. Raises Trouble; what was there before is then untouched."""
    recipient = recipient_of(settings.BACKUP_KEY)
    days = days_kept()
    now = timezone.now()
    folder = settings.BACKUP_DIR
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with alone(folder):
            for left in folder.glob("sendhub-*.age.new"):
                left.unlink()
            path = folder / f"sendhub-{now:%Y%m%dT%H%M%SZ}.age"
            manifest = write(path, recipient, now)
            removed = remove_old(folder, days, keep=path)
    except OSError as error:
        raise Trouble(
            f"The backup could not be written to {folder} ({error.strerror or error}): make room or mend the folder, "
            "and run it again. The backups that were there are untouched."
        ) from None
    actions.beat("backup")
    rows = manifest["tables"]
    return Taken(path, path.stat().st_size, sum(rows.values()), len(rows), len(manifest["files"]), removed)


def days_kept():
    if not 1 <= settings.BACKUP_DAYS <= LONGEST:
        raise Trouble(
            f"SENDHUB_BACKUP_DAYS is {settings.BACKUP_DAYS}: choose 1 to {LONGEST}, so that what is purged from the "
            "records does not live on in old backups."
        )
    return settings.BACKUP_DAYS


@contextmanager
def alone(folder):
    """One backup at a time."""
    with open(folder / "lock", "w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise Trouble("Another backup is being taken: wait for it to end.") from None
        yield


def write(path, recipient, now):
    """Through a name of its own, then renamed: what stands under the right name is whole. Gives the manifest."""
    new = path.with_name(path.name + ".new")
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with sealing(file, recipient) as out:
                archive = Writer(out)
                try:
                    manifest = fill(archive, now)
                except BaseException:
                    archive.abandon()
                    raise
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        with suppress(FileNotFoundError):
            new.unlink()
    return manifest


def fill(archive, now):
    """Database, files, manifest, in this order. Gives the manifest."""
    with connect("backup") as db:
        db.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        snapshot = db.execute("SELECT pg_export_snapshot()").fetchone()[0]
        database = dump(archive, snapshot)
        tables = {name: 0 if name in EMPTY else number for name, number in counts(db).items()}
        migrations = [list(row) for row in db.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]
    manifest = {
        "format": 1,
        "version": version(),
        "made_at": now.isoformat(timespec="seconds"),
        "database": database,
        "tables": tables,
        "migrations": migrations,
        "files": dict(stored(archive, settings.FILES_DIR)),
    }
    archive.manifest(manifest)
    return manifest


def dump(archive, snapshot):
    """pg_dump's own words go nowhere but its first error. Gives the dump's size and hash."""
    left_out = [f"--exclude-table-data=public.{name}" for name in EMPTY]
    name = connection.settings_dict["NAME"]
    with start("pg_dump", "backup", name, "-Fc", f"--snapshot={snapshot}", *left_out, stdout=-1) as process:
        try:
            facts = archive.database(process.stdout)
        except BaseException:
            process.kill()
            raise
        words = process.stderr.read()
    if process.returncode:
        raise Trouble(f"The database could not be dumped ({why(words)}). No backup was made.")
    return facts


def stored(archive, folder):
    """(name, size and hash) of each file that people uploaded or that was made for them. One that is removed
    meanwhile is left out."""
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        with suppress(FileNotFoundError), open(path, "rb") as file:
            name = path.relative_to(folder).as_posix()
            yield name, archive.file(name, file, os.fstat(file.fileno()).st_size)


def remove_old(folder, days, keep):
    """Those past their days, never the one just made. Gives their names."""
    oldest = f"sendhub-{timezone.now() - timedelta(days=days):%Y%m%dT%H%M%SZ}.age"
    old = [
        path for path in sorted(folder.iterdir()) if NAME.fullmatch(path.name) and path.name < oldest and path != keep
    ]
    for path in old:
        path.unlink()
    return [path.name for path in old]


def version():
    """This product's version, as pyproject.toml has it."""
    return tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]["version"]
