"""The school's year: its terms, its closures, and from when until when its teaching groups count."""

import pghistory
from django.db import models

from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class SchoolYear(SchoolModel):
    """One academic year of one school.

    The school sets both dates: next year's teachers see their pupils from `groups_from` (often in July), and this
    year's stop after `groups_until` (often in September, so that a hand-over can happen).
    """

    starts = models.PositiveSmallIntegerField()  # 2026 for 2026/27
    groups_from = models.DateField()
    groups_until = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "starts"], name="one_row_a_year"),
            models.CheckConstraint(condition=models.Q(groups_until__gte=models.F("groups_from")), name="year_dates"),
        ]

    def __str__(self):
        return f"{self.starts}/{(self.starts + 1) % 100:02}"


@pghistory.track()
class Term(SchoolModel):
    year = SchoolKey(SchoolYear, models.PROTECT, related_name="terms")
    name = models.CharField(max_length=40)  # "Autumn 1": one row a half term
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(ends_on__gte=models.F("starts_on")), name="term_dates")
        ]
        ordering = ["starts_on"]


@pghistory.track()
class Closure(SchoolModel):
    """A day within term when pupils are not in: training, election, snow."""

    on = models.DateField()
    reason = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "on"], name="one_closure_a_day")]
        ordering = ["on"]
