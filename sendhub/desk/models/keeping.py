"""How long what is kept, what must not go, what two people said may go, and what is left when it has gone."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models import Pupil
from sendhub.rules.retention import RECORD_TYPES, Action, Anchor
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import Membership

TYPES = [(each.key, each.title) for each in RECORD_TYPES]
ANCHORS = [
    (Anchor.BIRTH.value, "Date of birth"),
    (Anchor.LEFT.value, "Last day here"),
    (Anchor.SENT.value, "The day on which the file went to the next school"),
]
ACTIONS = [(Action.REVIEW.value, "Look at it"), (Action.REMOVE.value, "Propose that it goes")]


@pghistory.track()
class RetentionRule(SchoolModel):
    """A school's own number in place of the default (rules.retention), with why. Without a row the default holds."""

    record_type = models.CharField(max_length=20, choices=TYPES)
    anchor = models.CharField(max_length=5, choices=ANCHORS)
    years = models.PositiveSmallIntegerField()
    action = models.CharField(max_length=6, choices=ACTIONS)
    reason = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "record_type"], name="one_rule_a_type"),
            models.CheckConstraint(condition=Q(years__gte=1, years__lte=100), name="rule_years"),
        ]

    def __str__(self):
        return f"retention rule {self.pk}"


class HoldQuerySet(models.QuerySet):
    def open(self):
        return self.filter(lifted_on__isnull=True)


@pghistory.track()
class LegalHold(SchoolModel):
    """A claim, an inquiry or a complaint: until it is lifted nothing of this pupil goes."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="holds")
    reason = models.CharField(max_length=200)
    set_by = SchoolKey(Membership, models.PROTECT, related_name="+")
    set_on = models.DateField()
    lifted_by = SchoolKey(Membership, models.PROTECT, null=True, related_name="+")
    lifted_on = models.DateField(null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"], condition=Q(lifted_on__isnull=True), name="one_open_hold"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True, lifted_by__isnull=True)
                | Q(lifted_on__gte=F("set_on"), lifted_by__isnull=False),
                name="hold_lifted_by",
            ),
        ]
        ordering = ["set_on", "id"]

    def __str__(self):
        return f"hold {self.pk}"


class RemovalQuerySet(models.QuerySet):
    def open(self):
        return self.filter(withdrawn_on__isnull=True)

    def approved(self):
        return self.open().filter(second_by__isnull=False)


@pghistory.track()
class Removal(SchoolModel):
    """One pupil's whole record is to go: who said so first, and who said so too. Afterwards this is gone as well."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="removals")
    record_type = models.CharField(max_length=20, choices=TYPES)
    why = models.CharField(max_length=200)
    first_by = SchoolKey(Membership, models.PROTECT, related_name="+")
    first_on = models.DateField()
    second_by = SchoolKey(Membership, models.PROTECT, null=True, related_name="+")
    second_on = models.DateField(null=True)
    withdrawn_by = SchoolKey(Membership, models.PROTECT, null=True, related_name="+")
    withdrawn_on = models.DateField(null=True)

    objects = RemovalQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil"], condition=Q(withdrawn_on__isnull=True), name="one_open_removal"
            ),
            models.CheckConstraint(
                condition=Q(second_by__isnull=True, second_on__isnull=True)
                | (Q(second_by__isnull=False, second_on__isnull=False) & ~Q(second_by=F("first_by"))),
                name="removal_by_two_people",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_by__isnull=True, withdrawn_on__isnull=True)
                | Q(withdrawn_by__isnull=False, withdrawn_on__isnull=False),
                name="removal_withdrawn_by",
            ),
        ]
        ordering = ["first_on", "id"]

    def __str__(self):
        return f"removal {self.pk}"


@pghistory.track()
class Tombstone(SchoolModel):
    """That something was removed, and by whose word; not whose it was. `first` and `second` are actors' keys."""

    key = models.CharField(max_length=32)  # at random, and the same in the ledger
    made_on = models.DateField()
    record_type = models.CharField(max_length=20, choices=TYPES)
    rule = models.CharField(max_length=200)
    first = models.CharField(max_length=60)
    second = models.CharField(max_length=60)
    counts = models.JSONField(default=dict)  # {table: rows}; no ids

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "key"], name="tombstone_key")]
        ordering = ["-made_on", "-id"]

    def __str__(self):
        return f"tombstone {self.pk}"
