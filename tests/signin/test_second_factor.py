"""The school's rule who must have a second factor, asked of the session; app, recovery codes, secrets at rest."""

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, InvalidToken
from django.core.exceptions import ImproperlyConfigured
from django.test import Client

from sendhub import settings as product
from staff.signin import sealed
from tests.signin.conftest import PASSWORD, code, give_app, give_password, link_in, log_in, mails_of

GATE = "/accounts/second-step/"
REACH = ["/accounts/2fa/", "/accounts/2fa/totp/activate/", "/accounts/2fa/webauthn/add/", "/accounts/logout/", GATE]
SHUT = ["/", "/s/oakfield/staff/", "/accounts/", "/accounts/sessions/", "/accounts/password/change/"]


def set_rule(member, rule, demo=False):
    member.school.second_factor, member.school.is_demo = rule, demo
    member.school.save(update_fields=["second_factor", "is_demo"])


@pytest.mark.parametrize(
    ("rule", "part", "must"),
    [
        ("everyone", "ta", True),
        ("everyone", "governor", True),
        ("sensitive", "sendco", True),
        ("sensitive", "leader", True),
        ("sensitive", "office", True),
        ("sensitive", "teacher", False),
        ("sensitive", "ta", False),
        ("sensitive", "governor", False),
        ("off", "sendco", False),
    ],
)
def test_who_must(by_password, cast, rule, part, must):
    member = getattr(cast.oakfield, part)
    set_rule(member, rule)
    browser = by_password(member)
    answer = browser.get("/")
    assert (answer.headers["Location"] == GATE) is must
    inside = browser.get("/s/oakfield/staff/")
    assert (inside.status_code == 302 and inside.headers["Location"] == GATE) is must


@pytest.mark.parametrize(("demo_on", "must"), [(True, False), (False, True)])
def test_a_demo_school_is_exempt_only_in_the_demo(by_password, cast, settings, demo_on, must):
    settings.DEMO = demo_on
    set_rule(cast.oakfield.sendco, "everyone", demo=True)
    assert (by_password(cast.oakfield.sendco).get("/").headers["Location"] == GATE) is must


