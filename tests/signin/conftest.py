"""People who sign in the real way: a password, an authenticator app, and the stage that asks for it."""

import base64
import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client

from sendhub.outbox import letters
from sendhub.outbox.models import Message
from sendhub.tenancy import school_context

PASSWORD = "seven tame herons whistle"
SECRET = base64.b32encode(b"x" * 20).decode()


@pytest.fixture(autouse=True)
def plain(db, settings):
    """Every test begins outside the demo, with no tries counted; a quick hash, since hashing is not what is tested."""
    settings.DEMO = False
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


def give_password(user, password=PASSWORD):
    if not user.has_usable_password():  # a second change would end the sessions that are there
        user.set_password(password)
        user.save(update_fields=["password"])
    EmailAddress.objects.get_or_create(user=user, email=user.email, defaults={"verified": True, "primary": True})
    return user


def give_app(user):
    """An authenticator app whose codes `code()` knows."""
    from staff.signin import sealed

    return Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": sealed.seal(SECRET)})


def code(secret=SECRET, at=None):
    """The six digits of RFC 6238, worked out here and not by the library that checks them."""
    counter = struct.pack(">Q", int(time.time() if at is None else at) // 30)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06}"


def log_in(client, user, password=PASSWORD, **more):
    return client.post("/accounts/login/", {"login": user.email, "password": password, **more})


@pytest.fixture
def by_password(cast):
    """`by_password(person)`: a client that has signed in with a password, and with an app's code if they have one."""

    def run(person, **more):
        give_password(person.user)
        client = Client()
        response = log_in(client, person.user, **more)
        assert response.status_code == 302
        if response.headers["Location"].endswith("/2fa/authenticate/"):
            response = client.post("/accounts/2fa/authenticate/", {"code": code()})
            assert response.status_code == 302
        return client

    return run


@pytest.fixture
def real_schools(cast, as_owner):
    """The cast's schools as real ones: nobody is exempt from anything."""
    for school in (cast.oakfield, cast.hillside, cast.brook):
        school.school.is_demo = False
        school.school.save(update_fields=["is_demo"])
    return cast


def mails_of(school, template=None):
    """The letters that wait in the school's outbox, oldest first."""
    with school_context(school.pk):
        rows = Message.objects.filter(school=school).order_by("pk")
        if template:
            rows = rows.filter(template=template)
        from sendhub.audit import SYSTEM, acting

        with acting(SYSTEM, "test.write"):
            return [letters.write(row) for row in rows]


def link_in(letter):
    return re.search(r"https?://[^/\s]+(/\S+)", letter.text)[1]
