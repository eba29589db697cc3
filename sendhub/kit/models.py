"""Tables that every screen uses: jobs, operations, drafts, links without an account, saved views.

What they are for is in jobs.py, operations.py, drafts.py, links.py and saved_views.py; their writes are in actions/.
"""

import datetime as dt

import pghistory
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from sendhub.tenancy import SchoolKey, SchoolModel

DRAFT_DAYS = 14


class Job(SchoolModel):
    """Work too long for a request: an export, an import, a pack. The row is the work; the queue is only a bell.

    Not tracked by pghistory: a progress counter, not a domain record. What the work itself writes is tracked.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "Waiting"
        RUNNING = "running", "Working"
        DONE = "done", "Done"
        FAILED = "failed", "Failed"
        CANCELLED = "cancelled", "Cancelled"

    kind = models.CharField(max_length=60)
    title = models.CharField(max_length=120)
    params = models.JSONField(default=dict)  # ids and choices, never text about a child
    form_id = models.UUIDField()  # made with the form, so that a double click starts one job
    state = models.CharField(max_length=9, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    of = models.PositiveIntegerField(default=0)
    sentence = models.CharField(max_length=200, blank=True)
    cancel_asked = models.BooleanField(default=False)
    attempts = models.PositiveSmallIntegerField(default=0)
    by = models.CharField(max_length=60)  # an actor's key: "user:12"
    member = SchoolKey("staff.Membership", models.PROTECT, null=True, related_name="+")  # None: the system's own
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)
    file = models.CharField(max_length=100, blank=True)  # random name under FILES_DIR/jobs
    file_name = models.CharField(max_length=120, blank=True)  # what the person's copy is called
    file_type = models.CharField(max_length=100, blank=True)
    expires_at = models.DateTimeField(null=True)  # the file goes then

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "form_id"], name="one_job_a_form"),
            models.CheckConstraint(condition=~Q(state="running") | Q(heartbeat_at__isnull=False), name="job_heart"),
            models.CheckConstraint(condition=Q(file="") | Q(expires_at__isnull=False), name="job_file_expires"),
        ]
        indexes = [models.Index(fields=["school", "by", "-created_at"], name="job_by_actor")]

    def __str__(self):
        return f"job {self.pk}"

    def get_absolute_url(self):
        return reverse("kit:job-show", args=[self.pk])

    @property
    def finished(self):
        return self.state not in {self.State.WAITING, self.State.RUNNING}


class JobDue(models.Model):
    """When to look at a job again: to resume it after a killed worker, or to remove its file. Global and without
    personal data, outside row security, for the same reason as OutboxDue."""

    school_id = models.IntegerField()
    job_id = models.BigIntegerField()
    next_look = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_id", "job_id"], name="job_due_once")]


@pghistory.track()
class Operation(SchoolModel):
    """Many writes that somebody made in one go and may take back in one go: an import, moves of many, a merge.

    Which rows it wrote is not listed here: each of their history rows carries the operation's number in its context.
    """

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)  # "12 pupils on to SEN Support": counts, never a name
    by = models.CharField(max_length=60)  # an actor's key
    at = models.DateTimeField(auto_now_add=True)
    undo_until = models.DateTimeField()
    undone_at = models.DateTimeField(null=True)
    undone_by = models.CharField(max_length=60, blank=True)
    kept = models.JSONField(
        default=list
    )  # what somebody had changed since, and was therefore not undone: ids and words

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_by="") | (Q(undone_at__isnull=False) & ~Q(undone_by="")),
                name="operation_undone_by",
            )
        ]
        indexes = [models.Index(fields=["school", "-at"], name="operation_by_time")]
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"operation {self.pk}"

    def get_absolute_url(self):
        return reverse("kit:operation-show", args=[self.pk])


class Draft(SchoolModel):
    """What someone has typed and not sent yet: one row a person, form and object.

    It holds free text, so it is never tracked by pghistory (history would keep what the person threw away), never
    shown to anyone but its writer, and goes on submit or after fourteen days.
    """

    member = SchoolKey("staff.Membership", models.CASCADE, related_name="drafts")
    form = models.CharField(max_length=60)
    object_id = models.BigIntegerField(default=0)  # 0: the form makes a new thing
    data = models.JSONField(default=dict)  # field name -> list of texts, as a form posts them
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "member", "form", "object_id"], name="one_draft_a_form")
        ]
        ordering = ["-saved_at"]

    def __str__(self):
        return f"draft {self.pk}"

    @property
    def expires_at(self):
        return self.saved_at + dt.timedelta(days=DRAFT_DAYS)


@pghistory.track()
class Link(SchoolModel):
    """A door for someone without an account: one purpose, one subject, one recipient. Only the token's hash is kept."""

    purpose = models.CharField(max_length=40)
    subject_id = models.BigIntegerField()
    recipient = models.CharField(max_length=254)  # an address, or "contact:12"
    token_hash = models.CharField(max_length=64)
    max_submits = models.PositiveSmallIntegerField(default=1)
    submits = models.PositiveSmallIntegerField(default=0)
    created_by = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "token_hash"], name="link_token"),
            models.CheckConstraint(condition=Q(submits__lte=models.F("max_submits")), name="link_submits"),
            models.CheckConstraint(
                condition=Q(submits=0, submitted_at__isnull=True) | Q(submits__gt=0, submitted_at__isnull=False),
                name="link_submitted_at",
            ),
        ]
        indexes = [models.Index(fields=["school", "purpose", "subject_id"], name="link_by_subject")]

    def __str__(self):
        return f"link {self.pk}"

    @property
    def usable(self):
        return self.revoked_at is None and self.submits < self.max_submits and self.expires_at > timezone.now()


@pghistory.track()
class SavedView(SchoolModel):
    """A list's filters under a name: its owner's own, or shared with the school."""

    name = models.CharField(max_length=60)
    page = models.CharField(max_length=60)  # a route's name: "pupils:pupil-list"
    query = models.CharField(max_length=1000, blank=True)
    owner = SchoolKey("staff.Membership", models.CASCADE, related_name="saved_views")
    shared = models.BooleanField(default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "owner", "page", "name"], name="one_view_a_name"),
        ]
        ordering = ["name", "id"]

    def __str__(self):
        return f"saved view {self.pk}"
