"""That there is a healthcare plan: where it is, and what an adult must know at once. The plan itself is not here."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class MedicalPointer(SchoolModel):
    """An individual healthcare plan, by its place. Its story stays with whoever keeps it."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="medical_pointers")
    at_once = models.CharField("what an adult must know at once", max_length=200, blank=True)
    ask = models.CharField("whom to ask", max_length=80, default="the school nurse")
    kept_at = models.CharField("where the plan is kept", max_length=120)
    starts_on = models.DateField()
    reviewed_on = models.DateField("looked at again on", null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="medical_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="medical_by_pupil")]
        ordering = ["starts_on", "id"]
