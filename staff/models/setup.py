"""A new school's first hour: which of its steps the school has chosen to leave out. What is done is computed."""

import pghistory
from django.db import models

from sendhub.tenancy import SchoolModel


@pghistory.track()
class SetupChoice(SchoolModel):
    """A step that the school does without, for a reason. It is remembered as its choice, never as done."""

    step = models.CharField(max_length=20)
    reason = models.CharField(max_length=200)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "step"], name="one_choice_a_step")]

    def __str__(self):
        return f"setup choice {self.pk}"
