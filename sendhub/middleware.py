"""What happens round every request: its log line, the headers on every answer, the school in the path, and the
one transaction in which that school's rows can be seen.

Order matters and is set in settings.MIDDLEWARE; the reasons are in docs/decisions/0002.
"""

import re
import time
import uuid

from django.conf import settings
from django.db import transaction
from django.http import FileResponse, HttpResponsePermanentRedirect
from django.urls import get_script_prefix, set_script_prefix
from django.utils.cache import patch_vary_headers

from sendhub import errors, logs
from sendhub.tenancy import set_local
from staff.queries import member_at

SCHOOL_PATH = re.compile(r"^/s/(?P<slug>[a-z0-9-]{1,50})(?P<rest>/.*)?$", re.DOTALL)
NOWHERE = "sendhub.urls_nowhere"


def request_log(get_response):
    """One JSON line a request: route name, ids, status, milliseconds. Never a path, a name or a search term."""

    def middleware(request):
        request.id = str(uuid.uuid4())
        token = logs.request_id.set(request.id)
        started = time.perf_counter()
        try:
            response = get_response(request)
            logs.log_request(request, response, time.perf_counter() - started)
        finally:
            logs.request_id.reset(token)
        return response

    return middleware


def headers(get_response):
    """Headers that every answer carries, whatever its status. Pages are never stored; hashed static files are."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == 405 and not response.content:  # Django's own answer is a blank page
            allowed, response = response.headers["Allow"], errors.not_by_address(request)
            response.headers["Allow"] = allowed
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "no-store")
            patch_vary_headers(response, ["HX-Request", "Cookie"])
        return response

    return middleware


def school_path(get_response):
    """Moves /s/<school>/ from the path to the script prefix, so that every link made keeps the school."""

    def middleware(request):
        request.school_slug = request.school = request.member = None
        match = SCHOOL_PATH.match(request.path_info)
        if not match:
            return get_response(request)
        if not match["rest"]:
            return HttpResponsePermanentRedirect(f"{request.path}/")
        before = get_script_prefix()
        request.school_slug = match["slug"]
        request.path_info = match["rest"]
        request.urlconf = settings.SCHOOL_URLCONF
        set_script_prefix(f"{before.rstrip('/')}/s/{match['slug']}/")
        try:
            return get_response(request)
        finally:
            set_script_prefix(before)

    return middleware


def school(get_response):
    """Opens the one transaction of a school's page and sets whose rows it sees.

    Not a member, or no such school: the same 404. An answer of 500 and over rolls everything back. A stream would
    run after the context has ended, so it is refused; a file (FileResponse) reads no rows and may pass.
    """

    def middleware(request):
        if not request.school_slug or not request.user.is_authenticated:
            return get_response(request)
        with transaction.atomic():
            set_local(user_id=request.user.pk)
            request.member = member_at(request.user, request.school_slug)
            if request.member is None:
                request.urlconf = NOWHERE
            else:
                request.school = request.member.school
                set_local(school_id=request.school.pk)
            response = get_response(request)
            if response.streaming and not isinstance(response, FileResponse):
                raise RuntimeError("A school's page can not be streamed: its rows are out of sight by then.")
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware
