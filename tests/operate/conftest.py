"""A pair of keys, a folder for backups, and names of databases that are dropped afterwards."""

import io
import os
import tarfile
from types import SimpleNamespace

import pyrage
import pytest
from django.core.management import CommandError, call_command

from sendhub.operate.database import connect, drop
from tests.cast import build_cast


def run(name, *words, **options):
    """A management command: (exit code, everything it said)."""
    out = io.StringIO()
    try:
        call_command(name, *[str(word) for word in words], stdout=out, **options)
    except CommandError as error:
        return error.returncode, out.getvalue() + str(error)
    return 0, out.getvalue()


@pytest.fixture
def keys(tmp_path, settings):
    """A pair; the public one is set, the private one is in a file."""
    key = pyrage.x25519.Identity.generate()
    path = tmp_path / "key.txt"
    path.write_text(f"# private\n{key}\n")
    settings.BACKUP_KEY = str(key.to_public())
    settings.BACKUP_DIR = tmp_path / "backups"
    return SimpleNamespace(path=path, private=key)


@pytest.fixture
def files(tmp_path, settings):
    settings.FILES_DIR = tmp_path / "files"
    (settings.FILES_DIR / "notes").mkdir(parents=True)
    (settings.FILES_DIR / "notes" / "one.pdf").write_bytes(os.urandom(300_000))
    (settings.FILES_DIR / "empty").write_bytes(b"")
    return settings.FILES_DIR


@pytest.fixture
def school(transactional_db):
    return build_cast()


@pytest.fixture
def backup(school, keys, files):
    """The path of a backup of the cast's three schools."""
    code, words = run("backup")
    assert code == 0, words
    return next((keys.path.parent / "backups").glob("sendhub-*.age"))


@pytest.fixture
def target():
    """A free name for a database; what a test made under it is dropped."""
    name = f"restored_{os.getpid()}"
    yield name
    drop(name)


def databases():
    with connect("owner", "postgres") as db:
        return {name for (name,) in db.execute("SELECT datname FROM pg_database").fetchall()}


def repack(path, keys, change, rename=()):
    """The backup again, with its members changed: `change(name, data)` gives the new data, or None to leave it out."""
    plain = io.BytesIO()
    with open(path, "rb") as file:
        pyrage.decrypt_io(file, plain, [keys.private])
    plain.seek(0)
    out = io.BytesIO()
    with tarfile.open(fileobj=plain) as old, tarfile.open(fileobj=out, mode="w") as new:
        for info in old:
            data = change(info.name, old.extractfile(info).read())
            if data is not None:
                info.name = dict(rename).get(info.name, info.name)
                info.size, info.pax_headers = len(data), {}
                new.addfile(info, io.BytesIO(data))
    out.seek(0)
    with open(path, "wb") as file:
        pyrage.encrypt_io(out, file, [keys.private.to_public()])
