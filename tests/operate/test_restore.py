"""The drill, whole and with everything that can be wrong with a backup. What fails leaves nothing behind."""

import json
import os

import pyrage
import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.db import connection
from django.utils import timezone
from psycopg.errors import InsufficientPrivilege

from sendhub import files as stored_files
from sendhub.operate import database, walls
from sendhub.operate import restore as module
from sendhub.operate import verify as look
from sendhub.operate.database import connect, drop
from sendhub.operate.models import RestoreDrill
from sendhub.tenancy import school_context
from tests.desk.rights.test_purge import approve, marked
from tests.operate.conftest import databases, repack, run
from tests.signin.conftest import give_app

LEDGER = "ledger/purges.jsonl"


def restore(backup, target, keys, *words):
    return run("restore", backup, "--into", target, "--key", keys.path, "--verify", *words)


@pytest.fixture
def nothing_left(target, files):
    """After the test: no such database, no such folder."""
    yield
    assert target not in databases()
    assert not files.with_name(f"files-{target}").exists()


def test_the_whole_drill(backup, target, keys, files, school):
    code, words = restore(backup, target, keys, "--done-by", "R. Keane")
    assert code == 0, words
    assert "WRONG" not in words
    assert words.endswith("Noted as a drill at 3 schools.\nAll of it held.\n")
    with school_context(school.oakfield.school.pk):
        (drill,) = RestoreDrill.objects.all()
    assert (drill.done_by, drill.held, drill.backup_of) == ("R. Keane", True, timezone.localdate())
    lines = [line.split("right")[1].strip() for line in words.splitlines() if "  right  " in line]
    assert lines[0] == "The database's part is the one that was made, byte for byte."
    assert lines[1] == "2 files there, byte for byte."
    assert "as many as were counted in the backup." in lines[2]
    assert lines[-1] == "A signed-in member's first page was drawn from it."
    there = files.with_name(f"files-{target}")
    assert (there / "notes" / "one.pdf").read_bytes() == (files / "notes" / "one.pdf").read_bytes()
    assert ((there / "notes" / "one.pdf").stat().st_mode & 0o777) == 0o600
    count = "SELECT count(*), count(DISTINCT school_id) FROM pupils_pupil"
    with connect("owner", target) as new, connect("owner") as old:
        assert new.execute(count).fetchone() == old.execute(count).fetchone()
        assert new.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
        assert walls.faults(new.execute(walls.TABLES).fetchall()) == []


def test_a_wrong_key(backup, target, keys, nothing_left):
    keys.path.write_text(f"{pyrage.x25519.Identity.generate()}\n")
    code, words = restore(backup, target, keys)
    assert (code, words) == (1, f"This key does not open {backup.name}: it was locked to another one.")


@pytest.mark.parametrize("left", [0, 60_000, -1])
def test_a_file_that_was_cut_off(backup, target, keys, nothing_left, left):
    backup.write_bytes(backup.read_bytes()[:left])
    code, words = restore(backup, target, keys)
    assert code == 1
    assert words == (
        f"{backup.name} is cut off or has been changed since it was made: nothing of it was kept. "
        "Take another backup's file."
    )


@pytest.mark.parametrize("share", [0.3, 0.98])
def test_a_byte_that_was_changed(backup, target, keys, nothing_left, share):
    data = bytearray(backup.read_bytes())
    data[int(len(data) * share)] ^= 1
    backup.write_bytes(data)
    code, words = restore(backup, target, keys)
    assert code == 1
    assert "is cut off or has been changed since it was made" in words


def test_a_backup_without_its_manifest(backup, target, keys, nothing_left):
    repack(backup, keys, lambda name, data: None if name == "manifest.json" else data)
    code, words = restore(backup, target, keys)
    assert (code, words) == (1, "The backup has no manifest, so it stops half-way: nothing of it was kept.")


def test_a_dump_that_lacks_its_end(backup, target, keys, nothing_left):
    repack(backup, keys, lambda name, data: data[:50_000] if name == "database/00001" else data)
    code, words = restore(backup, target, keys)
    assert code == 1
    assert words.startswith("The database could not be restored (")


def test_a_file_that_is_missing_in_the_archive(backup, target, keys):
    repack(backup, keys, lambda name, data: None if name.endswith("one.pdf") else data)
    code, words = restore(backup, target, keys)
    assert code == 1
    assert "WRONG   1 file is missing or not as made: notes/one.pdf." in words
    assert "This restore is not whole: do not put it to use." in words


