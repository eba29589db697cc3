"""What an adult noticed about a pupil, and what came of it: the concern as it stands, and each step that it took.

Nothing here is about safety: that is told to the safeguarding lead, and their system keeps it.
"""

import pghistory
from django.db import models
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from pupils.models.people import GroupPupil
from pupils.models.pupil import Pupil
from sendhub.access import Permission, Scope
from sendhub.rules import concerns as rules
from sendhub.rules.disclosure import initials
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import GroupStaff, Membership

FIRST_LOOK = (GroupStaff.Part.TUTORS, GroupStaff.Part.LEADS)


class Stage(models.TextChoices):
    """As in sendhub.rules.concerns, with the words of the screen."""

    NEW = "new", "Waits for a first look"
    WATCH = "watch", "Being watched"
    FAMILY = "family", "Somebody talks to the family"
    SENDCO = "sendco", "With the SENDCO"
    STEP = "step", "A step beside or on the register"
    CLOSED = "closed", "No more needed"
    WITHDRAWN = "withdrawn", "Taken back"


class ConcernQuerySet(models.QuerySet):
    def open(self):
        return self.filter(stage__in=rules.OPEN)

    def looked_at_by(self, member, on=None):
        """Those of which this member decides: of every pupil, or of the pupils of the form or year that they tutor or
        lead today."""
        mine = self.filter(school_id=member.school_id)
        if member.ended_at is not None or not member.can(Permission.CONCERN_TRIAGE):
            return mine.none()
        wide = member.throughout()
        if wide.can(Permission.CONCERN_TRIAGE) and wide.scope == Scope.ALL:
            return mine
        day = on or timezone.localdate()
        if not member.works_here(day):
            return mine.none()
        ties = GroupStaff.objects.on(day).filter(
            school_id=member.school_id, staff_id=member.staff_id, part__in=FIRST_LOOK
        )
        places = GroupPupil.objects.on(day).filter(
            school_id=member.school_id, pupil_id=OuterRef("pupil_id"), group__in=ties.values("group")
        )
        here = Q(pupil__left_on__isnull=True, pupil__merged_into__isnull=True)
        return mine.filter(here, Exists(places), pupil__isnull=False)

    def visible_to(self, member, on=None):
        """Those that they decide of, and those that they raised themselves."""
        if member.ended_at is not None:
            return self.none()
        own = Q(school_id=member.school_id, raised_by_id=member.pk)
        return self.filter(Q(pk__in=self.model.objects.looked_at_by(member, on).values("pk")) | own)


@pghistory.track()
class Concern(SchoolModel):
    """`pupil` is empty while nobody has said whom the raiser means: `named` holds what they typed. `stage` and `since`
    repeat the last step, for the lists of what waits."""

    class About(models.TextChoices):
        LEARNING = "learning", "Learning"
        TALKING = "talking", "Talking and understanding"
        FEELINGS = "feelings", "Feelings or behaviour"
        SENSES = "senses", "Senses or body"
        ATTENDANCE = "attendance", "Coming to school"
        ELSE = "else", "Something else"

    pupil = SchoolKey(Pupil, models.CASCADE, null=True, blank=True, related_name="concerns")
    named = models.CharField("name as typed", max_length=120, blank=True)
    named_form = models.CharField("form as typed", max_length=20, blank=True)
    about = models.CharField(max_length=10, choices=About)
    words = models.TextField(max_length=600, blank=True)
    raised_by = SchoolKey(Membership, models.PROTECT, related_name="+")
    raised_on = models.DateField()
    stage = models.CharField(max_length=9, choices=Stage, default=Stage.NEW)
    since = models.DateField()
    look_on = models.DateField("look again on", null=True, blank=True)
    form_id = models.UUIDField(editable=False)  # a double click makes one
    version = models.PositiveIntegerField(default=1)

    objects = ConcernQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "form_id"], name="concern_once"),
            models.CheckConstraint(condition=Q(pupil__isnull=False) | ~Q(named=""), name="concern_about_somebody"),
            models.CheckConstraint(
                condition=Q(stage="watch", look_on__isnull=False) | (~Q(stage="watch") & Q(look_on__isnull=True)),
                name="concern_watched_until",
            ),
            models.CheckConstraint(condition=Q(since__gte=F("raised_on")), name="concern_dates"),
        ]
        indexes = [
            models.Index(fields=["school", "pupil"], name="concern_by_pupil"),
            models.Index(fields=["school", "stage"], name="concern_by_stage"),
            models.Index(fields=["school", "raised_by"], name="concern_by_raiser"),
        ]
        ordering = ["raised_on", "id"]

    def __str__(self):
        return f"concern {self.pk}"

    def get_absolute_url(self):
        return reverse("pupils:concern-show", args=[self.pk])

    @property
    def initials(self):
        return self.pupil.initials if self.pupil_id else initials(self.named)


@pghistory.track()
class ConcernStep(SchoolModel):
    """One move of a concern: from where to where, by whom, and what they said to it."""

    concern = SchoolKey(Concern, models.CASCADE, related_name="steps")
    pupil = SchoolKey(Pupil, models.CASCADE, null=True, blank=True, related_name="+")
    before = models.CharField(max_length=9, choices=Stage)
    after = models.CharField(max_length=9, choices=Stage)
    on = models.DateField()
    words = models.CharField(max_length=300, blank=True)
    look_on = models.DateField("look again on", null=True, blank=True)
    taken_by = SchoolKey(Membership, models.PROTECT, related_name="+")

    class Meta:
        indexes = [
            models.Index(fields=["school", "concern"], name="step_by_concern"),
            models.Index(fields=["school", "pupil"], name="step_by_pupil"),
        ]
        ordering = ["on", "id"]
