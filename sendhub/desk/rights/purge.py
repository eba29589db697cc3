"""The only thing that removes a pupil: rows, history, files, drafts, mails, lines of the access log; what is left is a
tombstone. As sendhub_owner, over a connection that is handed in, in SQL, since the app may not remove history at all.

Two people have approved it before (actions.keeping), and `manage.py purge` asks for it. The ledger is ledger.py.
"""

import contextlib
import json
import secrets
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from sendhub import files
from sendhub.desk.personal import DRAFTS, MAILS
from sendhub.desk.rights.reach import Trail, events_of, hanging
from sendhub.rules.retention import BY_KEY

ACTOR = {"actor": "system:purge", "verb": "record.purge"}
BEGAN = "SELECT pgh_created_at FROM pupils_pupilevent WHERE school_id = %s AND id = %s ORDER BY pgh_id LIMIT 1"
HELD = "SELECT 1 FROM desk_legalhold WHERE school_id = %s AND pupil_id = ANY(%s) AND lifted_on IS NULL"
APPROVED = """
SELECT r.school_id, r.pupil_id, r.record_type, r.why, 'user:' || a.user_id, 'user:' || b.user_id
FROM desk_removal r
JOIN staff_membership a ON a.id = r.first_by_id JOIN staff_membership b ON b.id = r.second_by_id
WHERE r.withdrawn_on IS NULL AND r.school_id = %s ORDER BY r.id
"""


class Held(Exception):
    """A legal hold was set since two people approved it."""


@contextlib.contextmanager
def whole(conn, school_id):
    """All of it or nothing, inside the school, under the purge's own name."""
    with conn.cursor() as cursor:
        cursor.execute("BEGIN")
        try:
            settings_now = [str(school_id), json.dumps(ACTOR)]
            cursor.execute(
                "SELECT set_config('sendhub.school_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
                settings_now,
            )
            yield
        except BaseException:
            cursor.execute("ROLLBACK")
            raise
        cursor.execute("COMMIT")


def approved(conn, school_id):
    """What two people approved at this school, as lines without a key."""
    with conn.cursor() as cursor:
        cursor.execute(APPROVED, [school_id])
        names = ("school", "pupil", "record_type", "why", "first", "second")
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def began(conn, school_id, pupil_id):
    """When the pupil's history begins, as text; None for one who is not there any more."""
    with conn.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pupils_pupil WHERE school_id = %s AND id = %s", [school_id, pupil_id])
        if cursor.fetchone() is None:
            return None
        cursor.execute(BEGAN, [school_id, pupil_id])
        row = cursor.fetchone()
    return row[0].isoformat() if row else ""


def purge_one(conn, line):
    """One approved removal; returns what went, {table: rows}. Raises Held, and removes nothing then."""
    from sendhub.desk.rights.ledger import write_down  # which reads this module

    with whole(conn, line["school"]):
        if is_held(conn, line):
            raise Held
        full = {
            **{name: line[name] for name in ("school", "pupil", "record_type", "first", "second")},
            "began": began(conn, line["school"], line["pupil"]),
            "on": timezone.localdate().isoformat(),
            "tombstone": secrets.token_hex(16),
        }
        removed = remove(conn, full)
        write_down(full)
    forget_files(line["school"], removed)
    return removed.counts


def is_held(conn, line):
    with conn.cursor() as cursor:
        cursor.execute(HELD, [line["school"], sorted(Trail(conn, line["school"], line["pupil"]).pupils)])
        return cursor.fetchone() is not None


def dry_run(conn, school_id, *pupil_ids):
    """What would go, {table: rows}, most first: rows as they are, and how many of history."""
    return counted(conn, Trail(conn, school_id, *pupil_ids))


def counted(conn, trail):
    found = {model._meta.label: len(ids) for model, ids in trail.now.items() if ids}
    history = 0
    with conn.cursor() as cursor:
        for model in trail.now:
            events = events_of(model)
            if events:
                where, params = trail.event_where(model)
                cursor.execute(f'SELECT count(*) FROM "{events._meta.db_table}" WHERE {where}', params)  # noqa: S608
                history += cursor.fetchone()[0]
        cursor.execute(
            "SELECT count(*) FROM audit_accesslog WHERE school_id = %s AND pupil_id = ANY(%s)",
            [trail.school_id, sorted(trail.pupils)],
        )
        looks = cursor.fetchone()[0]
    found = dict(sorted(found.items(), key=lambda each: -each[1]))
    return {**found, "history": history, "audit.AccessLog": looks}


class Removed(tuple):
    """Where the bytes of the files lie that go with it; `counts` is what went."""

    counts: dict


def remove(conn, line):
    """Remove the pupil of a ledger's line and put up the tombstone. In `whole`."""
    school_id = line["school"]
    trail = Trail(conn, school_id, line["pupil"])
    counts = counted(conn, trail)
    with conn.cursor() as cursor:
        events = [events_of(model)._meta.db_table for model in trail.now if events_of(model)]
        for table in [*events, "kit_operationevent"]:  # first: a table with waiting checks can not be altered
            cursor.execute(f'ALTER TABLE "{table}" DISABLE TRIGGER USER')
        stored = files_of(cursor, trail)
        remove_mails(cursor, trail)
        remove_soft(cursor, trail)
        for model in reversed(hanging()):
            cursor.execute(
                f'DELETE FROM "{model._meta.db_table}" WHERE school_id = %s AND id = ANY(%s)',  # noqa: S608  our tables
                [school_id, sorted(trail.now[model])],
            )
        for model in trail.now:
            if events_of(model):
                where, params = trail.event_where(model)
                cursor.execute(f'DELETE FROM "{events_of(model)._meta.db_table}" WHERE {where}', params)  # noqa: S608
        for table in [*events, "kit_operationevent"]:
            cursor.execute(f'ALTER TABLE "{table}" ENABLE TRIGGER USER')
        put_tombstone(cursor, line, counts)
    removed = Removed(stored)
    removed.counts = counts
    return removed


