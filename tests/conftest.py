"""What every test stands on: a database made by the owner and used by the app, the cast, and a real browser.

The people are in tests/cast.py; the demo school has the same ones. Tests log in as sendhub_app, as the product does:
a test that passes as the owner proves nothing about row security.
"""

import os

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from hypothesis import settings as hypothesis_settings

from tests.cast import build_cast

# A clock is no assertion: a busy machine must not fail a property.
hypothesis_settings.register_profile("sendhub", deadline=None)
hypothesis_settings.register_profile("soak", deadline=None, max_examples=2000)
hypothesis_settings.load_profile("sendhub")

CHROMIUM = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"]
CHROMIUM += ["--disable-background-networking", "--disable-component-update", "--disable-sync"]
KEEP = {"django_migrations", "django_content_type"}


def log_in_as(role):
    connection.close()
    connection.settings_dict.update(USER=f"sendhub_{role}", PASSWORD=settings.DB_PASSWORDS[role])


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_keepdb, tmp_path_factory):
    """Migrate as owner, then log in as the app for everything else."""
    keepdb = django_db_keepdb
    worker = getattr(request.config, "workerinput", {}).get("workerid")
    if worker:
        name = connection.settings_dict["TEST"]["NAME"]
        connection.settings_dict["TEST"]["NAME"] = f"{name}_{worker}"
    settings.FILES_DIR = tmp_path_factory.mktemp("files")
    with django_db_blocker.unblock():
        log_in_as("owner")
        made = setup_databases(verbosity=0, interactive=False, keepdb=keepdb, serialized_aliases=[])
        call_command("createcachetable", verbosity=0)
        log_in_as("app")
        with connection.cursor() as cursor:
            cursor.execute("SELECT session_user")
            assert cursor.fetchone() == ("sendhub_app",)
    patch = pytest.MonkeyPatch()
    patch.setattr(TransactionTestCase, "_fixture_teardown", lambda self: wipe())
    # live_server puts its own static handler in front, which does not know hashed names: WhiteNoise serves instead.
    patch.setattr("django.contrib.staticfiles.handlers.StaticFilesHandler", lambda app: app)
    yield
    patch.undo()
    with django_db_blocker.unblock():
        end_other_connections()
        log_in_as("owner")
        teardown_databases(made, verbosity=0, keepdb=keepdb)


def end_other_connections():
    """A thread of a browser test may still hold one, and the database could not be dropped."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND usename = current_user AND pid <> pg_backend_pid()"
        )


def owner_connection():
    """A second connection, logged in as the owner. The caller closes it."""
    other = connection.copy()
    other.settings_dict = {
        **connection.settings_dict,
        "USER": "sendhub_owner",
        "PASSWORD": settings.DB_PASSWORDS["owner"],
    }
    return other


def wipe():
    """Empty every table, as owner: the app may not TRUNCATE."""
    owner = owner_connection()
    with owner.cursor() as cursor:
        tables = [name for name in owner.introspection.table_names(cursor) if name not in KEEP]
        names = ", ".join(f'"{name}"' for name in tables)
        cursor.execute(f"TRUNCATE {names} RESTART IDENTITY CASCADE")
    owner.close()


@pytest.fixture
def as_owner(db):
    """Run SQL as the owner on a second connection: `as_owner("SELECT ...", [...])` gives its rows."""
    owner = owner_connection()

    def run(sql, params=None):
        with owner.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []

    yield run
    owner.close()


@pytest.fixture
def cast(db):
    """Three small schools and everybody in them (tests/cast.py)."""
    return build_cast()


@pytest.fixture
def sign_in(client):
    """`sign_in(person)` gives a client signed in as that person, past any second factor."""
    from django.test import Client

    def run(person, **kwargs):
        browser = Client(**kwargs)
        browser.force_login(person.user)
        session = browser.session
        session["second_factor"] = True
        session.save()
        return browser

    return run


@pytest.fixture(scope="session")
def chromium(django_db_setup):
    """One Chromium for the run. Its loop makes Django think we are async: hence the variable."""
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path="/usr/bin/chromium",
            args=CHROMIUM,
        )
        yield browser
        browser.close()
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.fixture
def open_page(chromium):
    """`open_page(width=..., cookies=[...], **context)` gives a page; any policy violation or script error fails."""
    opened, faults = [], []

    def run(width=1366, height=900, cookies=(), **options):
        context = chromium.new_context(viewport={"width": width, "height": height}, locale="en-GB", **options)
        context.add_cookies(list(cookies))
        context.add_init_script(
            "document.addEventListener('securitypolicyviolation',"
            " e => console.error('policy violation: ' + e.violatedDirective + ' ' + e.blockedURI))"
        )
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(f"script error: {error}"))
        page.on(
            "console",
            lambda message: (
                faults.append(message.text)
                if "violat" in message.text or "Content Security Policy" in message.text
                else None
            ),
        )
        opened.append(context)
        return page

    yield run
    for context in opened:
        context.close()
    assert faults == []


@pytest.fixture
def browse(django_db_setup, live_server, open_page, sign_in):
    """`browse(person, path)` opens a page of the running server, signed in as that person."""

    def run(person, path="/", **options):
        cookies = []
        if person is not None:
            session = sign_in(person).cookies[settings.SESSION_COOKIE_NAME].value
            cookies = [{"name": settings.SESSION_COOKIE_NAME, "value": session, "url": live_server.url}]
        page = open_page(cookies=cookies, **options)
        page.goto(live_server.url + path)
        return page

    return run
