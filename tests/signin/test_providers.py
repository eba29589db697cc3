"""A school's own Google or Microsoft 365: known by issuer and subject, linked only inside an invitation, and never a
way round the second step or the end of access."""

import time
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from sendhub.audit import SYSTEM
from sendhub.tenancy import school_context
from staff import actions
from staff.models import Membership, User
from staff.signin import oidc, policy
from tests.signin.conftest import give_app, give_password, link_in, log_in, mails_of
from tests.signin.provider import CLIENT, SECRET, Provider

NEW = "asha.rao@oakfield.example.org"
DOMAIN = "oakfield.example.org"


@pytest.fixture(scope="module")
def google():
    with Provider() as provider:
        yield provider


@pytest.fixture
def school(cast, google, settings):
    settings.DEMO = True  # no second step in the way, but where a test turns it on
    set_up(cast.oakfield.school, google)
    return cast.oakfield.school


def set_up(school, provider, kind="google", domain=DOMAIN, **more):
    with school_context(school.pk):
        return actions.save_provider(
            school=school, kind=kind, issuer=provider.issuer, client_id=CLIENT, secret=SECRET, domain=domain,
            by=SYSTEM, **more,
        )  # fmt: skip


def invited(cast, browser, email=NEW, part="oakfield"):
    school, by = getattr(cast, part).school, getattr(cast, part).sendco
    with school_context(school.pk):
        actions.invite(school=school, email=email, name="Asha Rao", roles=["teacher"], by=by)
    browser.get(link_in(mails_of(school, "invitation")[-1]), follow=True)
    return browser


def through(browser, provider, sub="s-1", slug="oakfield", kind="google", query="", **claims):
    """Press the button, sign in there, come back."""
    start = browser.post(f"/accounts/oidc/{slug}-{kind}/login/{query}")
    assert start.status_code == 302
    claims.setdefault("hd", DOMAIN)
    return browser.get(provider.sign_in(start.headers["Location"], sub, **claims))


def joined(cast, google, sub="s-1"):
    """A browser whose person has joined Oakfield by Google."""
    browser = invited(cast, Client())
    assert through(browser, google, sub).headers["Location"] == "/"
    return browser


def test_first_link_inside_an_invitation_makes_the_account(cast, school, google):
    browser = joined(cast, google)
    user = User.objects.get(email=NEW)
    assert user.name == "Asha Rao"
    assert not user.has_usable_password()
    with school_context(school.pk):
        assert Membership.objects.current().get(user=user).roles == ["teacher"]
    assert browser.get("/").headers["Location"] == "/s/oakfield/"
    account = SocialAccount.objects.get(user=user)
    assert account.uid == oidc.identity_key(google.issuer, "s-1")
    assert "s-1" not in account.uid
    assert account.extra_data == {"hd": DOMAIN}
    assert "Google of Oakfield" in browser.get("/accounts/").content.decode()


def test_afterwards_the_same_account_signs_in_anywhere(cast, school, google):
    joined(cast, google)
    other = Client()
    assert through(other, google).headers["Location"] == "/"
    assert other.get("/").headers["Location"] == "/s/oakfield/"


def test_without_an_invitation_an_unknown_account_gets_nothing(cast, school, google):
    browser = Client()
    answer = through(browser, google, sub="stranger", email=cast.oakfield.sendco.user.email, email_verified=True)
    assert answer.status_code == 403
    assert "We do not know that account yet" in answer.content.decode()
    assert browser.get("/s/oakfield/").headers["Location"].startswith("/accounts/login/")
    assert not SocialAccount.objects.exists()


def test_the_same_address_from_the_provider_is_never_a_match(cast, school, google):
    """With an invitation for a known address: the person signs in to that account first, and links it then."""
    user = give_password(cast.brook.teacher.user)
    browser = invited(cast, Client(), email=user.email)
    answer = through(browser, google, sub="s-9", email=user.email, email_verified=True)
    assert answer.status_code == 403
    assert "Sign in to it" in answer.content.decode()
    log_in(browser, user)
    assert through(browser, google, sub="s-9").status_code == 302
    assert SocialAccount.objects.get().user == user


def test_signed_in_as_somebody_else(cast, school, google):
    browser = invited(cast, Client())
    log_in(browser, give_password(cast.brook.teacher.user))
    answer = through(browser, google)
    assert answer.status_code == 403
    assert "belongs to somebody else" in answer.content.decode()
    assert not User.objects.filter(email=NEW).exists()


def test_another_schools_invitation_does_not_link_this_schools_account(cast, school, google):
    browser = invited(cast, Client(), part="hillside")
    assert through(browser, google).status_code == 403
    assert not SocialAccount.objects.exists()


