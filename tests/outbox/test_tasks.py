"""Bells, sweeper, heartbeats and the two commands."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from sendhub.outbox import actions, pace, queries, tasks
from sendhub.outbox.models import Heartbeat, Message, OutboxDue
from sendhub.tenancy import school_context


@pytest.fixture
def rung(monkeypatch):
    calls = []
    monkeypatch.setattr(tasks.send, "apply_async", lambda args, kwargs, **options: calls.append((*args, kwargs)))
    return calls


def test_the_sweeper_rings_for_every_school_in_one_query(queue, cast, rung, django_assert_num_queries):
    here = queue()
    with school_context(cast.brook.school.pk):
        there = queue(school_id=cast.brook.school.pk, by=cast.brook.sendco)
    later = queue(key="another")
    actions.mark_refused(actions.claim(school_id=later.school_id, pk=later.pk), "x")
    with django_assert_num_queries(1):
        tasks.sweep()
    assert sorted(rung, key=str) == sorted(
        [(here.pk, {"school_id": here.school_id}), (there.pk, {"school_id": there.school_id})], key=str
    )


def test_the_bell_sends(queue):
    message = queue()
    tasks.send(message.pk, school_id=message.school_id)
    message.refresh_from_db()
    assert message.state == "sent"


def test_drain_sends_what_is_due_of_every_school(queue, cast):
    queue()
    with school_context(cast.brook.school.pk):
        queue(school_id=cast.brook.school.pk, by=cast.brook.sendco)
    said = StringIO()
    call_command("outbox_drain", stdout=said)
    assert (said.getvalue(), OutboxDue.objects.count()) == ("2 sent.\n", 0)


def test_drain_until_idle_waits_for_the_next_try(queue, monkeypatch):
    monkeypatch.setattr(pace, "BACK_OFF", [dt.timedelta(seconds=0.3)])
    message = queue()
    actions.mark_refused(actions.claim(school_id=message.school_id, pk=message.pk), "x")
    said = StringIO()
    call_command("outbox_drain", "--until-idle", stdout=said)
    message.refresh_from_db()
    assert (said.getvalue(), message.state) == ("1 sent.\n", "sent")


class TestHeartbeats:
    def test_beat_lives_when_it_rings_and_the_worker_when_it_answers(self, db):
        assert queries.stopped_hearts() == ["beat", "worker"]
        tasks.beat_lives()
        assert queries.stopped_hearts() == ["worker"]
        tasks.beat()
        assert queries.stopped_hearts() == []

    def test_two_minutes_of_silence_are_too_many(self, db):
        tasks.beat()
        tasks.beat_lives()
        Heartbeat.objects.filter(name="worker").update(at=timezone.now() - dt.timedelta(minutes=2, seconds=1))
        assert queries.stopped_hearts() == ["worker"]

    def test_check_heartbeat_says_what_stopped_and_fails(self, db):
        with pytest.raises(CommandError, match="Beat has shown no life for two minutes; worker has shown"):
            call_command("check_heartbeat")

    def test_check_heartbeat_fails_when_mail_lies_about(self, queue):
        tasks.beat()
        tasks.beat_lives()
        said = StringIO()
        call_command("check_heartbeat", stdout=said)
        assert said.getvalue() == "Beat, worker and mail are well.\n"
        queue()
        OutboxDue.objects.update(next_try=timezone.now() - pace.LATE - dt.timedelta(seconds=1))
        with pytest.raises(CommandError, match="Messages have been due"):
            call_command("check_heartbeat")


class TestDelayed:
    def old(self, message, minutes):
        from sendhub.audit import SYSTEM, acting

        with acting(SYSTEM, "test.age"):
            Message.objects.filter(pk=message.pk).update(created_at=timezone.now() - dt.timedelta(minutes=minutes))

    def test_mail_that_goes_in_its_time_is_not_mentioned(self, queue, oakfield):
        self.old(queue(), 9)
        assert queries.delayed(oakfield.school.pk) == ""

    @pytest.mark.parametrize(("count", "words"), [(1, "1 has been waiting"), (2, "2 have been waiting")])
    def test_late_mail_is_one_sentence(self, queue, oakfield, count, words):
        for number in range(count):
            self.old(queue(key=f"key {number}"), 11)
        sentence = queries.delayed(oakfield.school.pk)
        assert sentence.startswith(f"E-mails are delayed: {words}, the oldest since ")

    def test_a_lot_of_late_mail_is_counted_up_to_a_point(self, queue, oakfield, monkeypatch):
        monkeypatch.setattr(queries, "MANY", 2)
        for number in range(3):
            self.old(queue(key=f"key {number}"), 11 + number)
        assert "2 or more have been waiting" in queries.delayed(oakfield.school.pk)

    def test_another_schools_late_mail_is_not_ours(self, queue, cast):
        self.old(queue(), 11)
        with school_context(cast.brook.school.pk):
            assert queries.delayed(cast.brook.school.pk) == ""
