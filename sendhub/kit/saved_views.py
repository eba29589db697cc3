"""A list's filters under a name. Helper for list pages: the pills above the table."""

from django.db.models import Q

# Never kept: what someone searched for (it may be a child's name), and where they had turned the page to.
NOT_KEPT = {"q", "page", "csrfmiddlewaretoken"}

__all__ = ["NOT_KEPT", "for_page"]


def for_page(member, page):
    """The name and query of the member's own views of this page (a route's name) and of those shared by others, by
    name."""
    from sendhub.kit.models import SavedView

    seen = Q(owner_id=member.pk) | Q(shared=True)
    return list(SavedView.objects.filter(seen, school_id=member.school_id, page=page).values("name", "query"))
