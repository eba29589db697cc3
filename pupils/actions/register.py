"""The register as dated rows: the low-level writers. What must be true of a move (the family told, the council's date)
is in pupils.actions.moves."""

from datetime import date

from django.core.exceptions import ValidationError

from pupils.models import SENNeed, SENRecord
from sendhub.audit import action
from staff.actions.teaching import end_rows, yesterday

NONE = "N"


@action("register.place")
def place_on_register(*, pupil, provision, starts_on: date, by, start_known=True, source=""):
    """From `starts_on` the pupil has this provision: "K", "E", or "N" for none. What stood before ends the day before.

    Returns the open row, or None after "N". The provision that stands already stays as it is. Raises ValidationError
    when the pupil's present provision began on that day or later: rows do not overlap.
    """
    before = SENRecord.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True).first()
    if before and before.provision == provision:
        return before
    if before and before.starts_on >= starts_on:
        raise ValidationError({"starts_on": "The present provision begins on that day or later."})
    if before:
        end_rows(SENRecord, [before], yesterday(starts_on))
    if provision == NONE:
        return None
    return SENRecord.objects.create(
        school_id=pupil.school_id,
        pupil=pupil,
        provision=SENRecord.Provision(provision),
        starts_on=starts_on,
        start_known=start_known,
        source=source,
    )


@action("register.set_needs")
def set_needs(*, pupil, codes, on: date, by, source=""):
    """From the day `on` the pupil's needs are `codes`, the main one first. A need that keeps its rank keeps its row."""
    held = SENNeed.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True)
    new, ended = need_changes(pupil, list(held), codes, on, source)
    save_needs(new=new, ended=ended, last_day=yesterday(on), by=by)
    return new


def need_changes(pupil, held, codes, on, source):
    """(rows to add, rows to end) that make the ranked `codes` out of the open rows `held`."""
    wanted = {code: rank for rank, code in enumerate(codes, start=1)}
    ended = [need for need in held if wanted.get(need.code) != need.rank]
    kept = {need.code for need in held} - {need.code for need in ended}
    new = [
        SENNeed(school_id=pupil.school_id, pupil=pupil, code=code, rank=rank, starts_on=on, source=source)
        for code, rank in wanted.items()
        if code not in kept
    ]
    return new, ended


@action("register.needs_import")
def save_needs(*, new, ended, last_day, by):
    """Add the need rows in `new`; end those in `ended` with `last_day`."""
    end_rows(SENNeed, ended, last_day)
    SENNeed.objects.bulk_create(new)


@action("register.import")
def save_records(*, new, by):
    """Add many provision rows at once, for pupils who have none open."""
    SENRecord.objects.bulk_create(new)


def end_and_begin(pupils, standings, provision, on, source):
    """From the day `on` each pupil has `provision` ("N": none); what stood ends the day before. For many at once.

    A row whose first day is not known may have been first seen after `on`: it then holds on the day before, at least.
    Called inside an action; the standings are those of pupils.queries.moving.
    """
    held = [standings[pupil.pk].record for pupil in pupils if standings[pupil.pk].record is not None]
    last_day = yesterday(on)
    for record in held:
        record.starts_on = min(record.starts_on, last_day)
        record.ends_on = last_day
    if held:
        SENRecord.objects.bulk_update(held, ["starts_on", "ends_on"])
    if provision != NONE:
        SENRecord.objects.bulk_create(
            SENRecord(
                school_id=pupil.school_id,
                pupil=pupil,
                provision=SENRecord.Provision(provision),
                starts_on=on,
                source=source,
            )
            for pupil in pupils
        )


def end_needs(pupils, standings, on):
    """Off the register from `on`: open needs end the day before, those of an unknown beginning held at least then."""
    school_id, ids, last_day = pupils[0].school_id, [pupil.pk for pupil in pupils], yesterday(on)
    needs = list(SENNeed.objects.filter(school_id=school_id, pupil_id__in=ids, ends_on__isnull=True))
    for need in needs:
        record = standings[need.pupil_id].record
        if record is not None and not record.start_known:
            need.starts_on = min(need.starts_on, last_day)
    shifted = [need for need in needs if need.starts_on <= last_day]
    for need in shifted:
        need.ends_on = last_day
    if shifted:
        SENNeed.objects.bulk_update(shifted, ["starts_on", "ends_on"])
    end_rows(SENNeed, [need for need in needs if need.starts_on > last_day], last_day)
