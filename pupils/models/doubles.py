"""Two records that look alike and are two children: somebody has said so, and is not asked again."""

import pghistory
from django.db import models
from django.db.models import F, Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel


@pghistory.track()
class TwoPupils(SchoolModel):
    """In either order. Who said so is in the history."""

    one = SchoolKey(Pupil, models.CASCADE, related_name="+")
    other = SchoolKey(Pupil, models.CASCADE, related_name="+")
    said_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "one", "other"], name="two_pupils_once"),
            models.CheckConstraint(condition=~Q(one=F("other")), name="two_pupils_are_two"),
        ]
