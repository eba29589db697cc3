"""The people around a pupil: family, the groups they sit in, and the adults who look after them at school."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember, TeachingGroup


@pghistory.track()
class Contact(SchoolModel):
    """A parent, carer or other adult in a pupil's life."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="contacts")
    priority = models.PositiveSmallIntegerField(default=1)
    title = models.CharField(max_length=20, blank=True)
    forename = models.CharField(max_length=80)
    surname = models.CharField(max_length=80)
    relationship = models.CharField(max_length=40, blank=True)
    parental_responsibility = models.BooleanField(null=True)
    court_order = models.CharField(max_length=200, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=30, blank=True)
    language = models.CharField(max_length=40, blank=True)
    interpreter = models.BooleanField("needs an interpreter", null=True)

    class Meta:
        indexes = [models.Index(fields=["school", "pupil"], name="contact_by_pupil")]
        ordering = ["priority", "id"]

    def __str__(self):
        return f"contact {self.pk}"

    @property
    def name(self):
        return " ".join(part for part in (self.title, self.forename, self.surname) if part)


class OpenEndedQuerySet(models.QuerySet):
    def on(self, day):
        """Rows that hold on a day; an empty start means from the beginning."""
        return self.filter(
            Q(ends_on__isnull=True) | Q(ends_on__gte=day), Q(starts_on__isnull=True) | Q(starts_on__lte=day)
        )


@pghistory.track()
class GroupPupil(SchoolModel):
    """A pupil's place in a class, form or year group."""

    group = SchoolKey(TeachingGroup, models.CASCADE, related_name="pupil_places")
    pupil = SchoolKey(Pupil, models.CASCADE, related_name="group_places")
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)

    objects = OpenEndedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "group", "pupil"], condition=Q(ends_on__isnull=True), name="one_open_place"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="place_dates",
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="place_by_pupil")]


@pghistory.track()
class PupilAdult(SchoolModel):
    """An adult with a named part in this pupil's day."""

    class Part(models.TextChoices):
        KEY_ADULT = "key_adult", "Key adult"
        TA = "ta", "Teaching assistant"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="adults")
    staff = SchoolKey(StaffMember, models.CASCADE, related_name="pupil_ties")
    part = models.CharField(max_length=10, choices=Part)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "pupil", "staff", "part"], condition=Q(ends_on__isnull=True), name="one_open_adult"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="adult_dates"
            ),
        ]
        indexes = [
            models.Index(fields=["school", "staff"], name="adult_by_staff"),
            models.Index(fields=["school", "pupil"], name="adult_by_pupil"),
        ]
        ordering = ["part", "starts_on", "id"]
