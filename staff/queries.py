"""Page-sized reads about people and schools."""

from django.db import transaction

from sendhub.tenancy import set_local
from staff.models import Membership


def member_at(user, slug):
    """The user's current membership at the school with this slug, or None. Needs the user's own id set
    (middleware.school); the school's other rows are still out of sight, so `staff` is read later."""
    member = (
        Membership.objects.current().filter(user=user, school__slug=slug).select_related("school").order_by().first()
    )
    if member is not None:
        member.user = user
    return member


def places_of(user):
    """Every school where the user may sign in now, by name: a list of Membership."""
    with transaction.atomic():
        set_local(user_id=user.pk)
        return list(
            Membership.objects.current()
            .filter(user=user)
            .select_related("school", "school__trust")
            .order_by("school__name")
        )
