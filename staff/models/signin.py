"""How people come in: invitations, and a school's own Google or Microsoft sign-in."""

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from sendhub import access
from sendhub.tenancy import SchoolKey, SchoolModel
from staff.models.people import Membership, StaffMember

ROLE_CHOICES = [(role.value, role.value) for role in access.Role]


class InvitationQuerySet(models.QuerySet):
    def waiting(self):
        """Not accepted and not taken back; its link may have run out, so that it can be sent again."""
        return self.filter(accepted_at__isnull=True, revoked_at__isnull=True)


@pghistory.track()
class Invitation(SchoolModel):
    """The only way in: one address, one school, the roles that are waiting there. Its links (kit.Link, purpose
    "invitation") hold the token's hash and the seven days; that it can be used once stands here."""

    name = models.CharField(max_length=120)
    email = models.EmailField()
    roles = ArrayField(models.CharField(max_length=20, choices=ROLE_CHOICES))
    staff = SchoolKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="invitations")
    sends = models.PositiveSmallIntegerField(default=1)  # each is one mail with a link of its own
    created_at = models.DateTimeField(auto_now_add=True)
    revoked_at = models.DateTimeField(null=True)
    accepted_at = models.DateTimeField(null=True)
    membership = SchoolKey(Membership, models.PROTECT, null=True, related_name="invitations")

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "school",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_waiting_invitation",
            ),
            models.CheckConstraint(condition=models.Q(roles__len__gt=0), name="invitation_has_a_role"),
            models.CheckConstraint(
                condition=models.Q(accepted_at__isnull=True, membership__isnull=True)
                | models.Q(accepted_at__isnull=False, membership__isnull=False, revoked_at__isnull=True),
                name="invitation_accepted_once",
            ),
        ]
        ordering = ["name", "id"]

    def __str__(self):
        return f"invitation {self.pk}"

    @property
    def role_titles(self):
        return ", ".join(access.ROLES[access.Role(role)].title for role in self.roles)


@pghistory.track(exclude=["secret"])
class SchoolIdentityProvider(SchoolModel):
    """A school's own Google or Microsoft 365, spoken to by OpenID Connect. The secret is sealed (signin.sealed), and
    left out of the history."""

    class Kind(models.TextChoices):
        GOOGLE = "google", "Google"
        MICROSOFT = "microsoft", "Microsoft 365"

    kind = models.CharField(max_length=10, choices=Kind)
    issuer = models.URLField()
    client_id = models.CharField(max_length=191)
    secret = models.TextField()
    secret_set_at = models.DateTimeField()  # so that a change of secret is in the history, without the secret
    domain = models.CharField(max_length=120, blank=True)  # Google says it as `hd`: only this domain's accounts
    enforces_second_factor = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school", "kind"], name="one_provider_a_kind")]
        ordering = ["kind"]

    def __str__(self):
        return f"provider {self.pk}"

    @property
    def provider_id(self):
        return f"{self.school.slug}-{self.kind}"
