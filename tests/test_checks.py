"""The start-up check of the login, with real roles: each unsafe one is refused, in words that say what to do."""

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from sendhub.checks import refuse_unsafe_login


def log_in_as(user, password):
    connection.close()
    connection.settings_dict.update(USER=user, PASSWORD=password)


@pytest.fixture
def roles(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock():
        yield log_in_as
        log_in_as("sendhub_app", settings.DB_PASSWORDS["app"])


def test_the_apps_login_may_serve(roles):
    roles("sendhub_app", settings.DB_PASSWORDS["app"])
    refuse_unsafe_login()


@pytest.mark.parametrize(
    ("role", "words"),
    [("owner", "owns tables and can become the owner"), ("backup", "bypasses row security")],
)
def test_an_unsafe_login_is_refused(roles, role, words):
    roles(f"sendhub_{role}", settings.DB_PASSWORDS[role])
    with pytest.raises(ImproperlyConfigured, match=f"The database login {words}, so it would see every school's rows"):
        refuse_unsafe_login()
