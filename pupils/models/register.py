"""The SEND register as dated rows, never overwritten: the register as at any date is a query."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel


class DatedQuerySet(models.QuerySet):
    def at(self, day):
        """Rows that hold on a day."""
        return self.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)

    on = at


@pghistory.track()
class SENRecord(SchoolModel):
    """SEN Support or an EHC plan, from a day until a day. No row means no SEN provision (N)."""

    class Provision(models.TextChoices):
        SUPPORT = "K", "SEN Support"
        PLAN = "E", "EHC plan"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="sen_records")
    provision = models.CharField(max_length=1, choices=Provision)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    start_known = models.BooleanField(default=True)  # False: first seen in a file; it may have begun earlier
    source = models.CharField(max_length=40, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"], condition=Q(ends_on__isnull=True), name="one_open_provision"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="provision_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-starts_on"], name="sen_by_pupil")]
        ordering = ["-starts_on"]


@pghistory.track()
class SENNeed(SchoolModel):
    """A type of need, ranked, from a day until a day."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="sen_needs")
    code = models.CharField(max_length=4)  # rules.codes
    rank = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    source = models.CharField(max_length=40, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil", "code"], condition=Q(ends_on__isnull=True), name="one_open_need"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="need_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="need_by_pupil")]
        ordering = ["rank", "id"]
