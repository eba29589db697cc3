"""The page that says when the last backup and drill were, and the form that notes one."""

import datetime as dt

import pytest
from django.utils import timezone

from sendhub.operate.models import RestoreDrill
from sendhub.outbox.models import Heartbeat
from tests.visits import inside, looks, oakfield, visit  # noqa: F401

TODAY = timezone.localdate()
RIGHT = {"tried_on": TODAY.isoformat(), "done_by": "R. Keane", "backup_of": TODAY.isoformat(), "held": "yes"}


def backup_taken(hours):
    Heartbeat.objects.update_or_create(name="backup", defaults={"at": timezone.now() - dt.timedelta(hours=hours)})


def test_backup_show_without_any(visit):  # noqa: F811
    text = visit("sendco").text("backups/")
    assert "<h1>No backup has been taken yet</h1>" in text
    assert "No drill is noted yet" in text
    assert "Should: Keep 3 copies on 2 devices, 1 of them off the site, and restore one as a test each term." in text


def test_backup_show_says_how_it_stands(visit, inside):  # noqa: F811
    head = visit("head")
    backup_taken(hours=80)
    assert "<h1>The last backup is of" in head.text("backups/")
    backup_taken(hours=2)
    assert "<h1>Backups are taken, and none has been restored as a test</h1>" in head.text("backups/")
    with inside():
        old = RestoreDrill.objects.create(
            school_id=head.member.school_id, tried_on=TODAY - dt.timedelta(days=300), done_by="A", held=True
        )
    assert "none has been restored as a test for a term" in head.text("backups/")
    assert head.post("backups/drill/", {**RIGHT, "held": "no", "note": "Two files short"}).status_code == 302
    text = head.text("backups/")
    assert "none has been restored as a test for a term" in text  # one that failed is no proof
    assert "Not whole" in text
    assert head.post("backups/drill/", RIGHT).status_code == 302
    assert "<h1>Backups are taken and tried</h1>" in head.text("backups/")
    assert old.pk


def test_drill_record_keeps_what_was_said(visit, inside):  # noqa: F811
    page = visit("sendco")
    answer = page.post("backups/drill/", {**RIGHT, "three_copies": "on", "off_site": "on", "note": "12 minutes"})
    assert answer.status_code == 302
    with inside():
        (drill,) = RestoreDrill.objects.all()
        (event,) = drill.events.all()
    assert (drill.tried_on, drill.done_by, drill.held) == (TODAY, "R. Keane", True)
    assert (drill.three_copies, drill.two_devices, drill.off_site) == (True, False, True)
    assert (event.pgh_context["verb"], event.pgh_context["actor"]) == (
        "drill.record",
        f"user:{page.member.user_id}",
    )
    text = page.text("backups/")
    assert "Three, one off site" in text
    assert RestoreDrill().copies == "Not noted"
    assert "12 minutes" in text


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"tried_on": (TODAY + dt.timedelta(days=1)).isoformat()}, "This day is still to come."),
        ({"backup_of": (TODAY + dt.timedelta(days=1)).isoformat()}, "The backup is of a later day than the drill."),
        ({"done_by": ""}, "This field is required."),
        ({"held": "perhaps"}, "Select a valid choice."),
    ],
)
def test_drill_record_refuses(visit, inside, change, words):  # noqa: F811
    answer = visit("sendco").post("backups/drill/", RIGHT | change)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    with inside():
        assert not RestoreDrill.objects.exists()


@pytest.mark.parametrize("rows", [1, 3])
def test_backup_show_asks_no_more_for_more_drills(visit, inside, rows, django_assert_num_queries):  # noqa: F811
    page = visit("sendco")
    with inside():
        for _ in range(rows):
            RestoreDrill.objects.create(school_id=page.member.school_id, tried_on=TODAY, done_by="A", held=True)
    page.get("backups/")
    with django_assert_num_queries(COUNT):
        page.get("backups/")


COUNT = 13
