"""What people see when something goes wrong. Each page says what to do next and gives back what was typed.

No page here reads the database, so they also work when it is the thing that is broken. Logging is in middleware.
"""

import re

from django.http import HttpResponse
from django.template.loader import render_to_string

from sendhub.display import chosen

# Never given back: what is secret, and what no one typed.
SECRET_PARTS = {"code", "otp", "token", "secret", "pin", "credential", "passphrase", "csrfmiddlewaretoken"}
NOT_TYPED = {"next", "version", "client_id", "do"}
MACHINE_VALUE = re.compile(r"\d*|[0-9a-f]{8}-[0-9a-f-]{27}|on", re.IGNORECASE)


def typed(request):
    """What the person wrote in the form that failed: a list of (label, text), without secrets, ids and ticks."""
    if request is None or request.method != "POST":
        return []
    try:
        fields = list(request.POST.lists())
    except Exception:  # a broken or oversized upload: there is nothing to give back, and this page must still come
        return []
    return [
        (name.rsplit("-", 1)[-1].replace("_", " ").capitalize(), value)
        for name, values in fields
        if _may_return(name)
        for value in values
        if not MACHINE_VALUE.fullmatch(value.strip())
    ]


def _may_return(name):
    lower = name.lower()
    if "password" in lower or name in NOT_TYPED:
        return False
    return not SECRET_PARTS & set(re.split(r"[^a-z]+", lower))


def _page(request, name, status, said, **more):
    """The page `name`. htmx, and anything that asks for JSON, gets one sentence: the form is still on their screen."""
    if request.headers.get("HX-Request") or "json" in request.headers.get("Accept", ""):
        return HttpResponse(said, status=status, content_type="text/plain; charset=utf-8")
    context = {"reader": chosen(request), "typed": typed(request), "reference": getattr(request, "id", ""), **more}
    response = HttpResponse(render_to_string(name, context), status=status)
    response["Cache-Control"] = "no-store"
    return response


def bad_request(request, exception=None):
    return _page(request, "400.html", 400, "We could not read that. Go back and try again.")


def forbidden(request, exception=None):
    return _page(request, "403.html", 403, "Your role does not include this.")


def not_found(request, exception=None):
    return _page(request, "404.html", 404, "There is no page here that you can see.")


def not_by_address(request):
    """A page that only a form leads to, asked for by its address: a reload, a bookmark, a link passed on."""
    return _page(request, "405.html", 405, "This page opens from its form only.")


def server_error(request):
    return _page(request, "500.html", 500, "Something broke at our end. Nothing is lost. Try again.")


def csrf_failure(request, reason=""):
    """The form was opened too long ago, or cookies are off (settings.CSRF_FAILURE_VIEW)."""
    return _page(request, "403_csrf.html", 403, "This page is out of date. Copy your words, then load it again.")


def session_lost(request, sign_in):
    """For a form that was sent after the session had ended: 401, the words back, and the way to sign in again
    (`sign_in`, which leads back to the page that the form stands on)."""
    return _page(request, "session_lost.html", 401, "You have been signed out. Sign in again.", sign_in=sign_in)
