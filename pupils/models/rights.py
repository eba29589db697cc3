"""What a family says is wrong in a record, kept beside the fact; and a record that is not to be used for a while."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import Membership


@pghistory.track()
class Correction(SchoolModel):
    """The family's own words about a fact, and what the school did. The words stay, whatever was decided."""

    class Outcome(models.TextChoices):
        CHANGED = "changed", "We changed it"
        KEPT = "kept", "We keep it as it is"
        PART = "part", "We changed a part of it"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="corrections")
    about = models.CharField("which fact", max_length=120)
    said = models.TextField("what they say", max_length=2000)
    said_by = models.CharField(max_length=120)
    said_on = models.DateField()
    outcome = models.CharField(max_length=7, choices=Outcome, blank=True)
    why = models.TextField("why", max_length=1000, blank=True)
    decided_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="", decided_on__isnull=True)
                | (Q(decided_on__isnull=False, decided_on__gte=F("said_on")) & ~Q(outcome="")),
                name="correction_decided",
            ),
            models.CheckConstraint(condition=Q(outcome__in=["", "changed"]) | ~Q(why=""), name="correction_why"),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="correction_by_pupil")]
        ordering = ["-said_on", "-id"]

    def __str__(self):
        return f"correction {self.pk}"


@pghistory.track()
class Restriction(SchoolModel):
    """The record, or a part of it, is kept and not used. It says so at its top until `ends_on`, or until it is lifted
    where that is empty."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="restrictions")
    reason = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    set_by = SchoolKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"], condition=Q(ends_on__isnull=True), name="one_open_restriction"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="restriction_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="restriction_by_pupil")]
        ordering = ["-starts_on", "-id"]

    def __str__(self):
        return f"restriction {self.pk}"
