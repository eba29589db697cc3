"""The doctor's look at keys, passwords, sign-in and drills. Counts and schools' names only, no person's."""

import re
from urllib.parse import urlsplit

from django.conf import settings
from django.utils import timezone

from pupils.words import count_words
from sendhub.access import ROLES, Scope
from sendhub.operate.doctor import BAD, WARN, WELL, Finding
from sendhub.operate.queries import last_drill
from sendhub.rules.drills import drill_due
from sendhub.tenancy import school_context
from staff.models import Membership, School
from staff.signin.queries import has_factor

WHOLE_SCHOOL = sorted(role.value for role, row in ROLES.items() if row.scope == Scope.ALL)
GUESSES = re.compile(r"(sendhub|postgres|password|secret|change.?me|example|test|admin|123456)", re.IGNORECASE)
LONG_KEY, LONG_PASSWORD = 50, 16
ENV = 'docs/operate.md, "Keys", and .env.example say how.'


def keys():
    """What .env should not hold on a server where there are real records."""
    demo = settings.DEMO or urlsplit(settings.SITE_URL).hostname in {"localhost", "127.0.0.1"}
    faults = [
        (settings.DEBUG, "SENDHUB_DEBUG is 1: errors show everything to anybody.", "Set it to 0."),
        (settings.DEMO and settings.SECURE, "SENDHUB_DEMO is 1: anybody signs in by one click.", "Set it to 0."),
        (not settings.SECURE and not demo, "SENDHUB_URL is not https: what is typed can be read on the way.",
         "Put a proxy with TLS in front (docs/operate.md, \"TLS\")."),
        (weak_key(settings.SECRET_KEY), "SENDHUB_SECRET_KEY is short or a guess: sessions can be forged.",
         f"Make a new one; {ENV} Everybody signs in again."),
        (not settings.FIELD_KEYS, "SENDHUB_FIELD_KEYS is empty: no authenticator app can be enrolled.", ENV),
        *[(weak_password(value), f"The database password of sendhub_{role} is short or a guess.",
           "Change it in .env and run scripts/db-init.sh.") for role, value in settings.DB_PASSWORDS.items() if value],
        (same_passwords(), "Two of the database logins have the same password.", "Give each its own, as above."),
    ]  # fmt: skip
    found = [Finding("keys", BAD, words, do) for fault, words, do in faults if fault]
    return found or [Finding("keys", WELL, "Keys and passwords are long, and none is one that somebody would guess.")]


def weak_key(text):
    return len(text) < LONG_KEY or len(set(text)) < 8 or bool(GUESSES.search(text))


def weak_password(text):
    return len(text) < LONG_PASSWORD or len(set(text)) < 6 or bool(GUESSES.search(text))


def same_passwords():
    given = [value for value in settings.DB_PASSWORDS.values() if value]
    return len(given) != len(set(given))


def schools():
    """Each school that holds real records."""
    return School.objects.filter(is_demo=False).order_by("name")


def people():
    """Whoever sees a whole school and could be signed in as with a password alone."""
    found = []
    for school in schools():
        with school_context(school.pk):
            number = (
                Membership.objects.current().filter(~has_factor(), school=school, roles__overlap=WHOLE_SCHOOL).count()
            )
        if number:
            who = count_words(number, "person who sees the whole school has", "people who see the whole school have")
            found.append(Finding(
                "sign-in", BAD, f"{school.name}: {who} no second factor.",
                "They set one up under Your account; School, Sign-in rules, asks everybody for one.",
            ))  # fmt: skip
    return found or [Finding("sign-in", WELL, "Everybody who sees a whole school's real records has a second factor.")]


def drills():
    today, late = timezone.localdate(), []
    for school in schools():
        with school_context(school.pk):
            due = drill_due(last_drill(school.pk), today)
        if due.days_left(today) < 0 or due.anchor == "never":
            late.append(school.name)
    if not late:
        return [Finding("drill", WELL, "No school with real records waits for a restore drill.")]
    return [Finding(
        "drill", WARN, f"No backup has been restored as a test for a term: {', '.join(late[:5])}.",
        "`manage.py restore FILE --into NAME --key FILE --verify --done-by \"Your name\"` does it and notes it.",
    )]  # fmt: skip
