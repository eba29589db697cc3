"""When something fails: the right status, words that help, what was typed given back, and never a secret.

No test here may touch the database (there is no django_db mark): an error page must come when it is down.
"""

from functools import partial

import pytest
from django.core.exceptions import RequestDataTooBig
from django.test import RequestFactory

from sendhub import errors

POSTED = {
    "csrfmiddlewaretoken": "tok3n",
    "what_happened": "Maya read <b>two</b> pages.",
    "target-0-aim": "Blend 3 sounds",
    "password": "correct horse",
    "new_password2": "battery staple",
    "otp-code": "123 456",
    "api_token": "s3cret words",
    "version": "x7",
    "pupil": "4127",
    "client_id": "6f1c1c9e-9c1e-4f7a-8a3b-0c9d5a1f2e3d",
    "ticket": "6f1c1c9e-9c1e-4f7a-8a3b-0c9d5a1f2e3d",
    "agree": "on",
    "postcode": "N1 9GU",
    "empty": "",
}
GIVEN_BACK = [
    ("What happened", "Maya read <b>two</b> pages."),
    ("Aim", "Blend 3 sounds"),
    ("Postcode", "N1 9GU"),
]
SIGN_IN = "/accounts/login/?next=%2Fs%2Foakfield%2Fnotes%2F"
PAGES = [
    (errors.bad_request, 400, "We could not read that"),
    (errors.forbidden, 403, "Your role does not include this"),
    (errors.not_found, 404, "There is no page here that you can see"),
    (errors.not_by_address, 405, "This page opens from its form only"),
    (errors.csrf_failure, 403, "This page was open for too long"),
    (errors.server_error, 500, "Something broke at our end"),
    (partial(errors.session_lost, sign_in=SIGN_IN), 401, "You have been signed out"),
]
rf = RequestFactory()


def test_what_was_typed_without_secrets_ids_and_ticks():
    assert errors.typed(rf.post("/", POSTED)) == GIVEN_BACK


def test_two_answers_of_one_name_both_come_back():
    assert errors.typed(rf.post("/", {"aim": ["One more", "And another"]})) == [
        ("Aim", "One more"),
        ("Aim", "And another"),
    ]


@pytest.mark.parametrize("request_", [None, rf.get("/?what=typed")])
def test_nothing_typed(request_):
    assert errors.typed(request_) == []


def test_an_upload_that_can_not_be_read_gives_nothing_back():
    class Broken:
        method = "POST"

        @property
        def POST(self):
            raise RequestDataTooBig

    assert errors.typed(Broken()) == []


@pytest.mark.parametrize(("view", "status", "title"), PAGES)
def test_page(view, status, title):
    response = view(rf.post("/s/oakfield/notes/", POSTED))
    page = response.content.decode()
    assert (response.status_code, response["Cache-Control"]) == (status, "no-store")
    assert f"<title>{title}, SendHub</title>" in page
    assert page.count("<h1>") == 1
    assert "Maya read &lt;b&gt;two&lt;/b&gt; pages.</textarea>" in page
    for secret in ("correct horse", "battery staple", "123 456", "s3cret words", "tok3n"):
        assert secret not in page


@pytest.mark.parametrize(("view", "status", "title"), PAGES)
@pytest.mark.parametrize("header", [{"HTTP_HX_REQUEST": "true"}, {"HTTP_ACCEPT": "application/json"}])
def test_a_script_gets_one_sentence(view, status, title, header):
    response = view(rf.post("/", POSTED, **header))
    assert (response.status_code, response["Content-Type"]) == (status, "text/plain; charset=utf-8")
    assert len(response.content) < 100


def test_the_broken_page_names_the_request_so_that_someone_can_find_it():
    request = rf.get("/")
    request.id = "0b7c"
    assert '<span class="num">0b7c</span>' in errors.server_error(request).content.decode()


def test_signing_in_again_comes_back_to_the_same_page():
    page = errors.session_lost(rf.post("/s/oakfield/notes/?q=sana", {}), SIGN_IN).content.decode()
    assert f'href="{SIGN_IN}"' in page


def test_error_pages_keep_the_reading_options():
    request = rf.get("/")
    request.COOKIES["sendhub_display"] = "paper=dark"
    assert 'data-paper="dark"' in errors.not_found(request).content.decode()
