"""What adults write about a pupil, and what the pupil says: notes, the child's own words, what they are good at."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember

WITHDRAWN_BY = Q(withdrawn_on__isnull=True, withdrawn_by__isnull=True) | Q(
    withdrawn_on__isnull=False, withdrawn_by__isnull=False
)


class WrittenQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_on=None)


@pghistory.track()
class Note(SchoolModel):
    """A talk, a meeting, something seen. A restricted one is there only for whoever may read restricted notes, and its
    words stand on no page before they have pressed Show (pupils.queries.notes). Withdrawn, never deleted."""

    class Kind(models.TextChoices):
        FAMILY = "family", "A talk with the family"
        PROFESSIONAL = "professional", "A talk with a professional"
        OBSERVATION = "observation", "Observation"
        MEETING = "meeting", "Meeting"
        PHONE = "phone", "Phone call"
        OTHER = "other", "Other"

    LONGEST = 20_000

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="notes")
    kind = models.CharField(max_length=12, choices=Kind)
    on = models.DateField("day it is about")
    text = models.TextField(max_length=LONGEST)
    restricted = models.BooleanField(default=False)
    pinned = models.BooleanField(default=False)
    author = SchoolKey("staff.Membership", models.PROTECT, related_name="+")
    written_at = models.DateTimeField(auto_now_add=True)
    withdrawn_on = models.DateField("withdrawn", null=True, blank=True)
    withdrawn_by = SchoolKey("staff.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = WrittenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=WITHDRAWN_BY, name="note_withdrawn_by"),
            models.CheckConstraint(condition=~Q(text=""), name="note_has_words"),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-on"], name="note_by_pupil")]
        ordering = ["-pinned", "-on", "-id"]

    def __str__(self):
        return f"note {self.pk}"


@pghistory.track()
class PupilVoice(SchoolModel):
    """What the child said, wrote or drew, in their own words, and until when it is known to be true still."""

    class How(models.TextChoices):
        SAID = "said", "Said"
        WRITTEN = "written", "Written"
        DRAWN = "drawn", "Drawn"
        SYMBOLS = "symbols", "With symbols or signs"
        HELPED = "helped", "With an adult’s help"

    LONGEST = 2_000

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="voices")
    words = models.TextField(max_length=LONGEST, blank=True)  # a drawing may have none
    said_on = models.DateField("day it was said")
    how = models.CharField(max_length=7, choices=How)
    taken_by = SchoolKey(StaffMember, models.PROTECT, related_name="+")
    still_true_on = models.DateField("still true on")
    withdrawn_on = models.DateField("withdrawn", null=True, blank=True)
    withdrawn_by = SchoolKey("staff.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    version = models.PositiveIntegerField(default=1)

    objects = WrittenQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=WITHDRAWN_BY, name="voice_withdrawn_by"),
            models.CheckConstraint(condition=Q(still_true_on__gte=F("said_on")), name="voice_dates"),
            models.CheckConstraint(condition=~Q(words="") | Q(how__in=["drawn", "symbols"]), name="voice_has_words"),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-said_on"], name="voice_by_pupil")]
        ordering = ["-said_on", "-id"]

    def __str__(self):
        return f"voice {self.pk}"


@pghistory.track()
class AboutMe(SchoolModel):
    """What the pupil is good at and what matters to them, as short lines: what stands before any need."""

    MOST_LINES, LONGEST_LINE = 5, 90

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="about_me")
    strengths = models.TextField("good at", max_length=600, blank=True)
    matters = models.TextField("what matters", max_length=600, blank=True)
    checked_on = models.DateField("asked on")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "pupil"], name="one_about_me")]

    def __str__(self):
        return f"about {self.pk}"

    @property
    def good_at(self):
        return self.strengths.splitlines()

    @property
    def what_matters(self):
        return self.matters.splitlines()
