"""Risk plans: what may happen, what we do, and which adults have read it."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


@pghistory.track()
class RiskPlan(SchoolModel):
    """`edition` goes up when the words change, so that everybody reads them again; a new review day alone does not."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="risk_plans")
    may_happen = models.TextField("what may happen", max_length=1000)
    we_do = models.TextField("what we do", max_length=2000)
    who = models.CharField("who does it", max_length=300)
    starts_on = models.DateField("made on")
    review_on = models.DateField("to be looked at again on")
    edition = models.PositiveSmallIntegerField(default=1)
    edition_on = models.DateField("words last changed on")
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    WORDS = ("may_happen", "we_do", "who")  # a change of these is to be read again

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="risk_plan_dates"
            ),
            models.CheckConstraint(condition=Q(review_on__gte=F("starts_on")), name="risk_plan_review"),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="risk_plan_by_pupil")]
        ordering = ["starts_on", "id"]


@pghistory.track()
class RiskReading(SchoolModel):
    """An adult has read one edition of a risk plan."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="risk_readings")
    plan = SchoolKey(RiskPlan, models.CASCADE, related_name="readings")
    staff = SchoolKey(StaffMember, models.CASCADE, related_name="risk_readings")
    edition = models.PositiveSmallIntegerField()
    read_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "plan", "staff", "edition"], name="one_reading_an_edition")
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="risk_reading_by_pupil")]
        ordering = ["read_on", "id"]
