"""Many small questions in one statement. A page that is opened all day asks a dozen things of a dozen tables, and each
query of its own costs more in the asking than in the answer (measured: nine were half of a record's page).

`ask({"files": "SELECT count(*) AS number FROM ...", ...}, school=1, day=day)` answers {"files": [{"number": 3}], ...}.
"""

from datetime import date

from django.db import connection
from django.db.backends.postgresql.base import ServerBindingCursor


def ask(parts, **params):
    """{name: rows} of `parts`, {name: SELECT}; each row is a dict of the columns that the SELECT names. One query, and
    none where nothing is asked.

    A SELECT is SQL of ours, never anything typed; what varies is in `params`, as %(school)s. Rows come as JSON has
    them: a date is text, for `day_of`.
    """
    if not parts:
        return {}
    selects = [f"(SELECT coalesce(json_agg(found), '[]') FROM ({select}) found)" for select in parts.values()]  # noqa: S608  ours
    with planned_once() as cursor:
        cursor.execute(f"SELECT {', '.join(selects)}", params)
        answer = cursor.fetchone()
    return dict(zip(parts, answer, strict=True))


def planned_once():
    """A cursor for a statement that is long and always the same: the database plans it once a connection and not at
    each asking (settings: prepare_threshold), which for so many tables under row security is most of its work."""
    connection.ensure_connection()
    return connection._prepare_cursor(ServerBindingCursor(connection.connection))


def day_of(text):
    """The date of a column that `ask` answered, or None."""
    return None if text is None else date.fromisoformat(text)
