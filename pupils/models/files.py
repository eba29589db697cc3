"""Files about a pupil: which there are, what they are called, and where their bytes lie (sendhub.files)."""

import pghistory
from django.db import models
from django.db.models import Q

from pupils.models.pupil import Pupil
from sendhub.tenancy import SchoolKey, SchoolModel


class PupilFileQuerySet(models.QuerySet):
    def there(self):
        """Not removed, and their bytes are on the disk."""
        return self.filter(removed_on=None, lost_on=None).exclude(stored="")


@pghistory.track()
class PupilFile(SchoolModel):
    """One file. A noun that holds files points to it, or is pointed to; `restricted` follows what it belongs to.

    Removed is not gone: it can be brought back until its bytes go (actions.files), a photo's at once.
    """

    class Purpose(models.TextChoices):
        ATTACHED = "attached", "Attached"
        PHOTO = "photo", "Photo"

    pupil = SchoolKey(Pupil, models.CASCADE, related_name="files")
    purpose = models.CharField(max_length=8, choices=Purpose, default=Purpose.ATTACHED)
    name = models.CharField("file's name", max_length=90)
    kind = models.CharField(max_length=4)  # pdf, docx, xlsx, png, jpg: by content
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)  # SHA-256 of what is kept
    stored = models.CharField(max_length=48, blank=True)  # random name on the disk; "" when its bytes have gone
    restricted = models.BooleanField(default=False)
    note = SchoolKey("pupils.Note", models.CASCADE, null=True, blank=True, related_name="files")
    voice = SchoolKey("pupils.PupilVoice", models.CASCADE, null=True, blank=True, related_name="files")
    added_by = SchoolKey("staff.Membership", models.PROTECT, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)
    removed_on = models.DateField(null=True, blank=True)
    removed_by = SchoolKey("staff.Membership", models.PROTECT, null=True, blank=True, related_name="+")
    lost_on = models.DateField(null=True, blank=True)  # the disk does not have it, though it should

    objects = PupilFileQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "stored"], condition=~Q(stored=""), name="file_stored_once"),
            models.UniqueConstraint(
                fields=["school", "pupil"], condition=Q(purpose="photo", removed_on=None), name="one_photo"
            ),
            models.CheckConstraint(
                condition=Q(removed_on__isnull=True, removed_by__isnull=True)
                | Q(removed_on__isnull=False, removed_by__isnull=False),
                name="file_removed_by",
            ),
            models.CheckConstraint(condition=~Q(stored="") | Q(removed_on__isnull=False), name="file_bytes_there"),
        ]
        indexes = [models.Index(fields=["school", "pupil"], name="file_by_pupil")]
        ordering = ["id"]

    def __str__(self):
        return f"file {self.pk}"

    @property
    def picture(self):
        return self.kind in {"png", "jpg"}
