"""Doors for people without an account. A token is 256 random bits; the table holds only its SHA-256.

An app registers what a link of its purpose opens, in its links.py; the view gets the link and answers GET and POST:

    @links.purpose("advice")
    def advice(request, link): ...

It runs inside the link's school. GET changes nothing (mail scanners open links, and some press buttons), so the view
asks for something only a person gives before it writes, and calls spend(link) in the same transaction.
"""

import hashlib
import re
import secrets
from urllib.parse import urljoin

from django.conf import settings

from sendhub.audit import Actor
from sendhub.tenancy import school_context

__all__ = ["LinkSpent", "actor", "make", "open", "purpose", "revoke", "spend", "view_of"]

TOKEN = re.compile(r"^(?P<slug>[a-z0-9-]{1,50})\.(?P<secret>[A-Za-z0-9_-]{43})$")

_views: dict[str, object] = {}


class LinkSpent(Exception):
    """It was used up, revoked or ran out since it was opened."""


def purpose(name):
    """Register the view of links made for this purpose: called with the request and the Link."""

    def decorate(view):
        if name in _views:
            raise ValueError(f"Two views answer links for {name!r}")
        _views[name] = view
        return view

    return decorate


def view_of(name):
    """The view for this purpose, or None."""
    return _views.get(name)


def make(*, by, school_id, purpose, subject_id, recipient, days=14, max_submits=1):
    """Make a link; returns (Link, url). The url is shown or mailed now: it can not be made again from the table."""
    from sendhub.kit import actions

    token = f"{_slug(school_id)}.{secrets.token_urlsafe(32)}"
    link = actions.make_link(
        by=by,
        school_id=school_id,
        purpose=purpose,
        subject_id=subject_id,
        recipient=recipient,
        token_hash=digest(token),
        days=days,
        max_submits=max_submits,
    )
    return link, url_of(token)


def url_of(token):
    return urljoin(settings.SITE_URL + "/", f"l/{token}")


def _slug(school_id):
    return _schools().values_list("slug", flat=True).get(pk=school_id)


def _schools():
    from sendhub.kit.models import Link

    return Link._meta.get_field("school").related_model.objects


def digest(token):
    """SHA-256 of the secret part, in hex. A fast hash is right: there is nothing to guess in 256 bits."""
    return hashlib.sha256(token.rpartition(".")[2].encode()).hexdigest()


def open(token, purpose=None):
    """The usable Link of this token (and purpose), or None: wrong, run out, used up, revoked, for something else or of
    another school all look the same and cost the same queries. Changes nothing. Its school's rows are in sight only
    inside `with school_context(link.school_id)`."""
    from sendhub.kit.models import Link

    match = TOKEN.match(token)
    slug, token = (match["slug"], token) if match else ("", ".")
    school_id = _schools().filter(slug=slug).values_list("pk", flat=True).first() or 0
    with school_context(school_id):
        link = Link.objects.select_related("school").filter(school_id=school_id, token_hash=digest(token)).first()
    if link is None or not link.usable or (purpose is not None and link.purpose != purpose):
        return None
    return link


def actor(link):
    """Who acts when the holder of the link sends its form."""
    return Actor(f"link:{link.pk}", "Someone with a link")


def spend(link):
    """Count one submit, in the caller's transaction. Raises LinkSpent when it can not be used any more."""
    from sendhub.kit import actions

    return actions.spend_link(link=link, by=actor(link))


def revoke(link, *, by):
    """Close it at once."""
    from sendhub.kit import actions

    return actions.revoke_link(link=link, by=by)
