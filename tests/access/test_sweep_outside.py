"""The addresses outside any school: a pinned few answer anybody, all others ask for sign-in; none breaks, and no GET
writes a row of a school."""

import re

import pytest
from django.conf import settings
from django.urls import get_resolver

from tests.access.table import PUBLIC_NAMES
from tests.access.test_sweep import call
from tests.access.walk import addresses

METHODS = ("get", "head", "post")
FILLED = {"pk": "999999999", "token": "oakfield.never", "slug": "meridian", "provider_id": "oakfield-google"}
# allauth's own rows: its pages touch them on a GET (a code asked for, dead sessions swept away). No domain row.
SIGN_IN_ROWS = re.compile(r"(INSERT INTO|UPDATE|DELETE FROM)\s+\"?(mfa_|account_|usersessions_|staff_user)")


def pages():
    return [(address.name, path_of(address)) for address in addresses(settings.ROOT_URLCONF)]


def path_of(address):
    """The address with something in the place of each id; allauth writes some of them as expressions."""
    route = re.sub(r"\(\?P<\w+>(?:\[[^\]]*\]|[^()])*\)", "never", address.route)
    route = re.sub(r"<(?:\w+:)?(\w+)>", lambda match: FILLED[match[1]], route)
    return "/" + route.replace("^", "").replace("$", "")


def public_views():
    """The names of all views that say that they need no sign-in."""
    found = set()

    def walk(patterns, namespace):
        for pattern in patterns:
            if hasattr(pattern, "url_patterns"):
                walk(pattern.url_patterns, f"{pattern.namespace}:" if pattern.namespace else namespace)
            elif not getattr(pattern.callback, "login_required", True):
                found.add(f"{namespace}{pattern.name}")

    walk(get_resolver(settings.ROOT_URLCONF).url_patterns, "")
    return found - {"None"}


def test_the_pages_that_need_no_sign_in_are_just_these():
    assert public_views() == PUBLIC_NAMES


def test_no_page_of_a_school_goes_without_sign_in():
    for address in addresses(settings.SCHOOL_URLCONF):
        assert address.name not in PUBLIC_NAMES


def test_everything_else_sends_a_stranger_to_sign_in(cast, client):
    client.raise_request_exception = False
    wrong = []
    for name, path in pages():
        for method in METHODS:
            status, _, written = call(client, method, path)
            if name in PUBLIC_NAMES or name == "None":
                if status >= 500:
                    wrong.append(f"{method} {path}: {status}")
            elif status not in {302, 401, 403}:
                wrong.append(f"{method} {path}: {status}, not a way to sign in")
            if method != "post" and [sql for sql in written if not SIGN_IN_ROWS.match(sql)]:
                wrong.append(f"{method} {path} wrote {written}")
    assert wrong == []


@pytest.mark.parametrize("person", ["sendco", "teacher", "governor", "trust_lead"])
def test_nothing_breaks_for_somebody_signed_in(cast, sign_in, person):
    member = cast.oakfield.people[person]
    wrong = []
    for name, path in pages():
        for method in METHODS:
            browser = sign_in(member, raise_request_exception=False)
            status, _, written = call(browser, method, path)
            if status >= 500:
                wrong.append(f"{method} {name} {path}: {status}")
            if method != "post" and [sql for sql in written if not SIGN_IN_ROWS.match(sql)]:
                wrong.append(f"{method} {path} wrote {written}")
    assert wrong == []


def test_a_trusts_page_is_for_its_lead_alone(cast, sign_in):
    for person, member in cast.oakfield.people.items():
        status, _, _ = call(sign_in(member), "get", "/trust/meridian/")
        assert status == (200 if person == "trust_lead" else 404), person
    assert call(sign_in(cast.outsider), "get", "/trust/meridian/")[0] == 404
    assert call(sign_in(cast.oakfield.trust_lead), "get", "/trust/another/")[0] == 404
