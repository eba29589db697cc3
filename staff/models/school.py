"""Trusts and schools: global tables, outside row security (pinned in the catalogue test)."""

from django.db import models

from sendhub.access import Role


class Trust(models.Model):
    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField(unique=True)

    def __str__(self):
        return self.name


class School(models.Model):
    """A school and its own choices. Never deleted while it has rows."""

    class SecondFactor(models.TextChoices):
        EVERYONE = "everyone", "Everyone"
        SENSITIVE = "sensitive", "People who see more than their own classes"
        OFF = "off", "Nobody"

    class TrustSees(models.TextChoices):
        COUNTS = "counts", "Counts only"
        RECORDS = "records", "Records too"

    name = models.CharField(max_length=120)
    slug = models.SlugField(unique=True)
    trust = models.ForeignKey(Trust, on_delete=models.PROTECT, null=True, blank=True, related_name="schools")
    la_code = models.CharField("council number", max_length=3)
    estab = models.CharField("school number", max_length=4)
    is_demo = models.BooleanField(default=False)
    second_factor = models.CharField(max_length=10, choices=SecondFactor, default=SecondFactor.EVERYONE)
    trust_sees = models.CharField(max_length=10, choices=TrustSees, default=TrustSees.COUNTS)
    photos = models.BooleanField(default=False)  # of pupils, on their records: only where the school wishes it
    small_number = models.PositiveSmallIntegerField(null=True, blank=True)  # overrides the choice in rules.provisions
    setting_up = models.BooleanField(default=False)  # its first hour stands on Today (new_school sets it)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["la_code", "estab"], name="school_number")]

    def __str__(self):
        return self.name

    @property
    def sensitive_roles(self):
        """Roles that the middle setting of `second_factor` means."""
        return {role.value for role in Role} - {Role.TEACHER, Role.TA, Role.GOVERNOR}
