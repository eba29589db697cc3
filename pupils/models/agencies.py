"""Agencies and professionals outside school: the school's directory, whom they work with, and each contact."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from pupils.models.register import DatedQuerySet
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models import StaffMember


@pghistory.track()
class Agency(SchoolModel):
    """A service outside school, such as speech and language therapy. No pupil is in it."""

    name = models.CharField(max_length=120)
    does = models.CharField("what they do", max_length=200, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    ends_on = models.DateField("no longer used after", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "name"], name="agency_name")]
        ordering = ["name", "id"]

    def __str__(self):
        return f"agency {self.pk}"


@pghistory.track()
class Professional(SchoolModel):
    """Somebody who works for an agency."""

    agency = SchoolKey(Agency, models.CASCADE, related_name="professionals")
    name = models.CharField(max_length=120)
    job = models.CharField("job title", max_length=80, blank=True)
    phone = models.CharField(max_length=30, blank=True)
    email = models.EmailField(blank=True)
    ends_on = models.DateField("no longer there after", null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["name", "id"]

    def __str__(self):
        return f"professional {self.pk}"


@pghistory.track()
class AgencyTie(SchoolModel):
    """An agency, or one of its people, works with a pupil on something."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="agency_ties")
    agency = SchoolKey(Agency, models.PROTECT, related_name="ties")
    professional = SchoolKey(Professional, models.PROTECT, null=True, blank=True, related_name="ties")
    about = models.CharField("what they work on", max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    objects = DatedQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")), name="agency_tie_dates"
            ),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="agency_tie_by_pupil")]
        ordering = ["starts_on", "id"]

    @property
    def who(self):
        """The agency or its professional, as a form chooses one of them."""
        return f"p{self.professional_id}" if self.professional_id else f"a{self.agency_id}"


@pghistory.track()
class AgencyContact(SchoolModel):
    """One call, letter, visit or meeting with an agency about a pupil."""

    class How(models.TextChoices):
        PHONE = "phone", "By phone"
        EMAIL = "email", "By e-mail"
        MEETING = "meeting", "At a meeting"
        VISIT = "visit", "On a visit"
        LETTER = "letter", "By letter"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="agency_contacts")
    tie = SchoolKey(AgencyTie, models.CASCADE, related_name="contacts")
    on = models.DateField("day")
    staff = SchoolKey(StaffMember, models.PROTECT, related_name="+")
    how = models.CharField(max_length=7, choices=How)
    about = models.CharField("what about", max_length=200)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        indexes = [models.Index(fields=["school", "pupil", "-on"], name="agency_contact_by_pupil")]
        ordering = ["-on", "-id"]
