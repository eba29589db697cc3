"""Which pages are timed, as whom, and where they are."""

import itertools
from urllib.parse import quote_plus

from django.conf import settings
from django.utils import timezone

from bench import history
from bench.measure import getter, signed_in
from pupils.models import Pupil
from sendhub.tenancy import school_context, set_local
from staff.models import Membership, School

BARE = {
    "MIDDLEWARE": [
        "bench.views.bare_urls",
        "django.contrib.sessions.middleware.SessionMiddleware",
        "django.contrib.auth.middleware.AuthenticationMiddleware",
    ]
}


def sendco():
    """The demo school's SENDCO, as a user."""
    school = School.objects.get(slug="oakfield")
    with school_context(school.pk):
        set_local(user_id=0)
        return Membership.objects.filter(school=school, roles__contains=["sendco"]).first().user


def a_register_pupil():
    school = School.objects.get(slug="oakfield")
    with school_context(school.pk):
        return Pupil.objects.filter(school=school, sen_records__provision="E").order_by("pk").first().pk


def a_full_history():
    """Another pupil of the register: the record's page is measured on an ordinary one."""
    school = School.objects.get(slug="oakfield")
    with school_context(school.pk):
        pk = Pupil.objects.filter(school=school, sen_records__provision="E").order_by("-pk").first().pk
    history.fill(school, pk)
    return pk


def a_search():
    """What somebody types: a forename and a form."""
    school = School.objects.get(slug="oakfield")
    with school_context(school.pk):
        pupil = Pupil.objects.get(pk=a_register_pupil())
    return quote_plus(f"{pupil.forename} {pupil.form}".lower())


def calls():
    """{name: function that makes the request}. Two floors first."""
    settings.SCHOOL_URLCONF = "bench.urls_school"
    templates = str(settings.BASE_DIR / "bench" / "templates")
    if templates not in settings.TEMPLATES[0]["DIRS"]:
        settings.TEMPLATES[0]["DIRS"].append(templates)
    user, pupil, full = sendco(), a_register_pupil(), a_full_history()
    ours, bare = signed_in(user), signed_in(user, **BARE)
    home = "/s/oakfield/"
    return {
        "bare Django": getter(bare, "/bare/"),
        "floor": getter(ours, home + "bench/floor/"),
        "list of 50": getter(ours, home + "pupils/?provision=all&size=50"),
        "list of 250": getter(ours, home + "pupils/?provision=all&size=250"),
        "record": getter(ours, home + f"pupils/{pupil}/"),
        "full record": getter(ours, home + f"pupils/{full}/"),
        "timeline": getter(ours, home + f"pupils/{full}/timeline/"),
        "save a note": note_saver(ours, home + f"pupils/{full}/notes/add/"),
        "find": getter(ours, home + "pupils/find/?q=" + a_search()),
        "save": saver(ours, home + f"pupils/{pupil}/first-line/", pupil),
        "Today": getter(ours, home),
    }


def saver(client, path, pupil):
    """A save that changes a word each time, with the version that it saw."""
    school = School.objects.get(slug="oakfield")
    numbers = itertools.count()
    with school_context(school.pk):
        version = Pupil.objects.get(pk=pupil).version
    versions = itertools.count(version)

    def call():
        response = client.post(path, {"first_line": f"Likes maps, {next(numbers)}", "version": next(versions)})
        if response.status_code != 302:
            raise RuntimeError(f"{path} answered {response.status_code}, not 302")

    return call


def note_saver(client, path):
    """A new note each time."""
    numbers, form = itertools.count(), {"kind": "observation", "on": timezone.localdate().isoformat()}

    def call():
        response = client.post(path, {**form, "text": f"{history.NOTE} {next(numbers)}"})
        if response.status_code != 302:
            raise RuntimeError(f"{path} answered {response.status_code}, not 302")

    return call


def addresses():
    """{name: (path, cookie)} of the pages that go under load."""
    cookie = signed_in(sendco()).cookies[settings.SESSION_COOKIE_NAME]
    value = f"{settings.SESSION_COOKIE_NAME}={cookie.value}"
    home, pupil = "/s/oakfield/", a_register_pupil()
    return {
        "Today": (home, value),
        "list of 50": (home + "pupils/?provision=all&size=50", value),
        "record": (f"{home}pupils/{pupil}/", value),
        "find": (home + "pupils/find/?q=" + a_search(), value),
    }
