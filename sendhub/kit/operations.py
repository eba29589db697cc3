"""Many writes made in one go, that can be taken back in one go: an import, moves of many pupils, a merge.

    with operations.operation(school_id=..., kind="register.moves", title="12 pupils on to SEN Support", by=me) as op:
        ...                                             # any actions; each history row carries op.pk

`actions.undo_operation(operation=op, by=member)` takes back what nobody has changed since, and lists the rest.
"""

import contextlib
import datetime as dt

from django.utils import timezone

from sendhub.audit import acting

UNDO_DAYS = 31  # a month to find out that two records were not one pupil's

__all__ = ["UNDO_DAYS", "operation"]


@contextlib.contextmanager
def operation(*, school_id, kind, title, by, days=UNDO_DAYS):
    """Everything written inside belongs to the Operation that this gives. `title` holds counts, never a name."""
    from sendhub.kit.actions import begin_operation  # the app registry must be ready

    started = begin_operation(
        school_id=school_id, kind=kind, title=title, undo_until=timezone.now() + dt.timedelta(days=days), by=by
    )
    with acting(by, kind, operation=started.pk):
        yield started
