"""Suspensions, reduced timetables and places outside school: recorded, changed, ended, and withdrawn when a mistake.

`fields` are columns of the model. A change stands on the version that the writer saw, and raises versions.Conflict.
"""

from django.core.exceptions import ValidationError

from pupils.models import Placement, PlacementVisit, Pupil, ReducedTimetable, Suspension
from sendhub.audit import action
from sendhub.kit.versions import save_version


def refuse_twice(model, pupil, **same):
    """A second press of the button would count the days twice. The pupil's row is held, so two at once are in turn."""
    Pupil.objects.select_for_update().get(school_id=pupil.school_id, pk=pupil.pk)
    if model.objects.standing().filter(school_id=pupil.school_id, pupil=pupil, **same).exists():
        raise ValidationError({"starts_on": "This is recorded already, from the same day. Change that one."})


@action("suspension.add")
def add_suspension(*, pupil, by, **fields):
    """Raises ValidationError where one of the kind begins on the same day."""
    refuse_twice(Suspension, pupil, kind=fields["kind"], starts_on=fields["starts_on"])
    return Suspension.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("suspension.change")
def change_suspension(*, suspension, version, by, **fields):
    return save_version(suspension, version, **fields)


@action("suspension.cancel")
def cancel_suspension(*, suspension, on, by):
    """The head takes it back on a day: days before it still count towards the year's (2012 Regulations)."""
    return save_version(suspension, suspension.version, cancelled_on=on)


@action("suspension.withdraw")
def withdraw_suspension(*, suspension, on, by):
    """It was put down by mistake and counts nothing."""
    return save_version(suspension, suspension.version, withdrawn_on=on)


@action("timetable.add")
def add_timetable(*, pupil, by, **fields):
    """Raises ValidationError where one begins on the same day."""
    refuse_twice(ReducedTimetable, pupil, starts_on=fields["starts_on"])
    return ReducedTimetable.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("timetable.change")
def change_timetable(*, timetable, version, by, **fields):
    return save_version(timetable, version, **fields)


@action("timetable.end")
def end_timetable(*, timetable, on, by):
    """`on` is its last day."""
    return save_version(timetable, timetable.version, ends_on=on)


@action("timetable.withdraw")
def withdraw_timetable(*, timetable, on, by):
    return save_version(timetable, timetable.version, withdrawn_on=on)


@action("placement.add")
def add_placement(*, pupil, by, **fields):
    """Raises ValidationError where one at this provider begins on the same day."""
    refuse_twice(Placement, pupil, provider=fields["provider"], starts_on=fields["starts_on"])
    return Placement.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("placement.change")
def change_placement(*, placement, version, by, **fields):
    return save_version(placement, version, **fields)


@action("placement.end")
def end_placement(*, placement, on, by):
    """`on` is the last day there."""
    return save_version(placement, placement.version, ends_on=on)


@action("placement.withdraw")
def withdraw_placement(*, placement, on, by):
    return save_version(placement, placement.version, withdrawn_on=on)


@action("visit.add")
def add_visit(*, placement, by, **fields):
    """Raises ValidationError where somebody has put down this person's visit of the day."""
    Placement.objects.select_for_update().get(school_id=placement.school_id, pk=placement.pk)
    same = {"visited_on": fields["visited_on"], "visited_by_id": fields["visited_by_id"]}
    visits = PlacementVisit.objects.standing().filter(school_id=placement.school_id, placement=placement, **same)
    if visits.exists():
        raise ValidationError({"visited_on": "This visit is recorded already. Change that one."})
    return PlacementVisit.objects.create(
        school_id=placement.school_id, pupil_id=placement.pupil_id, placement=placement, **fields
    )


@action("visit.change")
def change_visit(*, visit, version, by, **fields):
    return save_version(visit, version, **fields)


@action("visit.withdraw")
def withdraw_visit(*, visit, on, by):
    return save_version(visit, visit.version, withdrawn_on=on)
