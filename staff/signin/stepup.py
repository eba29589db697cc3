"""Prove it again before something that leaves the building: an export asks for the password or a factor of the last
five minutes. What was sent is kept, and goes on by itself afterwards.

    @step_up
    @require(Permission.REGISTER_EXPORT)
    def pupil_export(request): ...
"""

import functools
import time

from allauth.account.internal.flows.login import get_authentication_records, record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.conf import settings
from django.http import HttpResponseRedirect, QueryDict
from django.utils.http import urlencode
from django_htmx.http import HttpResponseClientRedirect

from sendhub.outside import outside
from staff.queries import places_of

WINDOW = 5 * 60
HELD = "step_up_held"
HELD_FOR = 10 * 60
PROOFS = {"password", "mfa", "provider", "demo"}


def recently(request):
    """Whether this session proved itself in the last five minutes: by password, by a factor, by a fresh sign-in at
    the school's provider (not by one that it may only have remembered), or, in the demo, by saying yes."""
    return any(record["method"] in PROOFS for record in _young(request))


def just_signed_in(request):
    """Whether someone who has nothing but their provider signed in within five minutes: enough to enrol a first
    factor here, which some of them (Google) could never prove otherwise; not enough for an export."""
    return not get_reauthentication_flows(request.user) and any(
        record["method"] == "socialaccount" for record in _young(request)
    )


def _young(request):
    now = time.time()
    return [r for r in get_authentication_records(request, request.user) if now - r["at"] < WINDOW]


def prove(request, method):
    """Note a proof of our own kind ("provider", "demo"); allauth notes passwords and factors itself."""
    record_authentication(request, request.user, method, reauthenticated=True)


def is_demo_person(user):
    """Someone of the cast, who signs in by one click and has nothing to prove it with."""
    places = places_of(user) if settings.DEMO and not user.has_usable_password() else []
    return bool(places) and all(place.school.is_demo for place in places)


def where(request, back=None):
    """The page where this person proves it, which then leads to `back`."""
    ways = {flow["id"]: flow for flow in get_reauthentication_flows(request.user)}
    factors = ways.get("mfa_reauthenticate", {}).get("types", [])
    if "reauthenticate" in ways:
        name = "account_reauthenticate"
    elif "webauthn" in factors:
        name = "mfa_reauthenticate_webauthn"
    elif factors:
        name = "mfa_reauthenticate"
    else:
        name = "account_extra:step-up"
    return f"{outside(name)}?{urlencode({'next': back or request.get_full_path()})}"


def step_up(view):
    """Stands above @require. Someone who has not proved it lately does so first; a form that they sent (fields, not
    files) is held in their session and handed to the view when they come back, once, to this address only."""

    @functools.wraps(view)
    def run(request, *args, **kwargs):
        if not recently(request):
            if request.method == "POST":
                request.session[HELD] = {
                    "path": request.get_full_path(),
                    "post": request.POST.urlencode(),
                    "at": time.time(),
                }
            url = where(request)
            return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)
        held = request.session.get(HELD)
        if held and request.method == "GET" and held["path"] == request.get_full_path():
            del request.session[HELD]
            if time.time() - held["at"] < HELD_FOR:
                request.method = "POST"
                request.POST = QueryDict(held["post"])
        return view(request, *args, **kwargs)

    run.step_up = True
    return run
