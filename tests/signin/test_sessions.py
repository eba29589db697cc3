"""How long a session lasts, what someone gets when it has ended, and what a shared computer keeps."""

import datetime as dt
from urllib.parse import urlsplit

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client

from sendhub.tenancy import school_context
from staff import actions
from staff.signin import policy
from tests.signin.conftest import PASSWORD, give_app, give_password, log_in

START = dt.datetime(2026, 11, 2, 8, 30, tzinfo=dt.UTC)
PAGE = "/s/oakfield/staff/"


def after(**kwargs):
    return time_machine.travel(START + dt.timedelta(**kwargs), tick=False)


@pytest.fixture
def settled(by_password, cast, settings):
    """`settled(person)`: signed in at START, in a demo school, so with no second step to take."""
    settings.DEMO = True

    def run(person, **more):
        with after():
            return by_password(person, **more)

    return run


def make_own(browser):
    session = browser.session
    session[policy.CLOCK] = {**session[policy.CLOCK], "own": True}
    session.save()


@pytest.mark.parametrize(
    ("own", "minutes", "lives"),
    [(False, 19, True), (False, 20, False), (True, 20, True), (True, 59, True), (True, 60, False)],
)
def test_idle(settled, cast, own, minutes, lives):
    browser = settled(cast.oakfield.sendco)
    if own:
        with after():
            make_own(browser)
    with after(minutes=minutes):
        answer = browser.get(PAGE)
        assert (answer.status_code == 200) is lives
        if not lives:
            assert answer.headers["Location"] == "/accounts/login/?ended=idle&next=%2Fs%2Foakfield%2Fstaff%2F"
            page = browser.get(answer.headers["Location"]).content.decode()
            assert "nothing happened for a while" in page
            assert browser.get(PAGE).headers["Location"] == "/accounts/login/?next=%2Fs%2Foakfield%2Fstaff%2F"


def test_activity_moves_the_idle_limit_on(settled, cast):
    browser = settled(cast.oakfield.sendco)
    for minutes in (15, 30, 45, 60):
        with after(minutes=minutes):
            assert browser.get(PAGE).status_code == 200


@pytest.mark.parametrize(("hours", "lives"), [(9.9, True), (10, False)])
def test_ten_hours_whatever_one_does(settled, cast, hours, lives):
    browser = settled(cast.oakfield.sendco)
    with after():
        make_own(browser)  # fewer steps on the way
    for minute in range(55, int(hours * 60), 55):
        with after(minutes=minute):
            browser.get("/accounts/login/")
    with after(hours=hours):
        answer = browser.get(PAGE)
        assert (answer.status_code == 200) is lives
        if not lives:
            assert "ended=day" in answer.headers["Location"]
            assert "ten hours" in browser.get(answer.headers["Location"]).content.decode()


def test_last_seen_is_written_at_most_once_a_minute(settled, cast, django_assert_num_queries):
    browser = settled(cast.oakfield.sendco)
    seen = []
    for seconds in (30, 59, 61, 90, 122):
        with after(seconds=seconds):
            browser.get(PAGE)
            seen.append(browser.session[policy.CLOCK]["seen"] - int(START.timestamp()))
    assert seen == [0, 0, 61, 61, 122]
    assert UserSession.objects.get().last_seen_at == START + dt.timedelta(seconds=122)


def test_a_session_without_a_clock_gets_one(client, cast, settings):
    settings.DEMO = True
    client.force_login(cast.oakfield.sendco.user)
    assert client.get(PAGE).status_code == 200
    assert client.session[policy.CLOCK]["own"] is False


@pytest.mark.parametrize("tick", [{}, {"own_device": "on"}])
def test_own_device_counts_only_beside_a_passkey(settled, cast, tick):
    browser = settled(cast.oakfield.sendco, **tick)
    with after():
        assert browser.session[policy.CLOCK]["own"] is False


def test_own_device_with_a_passkey(rf, cast, client):
    """The session's start, as allauth calls it after a passkey; the browser test does the whole of it."""
    user = cast.oakfield.sendco.user
    request = rf.get("/")
    request.session, request.user = client.session, user
    request.session["own_device"] = True
    request.session["account_authentication_methods_user"] = str(user.pk)
    request.session["account_authentication_methods"] = [
        {"method": "mfa", "type": "webauthn", "passwordless": True, "at": 0}
    ]
    policy.start(request, user)
    assert request.session[policy.CLOCK]["own"] is True
    assert request.session[policy.SECOND] is True
    assert "own_device" not in request.session


# --- what someone gets who is no longer signed in -----------------------------------------------------------------
def ended(settled, cast):
    return settled(cast.oakfield.sendco)


def test_a_form_that_comes_too_late_gives_the_words_back(settled, cast):
    browser = ended(settled, cast)
    with after(minutes=30):
        answer = browser.post("/s/oakfield/staff/invite/", {"name": "Asha Rao of Year 9", "email": "a@example.org"})
        assert answer.status_code == 401
        assert "Asha Rao of Year 9" in answer.content.decode()
        assert browser.get(PAGE).status_code == 302  # and really signed out


def test_from_a_late_form_one_comes_back_to_the_page_that_it_stood_on(settled, cast):
    """Its own address may take no GET, and knows nothing of the page's filter."""
    browser = ended(settled, cast)
    with after(minutes=30):
        answer = browser.post(
            "/s/oakfield/messages/1/again/", {}, headers={"Referer": "http://testserver/s/oakfield/messages/?tab=dead"}
        )
    href = "/accounts/login/?ended=idle&amp;next=%2Fs%2Foakfield%2Fmessages%2F%3Ftab%3Ddead"
    assert f'href="{href}"' in answer.content.decode()


def test_htmx_goes_to_sign_in_and_back_to_the_page_not_the_fragment(settled, cast):
    browser = ended(settled, cast)
    headers = {"HX-Request": "true", "HX-Current-URL": "http://testserver/s/oakfield/pupils/?q=a"}
    with after(minutes=30):
        answer = browser.get(PAGE, headers=headers)
        expected = "/accounts/login/?ended=idle&next=%2Fs%2Foakfield%2Fpupils%2F%3Fq%3Da"
        assert answer.headers["HX-Redirect"] == expected
        headers["HX-Current-URL"] = "https://evil.example/s/"
        assert browser.get(PAGE, headers=headers).headers["HX-Redirect"] == "/accounts/login/?next=%2F"


def test_json_gets_401(settled, cast):
    browser = ended(settled, cast)
    with after(minutes=30):
        answer = browser.post(PAGE, {}, headers={"Accept": "application/json", "Referer": "http://testserver/s/x/"})
        assert answer.status_code == 401
        assert answer.json() == {"sign_in": "/accounts/login/?ended=idle&next=%2Fs%2Fx%2F"}
        again = browser.get(PAGE, headers={"Accept": "application/json"})
        assert again.json() == {"sign_in": "/accounts/login/?next=%2Fs%2Foakfield%2Fstaff%2F"}


@pytest.mark.parametrize("path", ["/s/oakfield/staff/", "/s/no-such-school/staff/"])
def test_a_stranger_can_not_tell_a_school_from_none(client, cast, path):
    answer = client.get(path)
    assert answer.status_code == 302
    assert answer.headers["Location"].startswith("/accounts/login/?next=")


def test_sign_in_leads_back(cast, settings):
    settings.DEMO = True
    give_password(cast.oakfield.sendco.user)
    browser = Client()
    assert log_in(browser, cast.oakfield.sendco.user, next=PAGE).headers["Location"] == PAGE


@pytest.mark.parametrize("evil", ["//evil.example/", "https://evil.example/", "javascript:alert(1)", "/\\evil.example"])
def test_next_never_leads_away(cast, settings, evil):
    settings.DEMO = True
    give_password(cast.oakfield.sendco.user)
    browser = Client()
    assert browser.get("/accounts/login/", {"next": evil}).status_code == 200
    assert log_in(browser, cast.oakfield.sendco.user, next=evil).headers["Location"] == "/"


# --- the end of a session -----------------------------------------------------------------------------------------
def test_sign_out_tells_the_browser_to_forget(settled, cast):
    browser = settled(cast.oakfield.sendco)
    with after(minutes=1):
        assert browser.get("/accounts/logout/").status_code == 200
        key = browser.session.session_key
        answer = browser.post("/accounts/logout/")
        assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
        assert not Session.objects.filter(session_key=key).exists()
        assert "Clear-Site-Data" not in browser.post("/accounts/logout/").headers


