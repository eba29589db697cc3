"""How much of school a pupil was in: a dated total for each day up to which a list counted, beside the others."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class AttendanceSnapshot(SchoolModel):
    """Sessions of the school year so far (two a day), as the school's own system counted them up to a day."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="attendance")
    taken_on = models.DateField()  # counted up to and including this day
    possible = models.PositiveSmallIntegerField()
    attended = models.PositiveSmallIntegerField()
    authorised = models.PositiveSmallIntegerField(null=True, blank=True)
    unauthorised = models.PositiveSmallIntegerField(null=True, blank=True)
    suspended_days = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "pupil", "taken_on"], name="one_attendance_a_day"),
            models.CheckConstraint(condition=Q(attended__lte=F("possible")), name="attended_possible"),
        ]
        indexes = [models.Index(fields=["school", "taken_on"], name="attendance_by_day")]
        ordering = ["taken_on", "id"]
