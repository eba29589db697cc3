"""The look at a restored database: each thing that was compared, in a sentence, and whether it was right."""

import re
from contextlib import contextmanager
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from cryptography.fernet import InvalidToken
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.urls import set_script_prefix

from pupils.words import count_words
from sendhub.access import Role
from sendhub.operate import walls
from sendhub.operate.database import connect, counts, django_on
from sendhub.operate.purged import purge_again
from staff.models import Membership
from staff.signin.policy import SECOND
from staff.signin.sealed import unseal

LEADS = [Role.SENDCO, Role.HEAD, Role.ASSISTANT_SENDCO]


@dataclass(frozen=True)
class Check:
    ok: bool
    words: str


def verify(restored, reapply):
    """A list of Check, in the order in which they were made. `reapply` purges again (purged.py)."""
    manifest = restored.manifest
    found = [same_dump(restored), *same_files(restored)]
    with connect("owner", restored.name) as db:
        found += [same_rows(manifest, counts(db)), same_migrations(manifest, db)]
    with django_on("owner", restored.name):
        found.append(brought_up())
    if not found[-1].ok:
        return found
    living = settings.FILES_DIR
    with django_on("owner", restored.name), files_in(restored.folder):
        found.append(Check(True, purge_again(restored.folder, living, reapply)))
    with connect("owner", restored.name) as db:
        found += walls_stand(walls.faults(db.execute(walls.TABLES).fetchall()))
    with django_on("owner", restored.name):
        found.append(secrets_open())
        person = somebody()
    with django_on("app", restored.name), files_in(restored.folder):
        found.append(page_is_there(person))
    return found


def same_dump(restored):
    same = restored.database == restored.manifest["database"]
    return Check(same, "The database's part is the one that was made, byte for byte." if same else
                 "The database's part is not the one that was made.")  # fmt: skip


def same_files(restored):
    """One line for all that are right, and one for each that is not."""
    wanted, got = restored.manifest["files"], restored.files
    wrong = [name for name in wanted if got.get(name) != wanted[name]]
    extra = [name for name in got if name not in wanted]
    lines = [Check(True, f"{count_words(len(wanted) - len(wrong), 'file', 'files')} there, byte for byte.")]
    if wrong:
        lines.append(
            Check(False, f"{count_words(len(wrong), 'file is', 'files are')} missing or not as made: {some(wrong)}.")
        )
    if extra:
        lines.append(
            Check(False, f"{count_words(len(extra), 'file', 'files')} that the manifest does not know: {some(extra)}.")
        )
    return lines


def some(names):
    return ", ".join(sorted(names)[:5]) + (" and more" if len(names) > 5 else "")


def same_rows(manifest, now):
    wanted = manifest["tables"]
    wrong = sorted(name for name in wanted.keys() | now.keys() if wanted.get(name) != now.get(name))
    if wrong:
        words = ", ".join(f"{name} ({now.get(name, 'missing')}, not {wanted.get(name, 'there')})" for name in wrong[:5])
        return Check(False, f"The rows differ in {count_words(len(wrong), 'table', 'tables')}: {words}.")
    return Check(True, f"{sum(wanted.values()):,} rows in {len(wanted)} tables, as many as were counted in the backup.")


def same_migrations(manifest, db):
    rows = [list(row) for row in db.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()]
    same = rows == manifest["migrations"]
    return Check(same, f"{len(rows)} migrations, the same as in the backup." if same else
                 "The list of migrations is not that of the backup.")  # fmt: skip


def brought_up():
    """An older version's database is migrated; a newer one's is not for this program."""
    executor = MigrationExecutor(connection)
    known = set(executor.loader.disk_migrations)
    ours = {app for app, _ in known}
    newer = [key for key in executor.loader.applied_migrations if key[0] in ours and key not in known
             and not any(key in each.replaces for each in executor.loader.disk_migrations.values())]  # fmt: skip
    if newer:
        return Check(False, "It was made by a newer version of SendHub: restore it with that version.")
    behind = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if behind:
        call_command("migrate", interactive=False, verbosity=0)
        return Check(
            True, f"It is an older version's: {count_words(behind, 'migration', 'migrations')} brought it up to date."
        )
    return Check(True, "Its tables are those of this version.")


def walls_stand(found):
    if found:
        return [Check(False, words) for words in found]
    number = len(walls.school_models())
    return [
        Check(True, f"Row security is on and forced for each of the {number} tables of schools, with our policies."),
        Check(True, f"Every change of {len(walls.tracked())} tables writes history, and nobody can edit that."),
    ]


def secrets_open():
    """Whether the keys of this machine open what is sealed in the database: they are not part of a backup."""
    row = Authenticator.objects.filter(type=Authenticator.Type.TOTP).first()
    if row is None:
        return Check(True, "No authenticator app is enrolled, so there was no sealed secret to open.")
    try:
        unseal(row.data["secret"])
    except (InvalidToken, ImproperlyConfigured, KeyError):
        return Check(
            False,
            "SENDHUB_FIELD_KEYS does not open its authenticator seeds: put back the keys of the .env of that time, "
            "or everybody with an authenticator app has to enrol again.",
        )
    return Check(True, "SENDHUB_FIELD_KEYS opens its authenticator seeds.")


def somebody():
    """A person who may sign in to it, a SENDCO where there is one; None where nobody may."""
    people = Membership.objects.current().select_related("user", "school").order_by("pk")
    for role in LEADS:
        if person := people.filter(roles__contains=[role]).first():
            return person
    return people.first()


def page_is_there(person):
    """Today, as that person sees it, from the restored database and as the app's own login."""
    if person is None:
        return Check(True, "Nobody can sign in to it yet, so no page was drawn.")
    host = re.sub(r"^[.*]+", "", settings.ALLOWED_HOSTS[0]) or "localhost"
    browser = Client(HTTP_HOST=host, raise_request_exception=False)
    browser.force_login(person.user)
    session = browser.session
    session[SECOND] = True
    session.save()
    try:
        answer = browser.get(f"/s/{person.school.slug}/", secure=settings.SECURE)
        right = answer.status_code == 200 and person.school.name.encode() in answer.content
    finally:
        session.flush()
        set_script_prefix("/")
    if right:
        return Check(True, "A signed-in member's first page was drawn from it.")
    return Check(False, f"A signed-in member's first page could not be drawn (answer {answer.status_code}).")


@contextmanager
def files_in(folder):
    before, settings.FILES_DIR = settings.FILES_DIR, folder
    try:
        yield
    finally:
        settings.FILES_DIR = before


def held(checks):
    return all(check.ok for check in checks)
