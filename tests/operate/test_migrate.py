"""A migration waits its turn for a table, says so, and gives up with a sentence; it never holds pages up for long."""

import io
import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError, connection, transaction

from sendhub.management.commands import migrate
from tests.conftest import log_in_as, owner_connection

WAITS = "Somebody is using a table that a migration changes. Tried {} of 5 times; again in {} s.\n"


@pytest.fixture
def a_migration_of_trusts(monkeypatch, transactional_db):
    """What Django's command would do, reduced to the lock that an ALTER TABLE takes. As owner, with a short wait."""
    log_in_as("owner")
    done = []

    def handle(self, *args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL lock_timeout = '50ms'")
            cursor.execute("ALTER TABLE staff_trust ADD COLUMN fresh integer")
            transaction.set_rollback(True)
        done.append(True)

    monkeypatch.setattr(Migrate, "handle", handle)
    yield done
    log_in_as("app")


@pytest.fixture
def reader():
    """Somebody who reads the table in a transaction that stays open."""
    other = owner_connection()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT * FROM staff_trust")
    yield other
    other.close()


def run():
    said = io.StringIO()
    call_command("migrate", stderr=said, stdout=io.StringIO())
    return said.getvalue()


def test_it_is_tried_again_until_the_table_is_free(a_migration_of_trusts, reader, monkeypatch):
    monkeypatch.setattr(migrate.time, "sleep", lambda seconds: seconds == 5 and reader.close())
    assert run() == WAITS.format(1, 2) + WAITS.format(2, 5)
    assert a_migration_of_trusts == [True]


def test_it_gives_up_with_what_to_do(a_migration_of_trusts, reader, monkeypatch):
    pauses = []
    monkeypatch.setattr(migrate.time, "sleep", pauses.append)
    with pytest.raises(CommandError) as error:
        run()
    assert "stop web and worker first" in str(error.value)
    assert pauses == list(migrate.PAUSES)
    assert a_migration_of_trusts == []


def test_one_that_runs_for_too_long_is_said(a_migration_of_trusts, monkeypatch):
    def handle(self, *args, **options):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL statement_timeout = '20ms'")
            cursor.execute("SELECT pg_sleep(5)")

    monkeypatch.setattr(Migrate, "handle", handle)
    with pytest.raises(CommandError, match="longer than it may"):
        run()


def test_any_other_error_is_django_s_own(a_migration_of_trusts, monkeypatch):
    def handle(self, *args, **options):
        raise OperationalError("the server went away")

    monkeypatch.setattr(Migrate, "handle", handle)
    with pytest.raises(OperationalError, match="the server went away"):
        run()


def test_the_owner_waits_three_seconds_for_a_lock_and_fifteen_minutes_for_a_statement(tmp_path):
    """As a process of its own sees it: the limits are those of the login that it was started with."""
    words = (
        "import django; django.setup()\n"
        "from django.db import connection as c\n"
        "k = c.cursor()\n"
        "for name in ('lock_timeout', 'statement_timeout'):\n"
        "    k.execute('SHOW ' + name); print(k.fetchone()[0])\n"
    )
    found = {}
    for role in ("owner", "app"):
        env = {**os.environ, "SENDHUB_DB_ROLE": role, "DJANGO_SETTINGS_MODULE": "sendhub.settings"}
        done = subprocess.run(
            [sys.executable, "-c", words], env=env, cwd=settings.BASE_DIR, capture_output=True, text=True
        )
        found[role] = done.stdout.split()
    assert found == {"owner": ["3s", "15min"], "app": ["5s", "0"]}
