"""An operation taken back, from what undo.py has worked out. The only writes that name no model: rows go back to what
their own history says, so each table's own actions have made them once."""

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from sendhub.audit import acting, action, actor_key
from sendhub.kit import undo
from sendhub.kit.models import Operation
from sendhub.kit.operations import UNDO, Refused, kind_of, thing_of

TWICE = "This has been undone already."
TOO_LATE = "This can not be undone any more: the last day for it has passed."
BUSY = "Somebody is changing the same records at this moment. Nothing was undone. Try again in a minute."


@action(UNDO)
def undo_operation(*, operation, by) -> Operation:
    """Take back what the operation wrote and nobody has changed since; the rest is in `kept`. Raises
    operations.Refused when it has been undone already, or when it is too late."""
    alone(operation.school_id)
    fresh = Operation.objects.select_for_update().get(school_id=operation.school_id, pk=operation.pk)
    if fresh.undone_at:
        raise Refused(TWICE)
    if fresh.undo_until < timezone.now():
        raise Refused(TOO_LATE)
    with acting(by, UNDO, undoes=fresh.pk):
        fresh.kept = undo.kept_rows(take_back(fresh))
        fresh.undone_at, fresh.undone_by = timezone.now(), actor_key(by)
        fresh.save(update_fields=["kept", "undone_at", "undone_by"])
        follow = kind_of(fresh).undone
        if follow:
            follow(operation=fresh, by=by)
    return fresh


def alone(school_id):
    """The lock that imports take (pupils.imports.run.alone): no file is brought in and no other undo runs meanwhile."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('sendhub import'), %s::int)", [school_id])


def take_back(operation):
    """Try, and when the database refuses some of it (a newer row has taken its place), try again without that."""
    clashes = set()
    while True:
        parts = undo.plan(operation, lock=True, clashes=clashes)
        try:
            with transaction.atomic():
                refused = write(parts, operation.school_id)
                if refused:
                    raise _Refused
                _run("SET CONSTRAINTS ALL IMMEDIATE", [])
                _run("SET CONSTRAINTS ALL DEFERRED", [])
        except _Refused:
            clashes |= refused
            continue
        except IntegrityError:
            raise Refused(BUSY) from None
        return parts


class _Refused(Exception):
    """Some rows could not be written: roll back to before the first."""


def write(parts, school_id):
    """All of it, in few statements; returns what was refused: {(model, id, column or "")}."""
    for part in parts:
        if part.remove:
            let_go(part, school_id)
            rows = part.model._base_manager.filter(school_id=school_id, pk__in=list(part.remove))
            rows._raw_delete(rows.db)  # what hangs on them goes as well, or the plan would keep them
    work = [piece for part in parts for piece in pieces(part)]
    waiting = [piece for piece in work if not done(piece)]
    if waiting:  # one row at a time: a number may have to be given up by one row before another can have it
        waiting = one_by_one([single for piece in waiting for single in singles(piece)])
    if waiting:
        waiting = one_by_one([single for piece in waiting for single in by_column(piece)])
    refused = {(part.model, pk, columns[0] if kind is restore else "") for kind, part, columns, ((pk, _),) in waiting}
    if not refused:
        for part in parts:
            work_out(part, school_id)
    return refused


def let_go(part, school_id):
    """Rows of tables without history that point to what goes: they stop pointing, or follow it."""
    for child, key in undo.relations(part.model):
        if hasattr(child, "pgh_event_model"):
            continue
        rows = child._base_manager.filter(school_id=school_id, **{f"{key.attname}__in": list(part.remove)})
        try:
            with transaction.atomic():
                rows.update(**{key.attname: None})
        except IntegrityError:  # it may not point to nothing
            rows.delete()


def pieces(part):
    """Statements that would do it: rows that come back, and rows grouped by the columns that they get back."""
    if part.bring:
        yield bring, part, tuple(part.columns()), [(pk, event) for pk, (event, _) in part.bring.items()]
    groups = {}
    for pk, (event, wanted) in part.restore.items():
        groups.setdefault(tuple(sorted(wanted)), []).append((pk, event))
    for columns, rows in groups.items():
        yield restore, part, columns, rows


def singles(piece):
    kind, part, columns, rows = piece
    return [(kind, part, columns, [row]) for row in rows]


def by_column(piece):
    kind, part, columns, rows = piece
    return [(kind, part, (column,), rows) for column in columns] if kind is restore else [piece]


def one_by_one(work):
    """Do what can be done, again and again while something can; returns what can not."""
    while work:
        left = [piece for piece in work if not done(piece)]
        if len(left) == len(work):
            return left
        work = left
    return []


def done(piece):
    kind, part, columns, rows = piece
    try:
        with transaction.atomic():
            kind(part, columns, [event for _, event in rows])
    except IntegrityError:
        return False
    return True


def restore(part, columns, events):
    """UPDATE from the history rows of how it stood; a version goes one up."""
    quote = connection.ops.quote_name
    held = part.columns()
    sets = [f"{quote(held[c].column)} = e.{quote(held[c].column)}" for c in columns]
    if any(f.name == "version" for f in held.values()):
        sets.append("version = t.version + 1")
    _run(
        f"UPDATE {quote(part.model._meta.db_table)} t SET {', '.join(sets)} FROM {quote(part.events._meta.db_table)} e"  # noqa: S608  names of our own tables
        " WHERE e.pgh_id = ANY(%s) AND t.school_id = e.school_id AND t.id = e.pgh_obj_id",
        [events],
    )


def bring(part, columns, events):
    """INSERT from the history rows, with the old id."""
    quote = connection.ops.quote_name
    names = [part.columns()[c].column for c in columns]
    taken = ["e.version + 1" if name == "version" else f"e.{quote(name)}" for name in names]
    _run(
        f"INSERT INTO {quote(part.model._meta.db_table)} ({', '.join(map(quote, names))})"  # noqa: S608  names of our own tables
        f" SELECT {', '.join(taken)} FROM {quote(part.events._meta.db_table)} e WHERE e.pgh_id = ANY(%s)",
        [events],
    )


def _run(sql, params):
    with connection.cursor() as cursor:
        cursor.execute(sql, params)


def work_out(part, school_id):
    """Columns that follow from others, where only some of those others went back."""
    thing = thing_of(part.model)
    if not (part.mixed and thing.settle):
        return
    rows = list(part.model._base_manager.filter(school_id=school_id, pk__in=part.mixed))
    for row in rows:
        thing.settle(row)
    part.model._base_manager.bulk_update(rows, sorted(thing.follow))
