"""Access arrangements for examinations and tests, and the proof all through the year that they are usual."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.rules.arrangements import Approval, Scheme
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember

APPROVALS = [
    (Approval.DELEGATED.value, "By the school itself"),
    (Approval.ONLINE.value, "By online application"),
    (Approval.AWARDING_BODY.value, "By the awarding body"),
]
SCHEMES = [
    (Scheme.JCQ.value, "JCQ (GCSE, A level)"),
    (Scheme.STA.value, "STA (key stage 2)"),
    (Scheme.INTERNAL.value, "School’s own"),
]


@pghistory.track()
class ArrangementKind(SchoolModel):
    """One line of the school's own list of arrangements. While a school has none, the usual list stands (rules)."""

    name = models.CharField(max_length=80)
    approval = models.CharField(max_length=13, choices=APPROVALS)
    ends_on = models.DateField("no longer offered after", null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="arrangement_kind_name")]
        ordering = ["name"]


@pghistory.track()
class AccessArrangement(SchoolModel):
    """One arrangement of one pupil. Name and approval stand as they were chosen, whatever the list says later.

    `expires_on` is the day that the approval itself names; without one it is counted by the rules."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="arrangements")
    scheme = models.CharField(max_length=8, choices=SCHEMES)
    name = models.CharField("arrangement", max_length=80)
    approval = models.CharField(max_length=13, choices=APPROVALS)
    evidence = models.CharField(max_length=300, blank=True)
    evidence_on = models.DateField("evidence of", null=True, blank=True)
    evidence_by = models.CharField("evidence by", max_length=120, blank=True)
    starts_on = models.DateField()
    applied_on = models.DateField(null=True, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    expires_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField("withdrawn after", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="arrangement_dates"
            ),
            models.CheckConstraint(
                condition=Q(approved_on__isnull=True)
                | Q(applied_on__isnull=True)
                | Q(approved_on__gte=F("applied_on")),
                name="arrangement_applied_first",
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True)
                | (Q(approved_on__isnull=False) & Q(expires_on__gte=F("approved_on"))),
                name="arrangement_expires_after",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="arrangement_by_pupil")]
        ordering = ["starts_on", "id"]


@pghistory.track()
class ArrangementUse(SchoolModel):
    """A teacher has said that the arrangement is used in their lessons."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="arrangement_uses")
    arrangement = SchoolKey(AccessArrangement, models.CASCADE, related_name="uses")
    staff = SchoolKey(StaffMember, models.CASCADE, related_name="arrangement_uses")
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "arrangement", "staff", "said_on"], name="one_use_a_day")
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="arrangement_use_by_pupil")]
        ordering = ["said_on", "id"]
