"""The two addresses of a link without an account: the door, which takes the token out of the address bar, and the
form behind it. What the form is, the link's purpose says (links.py).

GET changes nothing. Whatever is wrong with a link, the answer is the same page.
"""

import hashlib

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.core.cache import cache
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sendhub.kit import links
from sendhub.tenancy import school_context

COOKIE = "__Secure-link" if settings.SECURE else "link"
COOKIE_SECONDS = 2 * 60 * 60
# Wrong tokens a minute from one address. Right ones are not counted: a whole staff opens its invitations at once.
WRONG_A_MINUTE = 30
OPENED_AN_HOUR = 10  # one token through the door; a mail scanner and a family together need fewer


@login_not_required
@require_safe
def link_door(request, token):
    """303 to the form, with the token in a cookie that only that form's address gets."""
    link = _opened(request, token)
    if link is None:
        return _no_such_link(request)
    opened = _window(f"link-token:{link.token_hash}", 3600)
    if _too_many(opened, OPENED_AN_HOUR):
        return _no_such_link(request)
    _count(opened, 3600)
    url = reverse("kit_links:link-form", args=[link.pk])
    response = HttpResponseRedirect(url)
    response.status_code = 303
    response.set_cookie(
        COOKIE, token, max_age=COOKIE_SECONDS, path=url, secure=settings.SECURE, httponly=True, samesite="Lax"
    )
    return _private(response)


@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def link_form(request, pk):
    """The purpose's own view, inside the link's school."""
    link = _opened(request, request.COOKIES.get(COOKIE, ""))
    if link is None or link.pk != pk:
        return _no_such_link(request)
    try:
        with school_context(link.school_id):
            response = links.view_of(link.purpose)(request, link)
            if hasattr(response, "render"):
                response.render()  # a late template would look for the school's rows when they are out of sight
    except links.LinkSpent:
        return _no_such_link(request)
    return _private(response)


def _opened(request, token):
    """The usable link that somebody answers for, or None; wrong tokens are counted against the address."""
    guesses = _window(f"link-address:{client_address(request)}", 60)
    link = None if _too_many(guesses, WRONG_A_MINUTE) else links.open(token)
    if link is None or links.view_of(link.purpose) is None:
        _count(guesses, 60)
        return None
    return link


def _no_such_link(request):
    return _private(render(request, "kit/link_gone.html", status=404))


def _private(response):
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def client_address(request):
    """The caller's address as our own proxies saw it; what the caller claims beyond them is not believed."""
    claimed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",") if part.strip()]
    if settings.PROXIES and len(claimed) >= settings.PROXIES:
        return claimed[-settings.PROXIES]
    return request.META.get("REMOTE_ADDR", "")


def _window(name, seconds):
    """The counter's key for the minute or hour that we are in; addresses are hashed in the table."""
    number = int(timezone.now().timestamp()) // seconds
    return "link:" + hashlib.sha256(f"{name}:{number}".encode()).hexdigest()


def _too_many(key, limit):
    return cache.get(key, 0) >= limit


def _count(key, seconds):
    """Two at the same moment may count as one: the limit is a brake, the 256 bits are the wall."""
    cache.set(key, cache.get(key, 0) + 1, seconds)
