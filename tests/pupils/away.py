"""Arrangements for tests of time out of school: terms that are set, and rows as they are recorded."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from pupils.models import Placement, PlacementVisit, PupilAdult, ReducedTimetable, SENRecord, Suspension
from sendhub.rules.school_calendar import academic_year, is_working_day
from staff.models import SchoolYear, Term

HTMX = {"HX-Request": "true"}


@pytest.fixture
def november(monkeypatch, oakfield, inside):
    """Today is 25 November of this school year, so that weeks of it have gone; the cast is on the register, and the
    school has set no term after today."""
    day, real = date(academic_year(timezone.localdate()), 11, 25), timezone.localdate
    with inside():
        SENRecord.objects.update(starts_on=day - timedelta(days=200))
        PupilAdult.objects.update(starts_on=day - timedelta(days=60))
        Term.objects.update(ends_on=day)
    monkeypatch.setattr(timezone, "localdate", lambda *value: real(*value) if value else day)
    return day


def open_all_year(oakfield, today):
    """Terms in which every working day is a school day, from a year ago to a year on, one term a school year."""
    Term.objects.filter(school=oakfield.school).delete()
    this = academic_year(today)
    for starts in (this - 1, this, this + 1):
        year, _ = SchoolYear.objects.get_or_create(
            school=oakfield.school,
            starts=starts,
            defaults={"groups_from": date(starts, 7, 1), "groups_until": date(starts + 1, 9, 30)},
        )
        Term.objects.create(
            school=oakfield.school,
            year=year,
            name="Year",
            starts_on=date(starts, 9, 1),
            ends_on=date(starts + 1, 8, 31),
        )


def working_days_ago(today, number):
    """The working day so many before today; 0 is today, or the last working day before it."""
    day = today
    while not is_working_day(day):
        day -= timedelta(days=1)
    for _ in range(number):
        day -= timedelta(days=1)
        while not is_working_day(day):
            day -= timedelta(days=1)
    return day


def suspended(oakfield, who, first, days=1, **more):
    facts = {"kind": "permanent" if days is None else "days", "reasons": "PP", **more}
    return Suspension.objects.create(
        school=oakfield.school, pupil=oakfield.pupils[who], starts_on=first, days=days, **facts
    )


def reduced(oakfield, who, first, **more):
    facts = {"hours": 12, "reason": "Back after an illness", **more}
    return ReducedTimetable.objects.create(school=oakfield.school, pupil=oakfield.pupils[who], starts_on=first, **facts)


def placed(oakfield, who, first, **more):
    facts = {"provider": "Hedgerow Farm", "reason": "To try working outdoors", "days": "Mondays", **more}
    return Placement.objects.create(school=oakfield.school, pupil=oakfield.pupils[who], starts_on=first, **facts)


def visited(oakfield, placement, day, **more):
    facts = {"visited_by": oakfield.sendco.staff, "findings": "Busy, safe and proud of the hens", **more}
    return PlacementVisit.objects.create(
        school=oakfield.school, pupil_id=placement.pupil_id, placement=placement, visited_on=day, **facts
    )
