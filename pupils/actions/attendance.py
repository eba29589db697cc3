"""A pupil's totals of attendance, as lists count them."""

from pupils.models import AttendanceSnapshot
from sendhub.audit import action


@action("attendance.import")
def save_snapshots(*, new, changed, fields, by):
    """Write many at once: `new` are unsaved rows, `changed` saved ones of which `fields` may have been set."""
    AttendanceSnapshot.objects.bulk_create(new, batch_size=2000)
    if changed:
        AttendanceSnapshot.objects.bulk_update(changed, sorted(fields), batch_size=500)
