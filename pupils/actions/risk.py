"""Risk plans: made, changed, ended; and who has read which edition."""

from django.db.models import F

from pupils.models import RiskPlan, RiskReading
from sendhub.audit import action
from sendhub.kit.versions import save_version


@action("risk.add")
def add_risk(*, pupil, by, **fields):
    """`fields` are columns of RiskPlan; its words are of the day on which it was made."""
    return RiskPlan.objects.create(
        school_id=pupil.school_id, pupil=pupil, edition_on=fields["starts_on"], edition=1, **fields
    )


@action("risk.change")
def change_risk(*, row, version, on, by, **changes):
    """Save on top of the version that the writer saw; raises versions.Conflict. New words are a new edition of the
    day `on`, which everybody reads again."""
    saved = save_version(row, version, **changes)
    if any(getattr(saved, name) != getattr(row, name) for name in RiskPlan.WORDS):
        RiskPlan.objects.filter(school_id=saved.school_id, pk=saved.pk).update(edition=F("edition") + 1, edition_on=on)
        saved.refresh_from_db()
    return saved


@action("risk.end")
def end_risk(*, row, ends_on, by):
    """It holds until the end of that day; None: it holds again."""
    return save_version(row, row.version, ends_on=ends_on)


@action("risk.read")
def read_risk(*, row, staff, on, by):
    """This member of staff has read the plan as it now is. A second time keeps the first day."""
    return RiskReading.objects.get_or_create(
        school_id=row.school_id,
        pupil_id=row.pupil_id,
        plan=row,
        staff=staff,
        edition=row.edition,
        defaults={"read_on": on},
    )[0]
