"""Who is writing, and what they would call it: the actor and the verb that every history row carries.

The database refuses a write to a tenant table while neither is set (sendhub_require_actor), so code that forgets
an action fails at once instead of leaving a change that nobody made.
"""

import contextlib
import contextvars
import functools
import json
import uuid
from dataclasses import dataclass

from django.db import connection, transaction


@dataclass(frozen=True)
class Actor:
    """Someone who acts and is not a signed-in member: the system's own work, or the holder of a link.

    `key` is like "system:import" or "link:17"; `title` is what a person reads in the history.
    """

    key: str
    title: str

    def __str__(self):
        return self.title


SYSTEM = Actor("system", "SendHub")


def actor_key(by):
    """The text stored for whoever acts: "user:12" for a member or a user, an Actor's own key otherwise.

    Raises TypeError for anything else, so that a form or None never passes as a person.
    """
    if isinstance(by, Actor):
        return by.key
    if hasattr(by, "user_id") and by.user_id:
        return f"user:{by.user_id}"
    if getattr(by, "is_authenticated", False):
        return f"user:{by.pk}"
    raise TypeError("by= must be a member, a user or an Actor")


_facts = contextvars.ContextVar("facts of the acting around", default=None)


@contextlib.contextmanager
def acting(by, verb, **facts):
    """Writes inside are made by `by` and called `verb`; `facts` (ids only, no names) go onto each history row.

    Facts reach into what is called inside: an operation's number is on every row that it caused to be written.
    """
    key = actor_key(by)
    facts = {**(_facts.get() or {}), **facts}
    with transaction.atomic(), connection.cursor() as cursor:
        before_id, before = _set(cursor, str(uuid.uuid4()), json.dumps({**facts, "actor": key, "verb": verb}))
        token = _facts.set(facts)
        try:
            yield
        finally:
            _facts.reset(token)
        if not connection.needs_rollback:
            _set(cursor, before_id or "", before or "")


def _set(cursor, context_id, metadata):
    """Set both, and return what stood there: the columns are worked out from left to right, so in one statement."""
    cursor.execute(
        "SELECT current_setting('pghistory.context_id', true), current_setting('pghistory.context_metadata', true),"
        " set_config('pghistory.context_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
        [context_id, metadata],
    )
    return cursor.fetchone()[:2]


def action(verb):
    """Mark a function as the one way to make a change: atomic, keyword-only `by=`, its verb in the history.

    Called inside another action it keeps its own verb for its own writes.
    """

    def decorate(function):
        @functools.wraps(function)
        def run(*, by, **kwargs):
            with acting(by, verb):
                return function(by=by, **kwargs)

        run.verb = verb
        return run

    return decorate
