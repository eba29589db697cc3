"""What holds for a signed-in session: how long it lasts, and that it has seen a second factor where the school says
so. Both are asked of the session, not of the account: having a passkey is not having used it.

Also what someone gets who is not signed in: the sign-in page, said in the way that the request can hear.
"""

import time
from urllib.parse import urlsplit, urlunsplit

from allauth.account.internal.flows import logout
from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.http import HttpResponseRedirect, JsonResponse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django_htmx.http import HttpResponseClientRedirect

from sendhub.access import Role
from sendhub.errors import session_lost
from sendhub.outside import outside
from staff.models import School
from staff.queries import places_of

IDLE_SHARED = 20 * 60  # a classroom computer
IDLE_OWN = 60 * 60  # "my own device", where a passkey makes coming back one tap
ABSOLUTE = 10 * 60 * 60  # one working day
WRITE_EVERY = 60  # seconds between writes of "last seen"

CLOCK, SECOND, VOUCHED = "clock", "second_factor", "vouched"

# What a session may reach that still owes its second factor: enrolling, proving, signing out, help, display.
WITHOUT_SECOND = {
    "account_extra:second-step",
    "account_extra:step-up",
    "account_extra:step-up-provider",
    "account_logout",
    "account_reauthenticate",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "mfa_generate_recovery_codes",
    "mfa_index",
    "mfa_list_webauthn",
    "mfa_reauthenticate",
    "mfa_reauthenticate_webauthn",
    "mfa_view_recovery_codes",
}


# --- the start of a session --------------------------------------------------------------------------------------
def start(request, user):
    """Start the clock of a new session, and note whether its second factor has been seen."""
    records = get_authentication_records(request, user)
    own = bool(request.session.pop("own_device", False)) and any(r.get("type") == "webauthn" for r in records)
    start_clock(request, own=own)
    request.session[SECOND] = any(r["method"] == "mfa" for r in records)


def start_clock(request, own=False):
    now = int(time.time())
    request.session[CLOCK] = {"began": now, "seen": now, "own": own}


def has_second_factor(request):
    """Whether this session has proved a second factor: at sign-in, by enrolling now, or when asked again."""
    if request.session.get(SECOND):
        return True
    return any(record["method"] == "mfa" for record in get_authentication_records(request, request.user))


# --- who must ----------------------------------------------------------------------------------------------------
def asked_roles(school):
    """The roles whom this school asks for a second factor."""
    if (school.is_demo and settings.DEMO) or school.second_factor == School.SecondFactor.OFF:
        return set()
    if school.second_factor == School.SecondFactor.SENSITIVE:
        return school.sensitive_roles
    return {role.value for role in Role}


def asks(member):
    """Whether this member's school asks them for a second factor."""
    return bool(set(member.roles) & asked_roles(member.school))


def owes_second_factor(request):
    """Inside a school its own rule counts; outside, the strictest of the person's schools."""
    if not request.user.is_authenticated or has_second_factor(request):
        return False
    members = [request.member] if request.member else places_of(request.user)
    # a school whose own provider asks for a second factor vouches for the person whom it signed in, at that school
    return any(asks(m) and request.session.get(VOUCHED) != [m.school_id, m.user_id] for m in members)


# --- answers to someone who is not, or no longer, signed in ------------------------------------------------------
def page_of(request):
    """The page to come back to: this one, or for a form or a fragment the page that it stands on."""
    here = request.get_full_path()
    if request.headers.get("HX-Request"):
        here = request.headers.get("HX-Current-URL", "/")
    elif request.method not in {"GET", "HEAD"}:
        here = request.headers.get("Referer", here)
    if not url_has_allowed_host_and_scheme(here, {request.get_host()}):
        return "/"
    parts = urlsplit(here)
    return urlunsplit(("", "", parts.path, parts.query, ""))


def to_sign_in(request, **why):
    """The way to sign-in: a redirect, a client redirect for htmx, 401 for a script that asked for JSON. A form that
    was sent gets its words back (errors.session_lost): what was typed must not be lost."""
    url = f"{settings.LOGIN_URL}?{urlencode({**why, 'next': page_of(request)})}"
    if request.headers.get("Accept", "").startswith("application/json"):
        return JsonResponse({"sign_in": url}, status=401)
    if request.method == "POST":
        return session_lost(request, url)
    return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)


class SignInRequired(LoginRequiredMiddleware):
    """Django's: every view asks for sign-in unless it says otherwise."""

    def handle_no_permission(self, request, view_func):
        return to_sign_in(request)


# --- middleware --------------------------------------------------------------------------------------------------
def session_limits(get_response):
    """Ends a session that was idle too long or has lasted a day; notes "last seen" at most once a minute. After a
    sign-out the browser is told to forget what it has kept."""

    def middleware(request):
        was_signed_in = request.user.is_authenticated
        if was_signed_in and (why := ended(request)):
            logout.logout(request, show_message=False)
            return to_sign_in(request, ended=why)
        response = get_response(request)
        match = request.resolver_match
        if was_signed_in and match and match.view_name == "account_logout" and not request.user.is_authenticated:
            response.headers["Clear-Site-Data"] = '"cache", "storage"'
        return response

    return middleware


def ended(request):
    """Why the session has ended ("idle" or "day"), or "" and the clock moves on."""
    clock = request.session.get(CLOCK)
    if clock is None:
        start_clock(request)
        return ""
    now = int(time.time())
    if why := over(clock, now):
        return why
    if now - clock["seen"] >= WRITE_EVERY:
        request.session[CLOCK] = {**clock, "seen": now}
        UserSession.objects.filter(session_key=request.session.session_key).update(last_seen_at=timezone.now())
    return ""


def over(clock, now):
    """Why a session with this clock has ended by `now` (seconds), or ""."""
    if now - clock["began"] >= ABSOLUTE:
        return "day"
    return "idle" if now - clock["seen"] >= (IDLE_OWN if clock["own"] else IDLE_SHARED) else ""


def still_open(keys):
    """Those of the sessions with these keys that somebody could go on with. One that was left idle keeps its row until
    its browser comes back, and that may be never."""
    store, now = SessionStore(), int(time.time())
    clocks = {row.pk: store.decode(row.session_data).get(CLOCK) for row in Session.objects.filter(pk__in=keys)}
    return {key for key, clock in clocks.items() if clock is None or not over(clock, now)}


def second_factor(get_response):
    """Sends a session that owes its second factor to enrolment, from everywhere but the pages named above."""

    def middleware(request):
        return get_response(request)

    def process_view(request, view_func, args, kwargs):
        name = request.resolver_match.view_name
        public = not getattr(view_func, "login_required", True) and name != "account_extra:home"
        if public or name in WITHOUT_SECOND or not owes_second_factor(request):
            return None
        url = outside("account_extra:second-step")
        return HttpResponseClientRedirect(url) if request.headers.get("HX-Request") else HttpResponseRedirect(url)

    middleware.process_view = process_view
    return middleware


class BadForms:
    """allauth answers a form with errors by 200; here such an answer is 422 everywhere. A class, because Django calls
    this hook as a method only."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_template_response(self, request, response):
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == 200 and form is not None and form.errors:
            response.status_code = 422
        return response
