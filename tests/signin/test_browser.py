"""In Chromium, under the strict policy: a passkey is added and signs in; the back button shows nothing afterwards."""

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore

from sendhub.tenancy import school_context
from staff import actions
from staff.signin import policy
from tests.look.axe import faults
from tests.look.width import width_of
from tests.signin.conftest import PASSWORD, code, give_app, give_password, link_in, mails_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def device(chromium, live_server, open_page):
    """`device()` gives (page, start): a page whose computer has a fingerprint reader, and the site's address."""

    def run():
        page = open_page()
        session = page.context.new_cdp_session(page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2",
            "transport": "internal",
            "hasResidentKey": True,
            "hasUserVerification": True,
            "isUserVerified": True,
            "automaticPresenceSimulation": True,
        }
        session.send("WebAuthn.addVirtualAuthenticator", {"options": options})
        return page, live_server.url.replace("127.0.0.1", "localhost")  # a passkey's domain is no number

    return run


def strict(member):
    member.school.is_demo = False
    member.school.save(update_fields=["is_demo"])
    return give_password(member.user)


def sign_in(page, start, user):
    page.goto(f"{start}/accounts/login/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_passkey_is_added_and_then_signs_in_by_one_tap(device, cast):
    user = strict(cast.oakfield.sendco)
    page, start = device()
    sign_in(page, start, user)
    page.wait_for_url("**/accounts/second-step/")
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("Work laptop")
    page.get_by_role("button", name="Add a passkey on this device").click()
    page.wait_for_url("**/accounts/2fa/recovery-codes/")
    assert page.locator("code").count() == 10
    assert Authenticator.objects.get(type="webauthn").wrap().is_passwordless
    page.goto(f"{start}/accounts/2fa/webauthn/")
    assert page.get_by_role("link", name="Rename Work laptop").is_visible()

    page.goto(f"{start}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    page.locator("#passkey_own").check()
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url(lambda url: "login" not in url)
    page.goto(f"{start}/accounts/sessions/")
    assert page.get_by_text("This one").is_visible()
    clock = session_of(page)
    assert clock["own"] is True

    page.goto(f"{start}/accounts/logout/")
    page.get_by_role("button", name="Sign out").click()
    sign_in(page, start, user)
    page.wait_for_url("**/accounts/2fa/authenticate/")
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url(lambda url: "authenticate" not in url)
    page.goto(f"{start}/accounts/")
    assert page.get_by_text("Priya Nair").is_visible()


def session_of(page):
    key = next(c["value"] for c in page.context.cookies() if c["name"] == settings.SESSION_COOKIE_NAME)
    return SessionStore(key)[policy.CLOCK]


def test_an_app_is_added_by_its_square_and_works_without_javascript(live_server, open_page, cast):
    user = strict(cast.oakfield.sendco)
    page = open_page(java_script_enabled=False)
    sign_in(page, live_server.url, user)
    page.get_by_role("link", name="Set up an app").click()
    box = page.get_by_role("img", name="Square code to scan").bounding_box()
    assert box["width"] == pytest.approx(240, abs=2)
    secret = page.locator("details code").text_content()
    page.get_by_label("The six digits").fill(code(secret))
    page.get_by_role("button", name="Use this app").click()
    assert page.locator(".codes code").count() == 10


def test_the_back_button_shows_nothing_after_sign_out(browse, live_server, cast):
    page = browse(cast.oakfield.sendco, "/accounts/")
    assert page.get_by_text("Priya Nair").is_visible()
    page.get_by_role("button", name="Sign out").click()
    page.wait_for_url("**/accounts/login/")
    page.go_back()
    page.wait_for_load_state()
    assert page.get_by_text("Priya Nair").count() == 0
    assert page.get_by_role("heading", name="Sign in", exact=True).is_visible()


PAGES = [
    ("/s/oakfield/staff/", "People who can sign in"),
    ("/s/oakfield/staff/invite/", "Invite somebody"),
    ("/s/oakfield/staff/sign-in/", "Sign-in rules"),
    ("/s/oakfield/staff/sign-in/google/", "Google"),
    ("/accounts/", "Your account"),
    ("/accounts/2fa/", "Your second step"),
    ("/accounts/sessions/", "Where you are signed in"),
]


def test_axe_finds_nothing_on_the_screens_of_people_and_accounts(browse, cast, real_schools):
    give_app(cast.oakfield.sendco.user)
    with school_context(cast.oakfield.school.pk):
        actions.invite(
            school=cast.oakfield.school, email="a@example.org", name="Asha", roles=["ta"], by=cast.oakfield.sendco
        )
    page = browse(cast.oakfield.sendco, "/accounts/", width=320)
    start = page.url.removesuffix("/accounts/")
    for path, heading in PAGES:
        page.goto(start + path)
        assert page.get_by_role("heading", level=1, name=heading).is_visible(), path
        assert faults(page) == [], path
        assert width_of(page) <= 320, path


def test_axe_finds_nothing_on_the_way_in(browse, cast, settings):
    with school_context(cast.oakfield.school.pk):
        actions.invite(
            school=cast.oakfield.school, email="a@example.org", name="Asha", roles=["ta"], by=cast.oakfield.sendco
        )
    door = link_in(mails_of(cast.oakfield.school, "invitation")[-1])
    page = browse(None, "/accounts/login/", width=320)
    start = page.url.removesuffix("/accounts/login/")
    for path in ("/accounts/login/?ended=idle", "/accounts/password/reset/", door):
        page.goto(start + path)
        assert faults(page) == [], path
        assert width_of(page) <= 320, path
    page.get_by_role("button", name="Join").click()
    assert page.locator("section.summary").is_visible()
    assert faults(page) == []
    settings.DEMO = True
    page.goto(start + "/")
    assert page.get_by_role("button", name="Be Priya Nair").first.is_visible()
    assert faults(page) == []
    assert width_of(page) <= 320
