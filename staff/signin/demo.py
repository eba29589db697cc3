"""The demo: its cast signs in by one click. It never stands beside a real school: with one in the database neither
the web process nor a check passes."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from sendhub.access import ROLES, Role
from sendhub.tenancy import school_context
from staff.models import Membership, School
from staff.signin import adapters

REFUSAL = (
    "SENDHUB_DEMO is on, and the database holds a school that is not a demo. The demo lets anybody in by one click. "
    "Set SENDHUB_DEMO=0, or use an empty database."
)


def holds_a_real_school():
    return School.objects.filter(is_demo=False).exists()


def refuse_real_schools():
    """Raise ImproperlyConfigured in a demo that holds a real school. Called before the web process takes work."""
    if settings.DEMO and holds_a_real_school():
        raise ImproperlyConfigured(REFUSAL)


@register(Tags.database)
def check_demo(app_configs, databases, **kwargs):
    if not settings.DEMO or "default" not in (databases or ()):
        return []
    try:
        real = holds_a_real_school()
    except DatabaseError:  # before the first migration there is no table, and so no school
        return []
    return [Error(REFUSAL, id="staff.E001")] if real else []


def cast():
    """Per demo school its people, one a role, as (school, [(membership, what they see), ...])."""
    schools = School.objects.filter(is_demo=True).order_by("pk")
    return [(school, people_of(school)) for school in schools]


def people_of(school):
    with school_context(school.pk):
        members = list(Membership.objects.current().filter(school=school).select_related("user").order_by("pk"))
    for member in members:
        member.school = school
    first = {role: next((m for m in members if role in m.roles), None) for role in Role}
    return [(member, ROLES[role].words) for role, member in first.items() if member is not None]


def find(member_id):
    """The member of the cast with this id, or None: only those that the page offers."""
    offered = [member for _, people in cast() for member, _ in people]
    return next((member for member in offered if str(member.pk) == str(member_id)), None)


def sign_in(request, member):
    """One click: no stage of a usual sign-in, and a note of how it was done."""
    adapters.sign_in(request, member.user, "demo_click")
