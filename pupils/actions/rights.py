"""What a family says is wrong is kept beside the fact; a record is kept and not used for a while."""

import datetime as dt

from django.utils import timezone

from pupils.models import Correction, Restriction
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("correction.add")
def add_correction(*, pupil, by, **facts):
    return Correction.objects.create(school_id=pupil.school_id, pupil=pupil, **facts)


@action("correction.change")
def change_correction(*, correction, version, by, **facts):
    """On top of the version that the writer saw. Raises versions.Conflict."""
    return save_version(correction, version, **facts)


@action("restriction.set")
def set_restriction(*, pupil, reason, ends_on, by):
    """From today. One that holds already stays as it is and is returned."""
    today = timezone.localdate()
    held = holding(pupil, today).first()
    if held is not None:
        return held
    return Restriction.objects.create(
        school_id=pupil.school_id, pupil=pupil, reason=reason, starts_on=today, ends_on=ends_on, set_by=by
    )


@action("restriction.lift")
def lift_restriction(*, pupil, by):
    """Yesterday was its last day; of one that began today, today is. Returns how many were lifted."""
    today = timezone.localdate()
    older = holding(pupil, today).filter(starts_on__lt=today).update(ends_on=today - dt.timedelta(days=1))
    return older + holding(pupil, today).filter(starts_on=today).delete()[0]


def holding(pupil, day):
    rows = Restriction.objects.filter(school_id=pupil.school_id, pupil=pupil, starts_on__lte=day)
    return rows.exclude(ends_on__lt=day)
