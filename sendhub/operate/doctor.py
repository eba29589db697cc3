"""What is wrong with this installation, in plain words, and what to do. Reads only; names no person and no pupil.

Each look gives findings: well, warn (it will hurt, or it hurts a little) or bad (something does not work or is not
safe). Keys, passwords and sign-in have their own file (weak.py).
"""

import datetime as dt
import shutil
import smtplib
from contextlib import suppress
from dataclasses import dataclass

import redis
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from sendhub.checks import unsafe_login
from sendhub.health import LEAST_DISK, migrations_are_in
from sendhub.operate import walls
from sendhub.operate.queries import last_backup
from sendhub.outbox.queries import overdue, stopped_hearts

WELL, WARN, BAD = "well", "warn", "bad"
ORDER = [WELL, WARN, BAD]
LITTLE_DISK = 0.15
BACKUP_LATE, BACKUP_OLD = dt.timedelta(hours=26), dt.timedelta(hours=72)
CLOCK_OFF = 30  # seconds


@dataclass(frozen=True)
class Finding:
    about: str
    level: str
    words: str
    do: str = ""


def examine():
    """Every finding. Without a database there is one only, since nothing else can be asked."""
    from sendhub.operate import weak

    found = [database()]
    if found[0].level == BAD:
        return [*found, *disks(), *weak.keys()]
    for look in (login, migrations, row_security, queue, processes, mail, backups, clock):
        found += listed(look())
    if all(finding.level != BAD for finding in found if finding.about == "migrations"):
        found += weak.drills() + weak.people()
    return [*found, *disks(), *weak.keys()]


def listed(findings):
    return findings if isinstance(findings, list) else [findings]


def worst(findings):
    """0 when all is well, 1 for a warning, 2 when something is bad."""
    return max(ORDER.index(finding.level) for finding in findings)


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return Finding(
            "database", BAD, "The database does not answer, so no page does.",
            "Look whether `db` runs (`docker compose ps`), and at its log; then at SENDHUB_DB_HOST and the passwords.",
        )  # fmt: skip
    return Finding("database", WELL, "The database answers.")


def login():
    if words := unsafe_login():
        return Finding("login", BAD, words, "Set SENDHUB_DB_ROLE to app and start web and worker again.")
    return Finding("login", WELL, "The database login is one that row security binds.")


def migrations():
    if migrations_are_in():
        return Finding("migrations", WELL, "The tables are those of this version.")
    return Finding(
        "migrations", BAD, "The tables are older than the program, so pages fail.",
        "Run `docker compose run --rm migrate`.",
    )  # fmt: skip


def row_security():
    with connection.cursor() as cursor:
        cursor.execute(walls.TABLES)
        faults = walls.faults(cursor.fetchall())
    if not faults:
        return Finding("row security", WELL, "The walls between schools stand: row security, policies and history.")
    do = "Stop web and worker, and restore the last backup or ask for help: somebody has changed the tables by hand."
    return [Finding("row security", BAD, words, do) for words in faults]


def queue():
    with suppress(redis.RedisError):
        client = redis.Redis.from_url(settings.CELERY_BROKER_URL, socket_timeout=2, socket_connect_timeout=2)
        with client:
            client.ping()
        return Finding("redis", WELL, "Redis answers.")
    return Finding(
        "redis", WARN, "Redis does not answer: pages work, and mail and documents wait.",
        "Look whether `redis` runs and at SENDHUB_REDIS_URL. Nothing is lost; what waits goes out when it is back.",
    )  # fmt: skip


HEARTS = {
    "worker": "mail is not sent and documents are not made",
    "beat": "reminders are not sent, and what was missed is not looked for",
}


def processes():
    stopped = stopped_hearts()
    return [
        Finding(
            name, BAD, f"The {name} has shown no life for two minutes: {lost}.",
            f"Start `{name}` (`docker compose up -d {name}`) and look at its log. What waits is done then.",
        )
        if name in stopped
        else Finding(name, WELL, f"The {name} lives.")
        for name, lost in HEARTS.items()
    ]  # fmt: skip


