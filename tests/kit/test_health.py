"""/healthz and /readyz: what they say, to strangers too."""

import datetime as dt
from collections import namedtuple

import pytest
from django.db import DatabaseError
from django.utils import timezone

from sendhub import health
from sendhub.outbox import tasks
from sendhub.outbox.models import OutboxDue

Disk = namedtuple("Disk", "total used free")


@pytest.fixture
def well(db):
    tasks.beat()
    tasks.beat_lives()


def test_healthz_touches_nothing(client, db, django_assert_num_queries):
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"ok": True})


def test_ready(client, well):
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "failed": [], "degraded": []})


def test_a_stopped_queue_and_late_mail_are_said_and_forgiven(client, db):
    OutboxDue.objects.create(school_id=1, message_id=1, next_try=timezone.now() - dt.timedelta(hours=1))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["degraded"]) == (200, ["queue", "mail"])


def test_a_full_disk_is_not_ready(client, well, monkeypatch):
    monkeypatch.setattr(health.shutil, "disk_usage", lambda folder: Disk(100, 96, 4))
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["disk"])


def test_a_files_folder_that_is_not_made_yet_is_looked_for_above(client, well, settings, tmp_path):
    settings.FILES_DIR = tmp_path / "not" / "yet"
    assert client.get("/readyz").status_code == 200


def test_a_missing_migration_is_not_ready(client, well, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda self, targets: ["one"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["failed"]) == (503, ["migrations"])


def test_without_postgres_it_is_not_ready_and_nothing_else_is_asked(client, well):
    def refuse():
        raise DatabaseError

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(health.connection, "cursor", refuse)
        answer = client.get("/readyz")
    assert (answer.status_code, answer.json()) == (
        503, {"ready": False, "failed": ["database", "migrations"], "degraded": []},
    )  # fmt: skip