def test_a_file_that_was_exchanged_and_one_that_was_added(backup, target, keys):
    def change(name, data):
        if name == "manifest.json":
            manifest = json.loads(data)
            del manifest["files"]["empty"]
            manifest["tables"]["pupils_pupil"] += 1
            manifest["tables"]["pupils_gone"] = 3
            manifest["migrations"].pop()
            manifest["database"]["bytes"] += 1
            return json.dumps(manifest).encode()
        return b"another" if name.endswith("one.pdf") else data

    repack(backup, keys, change)
    code, words = restore(backup, target, keys)
    assert code == 1
    wrong = [line.split("WRONG")[1].strip() for line in words.splitlines() if "  WRONG  " in line]
    assert wrong[0] == "The database's part is not the one that was made."
    assert wrong[1] == "1 file is missing or not as made: notes/one.pdf."
    assert wrong[2] == "1 file that the manifest does not know: empty."
    assert wrong[3].startswith("The rows differ in 2 tables: pupils_gone (missing, not 3), pupils_pupil (")
    assert wrong[4] == "The list of migrations is not that of the backup."


@pytest.mark.parametrize("name", ["files/../../outside", "files//etc/outside"])
def test_a_name_that_leads_out_of_the_folder(backup, target, keys, files, nothing_left, name):
    repack(backup, keys, lambda old, data: data, rename={"files/empty": name})
    code, words = restore(backup, target, keys)
    assert code == 1
    assert words.startswith("The backup names a file outside its folder (")
    assert not (files.parent / "outside").exists()


def test_the_target_exists(backup, target, keys, files):
    with connect("owner", "postgres") as db:
        db.autocommit = True
        db.execute(f"CREATE DATABASE {target}")
    code, words = restore(backup, target, keys)
    assert code == 1
    assert words == f"There is a database {target} already, and a restore never writes over one: give another name."
    assert target in databases()


def test_the_folder_exists(backup, target, keys, files):
    code, words = restore(backup, target, keys, "--files", files)
    assert code == 1
    assert "exists already, and a restore never writes over one" in words
    assert (files / "notes" / "one.pdf").exists()
    assert target not in databases()


@pytest.mark.parametrize("name", ['x"; DROP', "a" * 64])
def test_a_name_that_is_none(backup, keys, name):
    code, words = run("restore", backup, f"--into={name}", "--key", keys.path)
    assert code == 1
    assert words.startswith("A database's name is small letters, digits and _")


def test_a_key_file_that_is_none(backup, target, keys):
    for text, words in (
        ("hello", "holds no private key"),
        ("AGE-SECRET-KEY-1X", "is cut off or mistyped"),
        (None, "cannot be read"),
    ):
        keys.path.unlink() if text is None else keys.path.write_text(text)
        code, said = restore(backup, target, keys)
        assert code == 1
        assert words in said


def test_no_such_backup(backup, target, keys, nothing_left):
    backup.unlink()
    code, words = restore(backup, target, keys)
    assert (code, words) == (1, f"There is no file {backup}.")


def test_a_disk_that_is_full(backup, target, keys, nothing_left, monkeypatch):
    """The kernel's own refusal: what should be written to the folder is opened on a device that has no room."""
    real = os.open

    def on_a_full_device(path, flags, *mode, **where):
        return real("/dev/full", os.O_WRONLY) if flags & os.O_CREAT else real(path, flags, *mode, **where)

    monkeypatch.setattr(module.os, "open", on_a_full_device)
    code, words = restore(backup, target, keys)
    assert code == 1
    assert words == (
        "It could not be written (No space left on device): make room and restore again. Nothing of it was kept."
    )


def test_a_vacuum_that_is_at_work_is_waited_for(target, monkeypatch, transactional_db):
    """Nobody but a superuser may end it; Postgres is asked again a second later."""
    answers = iter([InsufficientPrivilege, InsufficientPrivilege, None])

    class Link:
        def __enter__(self):
            return self

        def __exit__(self, *words):
            pass

        def execute(self, statement):
            if error := next(answers):
                raise error

    pauses = []
    with monkeypatch.context() as patch:
        patch.setattr(database, "connect", lambda role, name: Link())
        patch.setattr(database.time, "sleep", pauses.append)
        drop(target)
        answers = iter([InsufficientPrivilege] * 3)
        with pytest.raises(InsufficientPrivilege):
            drop(target, tries=3)
    assert pauses == [1, 1, 1, 1]


def test_row_security_that_did_not_come_back(backup, target, keys, monkeypatch):
    """The look is at the catalogue of the restored database, not at what should be in it."""
    real = look.brought_up

    def and_then_open():
        with connect("owner", target) as db:
            db.execute("ALTER TABLE pupils_pupil NO FORCE ROW LEVEL SECURITY")
            db.execute("DROP POLICY one_school ON pupils_contact")
            db.execute("DROP TRIGGER sendhub_named ON pupils_senneed")
            db.execute("GRANT UPDATE ON audit_accesslog TO sendhub_app")
        return real()

    monkeypatch.setattr(look, "brought_up", and_then_open)
    code, words = restore(backup, target, keys)
    assert code == 1
    for sentence in (
        "Row security is off for pupils_pupil.",
        "The policies of pupils_contact are not ours.",
        "pupils_senneed takes a write that names nobody.",
        "The app may change audit_accesslog, which only grows.",
    ):
        assert f"WRONG   {sentence}" in words


