"""A dump as sendhub_backup holds every school, and restored as the owner it is under row security again."""

import os
import subprocess

import pytest
from django.conf import settings
from django.db import connection

from sendhub.local import services
from tests.cast import build_cast
from tests.conftest import owner_connection

RESTORED = "restored"
COUNTS = "SELECT (SELECT count(*) FROM pupils_pupil), (SELECT count(DISTINCT school_id) FROM pupils_pupil)"
GUARDS = """
SELECT (SELECT json_agg(c.relname ORDER BY c.relname) FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
        WHERE n.nspname = 'public' AND c.relrowsecurity AND c.relforcerowsecurity)::text,
       (SELECT json_agg(concat(tablename, policyname, roles, qual, with_check) ORDER BY tablename, policyname)
        FROM pg_policies)::text,
       (SELECT json_agg(concat(table_name, privilege_type, grantee) ORDER BY table_name, privilege_type, grantee)
        FROM information_schema.role_table_grants WHERE grantee IN ('sendhub_app', 'sendhub_backup'))::text,
       (SELECT json_agg(tgname ORDER BY tgrelid::regclass::text, tgname) FROM pg_trigger WHERE NOT tgisinternal)::text
"""


def tool(name, role, *words):
    """Run a Postgres program from the wheel as one of the three roles; gives CompletedProcess."""
    database = connection.settings_dict
    return subprocess.run(
        [
            services.postgres_bin() / name,
            "-h",
            "127.0.0.1",
            "-p",
            str(database["PORT"]),
            "-U",
            f"sendhub_{role}",
            *words,
        ],
        env={**os.environ, "PGPASSWORD": settings.DB_PASSWORDS[role]},
        capture_output=True,
        text=True,
        check=False,
    )


def ask(role, name, sql):
    other = owner_connection()
    other.settings_dict.update(NAME=name, USER=f"sendhub_{role}", PASSWORD=settings.DB_PASSWORDS[role])
    try:
        with other.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchone()
    finally:
        other.close()


@pytest.fixture
def restored_name():
    name = f"{RESTORED}_{os.getpid()}"
    yield name
    tool("dropdb", "owner", "--if-exists", name)


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_dump_by_the_backup_role_comes_back_whole_and_guarded(tmp_path, restored_name):
    build_cast()
    here, dump = connection.settings_dict["NAME"], str(tmp_path / "sendhub.dump")
    assert tool("pg_dump", "owner", "-Fc", "-f", str(tmp_path / "no.dump"), here).returncode != 0
    done = tool("pg_dump", "backup", "-Fc", "-f", dump, here)
    assert done.returncode == 0, done.stderr
    assert tool("createdb", "owner", restored_name).returncode == 0
    done = tool("pg_restore", "owner", "--exit-on-error", "-d", restored_name, dump)
    assert done.returncode == 0, done.stderr
    pupils, schools = ask("backup", restored_name, COUNTS)
    assert (pupils, schools) == ask("backup", here, COUNTS)
    assert schools > 1
    assert ask("backup", restored_name, GUARDS) == ask("backup", here, GUARDS)


@pytest.mark.faults
@pytest.mark.django_db(transaction=True)
def test_a_dump_that_was_cut_off_is_refused(tmp_path, restored_name):
    dump = tmp_path / "sendhub.dump"
    assert tool("pg_dump", "backup", "-Fc", "-f", str(dump), connection.settings_dict["NAME"]).returncode == 0
    dump.write_bytes(dump.read_bytes()[:20000])
    assert tool("createdb", "owner", restored_name).returncode == 0
    assert tool("pg_restore", "owner", "--exit-on-error", "-d", restored_name, str(dump)).returncode != 0
