"""Files that were brought in: the batch, what it would do row by row, and how a school's columns are called."""

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


@pghistory.track()
class ImportBatch(SchoolModel):
    """One file: uploaded, looked through, applied, perhaps undone. The file itself lies under FILES_DIR/imports until
    it is applied or fourteen days have gone, and leaves with its rows."""

    class State(models.TextChoices):
        UPLOADED = "uploaded", "Being read"
        READY = "ready", "Waits for you"
        APPLYING = "applying", "Being brought in"
        APPLIED = "applied", "Brought in"
        UNDONE = "undone", "Undone"
        DROPPED = "dropped", "Not brought in"

    kind = models.CharField(max_length=20, blank=True)  # the name of a staff.imports.columns.Kind
    file_name = models.CharField(max_length=120)  # as the person's own computer calls it
    file = models.CharField(max_length=100, blank=True)  # random name under FILES_DIR/imports
    digest = models.CharField(max_length=64)  # SHA-256 of the bytes
    state = models.CharField(max_length=8, choices=State, default=State.UPLOADED)
    columns = models.JSONField(default=list)  # [[header, field or ""]] as the file is read
    choices = models.JSONField(default=dict)  # whole_roll, take_names, take_blanks, taken_on
    counts = models.JSONField(default=dict)  # kind, rows, new, changed, unchanged, absent, in_doubt, failed
    notes = models.JSONField(default=list)  # [[sentence, [row numbers]]]; no rows: about the whole file
    member = SchoolKey("staff.Membership", models.PROTECT, null=True, related_name="+")  # None: by a command
    job = SchoolKey("kit.Job", models.SET_NULL, null=True, related_name="+")
    operation = SchoolKey("kit.Operation", models.SET_NULL, null=True, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "-created_at"], name="batch_by_time")]
        ordering = ["-created_at", "-id"]

    def __str__(self):
        return f"import {self.pk}"

    def get_absolute_url(self):
        return reverse("pupils:import-show", args=[self.pk])


class ImportLine(SchoolModel):
    """What becomes of one pupil, person or place in a batch, and how a doubt about it was settled.

    Not tracked: a working copy of the file that goes with it. What is applied is tracked where it lands.
    """

    class Decision(models.TextChoices):
        OPEN = "", "Not settled"
        SAME = "same", "The same"
        NEW = "new", "Somebody new"
        LEAVE = "leave", "Left out"
        LEFT = "left", "Has left the school"  # of an absent pupil

    batch = SchoolKey(ImportBatch, models.CASCADE, related_name="lines")
    row = models.PositiveIntegerField()  # as a spreadsheet counts, the header included
    state = models.CharField(max_length=9)  # staff.imports.plan.State, or "absent"
    pupil = SchoolKey(Pupil, models.CASCADE, null=True, related_name="+")  # whom it is, or may be, about
    staff = SchoolKey(StaffMember, models.CASCADE, null=True, related_name="+")
    name = models.CharField(max_length=200)
    place = models.CharField(max_length=80, blank=True)  # form, class or job title, to tell two of a name apart
    changes = models.JSONField(default=list)  # [[what, old, new]] in words
    words = models.CharField(max_length=300, blank=True)  # why it is in doubt or failed
    cells = models.JSONField(default=list)  # the row as the file has it, for doubts and failures
    decision = models.CharField(max_length=5, choices=Decision, blank=True, default=Decision.OPEN)
    last_day = models.DateField(null=True)  # of an absent pupil who has left

    class Meta:
        indexes = [models.Index(fields=["school", "batch", "state"], name="line_by_state")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(decision__in=["same", "left"]) | Q(pupil__isnull=False) | Q(staff__isnull=False),
                name="line_same_as_whom",
            ),
        ]
        ordering = ["row", "id"]

    def __str__(self):
        return f"import line {self.pk}"


@pghistory.track()
class ImportColumn(SchoolModel):
    """How this school's files call a column, as somebody corrected it once. An empty field: it is not read."""

    kind = models.CharField(max_length=20)
    header = models.CharField(max_length=120)  # squeezed (staff.imports.columns.squeeze)
    field = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind", "header"], name="one_meaning_a_header")]
