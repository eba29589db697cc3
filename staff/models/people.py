"""People: the one who signs in (User, global), the one who works here (StaffMember), and the tie (Membership)."""

import copy
import functools

import pghistory
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from sendhub import access
from sendhub.tenancy import SchoolKey, SchoolModel


class UserManager(BaseUserManager):
    def get_by_natural_key(self, email):
        return self.get(email__iexact=email)


class User(AbstractBaseUser):
    """Someone who can sign in; belongs to no school by itself. Global, so it holds a name and an address only."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(auto_now_add=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]
    objects = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_any_case")]

    def __str__(self):
        return f"user {self.pk}"  # never a name: this reaches logs

    def get_full_name(self):
        return self.name


@pghistory.track()
class StaffMember(SchoolModel):
    """Someone who works at the school, whether or not they can sign in."""

    code = models.CharField(max_length=20, blank=True)  # the school system's own code
    title = models.CharField(max_length=20, blank=True)
    forename = models.CharField(max_length=60)
    surname = models.CharField(max_length=60)
    job_title = models.CharField(max_length=80, blank=True)
    email = models.EmailField(blank=True)
    started_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "code"], condition=~models.Q(code=""), name="staff_code"),
            models.CheckConstraint(
                condition=models.Q(ended_on__isnull=True)
                | models.Q(started_on__isnull=True)
                | models.Q(ended_on__gte=models.F("started_on")),
                name="staff_dates",
            ),
        ]
        ordering = ["surname", "forename", "id"]

    def __str__(self):
        return f"staff {self.pk}"

    @property
    def name(self):
        return f"{self.forename} {self.surname}".strip()


class MembershipQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ended_at__isnull=True, user__is_active=True)


@pghistory.track()
class Membership(SchoolModel):
    """A user's place in one school: their roles there, until it ends. Its policy also lets the user see their own."""

    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    staff = SchoolKey(StaffMember, models.PROTECT, null=True, blank=True, related_name="memberships")
    roles = ArrayField(models.CharField(max_length=20, choices=[(role.value, role.value) for role in access.Role]))
    started_at = models.DateTimeField(auto_now_add=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    objects = MembershipQuerySet.as_manager()

    NAMED_BY = ("user",)  # whose name is this row's: read with it where many are named

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["school", "user"], condition=models.Q(ended_at__isnull=True), name="one_place_a_school"
            ),
            models.CheckConstraint(condition=models.Q(roles__len__gt=0), name="membership_has_a_role"),
        ]
        indexes = [models.Index(fields=["user"], name="membership_user")]

    def __str__(self):
        return f"membership {self.pk}"

    @property
    def name(self):
        return self.user.name

    @property
    def trust_granted(self):
        return self.school.trust_sees == self.school.TrustSees.RECORDS

    @functools.cached_property
    def permissions(self):
        return access.permissions_of(self.roles, self.trust_granted)

    @property
    def scope(self):
        return access.scope_of(self.roles, self.trust_granted)

    def can(self, permission):
        return permission in self.permissions

    def works_here(self, day):
        """Whether ties of their staff row can count: there is one, and it has not ended."""
        return self.staff_id is not None and (self.staff.ended_on is None or self.staff.ended_on >= day)

    def throughout(self):
        """This member with those of their roles that reach furthest: what they may do with everybody in their lists.

        Someone in the office who also teaches lists every pupil as the office does, and not as a teacher would.
        """
        member = copy.copy(self)
        member.roles = [role for role in self.roles if access.scope_of([role], self.trust_granted) == self.scope]
        member.__dict__.pop("permissions", None)
        return member

    @property
    def role_titles(self):
        return ", ".join(access.ROLES[access.Role(role)].title for role in self.roles)
