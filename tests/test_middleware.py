"""Round every request: the school in the address, one transaction, headers on every answer, a log with no names."""

import json
import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.http import FileResponse, HttpResponse, StreamingHttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import include, path, reverse
from django.views.decorators.http import require_GET

from pupils.models import Pupil
from sendhub import logs
from sendhub.audit import acting
from sendhub.tenancy import current_school_id
from sendhub.urls_school import urlpatterns as pages


def write(request):
    pupil = Pupil.objects.filter(school_id=request.school.pk).order_by("pk").first()
    with acting(request.member, "test.write"):
        Pupil.objects.filter(pk=pupil.pk).update(first_line=request.GET["text"])
    return pupil


def refused(request):
    write(request)
    raise PermissionDenied


def broken(request):
    write(request)
    raise RuntimeError("Aïsha Khan")


def half(request):
    write(request)
    return HttpResponse("sorry", status=503)


def lazy(request):
    return TemplateResponse(request, "404.html", {"pupils": Pupil.objects.all(), "here": current_school_id})


def streamed(request):
    return StreamingHttpResponse(str(p.pk) for p in Pupil.objects.all())


def a_file(request):
    return FileResponse(open(__file__, "rb"))


def moved(request):
    return redirect("test-good")


@require_GET
def good(request):
    return HttpResponse(reverse("test-good") + f" {current_school_id()}")


urlpatterns = [
    path("t/refused/", refused),
    path("t/broken/", broken),
    path("t/half/", half),
    path("t/lazy/", lazy),
    path("t/streamed/", streamed),
    path("t/file/", a_file),
    path("t/moved/", moved),
    path("t/good/", good, name="test-good"),
    path("", include(pages)),
]

handler403 = "sendhub.errors.forbidden"
handler500 = "sendhub.errors.server_error"


@pytest.fixture
def browser(cast, sign_in, settings):
    settings.SCHOOL_URLCONF = "tests.test_middleware"
    return sign_in(cast.oakfield.sendco, raise_request_exception=False)


def first_lines(cast, as_owner):
    return {row[0] for row in as_owner("SELECT first_line FROM pupils_pupil")}


@pytest.mark.django_db(transaction=True)
class TestOneTransaction:
    @pytest.mark.parametrize("way", ["refused", "broken", "half"])
    def test_what_was_written_before_a_refusal_or_an_error_is_taken_back(self, cast, browser, as_owner, way):
        response = browser.get(f"/s/oakfield/t/{way}/?text=half+saved")
        assert response.status_code == {"refused": 403, "broken": 500, "half": 503}[way]
        assert first_lines(cast, as_owner) == {""}

    def test_a_page_is_rendered_inside_the_school(self, cast, browser):
        """A TemplateResponse renders after the view has returned: the school must still be set."""
        assert browser.get("/s/oakfield/t/lazy/").status_code == 200

    def test_nothing_is_left_set_on_the_connection(self, cast, browser):
        browser.get("/s/oakfield/t/good/")
        assert current_school_id() is None

    def test_a_stream_is_refused_and_a_file_is_not(self, cast, browser):
        assert browser.get("/s/oakfield/t/streamed/").status_code == 500
        assert browser.get("/s/oakfield/t/file/").status_code == 200


class TestTheSchoolInTheAddress:
    def test_links_and_redirects_keep_the_school(self, cast, browser):
        expected = f"/s/oakfield/t/good/ {cast.oakfield.school.pk}"
        assert browser.get("/s/oakfield/t/good/").content.decode() == expected
        assert browser.get("/s/oakfield/t/moved/").url == "/s/oakfield/t/good/"

    def test_two_schools_in_turn_do_not_mix(self, cast, sign_in, settings):
        settings.SCHOOL_URLCONF = "tests.test_middleware"
        lead = sign_in(cast.oakfield.trust_lead)
        for slug in ("oakfield", "hillside", "oakfield"):
            assert lead.get(f"/s/{slug}/t/good/").content.decode().startswith(f"/s/{slug}/t/good/")

    def test_a_missing_slash_is_put_right(self, cast, browser):
        assert browser.get("/s/oakfield").url == "/s/oakfield/"
        assert browser.get("/s/oakfield/t/good").url == "/s/oakfield/t/good/"

    def test_somebody_signed_out_comes_back_to_where_they_were(self, cast, client):
        response = client.get("/s/oakfield/pupils/?year=9")
        assert response.url == "/accounts/login/?next=%2Fs%2Foakfield%2Fpupils%2F%3Fyear%3D9"

    @pytest.mark.parametrize("path", ["/s/OAKFIELD/", "/s//", "/s/../x/", "/s/a b/", "/s/" + "a" * 60 + "/"])
    def test_what_is_no_schools_name_is_not_found(self, cast, browser, path):
        assert browser.get(path).status_code == 404


HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


@pytest.mark.parametrize(
    ("path", "status", "extra"),
    [
        ("/s/oakfield/", 200, {}),
        ("/s/oakfield/t/moved/", 302, {}),
        ("/s/oakfield/t/refused/?text=x", 403, {}),
        ("/s/oakfield/never/", 404, {}),
        ("/s/oakfield/t/broken/?text=x", 500, {}),
        ("/never/", 404, {}),
        ("/healthz", 200, {}),
        ("/accounts/login/", 302, {}),
        ("/s/oakfield/", 400, {"SERVER_NAME": "evil.example.org"}),
    ],
)
def test_every_answer_carries_the_headers_and_the_policy(cast, browser, path, status, extra):
    response = browser.get(path, **extra)
    assert response.status_code == status
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "nonce" not in policy
    assert response.headers["Cache-Control"] == "no-store" or "no-store" in response.headers["Cache-Control"]
    assert "HX-Request" in response.headers["Vary"]


def test_without_the_database_the_answer_has_the_headers_and_a_log_line(cast, browser, monkeypatch, caplog):
    """Who asks can not be looked up then, neither for the page nor for the log."""

    def away(request):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("django.contrib.auth.middleware.get_user", away)
    with caplog.at_level(logging.INFO, logger="sendhub.request"):
        response = browser.get("/s/oakfield/")
    assert response.status_code == 500
    assert {name: response.headers.get(name) for name in HEADERS} == HEADERS
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]
    (record,) = [r for r in caplog.records if r.name == "sendhub.request"]
    assert (record.facts["status"], record.facts["user"]) == (500, None)


def test_the_log_line_of_a_request_has_ids_and_no_names(cast, browser, caplog):
    with caplog.at_level(logging.INFO, logger="sendhub.request"):
        browser.get("/s/oakfield/pupils/find/?q=Aïsha+Khan")
    (record,) = [r for r in caplog.records if r.name == "sendhub.request"]
    line = json.loads(logs.JsonFormatter().format(record))
    assert (line["route"], line["method"], line["status"]) == ("pupils:pupil-find", "GET", 200)
    assert (line["user"], line["school"]) == (cast.oakfield.sendco.user_id, cast.oakfield.school.pk)
    assert "Khan" not in json.dumps(line)


def test_a_refusal_is_logged_as_a_warning(cast, sign_in, caplog):
    browser = sign_in(cast.oakfield.governor, raise_request_exception=False)
    with caplog.at_level(logging.INFO, logger="sendhub.request"):
        browser.get("/s/oakfield/pupils/")
    assert [r.levelname for r in caplog.records if r.name == "sendhub.request"] == ["WARNING"]


def test_an_exceptions_words_stay_out_of_the_log(cast, browser, caplog):
    """A database error quotes the row that it was about."""
    browser.get("/s/oakfield/t/broken/?text=x")
    lines = [logs.JsonFormatter().format(record) for record in caplog.records]
    errors = [line for line in lines if json.loads(line).get("error") == "RuntimeError"]
    assert errors
    assert "Khan" not in " ".join(lines)


def test_the_login_of_the_tests_is_the_one_that_row_security_holds(db):
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user, current_user")
        assert cursor.fetchone() == ("sendhub_app", "sendhub_app")