def test_the_same_subject_of_another_issuer_is_another_person(cast, school, google):
    joined(cast, google)
    with Provider() as other:
        set_up(cast.oakfield.school, other)  # somebody pointed the school's provider elsewhere
        assert through(Client(), other, sub="s-1").status_code == 403
    set_up(cast.oakfield.school, google)
    assert through(Client(), google, sub="s-1").status_code == 302


@pytest.mark.parametrize("hd", ["gmail.com", "evil.example", ""])
def test_google_accounts_of_another_domain_are_refused(cast, school, google, hd):
    browser = invited(cast, Client())
    answer = through(browser, google, hd=hd)
    assert answer.status_code == 403
    assert "not one of your school" in answer.content.decode()


def test_microsoft_has_no_domain_to_check(cast, school, google):
    set_up(cast.oakfield.school, google, kind="microsoft", domain="")
    browser = invited(cast, Client())
    assert through(browser, google, kind="microsoft", hd="").headers["Location"] == "/"


def test_a_leavers_old_school_can_not_sign_in_as_them(cast, school, google):
    """They work at Brook now; Oakfield's administrator still owns the Google account."""
    joined(cast, google)
    user = User.objects.get(email=NEW)
    with school_context(cast.brook.school.pk):
        actions.add_member(school=cast.brook.school, user=user, roles=["teacher"], by=SYSTEM)
    with school_context(school.pk):
        actions.end_access(member=Membership.objects.current().get(user=user), by=SYSTEM)
    browser = Client()
    answer = through(browser, google)
    assert answer.status_code == 403
    assert "no longer work at that school" in answer.content.decode()
    assert browser.get("/s/brook/").headers["Location"].startswith("/accounts/login/")


# --- the second step ---------------------------------------------------------------------------------------------
def strict(school):
    school.is_demo = False
    school.save(update_fields=["is_demo"])


@pytest.mark.parametrize("vouches", [False, True])
def test_a_provider_counts_as_second_step_only_where_its_school_says_so(cast, school, google, vouches):
    strict(school)
    set_up(school, google, enforces_second_factor=vouches)
    browser = joined(cast, google)
    assert browser.get("/").headers["Location"] == ("/s/oakfield/" if vouches else "/accounts/second-step/")


def test_it_vouches_for_its_own_school_only(cast, school, google):
    strict(school)
    strict(cast.brook.school)
    set_up(school, google, enforces_second_factor=True)
    joined(cast, google)
    user = User.objects.get(email=NEW)
    with school_context(cast.brook.school.pk):
        actions.add_member(school=cast.brook.school, user=user, roles=["dsl"], by=SYSTEM)
    browser = Client()
    through(browser, google)
    assert browser.get("/s/oakfield/staff/").status_code == 403  # let in; a teacher may not see this page
    assert browser.get("/s/brook/staff/").headers["Location"] == "/accounts/second-step/"


def test_someone_with_an_app_is_asked_for_it_after_their_provider_too(cast, school, google):
    joined(cast, google)
    give_app(User.objects.get(email=NEW))
    assert through(Client(), google).headers["Location"] == "/accounts/2fa/authenticate/"


def test_the_session_says_who_was_vouched_for(cast, school, google):
    set_up(school, google, enforces_second_factor=True)
    browser = joined(cast, google)
    assert browser.session[policy.VOUCHED] == [school.pk, User.objects.get(email=NEW).pk]


# --- proving it again ------------------------------------------------------------------------------------------------
def again(browser, google, sub="s-1", **claims):
    page = browser.get("/accounts/confirm/?next=/accounts/")
    assert "Sign in to Google again" in page.content.decode()
    start = browser.post("/accounts/confirm/oakfield-google/", {"next": "/accounts/"})
    query = parse_qs(urlsplit(start.headers["Location"]).query)
    assert query["max_age"] == ["0"]
    return browser.get(google.sign_in(start.headers["Location"], sub, hd=DOMAIN, **claims))


@pytest.fixture
def no_click(monkeypatch):
    """Nobody here is one of the demo's one-click people."""
    monkeypatch.setattr("staff.signin.stepup.is_demo_person", lambda user: False)


def test_a_fresh_sign_in_there_is_proof(cast, school, google, no_click):
    browser = joined(cast, google)
    answer = again(browser, google, auth_time=int(time.time()))
    assert answer.headers["Location"] == "/accounts/"
    methods = [record["method"] for record in browser.session["account_authentication_methods"]]
    assert methods == ["socialaccount", "provider"]


@pytest.mark.parametrize("claims", [{}, {"auth_time": 1_000_000_000}])
def test_a_remembered_sign_in_there_is_not(cast, school, google, no_click, claims):
    browser = joined(cast, google)
    answer = again(browser, google, **claims)
    assert answer.status_code == 403
    assert "did not say that you have just signed in" in answer.content.decode()


