"""What went wrong with data, and who complained: the two logs that data protection law asks for."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pupils.models import Pupil
from sendhub.rules.data_rights import Risk
from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class Breach(SchoolModel):
    """Data that were lost, leaked or seen by the wrong person. `risk` empty: not judged yet, and the hours run."""

    RISKS = [
        (Risk.NONE.value, "No risk to anybody"),
        (Risk.RISK.value, "A risk to people"),
        (Risk.HIGH.value, "A high risk to people"),
    ]

    aware_at = models.DateTimeField()
    what = models.TextField(max_length=4000)
    kinds = models.CharField(max_length=200, blank=True)  # which data, whose
    people = models.PositiveIntegerField(null=True, blank=True)
    risk = models.CharField(max_length=4, choices=RISKS, blank=True)
    risk_why = models.TextField(max_length=2000, blank=True)
    ico_told_at = models.DateTimeField(null=True, blank=True)
    ico_reference = models.CharField(max_length=40, blank=True)
    late_why = models.CharField(max_length=200, blank=True)
    people_told_on = models.DateField(null=True, blank=True)
    people_told_how = models.CharField(max_length=200, blank=True)
    done = models.TextField(max_length=2000, blank=True)  # what was done, so that it does not happen again
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(risk="") | ~Q(risk_why=""), name="breach_risk_why"),
            models.CheckConstraint(
                condition=Q(ico_told_at__isnull=True) | Q(ico_told_at__gte=F("aware_at")), name="breach_told_after"
            ),
            models.CheckConstraint(condition=Q(closed_on__isnull=True) | ~Q(risk=""), name="breach_judged_to_close"),
        ]
        ordering = ["-aware_at", "-id"]

    def __str__(self):
        return f"breach {self.pk}"

    def get_absolute_url(self):
        return reverse("rights:breach-change", args=[self.pk])


@pghistory.track()
class Complaint(SchoolModel):
    """Somebody complains about how the school keeps or uses their data."""

    pupil = SchoolKey(Pupil, models.CASCADE, null=True, blank=True, related_name="complaints")
    received_on = models.DateField()
    who = models.CharField(max_length=120)
    about = models.TextField(max_length=4000)
    acknowledged_on = models.DateField(null=True, blank=True)
    answered_on = models.DateField(null=True, blank=True)
    outcome = models.TextField(max_length=2000, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(acknowledged_on__isnull=True) | Q(acknowledged_on__gte=F("received_on")),
                name="complaint_acknowledged_after",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, outcome="")
                | (Q(answered_on__isnull=False, answered_on__gte=F("received_on")) & ~Q(outcome="")),
                name="complaint_outcome",
            ),
        ]
        ordering = ["-received_on", "-id"]

    def __str__(self):
        return f"complaint {self.pk}"

    def get_absolute_url(self):
        return reverse("rights:complaint-change", args=[self.pk])