def mail():
    if not settings.EMAIL_HOST:
        if settings.DEMO:
            return Finding("mail", WELL, "This is a demo: mail goes into its mailbox page and to nobody.")
        return Finding("mail", BAD, "No mail server is set, so no invitation or reminder goes out.",
                       "Set SENDHUB_EMAIL_HOST and the lines below it in .env.")  # fmt: skip
    try:
        smtplib.SMTP(settings.EMAIL_HOST, settings.EMAIL_PORT, timeout=5).close()
    except OSError:
        return Finding(
            "mail", BAD, f"The mail server {settings.EMAIL_HOST} does not answer: messages wait.",
            "Look at SENDHUB_EMAIL_HOST and SENDHUB_EMAIL_PORT, and whether the firewall lets this host out to it.",
        )  # fmt: skip
    if overdue():
        return Finding("mail", WARN, "Messages have been due for over ten minutes.",
                       "The page Messages of each school says why each one waits.")  # fmt: skip
    return Finding("mail", WELL, "The mail server answers and nothing is late.")


def disks():
    """One finding a disk: files and backups may share one."""
    found, seen = [], set()
    for what, folder in (("files", settings.FILES_DIR), ("backups", settings.BACKUP_DIR)):
        while not folder.exists():
            folder = folder.parent
        if folder.stat().st_dev not in seen:
            seen.add(folder.stat().st_dev)
            found.append(disk(what, shutil.disk_usage(folder)))
    return found


def disk(what, usage):
    share = usage.free / usage.total
    words = f"The disk of the {what} has {share:.0%} free ({usage.free / 2**30:.1f} GB)."
    if share >= LITTLE_DISK:
        return Finding("disk", WELL, words)
    level = WARN if share > LEAST_DISK else BAD
    return Finding("disk", level, words, "Make room or add some. A full disk stops saving, uploads and backups.")


TO_DO = 'Run `manage.py backup` and see to it that a timer runs it each night (docs/operate.md, "Back up").'


def backups():
    if not settings.BACKUP_KEY:
        make = '`manage.py backup --make-key`, on another machine: docs/operate.md, "Back up".'
        return Finding("backup", BAD, "No backup can be taken: there is no key to lock it with.", make)
    at = last_backup()
    if at is None:
        return Finding("backup", BAD, "No backup has ever been taken.", TO_DO)
    age, words = timezone.now() - at, f"The last backup is of {timezone.localtime(at):%-d %B, %H:%M}."
    if age > BACKUP_LATE:
        return Finding("backup", BAD if age > BACKUP_OLD else WARN, words, TO_DO)
    return Finding("backup", WELL, words)


MOMENTS = """
SELECT clock_timestamp(), (SELECT max(applied) FROM django_migrations), (SELECT max(at) FROM outbox_heartbeat)
"""
SET_CLOCK = "Set it, and let the system keep it (systemd-timesyncd or chrony): codes, deadlines and links depend on it."


def clock():
    """Ours against the database's, and against the newest moment that is already written down."""
    with connection.cursor() as cursor:
        cursor.execute(MOMENTS)
        theirs, *written = cursor.fetchone()
    now = timezone.now()
    off = abs((theirs - now).total_seconds())
    if off > CLOCK_OFF:
        return Finding("clock", BAD, f"The clock here and the database's differ by {off:.0f} s.", SET_CLOCK)
    if any(moment and (moment - now).total_seconds() > CLOCK_OFF for moment in written):
        words = "The clock has gone back: something is already written down of later than now."
        return Finding("clock", BAD, words, SET_CLOCK)
    return Finding("clock", WELL, f"The clock says {timezone.localtime():%-d %B %Y, %H:%M}, as the database's does.")
