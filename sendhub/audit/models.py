"""Who looked: one row a record opened, list exported, document made or file fetched. Add-only, in the same
transaction as the read, so a look that can not be logged does not happen."""

from django.db import models

from sendhub.tenancy import SchoolModel


class AccessLog(SchoolModel):
    """One look. No foreign keys: it outlives what it records, and a purge leaves it readable."""

    at = models.DateTimeField(auto_now_add=True)
    actor = models.CharField(max_length=60)  # "user:12", "link:7"
    verb = models.CharField(max_length=60)
    pupil_id = models.BigIntegerField(null=True)
    why = models.CharField(max_length=200, blank=True)  # why they could, as it stood then
    detail = models.JSONField(default=dict, blank=True)  # ids, counts, filters; no names
    request_id = models.CharField(max_length=36, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["school", "pupil_id", "-at"], name="audit_by_pupil"),
            models.Index(fields=["school", "actor", "-at"], name="audit_by_actor"),
        ]