def test_what_a_session_may_reach_that_owes_it(by_password, cast, real_schools):
    browser = by_password(cast.oakfield.sendco)
    for path in REACH:
        assert browser.get(path).status_code == 200, path
    for path in SHUT:
        assert browser.get(path).headers["Location"] == GATE, path
    assert browser.get("/s/oakfield/staff/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == GATE
    assert browser.post("/s/oakfield/staff/invite/", {"name": "x"}).headers["Location"] == GATE
    assert "Oakfield Secondary School asks" in browser.get(GATE).content.decode()
    assert browser.post("/accounts/logout/").status_code == 302


def test_one_strict_school_is_enough_outside_a_school(by_password, cast, real_schools):
    set_rule(cast.oakfield.trust_lead, "off")
    browser = by_password(cast.oakfield.trust_lead)  # Hillside asks everyone, Oakfield nobody
    assert browser.get("/").headers["Location"] == GATE
    assert browser.get("/s/hillside/staff/").headers["Location"] == GATE
    assert browser.get("/s/oakfield/staff/").status_code == 403  # let in, and not allowed this page


def test_an_app_of_the_account_is_not_enough_the_session_must_have_used_it(sign_in, cast, real_schools):
    give_app(cast.oakfield.sendco.user)
    browser = sign_in(cast.oakfield.sendco)
    session = browser.session
    del session["second_factor"]
    session.save()
    assert browser.get("/").headers["Location"] == GATE


def test_sign_in_asks_for_the_code_and_takes_it_once(cast, real_schools):
    user = give_password(cast.oakfield.sendco.user)
    give_app(user)
    first, second = Client(), Client()
    for browser in (first, second):
        assert log_in(browser, user).headers["Location"] == "/accounts/2fa/authenticate/"
        assert browser.get("/").headers["Location"] == "/accounts/login/"  # not signed in on one factor
    digits = code()
    page = first.get("/accounts/2fa/authenticate/").content.decode()
    assert "Your second step" in page
    assert "Use a passkey" not in page  # which this person has not
    wrong = first.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "That code is not right" in wrong.content.decode()
    assert first.post("/accounts/2fa/authenticate/", {"code": digits}).headers["Location"] == "/"
    assert first.get("/").headers["Location"] == "/s/oakfield/"
    assert second.post("/accounts/2fa/authenticate/", {"code": digits}).status_code == 422  # used up
    assert second.get("/").headers["Location"] == "/accounts/login/"


def test_a_new_password_by_mail_does_not_pass_the_second_step(cast, real_schools):
    user = give_password(cast.oakfield.sendco.user)
    give_app(user)
    browser = Client()
    browser.post("/accounts/password/reset/", {"email": user.email})
    [letter] = mails_of(cast.oakfield.school, "password_reset")
    page = browser.get(link_in(letter), follow=True)
    action = page.request["PATH_INFO"]
    new = "four brave otters juggle"
    assert browser.post(action, {"password1": new, "password2": new}).status_code == 302
    assert browser.get("/").headers["Location"] == "/accounts/login/"
    assert log_in(browser, user, new).headers["Location"] == "/accounts/2fa/authenticate/"
    assert "no longer works" in Client().get(link_in(letter)).content.decode()


def enrol(browser):
    page = browser.get("/accounts/2fa/totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    return page, browser.post("/accounts/2fa/totp/activate/", {"code": code(secret)})


def test_enrolling_an_app_opens_the_door_and_shows_codes_once(by_password, cast, real_schools):
    browser = by_password(cast.oakfield.sendco)
    page, answer = enrol(browser)
    body = page.content.decode()
    assert "<svg" in body
    assert 'class="qr"' in body
    assert "data:" not in body  # the policy allows no data: pictures
    assert answer.headers["Location"] == "/accounts/2fa/recovery-codes/"
    assert browser.get("/").headers["Location"] == "/s/oakfield/"
    shown = browser.get("/accounts/2fa/recovery-codes/").content.decode()
    assert shown.count("<code>") == 10
    again = browser.get("/accounts/2fa/recovery-codes/").content.decode()
    assert "<code>" not in again
    assert "You have 10 of 10 left" in again
    assert browser.get("/accounts/2fa/recovery-codes/download/").status_code == 403


def test_a_recovery_code_works_once(by_password, cast, real_schools):
    browser = by_password(cast.oakfield.sendco)
    enrol(browser)
    recovery = re.findall(r"<code>(\d+)</code>", browser.get("/accounts/2fa/recovery-codes/").content.decode())[0]
    for works in (True, False):
        other = Client()
        log_in(other, cast.oakfield.sendco.user)
        answer = other.post("/accounts/2fa/authenticate/", {"code": recovery})
        assert (answer.status_code == 302) is works


def test_enrolling_needs_a_fresh_proof(by_password, cast, real_schools, monkeypatch):
    browser = by_password(cast.oakfield.sendco)
    now = time.time()
    monkeypatch.setattr("time.time", lambda: now + 301)
    answer = browser.get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/reauthenticate/?next=")
    assert "Is it you?" in browser.get(answer.headers["Location"]).content.decode()
    back = browser.post(answer.headers["Location"], {"password": PASSWORD})
    assert back.headers["Location"] == "/accounts/2fa/totp/activate/"
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200


def test_secrets_are_sealed_and_old_keys_still_open_them(by_password, cast, real_schools, settings):
    browser = by_password(cast.oakfield.sendco)
    browser.get("/accounts/2fa/totp/activate/")
    secret = browser.session["mfa.totp.secret"]
    enrol_again = browser.post("/accounts/2fa/totp/activate/", {"code": code(secret)})
    assert enrol_again.status_code == 302
    rows = list(Authenticator.objects.filter(user=cast.oakfield.sendco.user))
    assert secret not in str([row.data for row in rows])
    totp = next(row for row in rows if row.type == "totp")
    codes = next(row for row in rows if row.type == "recovery_codes")
    assert sealed.unseal(totp.data["secret"]) == secret
    assert len(sealed.unseal(codes.data["seed"])) == 80
    settings.FIELD_KEYS = [Fernet.generate_key().decode(), *settings.FIELD_KEYS]
    assert sealed.unseal(totp.data["secret"]) == secret
    settings.FIELD_KEYS = settings.FIELD_KEYS[:1]
    with pytest.raises(InvalidToken):
        sealed.unseal(totp.data["secret"])
    settings.FIELD_KEYS = []
    with pytest.raises(ImproperlyConfigured, match="SENDHUB_FIELD_KEYS"):
        sealed.seal("x")


def test_pages_of_someone_who_has_both(by_password, cast, real_schools):
    give_app(cast.oakfield.sendco.user)
    browser = by_password(cast.oakfield.sendco)
    page = browser.get("/accounts/2fa/").content.decode()
    assert "Your app is set up" in page
    assert "Add a passkey" in page
    for path, sentence in (
        ("/accounts/2fa/totp/deactivate/", "Take the authenticator app off?"),
        ("/accounts/2fa/recovery-codes/generate/", "Make new recovery codes?"),
        ("/accounts/2fa/webauthn/", "No passkey yet"),
        ("/accounts/2fa/webauthn/add/", "Add a passkey on this device"),
        ("/accounts/password/change/", "Change your password"),
        ("/accounts/", "Priya Nair"),
        ("/accounts/email/", cast.oakfield.sendco.user.email),
    ):
        assert sentence in browser.get(path).content.decode(), path
    assert browser.post("/accounts/2fa/recovery-codes/generate/").status_code == 302
    assert browser.post("/accounts/2fa/totp/deactivate/").status_code == 302
    assert browser.get(GATE).status_code == 302  # this session has proved it; the next sign-in asks to enrol


def test_a_broken_passkey_answer_opens_nothing(by_password, cast, real_schools):
    browser = by_password(cast.oakfield.sendco)
    answer = browser.post("/accounts/2fa/webauthn/add/", {"name": "x", "credential": "{}"})
    assert answer.status_code == 422
    assert browser.get("/").headers["Location"] == GATE
    assert not Authenticator.objects.exists()


def test_passwords_are_stored_with_argon2():
    """The tests here use a quicker hash; this reads what the product uses."""
    assert product.PASSWORD_HASHERS == ["django.contrib.auth.hashers.Argon2PasswordHasher"]