def files_of(cursor, trail):
    """[(kind, name)] of the bytes on the disk: files that a table about pupils keeps, and what jobs made of them."""
    found = []
    for model in trail.now:
        if any(field.name == "stored" for field in model._meta.local_concrete_fields):
            cursor.execute(
                f'SELECT stored FROM "{model._meta.db_table}" WHERE school_id = %s AND id = ANY(%s)',  # noqa: S608  ours
                [trail.school_id, sorted(trail.now[model])],
            )
            found += [("kept", name) for (name,) in cursor.fetchall() if name]
    label = {"rights.archive": ("request", "desk.AccessRequest"), "rights.leaving": ("file", "desk.LeavingFile")}
    for kind, (name, table) in label.items():
        cursor.execute(
            "DELETE FROM kit_job WHERE school_id = %s AND kind = %s AND (params->>%s)::bigint = ANY(%s) RETURNING file",
            [trail.school_id, kind, name, sorted(ever(trail, table))],
        )
        found += [("jobs", file) for (file,) in cursor.fetchall() if file]
    return found


def ever(trail, label):
    return next(ids for model, ids in trail.ever.items() if model._meta.label == label)


def remove_mails(cursor, trail):
    """Of the outbox, and of the demo's mailbox, where there are bodies."""
    school_id = trail.school_id
    for template, where in MAILS.items():
        if where is None:
            continue
        name, label = where
        named = "EXISTS (SELECT FROM jsonb_array_elements_text(CASE jsonb_typeof(ids->%s) WHEN 'array' THEN ids->%s"
        named += " ELSE jsonb_build_array(ids->%s) END) e WHERE e::bigint = ANY(%s))"
        cursor.execute(
            f"DELETE FROM outbox_message WHERE school_id = %s AND template = %s AND ids ? %s AND {named}"  # noqa: S608
            " RETURNING id, message_id",
            [school_id, template, name, name, name, name, sorted(ever(trail, label))],
        )
        gone = cursor.fetchall()
        numbers, keys = [row[0] for row in gone], [row[1] for row in gone]
        cursor.execute(
            "DELETE FROM outbox_outboxdue WHERE school_id = %s AND message_id = ANY(%s)", [school_id, numbers]
        )
        cursor.execute("DELETE FROM outbox_demomail WHERE school_id = %s AND message_id = ANY(%s)", [school_id, keys])


def remove_soft(cursor, trail):
    """What bears a pupil's number without being a key: drafts, the access log, what an operation could not undo."""
    school_id, pupils = trail.school_id, sorted(trail.pupils)
    for form, label in DRAFTS.items():
        if label:
            cursor.execute(
                "DELETE FROM kit_draft WHERE school_id = %s AND form = %s AND object_id = ANY(%s)",
                [school_id, form, sorted(ever(trail, label))],
            )
    cursor.execute("DELETE FROM audit_accesslog WHERE school_id = %s AND pupil_id = ANY(%s)", [school_id, pupils])
    cursor.execute(
        "UPDATE audit_accesslog SET detail = jsonb_set(detail, '{ids}', (SELECT coalesce(jsonb_agg(e), '[]')"
        " FROM jsonb_array_elements(detail->'ids') e WHERE NOT (e #>> '{}')::bigint = ANY(%s)))"
        " WHERE school_id = %s AND jsonb_typeof(detail->'ids') = 'array'"
        " AND EXISTS (SELECT FROM jsonb_array_elements(detail->'ids') e WHERE (e #>> '{}')::bigint = ANY(%s))",
        [pupils, school_id, pupils],
    )
    for table in ("kit_operation", "kit_operationevent"):
        cursor.execute(
            f"UPDATE {table} SET kept = (SELECT coalesce(jsonb_agg(e), '[]') FROM jsonb_array_elements(kept) e"  # noqa: S608
            " WHERE (e->>2)::bigint IS NULL OR NOT (e->>2)::bigint = ANY(%s))"
            " WHERE school_id = %s AND EXISTS (SELECT FROM jsonb_array_elements(kept) e"
            " WHERE (e->>2)::bigint = ANY(%s))",
            [pupils, school_id, pupils],
        )


def put_tombstone(cursor, line, counts):
    cursor.execute(
        "INSERT INTO desk_tombstone (school_id, key, made_on, record_type, rule, first, second, counts)"
        " VALUES (%s, %s, %s, %s, %s, %s, %s, %s) ON CONFLICT DO NOTHING",
        [
            line["school"],
            line["tombstone"],
            line["on"],
            line["record_type"],
            BY_KEY[line["record_type"]].title,
            line["first"],
            line["second"],
            json.dumps(counts),
        ],
    )


def forget_files(school_id, stored):
    """After the commit. What a crash leaves here is a file that no row knows, which the upkeep of files removes."""
    for kind, name in stored:
        if kind == "kept":
            files.remove(name, school_id=school_id)
        else:
            (Path(settings.FILES_DIR) / kind / name).unlink(missing_ok=True)
