"""Tries are counted: guessing one account is throttled, a whole school behind one address is not; and a stranger can
not tell an address that is known from one that is not."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client

from staff import urls_account
from staff.models import User
from staff.signin import ratelimits
from tests.signin.conftest import PASSWORD, code, give_app, give_password, link_in, log_in, mails_of


def guess(browser, email, password="not the right one"):
    return browser.post("/accounts/login/", {"login": email, "password": password})


def test_guessing_one_account_is_throttled(cast):
    user = give_password(cast.oakfield.sendco.user)
    for _ in range(5):
        assert "do not go together" in guess(Client(), user.email).content.decode()
    answer = guess(Client(), user.email, PASSWORD)  # the right one, and too late
    assert answer.status_code == 422
    assert "Too many tries" in answer.content.decode()
    assert log_in(Client(), give_password(cast.oakfield.ta.user)).status_code == 302  # nobody else is shut out


def test_a_code_can_not_be_guessed(cast, real_schools):
    user = give_password(cast.oakfield.sendco.user)
    give_app(user)
    browser = Client()
    log_in(browser, user)
    for number in range(5):
        browser.post("/accounts/2fa/authenticate/", {"code": f"00000{number}"})
    assert "Too many tries" in browser.post("/accounts/2fa/authenticate/", {"code": code()}).content.decode()


def test_120_people_behind_one_address_sign_in_within_a_minute(cast):
    hashed = make_password(PASSWORD)
    people = [User.objects.create(email=f"p{n}@oakfield.example.org", name="P", password=hashed) for n in range(120)]
    EmailAddress.objects.bulk_create(
        [EmailAddress(user=user, email=user.email, verified=True, primary=True) for user in people]
    )
    assert [log_in(Client(), user).status_code for user in people] == [302] * 120
    assert len({key for key in cache_keys() if "login_failed" in key}) <= 121


def cache_keys():
    with connection.cursor() as cursor:
        cursor.execute("SELECT cache_key FROM sendhub_cache")
        return [row[0] for row in cursor.fetchall()]


def test_counts_are_not_thrown_away_when_there_are_many(db):
    for number in range(400):
        cache.set(f"{ratelimits.PREFIX}x:{number}", [1.0], 300)
    assert all(cache.get(f"{ratelimits.PREFIX}x:{number}") == [1.0] for number in range(400))


def raising(request):
    cache.set("allauth:rl:test", [1.0], 300)
    cache.set("something-else", 1, 300)
    raise ValueError


@pytest.mark.django_db(transaction=True)
def test_counts_outlast_a_view_that_raises(client, monkeypatch):
    """Without keep_counts the rollback of the view's transaction takes the count with it."""
    page = next(pattern for pattern in urls_account.urlpatterns if pattern.name == "join")
    raising.login_required = False
    monkeypatch.setattr(page, "callback", raising)
    client.raise_request_exception = False
    assert client.get("/join/").status_code == 500
    assert cache.get("allauth:rl:test") == [1.0]
    assert cache.get("something-else") is None


@pytest.mark.django_db(transaction=True)
def test_counts_of_a_view_that_answers_500_are_kept(client, monkeypatch):
    def broken(request):
        cache.set("allauth:rl:test", [2.0], 300)
        return HttpResponse(status=500)

    broken.login_required = False
    page = next(pattern for pattern in urls_account.urlpatterns if pattern.name == "join")
    monkeypatch.setattr(page, "callback", broken)
    assert client.get("/join/").status_code == 500
    assert cache.get("allauth:rl:test") == [2.0]


def test_too_many_from_one_address_get_a_plain_page(client, cast, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login": "1/m/ip"}
    guess(client, "a@example.org")
    answer = guess(client, "a@example.org")
    assert answer.status_code == 429
    assert "Too many tries" in answer.content.decode()


# --- nobody can find out who has an account ------------------------------------------------------------------------
def same(answer, address):
    """The answer's body without what differs anyhow: the token, the typed address."""
    body = answer.content.decode().replace(address, "ADDRESS")
    return re.sub(r'name="csrfmiddlewaretoken" value="\w+"', "TOKEN", body)


@pytest.mark.parametrize("path", ["/accounts/login/", "/accounts/password/reset/"])
def test_known_and_unknown_addresses_get_the_same_answer(cast, path):
    known, unknown = give_password(cast.oakfield.sendco.user).email, "nobody.here@oakfield.example.org"
    answers = []
    for address in (known, unknown):
        browser = Client()
        answer = browser.post(path, {"login": address, "email": address, "password": "not the right one"}, follow=True)
        answers.append((answer.status_code, answer.redirect_chain, same(answer, address), sorted(answer.headers)))
    assert answers[0] == answers[1]


def test_only_the_known_address_gets_a_mail_and_it_names_nobody_in_its_subject(cast):
    user = give_password(cast.oakfield.sendco.user)
    for address in (user.email, "nobody.here@oakfield.example.org"):
        Client().post("/accounts/password/reset/", {"email": address})
    [letter] = mails_of(cast.oakfield.school, "password_reset")
    assert (letter.to, letter.subject) == (user.email, "Choose a new password")
    assert "/accounts/password/reset/key/" in letter.text
    assert "/accounts/password/reset/key/" in letter.html


def test_someone_with_no_school_left_gets_no_mail(cast, as_owner):
    user = give_password(User.objects.create(email="left@example.org", name="Left"))
    user.set_password(PASSWORD)
    user.save()
    answer = Client().post("/accounts/password/reset/", {"email": user.email})
    assert answer.status_code == 302
    assert as_owner("SELECT count(*) FROM outbox_message") == [(0,)]


def test_an_unproved_address_is_mailed_a_check(cast):
    user = give_password(cast.oakfield.sendco.user)
    user.emailaddress_set.update(verified=False)
    browser = Client()
    assert log_in(browser, user).headers["Location"] == "/accounts/confirm-email/"
    assert "Look in your mail" in browser.get("/accounts/confirm-email/").content.decode()
    [letter] = mails_of(cast.oakfield.school, "address_check")
    page = browser.get(link_in(letter))
    assert "Yes, it is mine" in page.content.decode()
    assert not user.emailaddress_set.get().verified  # a mail scanner that opens the link proves nothing
    browser.post(link_in(letter))
    assert user.emailaddress_set.get().verified
    assert "no longer works" in Client().get("/accounts/confirm-email/x/").content.decode()


def test_a_change_of_password_is_mailed(by_password, cast, settings, django_capture_on_commit_callbacks):
    settings.DEMO = True
    new = "four brave otters juggle"
    browser = by_password(cast.oakfield.sendco)
    browser.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    [letter] = mails_of(cast.oakfield.school, "account_notice")
    assert letter.subject == "Your SendHub account was changed"
    assert "Your password was changed." in letter.text
    assert "Priya" not in letter.subject
