"""Brings a backup back, into a database that is made for it and a folder that is made for it: never over anything.

What fails half-way leaves nothing behind. Not here: the look at what came back (verify.py).
"""

import hashlib
import json
import os
import re
import shutil
from dataclasses import dataclass

from django.conf import settings
from psycopg import sql

from sendhub.operate.archive import DATABASE, FILES, MANIFEST, Counted, inside, members
from sendhub.operate.database import connect, drop, start, why
from sendhub.operate.sealed import identities_of, opening
from sendhub.operate.trouble import Trouble

GOOD_NAME = re.compile(r"[a-z][a-z0-9_]{0,62}")
ROLES = "SELECT count(*) FROM pg_roles WHERE rolname IN ('sendhub_owner', 'sendhub_app', 'sendhub_backup')"


@dataclass(frozen=True)
class Restored:
    name: str
    folder: object
    manifest: dict
    database: dict  # size and hash of the dump as it was read
    files: dict  # of each file as it was written


def restore(path, name, key, folder=None):
    """The file `path` into the new database `name` and a new folder. Raises Trouble, and nothing is left of it."""
    identities = identities_of(key)
    if not path.is_file():
        raise Trouble(f"There is no file {path}.")
    folder = folder or settings.FILES_DIR.with_name(f"{settings.FILES_DIR.name}-{name}")
    check_targets(name, folder)
    made = []
    try:
        make(name, folder, made)
        with opening(path, identities) as reader:
            done = unpack(reader, name, folder)
        with connect("owner", name) as db:
            db.autocommit = True
            db.execute("ANALYZE")
        return done
    except BaseException as error:
        undo(name, folder, made)
        if isinstance(error, OSError):
            raise Trouble(
                f"It could not be written ({error.strerror or error}): make room and restore again. "
                "Nothing of it was kept."
            ) from None
        raise


def check_targets(name, folder):
    if not GOOD_NAME.fullmatch(name):
        raise Trouble("A database's name is small letters, digits and _, and begins with a letter.")
    with connect("owner", "postgres") as db:
        if db.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            raise Trouble(
                f"There is a database {name} already, and a restore never writes over one: give another name."
            )
        if db.execute(ROLES).fetchone() != (3,):
            raise Trouble("The three database roles are not all there: run scripts/db-init.sh first.")
    if folder.exists():
        raise Trouble(f"The folder {folder} exists already, and a restore never writes over one: name another.")


def make(name, folder, made):
    """The empty database and folder, noted in `made` as they come to be."""
    with connect("owner", "postgres") as db:
        db.autocommit = True
        db.execute(sql.SQL("CREATE DATABASE {} OWNER sendhub_owner").format(sql.Identifier(name)))
    made.append(name)
    folder.mkdir(parents=True, mode=0o700)
    made.append(folder)


def undo(name, folder, made):
    if folder in made:
        shutil.rmtree(folder, ignore_errors=True)
    if name in made:
        drop(name)


def unpack(reader, name, folder):
    """Each member to its place as it comes. Gives what was seen, for comparison with the manifest."""
    manifest, files, loader = None, {}, Loader(name)
    try:
        for member, stream in members(reader):
            if member.startswith(DATABASE):
                loader.feed(stream)
            elif member.startswith(FILES):
                loader.finish()
                files[member[len(FILES) :]] = keep(stream, inside(folder, member[len(FILES) :]))
            elif member == MANIFEST:
                loader.finish()
                manifest = json.loads(stream.read())
        loader.finish()
    finally:
        loader.stop()
    if manifest is None:
        raise Trouble("The backup has no manifest, so it stops half-way: nothing of it was kept.")
    return Restored(name, folder, manifest, loader.facts, files)


def keep(stream, path):
    counted = Counted(stream)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        shutil.copyfileobj(counted, file, 1 << 20)
    return counted.facts


class Loader:
    """pg_restore, fed with the pieces of the dump as they come by."""

    def __init__(self, name):
        self.process = start("pg_restore", "owner", name, "--exit-on-error", stdin=-1)
        self.size, self.hash, self.over = 0, hashlib.sha256(), False

    def feed(self, stream):
        data = stream.read()
        self.size += len(data)
        self.hash.update(data)
        try:
            self.process.stdin.write(data)
        except BrokenPipeError:
            self.finish()  # it has given up, and says why

    def finish(self):
        """No more pieces come. Raises Trouble when Postgres took not all of it."""
        if self.over:
            return
        self.over = True
        _, words = self.process.communicate()
        if self.process.returncode:
            raise Trouble(f"The database could not be restored ({why(words)}). Nothing of it was kept.")

    def stop(self):
        if not self.over:
            self.process.kill()
            self.process.communicate()

    @property
    def facts(self):
        return {"bytes": self.size, "sha256": self.hash.hexdigest()}
