"""The doctor: each thing that can be wrong is said in words, with what to do, and by the exit code."""

import datetime as dt
import io
import json
import socketserver
import threading
from collections import namedtuple

import pytest
from django.core.management import call_command
from django.db import DatabaseError
from django.utils import timezone

from sendhub.audit import SYSTEM, acting
from sendhub.operate import doctor, weak
from sendhub.operate.actions import record_everywhere
from sendhub.outbox import tasks
from sendhub.outbox.models import Heartbeat, OutboxDue
from sendhub.tenancy import school_context
from staff.models import School

Disk = namedtuple("Disk", "total used free")
LONG = "k3Jw9_zQpT7vXn2LrB8yHc5MdF6gSa1U"
CODES = {"well": 0, "warn": 1, "bad": 2}


@pytest.fixture
def well(db, settings, monkeypatch):
    """An installation in which nothing is wrong, as a server would have it."""
    tasks.beat()
    tasks.beat_lives()
    Heartbeat.objects.create(name="backup", at=timezone.now())
    settings.DEMO, settings.SITE_URL, settings.SECURE = False, "https://send.school.example", True
    settings.SECRET_KEY, settings.FIELD_KEYS = LONG * 2, ["x"]
    settings.BACKUP_KEY = "age1x"
    settings.EMAIL_HOST = "127.0.0.1"
    monkeypatch.setattr(doctor.smtplib, "SMTP", lambda *words, **options: io.StringIO())
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Disk(100, 40, 60))
    return settings


def examine():
    """(exit code, {about: its findings that are not well}, all that was said)."""
    out, code = io.StringIO(), 0
    try:
        call_command("doctor", stdout=out)
    except SystemExit as end:
        code = end.code
    wrong = {}
    for finding in doctor.examine():
        if finding.level != "well":
            wrong.setdefault(finding.about, []).append(finding)
    return code, wrong, out.getvalue()


def only(about, level):
    """The one finding that is wrong: (its words, what to do)."""
    code, wrong, said = examine()
    assert list(wrong) == [about], wrong
    (finding,) = wrong[about]
    assert (finding.level, code) == (level, CODES[level])
    assert f"{about}: {finding.words}\n      {finding.do}" in said
    assert finding.do.endswith(".")
    return finding.words


def test_all_is_well(well):
    code, wrong, said = examine()
    assert (code, wrong) == (0, {})
    assert said.endswith("All is well.\n")
    assert len(said.splitlines()) == len(doctor.examine()) + 1


def test_as_json(well, settings):
    settings.BACKUP_KEY = ""
    out = io.StringIO()
    with pytest.raises(SystemExit) as end:
        call_command("doctor", "--json", stdout=out)
    said = json.loads(out.getvalue())
    assert (end.value.code, said["worst"]) == (2, "bad")
    bad = [finding for finding in said["findings"] if finding["level"] == "bad"]
    assert [finding["about"] for finding in bad] == ["backup"]


def test_no_database(well, monkeypatch):
    def refuse():
        raise DatabaseError

    monkeypatch.setattr(doctor.connection, "cursor", refuse)
    findings = doctor.examine()
    monkeypatch.undo()
    assert (findings[0].about, findings[0].level) == ("database", "bad")
    assert {finding.about for finding in findings} == {"database", "disk", "keys"}


def test_a_login_that_row_security_lets_through(well, monkeypatch):
    monkeypatch.setattr("sendhub.checks.LOGIN_SQL", "SELECT true, false, false, false")
    assert only("login", "bad").startswith("The database login is a superuser")


def test_tables_that_are_behind(well, monkeypatch):
    monkeypatch.setattr("sendhub.health.MigrationExecutor.migration_plan", lambda self, targets: ["one"])
    assert only("migrations", "bad") == "The tables are older than the program, so pages fail."


@pytest.mark.parametrize(
    ("statement", "back", "words"),
    [
        (
            "ALTER TABLE pupils_pupil DISABLE ROW LEVEL SECURITY",
            "ALTER TABLE pupils_pupil ENABLE ROW LEVEL SECURITY",
            "Row security is off for pupils_pupil.",
        ),
        (
            "ALTER TABLE pupils_contact DISABLE TRIGGER USER",
            "ALTER TABLE pupils_contact ENABLE TRIGGER USER",
            "pupils_contact takes a write that names nobody.",
        ),
    ],
)
def test_a_wall_that_somebody_took_down(well, as_owner, statement, back, words):
    as_owner(statement)
    try:
        code, wrong, _ = examine()
    finally:
        as_owner(back)
    assert code == 2
    assert list(wrong) == ["row security"]
    assert wrong["row security"][0].words == words


def test_redis_is_away(well, settings):
    settings.CELERY_BROKER_URL = "redis://127.0.0.1:1/0"
    assert only("redis", "warn") == "Redis does not answer: pages work, and mail and documents wait."


@pytest.mark.parametrize("name", ["worker", "beat"])
def test_a_process_that_stopped(well, name):
    Heartbeat.objects.filter(name=name).update(at=timezone.now() - dt.timedelta(minutes=3))
    assert only(name, "bad").startswith(f"The {name} has shown no life for two minutes")


def test_no_mail_server(well, settings):
    settings.EMAIL_HOST = ""
    assert only("mail", "bad") == "No mail server is set, so no invitation or reminder goes out."
    settings.DEMO, settings.SECURE = True, False
    assert examine()[1] == {}


