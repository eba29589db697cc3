"""Page-sized reads about people and schools."""

from django.db import transaction

from sendhub.tenancy import set_local
from staff.models import Membership


def member_at(user, slug):
    """The place of a user who has signed in at the school with this slug, or None. Needs the user's own id set
    (middleware.school); the school's other rows are still out of sight, so `staff` is read later. One query: a user
    who may not sign in any more is not signed in, so that is not asked again."""
    places = Membership.objects.filter(user_id=user.pk, school__slug=slug, ended_at=None).select_related("school")
    member = next(iter(places.order_by()), None)  # one at most, by the constraint one_place_a_school
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
