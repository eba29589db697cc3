"""The file that goes with a pupil to the next school."""

import pghistory
from django.db import models
from django.db.models import Q

from pupils.models import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import Membership


@pghistory.track()
class LeavingFile(SchoolModel):
    """What was chosen to go, and when, to whom and how it went. The file itself is a job's, kept for a day."""

    class How(models.TextChoices):
        S2S = "s2s", "School to School (S2S)"
        MAIL = "mail", "Secure e-mail"
        POST = "post", "Tracked post"
        HAND = "hand", "By hand, with a receipt"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="leaving_files")
    parts = models.JSONField(default=list)  # names of tables
    with_restricted = models.BooleanField(default=False)
    chosen_by = SchoolKey(Membership, models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    sent_on = models.DateField(null=True, blank=True)
    sent_to = models.CharField(max_length=120, blank=True)
    sent_how = models.CharField(max_length=4, choices=How, blank=True)
    sent_by = SchoolKey(Membership, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(sent_on__isnull=True, sent_to="", sent_how="", sent_by__isnull=True)
                | (Q(sent_on__isnull=False, sent_by__isnull=False) & ~Q(sent_to="") & ~Q(sent_how="")),
                name="leaving_file_sent",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="leaving_by_pupil")]
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"leaving file {self.pk}"
