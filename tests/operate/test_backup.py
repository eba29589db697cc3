"""What a backup holds, how it is kept, and what it says when it cannot be made."""

import fcntl
import io
import json
import os
import tarfile
import tracemalloc
from datetime import timedelta

import pyrage
import pytest
from django.core.management import call_command
from django.utils import timezone

from sendhub.operate import backup as module
from sendhub.outbox.models import Heartbeat
from tests.operate.conftest import run


def members(path, keys):
    plain = io.BytesIO()
    with open(path, "rb") as file:
        pyrage.decrypt_io(file, plain, [keys.private])
    plain.seek(0)
    with tarfile.open(fileobj=plain) as tar:
        return {info.name: tar.extractfile(info).read() for info in tar}


def test_it_holds_database_files_and_a_manifest_of_both(backup, keys, files):
    held = members(backup, keys)
    assert [name for name in held if not name.startswith("database/")] == [
        "files/empty", "files/notes/one.pdf", "manifest.json",
    ]  # fmt: skip
    assert held["database/00001"].startswith(b"PGDMP")
    manifest = json.loads(held["manifest.json"])
    assert manifest["tables"]["pupils_pupil"] > 3
    assert manifest["tables"]["django_session"] == 0
    assert ["pupils", "0001_initial"] in manifest["migrations"]
    assert manifest["files"]["notes/one.pdf"]["bytes"] == 300_000
    assert manifest["version"] == module.version()


def test_nobody_else_can_read_it_and_nothing_of_it_lies_open(backup, keys):
    assert backup.stat().st_mode & 0o777 == 0o600
    assert b"Khan" not in backup.read_bytes()
    assert [path.name for path in backup.parent.iterdir() if path.name != "lock"] == [backup.name]
    assert backup.read_bytes().startswith(b"age-encryption.org/v1")


def test_it_says_when_the_last_one_was(backup):
    assert timezone.now() - Heartbeat.objects.get(name="backup").at < timedelta(minutes=5)


def test_old_ones_go_and_the_new_one_stays(backup, keys, settings):
    settings.BACKUP_DAYS = 35

    def named(days):
        path = backup.parent / f"sendhub-{timezone.now() - timedelta(days=days):%Y%m%dT%H%M%SZ}.age"
        path.write_bytes(b"x")
        return path

    old, young, other = named(36), named(34), backup.parent / "sendhub-of-ours.age"
    other.write_bytes(b"x")
    code, words = run("backup")
    assert code == 0
    assert f"Removed, as too old: {old.name}." in words
    assert (old.exists(), young.exists(), other.exists()) == (False, True, True)


@pytest.mark.parametrize("days", [0, 36])
def test_no_backup_outlives_what_was_purged(school, keys, files, settings, days):
    settings.BACKUP_DAYS = days
    code, words = run("backup")
    assert code == 1
    assert words.startswith(f"SENDHUB_BACKUP_DAYS is {days}: choose 1 to 35")


@pytest.mark.parametrize(
    ("key", "words"), [("", "SENDHUB_BACKUP_KEY is empty"), ("age1x", "SENDHUB_BACKUP_KEY is no public key")]
)
def test_without_a_key_there_is_no_backup(keys, settings, key, words):
    settings.BACKUP_KEY = key
    code, said = run("backup")
    assert code == 1
    assert said.startswith(words)
    assert not settings.BACKUP_DIR.exists()


def test_a_pair_of_keys_fits(capsys):
    call_command("backup", "--make-key")
    said = capsys.readouterr().out
    private = next(line for line in said.splitlines() if line.startswith("AGE-SECRET-KEY-1"))
    assert f"SENDHUB_BACKUP_KEY={pyrage.x25519.Identity.from_str(private).to_public()}\n" in said


def test_a_full_disk_leaves_the_old_backup_and_no_half_of_a_new_one(backup, monkeypatch):
    before, real = backup.read_bytes(), os.open
    made = []

    def on_a_full_device(path, flags, mode=0o777):
        made.append(real(path, flags, mode))
        return real("/dev/full", os.O_WRONLY)

    monkeypatch.setattr(module.os, "open", on_a_full_device)
    code, words = run("backup")
    monkeypatch.undo()
    os.close(made[0])
    assert code == 1
    assert "(No space left on device): make room or mend the folder, and run it again." in words
    assert [path.name for path in backup.parent.iterdir() if path.name != "lock"] == [backup.name]
    assert backup.read_bytes() == before


def test_a_dump_that_fails_makes_no_backup(school, keys, files, settings, monkeypatch):
    monkeypatch.setattr(module, "EMPTY", ())
    monkeypatch.setattr(module, "start", broken_start(module.start))
    code, words = run("backup")
    assert code == 1
    assert words.startswith("The database could not be dumped (")
    assert list(settings.BACKUP_DIR.glob("*.age*")) == []


def broken_start(real):
    def start(name, role, database, *words, **pipes):
        return real(name, role, database, *words, "--table=there_is_none", **pipes)

    return start


def test_two_at_once(backup):
    with open(backup.parent / "lock", "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        assert run("backup") == (1, "Another backup is being taken: wait for it to end.")


def test_what_a_killed_one_left_is_cleared_away(backup):
    left = backup.parent / "sendhub-20260101T000000Z.age.new"
    left.write_bytes(b"half")
    assert run("backup")[0] == 0
    assert not left.exists()


def test_the_password_of_the_backups_login_is_missing(keys, files, transactional_db, settings):
    settings.DB_PASSWORDS = {**settings.DB_PASSWORDS, "backup": ""}
    code, words = run("backup")
    assert code == 1
    assert words.startswith("SENDHUB_DB_PASSWORD_BACKUP is not set")


def test_memory_stays_flat(school, keys, files):
    """100 MB of files pass through in pieces: what Python holds at once is a fraction of it."""
    with open(files / "large", "wb") as file:
        file.truncate(100 * 2**20)
    tracemalloc.start()
    try:
        module.take()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 25 * 2**20
