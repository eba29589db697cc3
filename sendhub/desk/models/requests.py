"""Somebody asks for all that is kept on one child, and what in it a person has to look at before it leaves."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from pupils.models import Contact, Pupil
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import Membership


class AccessRequestQuerySet(models.QuerySet):
    def open(self):
        return self.filter(answered_on__isnull=True, withdrawn_on__isnull=True)


@pghistory.track()
class AccessRequest(SchoolModel):
    """One request. Only what happened is kept; the days by which it is answered are worked out (rules.data_rights)."""

    class Who(models.TextChoices):
        PARENT = "parent", "A parent or carer with parental responsibility"
        PUPIL = "pupil", "The pupil, 12 or older and able to ask"
        YOUNG = "young", "The young person, 16 or older, with a plan"
        OTHER = "other", "Someone else who acts for them"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="access_requests")
    who = models.CharField(max_length=6, choices=Who)
    contact = SchoolKey(Contact, models.PROTECT, null=True, blank=True, related_name="+")  # the parent who asks
    asked_by = models.CharField(max_length=120, blank=True)  # the name of anybody else
    asked_on = models.DateField()
    wants_record = models.BooleanField(default=False)  # the educational record, of a maintained school
    settled_on = models.DateField(null=True, blank=True)  # we knew who asks, and that they may
    settled_how = models.CharField(max_length=200, blank=True)
    paused_from = models.DateField(null=True, blank=True)
    paused_until = models.DateField(null=True, blank=True)
    extended_on = models.DateField(null=True, blank=True)
    extended_why = models.CharField(max_length=200, blank=True)
    archived_at = models.DateTimeField(null=True)  # the archive was made, with every tick
    answered_on = models.DateField(null=True, blank=True)
    answered_how = models.CharField(max_length=200, blank=True)
    withdrawn_on = models.DateField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = AccessRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on__isnull=True, settled_how="")
                | (Q(settled_on__isnull=False) & ~Q(settled_how="")),
                name="request_settled_how",
            ),
            models.CheckConstraint(
                condition=Q(paused_until__isnull=True)
                | Q(paused_from__isnull=False, paused_until__gte=F("paused_from")),
                name="request_pause_dates",
            ),
            models.CheckConstraint(
                condition=Q(extended_on__isnull=True, extended_why="")
                | (Q(extended_on__isnull=False) & ~Q(extended_why="")),
                name="request_extended_why",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True, answered_how="")
                | (Q(answered_on__isnull=False, settled_on__isnull=False) & ~Q(answered_how="")),
                name="request_answered_how",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_on__isnull=True, withdrawn_why="")
                | (Q(withdrawn_on__isnull=False, answered_on__isnull=True) & ~Q(withdrawn_why="")),
                name="request_withdrawn_why",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="request_by_pupil")]
        ordering = ["asked_on", "id"]

    def __str__(self):
        return f"request {self.pk}"

    def get_absolute_url(self):
        return reverse("rights:request-show", args=[self.pk])

    @property
    def open(self):
        return self.answered_on is None and self.withdrawn_on is None

    @property
    def asker(self):
        """The name of who asks; the pupil's own when they ask themselves."""
        if self.contact_id:
            return self.contact.name
        return self.pupil.name if self.who in {self.Who.PUPIL, self.Who.YOUNG} else self.asked_by


@pghistory.track()
class AccessTick(SchoolModel):
    """A named person looked at one thing before it leaves, and decided: given, blacked out or left out.

    It holds no text: `table`, `row` and `column` say where it stands, `digest` which words were looked at. Words that
    have changed since have no tick. An empty column means what the row says of another person, as a whole.
    """

    class Decision(models.TextChoices):
        GIVE = "give", "Give it"
        BLACK_OUT = "black_out", "Black out names"
        LEAVE_OUT = "leave_out", "Leave it out"

    request = SchoolKey(AccessRequest, models.CASCADE, related_name="ticks")
    table = models.CharField(max_length=60)
    row = models.BigIntegerField()
    column = models.CharField(max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    decision = models.CharField(max_length=9, choices=Decision)
    reason = models.CharField(max_length=200, blank=True)
    decided_by = SchoolKey(Membership, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "request", "table", "row", "column", "digest"], name="one_tick_a_place"
            ),
            models.CheckConstraint(condition=Q(decision="give") | ~Q(reason=""), name="tick_withheld_with_reason"),
        ]
        ordering = ["id"]

    def __str__(self):
        return f"tick {self.pk}"