def test_pages_are_never_stored(settled, cast):
    browser = settled(cast.oakfield.sendco)
    with after(minutes=1):
        for path in (PAGE, "/accounts/", "/accounts/login/"):
            assert "no-store" in browser.get(path).headers["Cache-Control"], path


def test_signing_in_changes_the_session_id(cast, settings):
    settings.DEMO = True
    give_password(cast.oakfield.sendco.user)
    browser = Client()
    browser.get("/join/")
    session = browser.session
    session["x"] = 1
    session.save()
    before = session.session_key
    log_in(browser, cast.oakfield.sendco.user)
    assert browser.session.session_key != before


def test_list_and_end_sessions(settled, cast):
    mine, other = settled(cast.oakfield.sendco), settled(cast.oakfield.sendco)
    stranger = settled(cast.brook.sendco)
    with after(minutes=1):
        page = mine.get("/accounts/sessions/").content.decode()
        assert page.count("This one") == 1
        theirs = UserSession.objects.get(session_key=other.session.session_key)
        assert stranger.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 404
        assert mine.get(f"/accounts/sessions/{theirs.pk}/end/").status_code == 405
        assert mine.post(f"/accounts/sessions/{theirs.pk}/end/").status_code == 302
        assert other.get(PAGE).status_code == 302
        own = UserSession.objects.get(session_key=mine.session.session_key)
        assert mine.post(f"/accounts/sessions/{own.pk}/end/").headers["Location"] == "/accounts/logout/"
        third = settled(cast.oakfield.sendco)
        with after(minutes=2):
            assert mine.post("/accounts/sessions/").status_code == 302
            assert third.get(PAGE).status_code == 302
            assert mine.get(PAGE).status_code == 200


@pytest.mark.parametrize(("own", "minutes", "listed"), [(False, 19, 2), (False, 20, 1), (True, 59, 2), (True, 60, 1)])
def test_a_session_that_ended_by_itself_is_not_listed(settled, cast, own, minutes, listed):
    """The other browser was left alone and never came back, so its row is still there."""
    mine, other = settled(cast.oakfield.sendco), settled(cast.oakfield.sendco)
    with after():
        if own:
            make_own(other)
    for minute in range(10, minutes, 10):
        with after(minutes=minute):
            assert mine.get(PAGE).status_code == 200
    with after(minutes=minutes):
        page = mine.get("/accounts/sessions/").content.decode()
    assert page.count("Last seen") == listed
    assert page.count("This one") == 1
    assert page.count("Sign out everywhere else") == listed - 1


def test_a_session_that_began_with_an_invitation_is_listed_too(cast):
    with school_context(cast.oakfield.school.pk):
        people = {"school": cast.oakfield.school, "by": cast.oakfield.sendco}
        invitation = actions.invite(email="new@oakfield.example.org", name="Asha Rao", roles=["ta"], **people)
        _, url = actions.make_link(invitation=invitation, by=cast.oakfield.sendco)
    browser = Client()
    browser.get(urlsplit(url).path, follow=True)
    browser.post("/join/", {"name": "Asha Rao", "password1": PASSWORD, "password2": PASSWORD})
    session = UserSession.objects.get(user__email="new@oakfield.example.org")
    assert session.session_key == browser.session.session_key


def test_a_new_password_ends_every_session(settled, cast):
    mine, other = settled(cast.oakfield.sendco), settled(cast.oakfield.sendco)
    new = "four brave otters juggle"
    with after(minutes=1):
        data = {"oldpassword": PASSWORD, "password1": new, "password2": new}
        assert mine.post("/accounts/password/change/", data).status_code == 302
        assert mine.get(PAGE).status_code == 302
        assert other.get(PAGE).status_code == 302


def test_two_people_at_one_computer(settled, cast):
    """A second person who signs in at the same browser gets nothing of the first one's session."""
    browser = settled(cast.oakfield.sendco)
    with after(minutes=1):
        browser.post("/accounts/logout/")
        user = give_password(cast.oakfield.teacher.user)
        give_app(user)
        assert log_in(browser, user).headers["Location"] == "/accounts/2fa/authenticate/"
        assert browser.get(PAGE).headers["Location"].startswith("/accounts/login/")
