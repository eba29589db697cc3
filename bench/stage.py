"""The stage: a database of its own with the demo school, and a way to make it one school of five hundred."""

import os
import time

import psycopg
from django.conf import settings
from django.core.management import call_command
from django.db import connection

NAME = "sendhub_bench"
STEP = 10_000_000  # ids of copy number k are the originals plus k times this
SCHOOL_STEP = 1_000  # the same for schools, whose ids must fit the policy's integer


def owner(database=NAME):
    """A plain connection as the owner."""
    return psycopg.connect(
        host=settings.DATABASES["default"]["HOST"],
        port=settings.DATABASES["default"]["PORT"],
        dbname=database,
        user="sendhub_owner",
        password=settings.DB_PASSWORDS["owner"],
        autocommit=True,
    )


def log_in_as(role):
    connection.close()
    connection.settings_dict.update(USER=f"sendhub_{role}", PASSWORD=settings.DB_PASSWORDS[role], NAME=NAME)


def build():
    """A fresh database, migrated as owner, with the demo school built as the app."""
    drop()
    with owner("postgres") as link:
        link.execute(f"CREATE DATABASE {NAME}")
    os.environ["SENDHUB_DB_NAME"] = NAME
    log_in_as("owner")
    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    log_in_as("app")
    call_command("demo", verbosity=0)
    with owner() as link:
        link.execute("VACUUM ANALYZE")  # as autovacuum does within a minute of any real import


def drop(tries=30):
    """Postgres' own vacuum may be at work in it, and the owner may not stop that: then wait for it."""
    connection.close()
    with owner("postgres") as link:
        for left in reversed(range(tries)):
            try:
                link.execute(f"DROP DATABASE IF EXISTS {NAME} WITH (FORCE)")
                return
            except psycopg.errors.InsufficientPrivilege:
                if not left:
                    raise
                time.sleep(1)


def tables_in_order(link):
    """Tenant tables, parents first, without history and logs."""
    rows = link.execute(
        "SELECT c.relname FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'school_id' "
        "JOIN pg_attribute i ON i.attrelid = c.oid AND i.attname = 'id' "
        "WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace AND c.relname ~ '^(staff|pupils|kit)_' "
        "AND c.relname NOT LIKE '%event'"
    ).fetchall()
    wanted = {row[0] for row in rows}
    parents = {}
    for table in wanted:
        parents[table] = {
            row[0]
            for row in link.execute(
                "SELECT f.relname FROM pg_constraint k JOIN pg_class f ON f.oid = k.confrelid "
                "WHERE k.contype = 'f' AND k.conrelid = %s::regclass",
                [table],
            ).fetchall()
            if row[0] in wanted and row[0] != table
        }
    done = []
    while len(done) < len(wanted):
        done += sorted(table for table in wanted - set(done) if parents[table] <= set(done))
    return done


def copy_school(slug, copies):
    """Copy one school's rows `copies` times over, by SQL as owner. Gives the number of rows written."""
    written = 0
    with owner() as link:
        (school,) = link.execute("SELECT id FROM staff_school WHERE slug = %s", [slug]).fetchone()
        columns = columns_of(link, "staff_school")
        values = ", ".join(
            {
                "id": f"id + k * {SCHOOL_STEP}",
                "slug": "slug || '-' || k",
                "estab": "lpad(k::text, 4, '0')",
                "la_code": "'999'",
            }.get(c, c)
            for c in columns
        )
        link.execute(
            f"INSERT INTO staff_school ({', '.join(columns)}) SELECT {values} FROM staff_school, "
            f"generate_series(1, {copies}) k WHERE id = {school}"
        )
        for table in tables_in_order(link):
            steps = dict.fromkeys({"id"} | tenant_keys(link, table), STEP) | {"school_id": SCHOOL_STEP}
            columns = columns_of(link, table)
            values = ", ".join(f"{c} + k::bigint * {steps[c]}" if c in steps else f'"{c}"' for c in columns)
            names = ", ".join(f'"{c}"' for c in columns)
            link.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
            written += link.execute(
                f"INSERT INTO {table} ({names}) SELECT {values} FROM {table}, generate_series(1, {copies}) k "
                f"WHERE school_id = {school}"
            ).rowcount
            link.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        link.execute("VACUUM ANALYZE")
    return written


def columns_of(link, table):
    return [
        row[0]
        for row in link.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped "
            "AND attgenerated = '' ORDER BY attnum",
            [table],
        ).fetchall()
    ]


def tenant_keys(link, table):
    """The columns that point to another row of the same school."""
    return {
        row[0]
        for row in link.execute(
            "SELECT a.attname FROM pg_constraint k JOIN pg_attribute a ON a.attrelid = k.conrelid "
            "AND a.attnum = k.conkey[2] WHERE k.contype = 'f' AND cardinality(k.conkey) = 2 "
            "AND k.conrelid = %s::regclass",
            [table],
        ).fetchall()
    }