def test_an_older_version_s_database_is_brought_up_to_date(backup, target, keys, monkeypatch):
    """As if it had come from before the drills' table: the look finds it behind, migrates, and goes on."""
    real = look.brought_up

    def from_before():
        call_command("migrate", "operate", "zero", verbosity=0)
        return real()

    monkeypatch.setattr(look, "brought_up", from_before)
    code, words = restore(backup, target, keys)
    assert code == 0, words
    assert "It is an older version's: 1 migration brought it up to date." in words
    assert "A signed-in member's first page was drawn from it." in words


def test_a_newer_version_s_database_is_refused(backup, target, keys, monkeypatch):
    real = look.brought_up

    def from_later():
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('pupils', '9999_later', now())")
        return real()

    monkeypatch.setattr(look, "brought_up", from_later)
    code, words = restore(backup, target, keys)
    assert code == 1
    assert "WRONG   It was made by a newer version of SendHub: restore it with that version." in words


def test_keys_that_do_not_open_its_secrets(backup, target, keys, settings, monkeypatch, school):
    """The keys of .env are not in a backup: whoever restores learns at once that they are the wrong ones."""
    give_app(school.oakfield.sendco.user)
    assert run("backup")[0] == 0
    newest = max(backup.parent.glob("*.age"))
    code, words = restore(newest, target, keys)
    assert (code, "SENDHUB_FIELD_KEYS opens its authenticator seeds." in words) == (0, True)
    settings.FIELD_KEYS = [Fernet.generate_key().decode()]
    code, words = restore(newest, f"{target}_b", keys)
    drop(f"{target}_b")
    assert code == 1
    assert "WRONG   SENDHUB_FIELD_KEYS does not open its authenticator seeds" in words


def test_without_verify_nothing_is_claimed(backup, target, keys):
    code, words = run("restore", backup, "--into", target, "--key", keys.path)
    assert code == 0
    assert words.endswith("Nothing was compared: --verify does that, and purges again what was purged since.\n")


def test_a_child_who_was_purged_since_does_not_come_back(school, keys, files, target):
    """The backup still holds them, in rows and in files; the restore has neither."""
    pupil, words = marked(school.oakfield, "gone")
    assert run("backup")[0] == 0
    backup = next(keys.path.parent.joinpath("backups").glob("*.age"))
    (stored,) = files_of_school(school).glob("*")
    approve(school.oakfield, pupil)
    assert run("purge", "--apply")[0] == 0
    assert not stored.exists()
    code, said = restore(backup, target, keys)
    assert code == 0, said
    assert "The ledger of purges (here) was applied: 1 removed again." in said
    restored = files.with_name(f"files-{target}")
    assert not (restored / stored.relative_to(files)).exists()
    assert (restored / LEDGER).read_text() == (files / LEDGER).read_text()
    find = "SELECT count(*) FROM {} WHERE {} = %s"
    with connect("owner", target) as db:
        for table, column in (("pupils_pupil", "id"), ("pupils_pupilevent", "id"), ("pupils_contact", "pupil_id")):
            assert db.execute(find.format(table, column), [pupil.pk]).fetchone() == (0,), table
        assert db.execute("SELECT count(*) FROM pupils_pupil WHERE surname = ANY(%s)", [words]).fetchone() == (0,)


def files_of_school(school):
    return stored_files.path_of("x", school_id=school.oakfield.school.pk).parent


def test_what_was_purged_is_purged_again(backup, target, keys, files, monkeypatch):
    """The living ledger and the backup's own are joined, and stay with the restored files."""
    asked = []

    def reapply(connection, ledgers):
        where = connection.settings_dict
        asked.append((where["NAME"], where["USER"], [path.read_text() for path in ledgers]))
        return 2

    monkeypatch.setattr("sendhub.desk.management.commands.restore.reapply_purges", reapply)
    (files / "ledger").mkdir()
    (files / LEDGER).write_text('{"n": 1}\n')
    assert run("backup")[0] == 0
    second = max(backup.parent.glob("*.age"))  # within the same second it is the first one, written anew
    (files / LEDGER).write_text('{"n": 1}\n{"n": 2}\n')
    code, words = restore(second, target, keys)
    assert code == 0, words
    assert asked == [(target, "sendhub_owner", ['{"n": 1}\n{"n": 2}\n', '{"n": 1}\n'])]
    assert "The ledger of purges (here and in the backup) was applied: 2 removed again." in words
    assert (files.with_name(f"files-{target}") / LEDGER).read_text() == '{"n": 1}\n{"n": 2}\n'