def test_a_mail_server_that_does_not_answer(well, monkeypatch):
    monkeypatch.undo()  # the real one
    with socketserver.TCPServer(("127.0.0.1", 0), socketserver.BaseRequestHandler) as server:
        port = server.server_address[1]
    well.EMAIL_HOST, well.EMAIL_PORT = "127.0.0.1", port  # closed again
    finding = doctor.mail()
    assert (finding.level, finding.words) == ("bad", "The mail server 127.0.0.1 does not answer: messages wait.")


def test_a_mail_server_that_answers(well, monkeypatch):
    monkeypatch.undo()

    class Greet(socketserver.BaseRequestHandler):
        def handle(self):
            self.request.sendall(b"220 here\r\n")

    with socketserver.TCPServer(("127.0.0.1", 0), Greet) as server:
        thread = threading.Thread(target=server.handle_request)
        thread.start()
        well.EMAIL_HOST, well.EMAIL_PORT = "127.0.0.1", server.server_address[1]
        assert doctor.mail().level == "well"
        thread.join()


def test_messages_that_are_late(well):
    OutboxDue.objects.create(school_id=1, message_id=1, next_try=timezone.now() - dt.timedelta(hours=1))
    assert only("mail", "warn") == "Messages have been due for over ten minutes."


@pytest.mark.parametrize(("free", "level"), [(14, "warn"), (5, "bad"), (1, "bad")])
def test_a_disk_that_fills(well, monkeypatch, free, level):
    monkeypatch.setattr(doctor.shutil, "disk_usage", lambda folder: Disk(100, 100 - free, free))
    assert only("disk", level).startswith(f"The disk of the files has {free}% free")


@pytest.mark.parametrize(("hours", "level"), [(27, "warn"), (73, "bad")])
def test_an_old_backup(well, hours, level):
    Heartbeat.objects.filter(name="backup").update(at=timezone.now() - dt.timedelta(hours=hours))
    assert only("backup", level).startswith("The last backup is of ")


def test_no_backup(well, settings):
    Heartbeat.objects.filter(name="backup").delete()
    assert only("backup", "bad") == "No backup has ever been taken."
    settings.BACKUP_KEY = ""
    assert only("backup", "bad") == "No backup can be taken: there is no key to lock it with."


def test_a_clock_that_is_wrong(well, monkeypatch):
    ahead = timezone.now() + dt.timedelta(seconds=90)
    monkeypatch.setattr(doctor.timezone, "now", lambda: ahead)
    assert doctor.clock().words.startswith("The clock here and the database's differ by ")


def test_a_clock_that_went_back(well):
    Heartbeat.objects.filter(name="beat").update(at=timezone.now() + dt.timedelta(hours=1))
    assert only("clock", "bad").startswith("The clock has gone back")


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"DEBUG": True}, "SENDHUB_DEBUG is 1: errors show everything to anybody."),
        ({"DEMO": True}, "SENDHUB_DEMO is 1: anybody signs in by one click."),
        ({"SECURE": False}, "SENDHUB_URL is not https: what is typed can be read on the way."),
        ({"SECRET_KEY": "short"}, "SENDHUB_SECRET_KEY is short or a guess: sessions can be forged."),
        ({"SECRET_KEY": "changeme" * 10}, "SENDHUB_SECRET_KEY is short or a guess: sessions can be forged."),
        ({"FIELD_KEYS": []}, "SENDHUB_FIELD_KEYS is empty: no authenticator app can be enrolled."),
        ({"DB_PASSWORDS": {"app": "sendhub"}}, "The database password of sendhub_app is short or a guess."),
        ({"DB_PASSWORDS": {"app": LONG, "backup": LONG}}, "Two of the database logins have the same password."),
    ],
)
def test_a_default_secret(well, settings, change, words):
    for name, value in change.items():
        setattr(settings, name, value)
    (finding,) = weak.keys()
    assert (finding.about, finding.level, finding.words) == ("keys", "bad", words)


@pytest.fixture
def real(cast, well):
    """Oakfield with real records, whose drill is done."""
    School.objects.filter(slug="oakfield").update(is_demo=False)
    record_everywhere(tried_on=timezone.localdate(), done_by="A", held=True, backup_of=None)
    return cast.oakfield


def test_staff_who_see_a_whole_school_with_a_password_alone(real):
    words = only("sign-in", "bad")
    assert words == "Oakfield Secondary School: 6 people who see the whole school have no second factor."
    for person in real.people.values():
        assert person.user.name not in words


def test_no_drill(real):
    with school_context(real.school.pk), acting(SYSTEM, "test"):
        assert weak.drills()[0].level == "well"
    record = {"done_by": "A", "held": True, "backup_of": None}
    School.objects.filter(slug="brook").update(is_demo=False, name="Brook School")
    assert [finding.level for finding in weak.drills()] == ["well"]
    School.objects.create(name="New School", slug="new", la_code="302", estab="4999")
    (finding,) = weak.drills()
    assert (finding.level, finding.words) == (
        "warn",
        "No backup has been restored as a test for a term: New School.",
    )
    assert record_everywhere(tried_on=timezone.localdate(), **record) == 4
    assert weak.drills()[0].level == "well"
