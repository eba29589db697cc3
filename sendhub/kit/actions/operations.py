"""An operation begins, and is undone from the history of what it wrote. See sendhub.kit.operations."""

from sendhub.audit import action, actor_key
from sendhub.kit.models import Operation


@action("operation.begin")
def begin_operation(*, school_id, kind, title, undo_until, by):
    """The row that the history rows of an operation point to."""
    return Operation.objects.create(
        school_id=school_id, kind=kind, title=title, undo_until=undo_until, by=actor_key(by)
    )
