"""The restore drills that a school can date: who brought a backup back, when, and whether it was whole."""

import pghistory
from django.db import models

from sendhub.tenancy import SchoolModel


@pghistory.track()
class RestoreDrill(SchoolModel):
    """One drill. Written once, by the page or by the command; a mistake is noted in the next one."""

    tried_on = models.DateField()
    done_by = models.CharField(max_length=100)  # often somebody of the trust or a firm, who has no place here
    backup_of = models.DateField(null=True, blank=True)  # the day of the backup that was brought back
    held = models.BooleanField()
    three_copies = models.BooleanField(default=False)
    two_devices = models.BooleanField(default=False)
    off_site = models.BooleanField(default=False)
    note = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(backup_of__isnull=True) | models.Q(backup_of__lte=models.F("tried_on")),
                name="drill_after_its_backup",
            )
        ]
        indexes = [models.Index(fields=["school", "-tried_on"], name="drill_by_day")]
        ordering = ["-tried_on", "-id"]

    def __str__(self):
        return f"drill {self.pk}"

    @property
    def copies(self):
        """What was said of the copies, in words."""
        said = [(self.three_copies, "three"), (self.two_devices, "two devices"), (self.off_site, "one off site")]
        return ", ".join(words for is_so, words in said if is_so).capitalize() or "Not noted"
