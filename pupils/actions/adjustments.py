"""Reasonable adjustments: noted, changed, said to be still needed, ended."""

from pupils.models import Adjustment
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("adjustment.add")
def add_adjustment(*, pupil, by, **fields):
    """`fields` are columns of Adjustment."""
    return Adjustment.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("adjustment.change")
def change_adjustment(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the adjustment as it then is."""
    return save_version(row, version, **changes)


@action("adjustment.confirm")
def confirm_adjustment(*, row, on, by):
    """It is still needed, says `by` on that day."""
    return save_version(row, row.version, confirmed_on=on, confirmed_by_id=by.staff_id)


@action("adjustment.end")
def end_adjustment(*, row, ends_on, by):
    """It holds until the end of that day; None: it holds again."""
    return save_version(row, row.version, ends_on=ends_on)
