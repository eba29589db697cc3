"""What people teach and lead: classes, forms and years, each with dates. Whom they then see hangs on these rows."""

import pghistory
from django.db import models
from django.db.models import F, Q

from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models.people import StaffMember
from staff.models.year import SchoolYear


@pghistory.track()
class TeachingGroup(SchoolModel):
    """A class, a form or a year group in one school year."""

    class Kind(models.TextChoices):
        CLASS = "class", "Class"
        FORM = "form", "Form"
        YEAR = "year", "Year group"

    year = SchoolKey(SchoolYear, models.PROTECT, related_name="groups")
    kind = models.CharField(max_length=5, choices=Kind)
    name = models.CharField(max_length=40)  # "9C/En", "9C", "Year 9"
    subject = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "year", "kind", "name"], name="group_name")]
        ordering = ["name"]

    def __str__(self):
        return self.name


class GroupStaffQuerySet(models.QuerySet):
    def on(self, day):
        """Ties that count on this day: the group's year is open for its staff, and the tie itself is dated so."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day),
            Q(starts_on__isnull=True) | Q(starts_on__lte=day),
            group__year__groups_from__lte=day,
            group__year__groups_until__gte=day,
        )


@pghistory.track()
class GroupStaff(SchoolModel):
    """Who teaches or leads a group, from when until when (empty: as long as the group's year counts)."""

    class Part(models.TextChoices):
        TEACHES = "teaches", "teaches"
        TUTORS = "tutors", "is form tutor of"
        LEADS = "leads", "leads"
        SUPPORTS = "supports", "supports in"

    group = SchoolKey(TeachingGroup, models.CASCADE, related_name="staff_ties")
    staff = SchoolKey(StaffMember, models.CASCADE, related_name="group_ties")
    part = models.CharField(max_length=10, choices=Part, default=Part.TEACHES)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = GroupStaffQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "group", "staff", "part"], condition=Q(ends_on__isnull=True), name="one_open_tie"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="group_staff_dates",
            ),
        ]
        indexes = [models.Index(fields=["school", "staff"], name="group_staff_by_staff")]
