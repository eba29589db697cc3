"""Every row about one child, found by walking the models: a table that comes later is in without a word here.

A table is about pupils when a key of it points to Pupil, or, where none does, to a table that is about pupils. What
points to a child without a key (the access log, mails, drafts) is named in `personal`.
"""

from functools import cache

from django.apps import apps

from pupils.models import Pupil
from sendhub.tenancy import SchoolModel

EVER = 'SELECT id FROM "{0}" WHERE school_id = %s AND ({1})'
MERGED = """
WITH RECURSIVE part (id) AS (
    SELECT id FROM pupils_pupil WHERE school_id = %s AND id = ANY(%s)
    UNION SELECT p.id FROM pupils_pupil p JOIN part ON p.merged_into_id = part.id WHERE p.school_id = %s)
SELECT id FROM part
"""


@cache
def hanging():
    """{model: [(column, the model it points to)]} of every table about pupils, those nearer to the pupil first."""
    found = {Pupil: []}
    rest = [model for model in apps.get_models() if is_ours(model) and model is not Pupil]
    while True:
        level = {model: keys for model in rest if (keys := keys_to(model, found))}
        if not level:
            return found
        if len(found) == 1:  # a key to the pupil decides; only where there is none a table is found by another
            level = {model: [key for key in keys if key[1] is Pupil] for model, keys in level.items()}
        found |= level
        rest = [model for model in rest if model not in level]


def is_ours(model):
    return issubclass(model, SchoolModel) and not hasattr(model, "pgh_tracked_model")


def keys_to(model, known):
    return [
        (field.column, field.related_model)
        for field in model._meta.local_concrete_fields
        if field.is_relation and field.name != "school" and field.related_model in known
    ]


def events_of(model):
    """The table of its history, or None."""
    return getattr(model, "pgh_event_model", None)


class Trail:
    """The ids of one child's rows, or of some children's: `now[model]` of those that are there, `ever[model]` also of
    those that are only in the history. Reads over the connection that it is given, inside the school."""

    def __init__(self, conn, school_id, *pupil_ids):
        self.conn, self.school_id = conn, school_id
        self.pupils = self._ids(MERGED, [school_id, sorted(pupil_ids), school_id])
        self.now, self.ever = {Pupil: self.pupils}, {Pupil: self.pupils}
        for model, keys in hanging().items():
            if model is not Pupil:
                self.now[model] = self._ids(*self._query(model._meta.db_table, keys))
                events = events_of(model)
                before = self._ids(*self._query(events._meta.db_table, keys)) if events else set()
                self.ever[model] = self.now[model] | before

    def _query(self, table, keys):
        where = " OR ".join(f'"{column}" = ANY(%s)' for column, _ in keys)
        return EVER.format(table, where), [self.school_id, *(sorted(self.ever[parent]) for _, parent in keys)]

    def _ids(self, sql, params):
        with self.conn.cursor() as cursor:
            cursor.execute(sql, params)
            return {row[0] for row in cursor.fetchall()}

    def event_ids(self, model):
        """The ids of the lines of the model's history that are about the child."""
        where, params = self.event_where(model)
        return self._ids(f'SELECT pgh_id FROM "{events_of(model)._meta.db_table}" WHERE {where}', params)  # noqa: S608

    def event_where(self, model):
        """(SQL, its parameters): which rows of the model's history are about the child."""
        keys = hanging()[model]
        parts = ["id = ANY(%s)", *(f'"{column}" = ANY(%s)' for column, _ in keys)]
        ids = [sorted(self.now[model]), *(sorted(self.ever[parent]) for _, parent in keys)]
        return f"school_id = %s AND ({' OR '.join(parts)})", [self.school_id, *ids]
