"""Reasonable adjustments under the Equality Act: what is done, why, and whether it is still needed."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


@pghistory.track()
class Adjustment(SchoolModel):
    """By when somebody asks again whether it is needed is counted by the rules; `look_on` is a day of one's own."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="adjustments")
    what = models.CharField(max_length=300)
    why = models.CharField(max_length=300)
    starts_on = models.DateField()
    look_on = models.DateField("ask again on", null=True, blank=True)
    confirmed_on = models.DateField("still needed, said on", null=True, blank=True)
    confirmed_by = SchoolKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="adjustment_dates"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | Q(confirmed_on__isnull=False), name="adjustment_confirmed_when"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="adjustment_by_pupil")]
        ordering = ["starts_on", "id"]
