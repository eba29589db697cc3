"""A fresh proof before an export, and what was sent is kept while it is given."""

import time

import pytest
from allauth.mfa.models import Authenticator
from django.http import HttpResponse
from django.test import Client

from staff import urls
from staff.signin import stepup
from tests.signin.conftest import PASSWORD, code, give_app, give_password


@pytest.fixture
def later(monkeypatch):
    """Move the clock on by so many seconds."""
    now = time.time

    def run(seconds):
        monkeypatch.setattr("time.time", lambda: now() + seconds)

    return run


@pytest.fixture
def export(monkeypatch):
    """A stand-in for an export, in place of a real page of the school (the People page)."""
    got = []

    @stepup.step_up
    def view(request):
        got.append((request.method, request.POST.dict()))
        return HttpResponse("the list")

    page = next(pattern for pattern in urls.urlpatterns if pattern.name == "person-list")
    monkeypatch.setattr(page, "callback", view)
    return got


URL = "/s/oakfield/staff/?year=9"


@pytest.fixture
def browser(by_password, cast, settings):
    settings.DEMO = True
    return by_password(cast.oakfield.sendco)


def test_a_sign_in_of_this_minute_is_proof_enough(browser, export):
    assert browser.post(URL, {"rows": "all"}).content == b"the list"
    assert export == [("POST", {"rows": "all"})]


def test_after_five_minutes_it_asks_and_then_goes_on_with_what_was_sent(browser, export, later):
    later(301)
    asked = browser.post(URL, {"rows": "all", "kind": "csv"})
    assert asked.headers["Location"].startswith("/accounts/reauthenticate/?next=%2Fs%2Foakfield%2Fstaff%2F%3Fyear%3D9")
    assert export == []
    wrong = browser.post(asked.headers["Location"], {"password": "wrong wrong wrong"})
    assert "That is not your password" in wrong.content.decode()
    back = browser.post(asked.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"] == URL
    assert browser.get(URL).content == b"the list"
    assert export == [("POST", {"rows": "all", "kind": "csv"})]
    browser.get(URL)
    assert export[1:] == [("GET", {})]  # once


def test_what_was_sent_is_held_for_that_address_only_and_not_for_long(browser, export, later):
    later(301)
    browser.post(URL, {"rows": "all"})
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.get("/s/oakfield/staff/?year=8")
    assert export == [("GET", {})]
    later(301 + 601)
    browser.post("/accounts/reauthenticate/", {"password": PASSWORD})
    browser.get(URL)
    assert export[1:] == [("GET", {})]


def test_htmx_is_sent_there_as_a_page(browser, export, later):
    later(301)
    assert browser.get(URL, headers={"HX-Request": "true"}).headers["HX-Redirect"].startswith("/accounts/reauth")


def test_a_code_of_the_app_proves_it_too(cast, export, later, settings):
    settings.DEMO = True
    user = cast.oakfield.sendco.user
    give_app(user)
    browser = Client()
    browser.force_login(user)
    where = browser.get(URL).headers["Location"]
    assert where.startswith("/accounts/2fa/reauthenticate/?next=")
    assert "Is it you?" in browser.get(where).content.decode()
    assert browser.post(where, {"code": code()}).headers["Location"] == URL
    assert browser.get(URL).content == b"the list"


def test_a_passkey_is_asked_for_where_it_is_all_there_is(cast, rf, client):
    Authenticator.objects.create(user=cast.oakfield.sendco.user, type="webauthn", data={})
    request = rf.get(URL)
    request.user = cast.oakfield.sendco.user
    assert stepup.where(request).startswith("/accounts/2fa/webauthn/reauthenticate/?next=")


def test_one_of_the_demos_cast_says_yes(client, cast, export, settings):
    settings.DEMO = True
    client.post("/demo/sign-in/", {"member": cast.oakfield.sendco.pk})
    where = client.post(URL, {"rows": "all"}).headers["Location"]
    assert where.startswith("/accounts/confirm/?next=")
    assert "This is the demo" in client.get(where).content.decode()
    assert client.post("/accounts/confirm/", {"next": URL}).headers["Location"] == URL
    client.get(URL)
    assert export == [("POST", {"rows": "all"})]


def test_saying_yes_proves_nothing_outside_the_demo(client, cast, export, settings):
    client.force_login(cast.oakfield.sendco.user)
    session = client.session
    session["second_factor"] = True
    session.save()
    page = client.get("/accounts/confirm/", {"next": URL})
    assert "You have neither a password nor a passkey" in page.content.decode()
    assert client.post("/accounts/confirm/", {"next": URL}).status_code == 403
    settings.DEMO = True
    give_password(cast.oakfield.sendco.user)  # in the demo, but with a password of their own
    client.force_login(cast.oakfield.sendco.user)
    assert client.post("/accounts/confirm/", {"next": URL}).status_code == 403


def test_confirm_never_leads_away(client, cast, settings):
    settings.DEMO = True
    client.post("/demo/sign-in/", {"member": cast.oakfield.sendco.pk})
    answer = client.post("/accounts/confirm/", {"next": "https://evil.example/"})
    assert answer.headers["Location"] == "/"


def test_the_account_pages_ask_someone_with_nothing_to_prove_it_with(client, cast, real_schools):
    """allauth takes such a person as freshly proved; here they are sent to prove it."""
    client.force_login(cast.oakfield.sendco.user)
    answer = client.get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"] == "/accounts/confirm/?next=%2Faccounts%2F2fa%2Ftotp%2Factivate%2F"
    assert client.get(answer.headers["Location"]).status_code == 200
