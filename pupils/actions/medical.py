"""That there is a healthcare plan, where it is kept, and when it was last looked at."""

from pupils.models import MedicalPointer
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("medical.add")
def add_medical(*, pupil, by, **fields):
    """`fields` are columns of MedicalPointer."""
    return MedicalPointer.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("medical.change")
def change_medical(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the pointer as it then is."""
    return save_version(row, version, **changes)


@action("medical.review")
def review_medical(*, row, on, by):
    """The plan itself was looked at on that day and still holds."""
    return save_version(row, row.version, reviewed_on=on)


@action("medical.end")
def end_medical(*, row, ends_on, by):
    """It holds until the end of that day; None: it holds again."""
    return save_version(row, row.version, ends_on=ends_on)
