"""Django's `migrate`, which waits its turn: a table that somebody reads is not taken away from under them.

The owner's login gives up after three seconds without a lock (settings.DB_LIMITS), because whoever waits for one makes
every page behind it wait too. So it is tried again a few times, and says so. Each migration is a transaction: what is
done is done, what failed left nothing.
"""

import contextlib
import time

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError
from django.db.migrations.state import ProjectState
from psycopg.errors import LockNotAvailable, QueryCanceled

PAUSES = (2, 5, 10, 20)  # seconds before each further try


class Command(Migrate):
    def handle(self, *args, **options):
        for number, pause in enumerate((*PAUSES, None), start=1):
            try:
                with one_model_at_a_time():
                    return super().handle(*args, **options)
            except OperationalError as error:
                if isinstance(error.__cause__, QueryCanceled):
                    raise CommandError(TOO_LONG) from None
                if not isinstance(error.__cause__, LockNotAvailable):
                    raise
                if pause is None:
                    raise CommandError(BUSY) from None
                self.stderr.write(
                    f"Somebody is using a table that a migration changes. Tried {number} of {len(PAUSES) + 1} times; "
                    f"again in {pause} s."
                )
                time.sleep(pause)
        raise AssertionError("the loop returns or raises")


@contextlib.contextmanager
def one_model_at_a_time():
    """A constraint, an index, a trigger or a plain column is drawn into its own model and into no other.

    Django draws every related model anew after each such change, and here all are related through the school: of 60
    seconds of work for a new database 37 were that (measured; the schema is the same to the letter). It calls such a
    change delayed, and draws everything afresh before a migration's own Python runs, so nothing meets a half-drawn
    model.
    """
    usual = ProjectState._find_reload_model

    def find(state, app_label, model_name, delay=False):
        if not delay:
            return usual(state, app_label, model_name)
        state.is_delayed = True
        return {(app_label, model_name)}

    ProjectState._find_reload_model = find
    try:
        yield
    finally:
        ProjectState._find_reload_model = usual


BUSY = (
    "A table that a migration changes is in use all the time, and nothing was changed by that migration. Try again "
    "at a quiet hour, or stop web and worker first (`docker compose stop web worker beat`)."
)
TOO_LONG = (
    "A migration ran longer than it may (15 minutes) and was rolled back; those before it are done. Tell us the name "
    "of the migration and how many rows you have."
)
