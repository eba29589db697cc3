"""Who changed what (history written by triggers) and who looked (the access log)."""

from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from sendhub.audit.context import SYSTEM, Actor, acting, action, actor_key

__all__ = ["SYSTEM", "Actor", "acting", "action", "actor_key", "log_access"]

# In SQL, as every page about pupils writes one: by the ORM the row costs as much again as the page's own query.
LOOK = """
INSERT INTO audit_accesslog (school_id, at, actor, verb, pupil_id, why, detail, request_id)
VALUES (%s, %s, %s, %s, %s, %s, %s, %s)
"""


def log_access(by, verb, *, school_id, pupil_id=None, why="", request_id="", **detail):
    """Write that `by` looked. `detail` holds ids and counts only."""
    row = [school_id, timezone.now(), actor_key(by), verb, pupil_id, why, Jsonb(detail), request_id]
    with connection.cursor() as cursor:
        cursor.execute(LOOK, row)
