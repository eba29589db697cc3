"""The pupil's row, and the one filter that decides who may see it."""

import pghistory
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone

from pupils.words import year_words
from sendhub.access import Scope
from sendhub.rules.disclosure import initials
from sendhub.tenancy import SchoolKey, SchoolModel


class PupilQuerySet(models.QuerySet):
    def on_roll(self):
        return self.filter(left_on__isnull=True, merged_into__isnull=True)

    def on_roll_at(self, day):
        """Who was here on a day, for the register as at it. An unknown first day counts as before."""
        return self.filter(
            Q(left_on__isnull=True) | Q(left_on__gte=day),
            Q(joined_on__isnull=True) | Q(joined_on__lte=day),
            merged_into__isnull=True,
        )

    def visible_to(self, member, on=None):
        """The pupils that this member may see on a day (today). Feeds list, detail, find, export and task alike.

        Everyone in scope ALL; nobody in scope NONE; else those whom a dated relation links to them. A member whose
        place has ended sees nobody. A record that is part of another one is nobody's: its address leads to the other.
        """
        mine = self.filter(school_id=member.school_id, merged_into__isnull=True)
        if member.ended_at is not None or member.scope == Scope.NONE:
            return mine.none()
        if member.scope == Scope.ALL:
            return mine
        day = on or timezone.localdate()
        if not member.works_here(day):
            return mine.none()
        return mine.on_roll().filter(linked_to(member, day))


def linked_to(member, day):
    """The dated relations: a class, form or year that they teach or lead; key adult; teaching assistant."""
    from pupils.models.people import GroupPupil, PupilAdult

    in_group = GroupPupil.objects.on(day).filter(
        school_id=member.school_id,
        pupil_id=OuterRef("pk"),
        group__in=member.staff.group_ties.on(day).filter(school_id=member.school_id).values("group"),
    )
    as_adult = PupilAdult.objects.on(day).filter(
        school_id=member.school_id, staff_id=member.staff_id, pupil_id=OuterRef("pk")
    )
    return Exists(in_group) | Exists(as_adult)


@pghistory.track()
class Pupil(SchoolModel):
    """A child at the school, or one who was. A leaver is marked, never deleted."""

    class Sex(models.TextChoices):
        FEMALE = "F", "Female"
        MALE = "M", "Male"

    upn = models.CharField("unique pupil number", max_length=13, blank=True)
    former_upn = models.CharField("earlier pupil number", max_length=13, blank=True)
    mis_id = models.CharField("school number", max_length=20, blank=True)  # SIMS Adno and the like
    legal_forename = models.CharField(max_length=80)
    legal_surname = models.CharField(max_length=80)
    forename = models.CharField("name as spoken", max_length=80)
    surname = models.CharField(max_length=80)
    sort_name = models.CharField(max_length=180, editable=False)  # see rules: lower case, no accents; finds and sorts
    pronouns = models.CharField(max_length=40, blank=True)
    born_on = models.DateField()
    sex = models.CharField(max_length=1, choices=Sex, blank=True)
    year_code = models.CharField(max_length=3, blank=True)  # "7", "R", "N1", "X"
    year_sort = models.SmallIntegerField(default=99)  # N1 -2, R 0, 7 7
    form = models.CharField(max_length=20, blank=True)
    first_line = models.CharField("first thing to know", max_length=200, blank=True)
    eal = models.BooleanField("speaks another language at home", null=True)
    fsm = models.BooleanField("free meals", null=True)
    fsm_ever6 = models.BooleanField("free meals in the last six years", null=True)
    pupil_premium = models.BooleanField(null=True)
    in_care = models.BooleanField(null=True)
    speak_to_dsl = models.BooleanField("speak to the safeguarding lead", default=False)
    joined_on = models.DateField(null=True, blank=True)
    left_on = models.DateField(null=True, blank=True)
    merged_into = SchoolKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    version = models.PositiveIntegerField(default=1)

    objects = PupilQuerySet.as_manager()

    # Not shown, filtered, sorted or exported without the named permission (house.md, section 5).
    CIRCUMSTANCES = ("fsm", "fsm_ever6", "pupil_premium", "in_care")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "upn"], condition=~Q(upn=""), name="upn_once_a_school"),
            models.UniqueConstraint(fields=["school", "mis_id"], condition=~Q(mis_id=""), name="mis_id_once_a_school"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(joined_on__isnull=True) | Q(left_on__gte=models.F("joined_on")),
                name="pupil_dates",
            ),
            models.CheckConstraint(condition=~Q(merged_into=models.F("id")), name="pupil_not_merged_into_itself"),
        ]
        indexes = [models.Index(fields=["school", "sort_name"], name="pupil_by_name")]
        ordering = ["sort_name", "id"]

    def __str__(self):
        return f"pupil {self.pk}"  # this reaches logs: never a name

    def get_absolute_url(self):
        return reverse("pupils:pupil-record", args=[self.pk])

    @property
    def name(self):
        return f"{self.forename} {self.surname}"

    @property
    def list_name(self):
        return f"{self.surname}, {self.forename}"

    @property
    def initials(self):
        return initials(self.name)

    @property
    def year_label(self):
        return year_words(self.year_code)
