"""Writes of saved views. See saved_views.py."""

from django.http import QueryDict

from sendhub.audit import action
from sendhub.kit.models import SavedView
from sendhub.kit.saved_views import NOT_KEPT


def clean_query(query):
    """The query string without what must not be kept."""
    kept = QueryDict(query, mutable=True)
    for name in NOT_KEPT:
        kept.pop(name, None)
    return kept.urlencode()


@action("saved_view.save")
def save_view(*, by, name, page, query, shared=False):
    """Save under a name; the owner's own view of that page and name is replaced."""
    view, _ = SavedView.objects.update_or_create(
        school_id=by.school_id,
        owner_id=by.pk,
        page=page,
        name=name,
        defaults={"query": clean_query(query), "shared": shared},
    )
    return view


@action("saved_view.rename")
def rename_view(*, view, by, name):
    view.name = name
    view.save(update_fields=["name"])
    return view


@action("saved_view.share")
def share_view(*, view, by, shared):
    view.shared = shared
    view.save(update_fields=["shared"])
    return view


@action("saved_view.delete")
def delete_view(*, view, by):
    view.delete()
