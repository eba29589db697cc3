"""Time that a pupil is not in school as others are: suspended, on a reduced timetable, or learning somewhere else.

Rows hold what happened and what was agreed; how many days that makes and what is lacking is counted (`rules`).
Nothing is deleted: what was put down by mistake is withdrawn and counts no more.
"""

from decimal import Decimal

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.rules.elsewhere import Elsewhere, Reduced
from sendhub.rules.suspensions import REASONS, Suspended
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


class StandingQuerySet(models.QuerySet):
    def standing(self):
        """Those that were not put down by mistake."""
        return self.filter(withdrawn_on__isnull=True)


@pghistory.track()
class Suspension(SchoolModel):
    """A suspension of so many school days, of lunchtimes, or a permanent exclusion (School Discipline (Pupil
    Exclusions and Reviews) (England) Regulations 2012), with its reasons and who was told of it on which day."""

    class Kind(models.TextChoices):
        DAYS = "days", "Suspended for days"
        LUNCHTIMES = "lunchtimes", "Suspended for lunchtimes"
        PERMANENT = "permanent", "Permanently excluded"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="suspensions")
    kind = models.CharField(max_length=10, choices=Kind)
    starts_on = models.DateField()
    days = models.DecimalField(
        max_digits=4, decimal_places=1, null=True, blank=True
    )  # school days, a lunchtime is half
    reasons = models.CharField(max_length=8)  # codes of rules.suspensions, up to three, with spaces between
    family_on = models.DateField("family told", null=True, blank=True)
    council_on = models.DateField("council told", null=True, blank=True)
    social_worker_on = models.DateField("social worker told", null=True, blank=True)
    virtual_head_on = models.DateField("virtual school head told", null=True, blank=True)
    taught_from = models.DateField("taught from", null=True, blank=True)
    governors_on = models.DateField("governors looked at it", null=True, blank=True)
    cancelled_on = models.DateField("taken back by the head", null=True, blank=True)  # days before it still count
    withdrawn_on = models.DateField("put down by mistake", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandingQuerySet.as_manager()

    # Only of a child in care or with a social worker, so not shown without the permission for circumstances.
    CIRCUMSTANCES = ("social_worker_on", "virtual_head_on")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="permanent", days__isnull=True) | (~Q(kind="permanent") & Q(days__gte=Decimal("0.5"))),
                name="suspension_has_days",
            ),
            models.CheckConstraint(condition=~Q(reasons=""), name="suspension_has_reason"),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | Q(cancelled_on__gte=F("starts_on")),
                name="suspension_cancelled_after",
            ),
        ]
        indexes = [
            models.Index(fields=["school", "pupil", "-starts_on"], name="suspension_by_pupil"),
            models.Index(fields=["school", "starts_on"], name="suspension_by_day"),
        ]
        ordering = ["-starts_on", "-id"]

    def __str__(self):
        return f"suspension {self.pk}"

    @property
    def fact(self):
        """As the rules count it."""
        return Suspended(self.starts_on, self.days, self.kind == self.Kind.LUNCHTIMES, self.cancelled_on)

    @property
    def reason_words(self):
        return [REASONS.get(code, code) for code in self.reasons.split()]


@pghistory.track()
class ReducedTimetable(SchoolModel):
    """Fewer hours in school than others for a short time, agreed with the family (attendance code C2)."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="reduced_timetables")
    hours = models.DecimalField("hours a week in school", max_digits=4, decimal_places=1)
    reason = models.CharField(max_length=300)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)  # the last day, as agreed
    review_on = models.DateField(null=True, blank=True)
    agreed_on = models.DateField("family agreed", null=True, blank=True)
    council_on = models.DateField("council told", null=True, blank=True)
    withdrawn_on = models.DateField("put down by mistake", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="timetable_dates"
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gte=F("starts_on")), name="timetable_review"
            ),
            models.CheckConstraint(condition=Q(hours__gte=0), name="timetable_hours"),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-starts_on"], name="timetable_by_pupil")]
        ordering = ["-starts_on", "-id"]

    def __str__(self):
        return f"reduced timetable {self.pk}"

    @property
    def fact(self):
        return Reduced(self.starts_on, self.ends_on, self.review_on, self.agreed_on, self.council_on)


@pghistory.track()
class Placement(SchoolModel):
    """Learning somewhere else for now: alternative provision, all week or on some days."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="placements")
    provider = models.CharField(max_length=120)
    reason = models.CharField(max_length=300)
    days = models.CharField("which days", max_length=80)
    attendance = models.CharField("how they tell us who came", max_length=200, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    check_on = models.DateField("safeguarding check seen", null=True, blank=True)
    check_by = SchoolKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_on = models.DateField("put down by mistake", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandingQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="placement_dates"
            ),
            models.CheckConstraint(
                condition=Q(review_on__isnull=True) | Q(review_on__gte=F("starts_on")), name="placement_review"
            ),
            models.CheckConstraint(
                condition=Q(check_on__isnull=True, check_by__isnull=True)
                | Q(check_on__isnull=False, check_by__isnull=False),
                name="placement_check_by",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil", "-starts_on"], name="placement_by_pupil")]
        ordering = ["-starts_on", "-id"]

    def __str__(self):
        return f"placement {self.pk}"

    def fact(self, visits):
        """As the rules look at it; `visits` are the days of its visits."""
        return Elsewhere(self.starts_on, self.ends_on, self.review_on, self.check_on, tuple(visits))


@pghistory.track()
class PlacementVisit(SchoolModel):
    """Somebody from school was where the pupil learns, and what they found."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="placement_visits")
    placement = SchoolKey(Placement, models.CASCADE, related_name="visits")
    visited_on = models.DateField()
    visited_by = SchoolKey(StaffMember, models.PROTECT, related_name="+")
    findings = models.CharField("what was found", max_length=1000)
    withdrawn_on = models.DateField("put down by mistake", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = StandingQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["school", "placement"], name="visit_by_placement"),
            models.Index(fields=["school", "pupil"], name="visit_by_pupil"),
        ]
        ordering = ["-visited_on", "-id"]

    def __str__(self):
        return f"visit {self.pk}"
