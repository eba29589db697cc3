"""Django's `migrate`, which waits its turn: a table that somebody reads is not taken away from under them.

The owner's login gives up after three seconds without a lock (settings.DB_LIMITS), because whoever waits for one makes
every page behind it wait too. So it is tried again a few times, and says so. Each migration is a transaction: what is
done is done, what failed left nothing.
"""

import time

from django.core.management.base import CommandError
from django.core.management.commands.migrate import Command as Migrate
from django.db import OperationalError
from psycopg.errors import LockNotAvailable, QueryCanceled

PAUSES = (2, 5, 10, 20)  # seconds before each further try


class Command(Migrate):
    def handle(self, *args, **options):
        for number, pause in enumerate((*PAUSES, None), start=1):
            try:
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


BUSY = (
    "A table that a migration changes is in use all the time, and nothing was changed by that migration. Try again "
    "at a quiet hour, or stop web and worker first (`docker compose stop web worker beat`)."
)
TOO_LONG = (
    "A migration ran longer than it may (15 minutes) and was rolled back; those before it are done. Tell us the name "
    "of the migration and how many rows you have."
)