def test_somebody_elses_sign_in_there_is_not(cast, school, google, no_click):
    browser = joined(cast, google)
    answer = again(browser, google, sub="somebody", auth_time=int(time.time()))
    assert answer.status_code == 403


def test_a_proof_nobody_asked_for_counts_for_nothing(cast, school, google, no_click):
    browser = joined(cast, google)
    answer = through(browser, google, query="?process=redirect", auth_time=int(time.time()))
    assert answer.status_code == 403


def test_only_ones_own_schools_provider_can_be_asked(cast, school, google, sign_in):
    assert sign_in(cast.brook.sendco).post("/accounts/confirm/oakfield-google/").status_code == 404


def test_someone_with_only_a_provider_may_enrol_within_five_minutes(cast, school, google, monkeypatch):
    browser = joined(cast, google)
    assert browser.get("/accounts/2fa/totp/activate/").status_code == 200
    now = time.time
    monkeypatch.setattr("time.time", lambda: now() + 301)
    answer = browser.get("/accounts/2fa/totp/activate/")
    assert answer.headers["Location"].startswith("/accounts/confirm/?next=")


# --- what goes wrong ------------------------------------------------------------------------------------------------
def test_connecting_by_hand_is_closed(cast, school, google):
    user = give_password(cast.oakfield.sendco.user)
    browser = Client()
    log_in(browser, user)
    assert through(browser, google, query="?process=connect").status_code == 403
    assert not SocialAccount.objects.exists()


def test_wrong_audience_issuer_or_no_token(cast, school, google):
    browser = invited(cast, Client())
    google.audience = "another client"
    answer = through(browser, google)
    google.audience = CLIENT
    assert (answer.status_code, SocialAccount.objects.exists()) == (403, False)
    google.break_issuer = True
    answer = through(browser, google)
    google.break_issuer = False
    assert (answer.status_code, SocialAccount.objects.exists()) == (403, False)
    assert "did not answer as it should" in answer.content.decode()
    assert through(browser, google, no_token=True).status_code == 403
    assert not SocialAccount.objects.exists()


def test_a_code_without_this_browsers_verifier_is_worthless(cast, school, google):
    """PKCE: a callback address that somebody else caught opens nothing for them, nor for a victim who is sent to it."""
    browser = invited(cast, Client())
    start = browser.post("/accounts/oidc/oakfield-google/login/")
    callback = google.sign_in(start.headers["Location"], "s-1", hd=DOMAIN)
    assert Client().get(callback).status_code == 403
    code = parse_qs(urlsplit(callback).query)["code"][0]
    assert google.token({"code": code, "client_secret": SECRET, "code_verifier": "guess"})[0] == 400


def test_cancelled_there(cast, school, google):
    browser = Client()
    start = browser.post("/accounts/oidc/oakfield-google/login/")
    state = parse_qs(urlsplit(start.headers["Location"]).query)["state"][0]
    answer = browser.get(f"/accounts/oidc/oakfield-google/login/callback/?error=access_denied&state={state}")
    assert answer.status_code == 403
    assert "You stopped on the way" in answer.content.decode()


@pytest.mark.parametrize("provider_id", ["oakfield-microsoft", "nowhere-google", "brook-google", "google", "x"])
def test_no_such_provider(cast, school, provider_id):
    for path in (f"/accounts/oidc/{provider_id}/login/", f"/accounts/oidc/{provider_id}/login/callback/"):
        assert Client().post(path).status_code == 404


def test_starting_it_takes_a_press(cast, school):
    page = Client().get("/accounts/oidc/oakfield-google/login/")
    assert page.status_code == 200
    assert "Go on with Google?" in page.content.decode()


def test_the_sign_in_page_offers_the_school_one_was_going_to(cast, school, google):
    page = Client().get("/accounts/login/?next=/s/oakfield/pupils/")
    assert "Sign in with Google" in page.content.decode()
    assert f"form-action 'self' {google.issuer}" in page.headers["Content-Security-Policy"]
    for path in ("/accounts/login/", "/accounts/login/?next=/s/brook/"):
        page = Client().get(path)
        assert "Google" not in page.content.decode()
        assert "form-action 'self';" in page.headers["Content-Security-Policy"] + ";"


def test_the_invitation_offers_it_too(cast, school, google):
    page = invited(cast, Client()).get("/join/")
    assert "Join with Google" in page.content.decode()
    assert google.issuer in page.headers["Content-Security-Policy"]


def test_allauths_own_link_pages_say_that_nothing_happens_there(cast, school, google, sign_in):
    browser = sign_in(cast.oakfield.sendco)
    assert "linked to your account by an invitation" in browser.get("/accounts/3rdparty/").content.decode()
    assert Client().get("/accounts/3rdparty/signup/").status_code == 302
