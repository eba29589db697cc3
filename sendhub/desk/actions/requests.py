"""Requests for a child's data, and the ticks on what needs a look before it leaves."""

from django.utils import timezone

from sendhub.audit import action
from sendhub.desk.models import AccessRequest, AccessTick
from sendhub.kit.versions import save_version


@action("request.add")
def add_request(*, pupil, by, **facts):
    return AccessRequest.objects.create(school_id=pupil.school_id, pupil=pupil, **facts)


@action("request.change")
def change_request(*, request, version, by, **facts):
    """On top of the version that the writer saw. Raises versions.Conflict."""
    return save_version(request, version, **facts)


@action("request.tick")
def tick(*, request, keys, decision, reason, by):
    """One decision on many things. A later one on the same thing takes the place of the earlier; both are history."""
    rows = [
        AccessTick(
            school_id=request.school_id,
            request=request,
            table=key.table,
            row=key.row,
            column=key.column,
            digest=key.digest,
            decision=decision,
            reason=reason,
            decided_by=by,
            decided_at=timezone.now(),
        )
        for key in keys
    ]
    AccessTick.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["school", "request", "table", "row", "column", "digest"],
        update_fields=["decision", "reason", "decided_by", "decided_at"],
    )


@action("request.archive")
def mark_archived(*, request, by):
    """The archive was made, with every tick."""
    return save_version(request, request.version, archived_at=timezone.now())
