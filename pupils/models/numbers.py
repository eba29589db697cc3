"""The numbers that systems give to a pupil, each its own: what a list of that system calls them by."""

import pghistory
from django.db import models
from django.db.models import Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class PupilNumber(SchoolModel):
    """One number in one system, learnt from a list of pupils. A pupil may have several, even in one system: who came
    back has a second one. The number that people see and type is Pupil.mis_id."""

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="numbers")
    system = models.CharField(max_length=40)  # pupils.imports.numbers
    number = models.CharField(max_length=20)  # as it is compared: without the noughts before it

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "system", "number"], name="number_once_a_system"),
            models.CheckConstraint(condition=~Q(system="") & ~Q(number=""), name="number_has_a_system"),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="number_by_pupil")]
