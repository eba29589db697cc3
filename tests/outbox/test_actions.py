"""Every move of a message. The conversation with a real mail server is in test_smtp.py, the faults in tests/faults."""

import datetime as dt
from threading import Thread

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import DataError, OperationalError, connection, transaction
from django.utils import timezone

from sendhub import outbox
from sendhub.audit import Actor
from sendhub.outbox import actions, pace, registry
from sendhub.outbox.models import DemoMail, Message, OutboxDue
from sendhub.tenancy import school_context

MINUTE = dt.timedelta(minutes=1)


def due(message):
    return OutboxDue.objects.filter(school_id=message.school_id, message_id=message.pk).values_list("next_try").first()


def claim(message):
    return actions.claim(school_id=message.school_id, pk=message.pk)


def at(moment):
    return time_machine.travel(moment, tick=False)


class TestQueue:
    def test_one_event_writes_one_message_and_one_look(self, queue):
        first, second = queue(), queue(to="someone.else@example.org")
        assert first.pk == second.pk
        assert second.to == "parent1@example.org"
        assert Message.objects.count() == OutboxDue.objects.count() == 1

    def test_without_a_commit_there_is_no_message(self, queue, oakfield):
        class Undone(Exception):
            pass

        with pytest.raises(Undone), transaction.atomic():
            queue()
            raise Undone
        assert (Message.objects.count(), OutboxDue.objects.count()) == (0, 0)

    def test_the_bell_rings_after_the_commit_and_only_once(
        self, queue, oakfield, monkeypatch, django_capture_on_commit_callbacks
    ):
        rung = []
        monkeypatch.setattr("sendhub.outbox.tasks.send.apply_async", lambda *a, **k: rung.append((a, k)))
        with django_capture_on_commit_callbacks(execute=True):
            message = queue()
            queue()
            assert rung == []
        assert [call[0] for call in rung] == [((message.pk,), {"school_id": oakfield.school.pk})]

    def test_a_dead_queue_does_not_stop_the_one_who_saves(self, queue, monkeypatch, django_capture_on_commit_callbacks):
        def refuse(*args, **kwargs):
            raise ConnectionRefusedError

        monkeypatch.setattr("sendhub.outbox.tasks.send.apply_async", refuse)
        with django_capture_on_commit_callbacks(execute=True):
            message = queue()
        assert due(message)

    @pytest.mark.parametrize("address", ["", "nobody", "a@b.org\nBcc: c@d.org", "a b@c.org"])
    def test_a_bad_address_is_refused_when_it_is_written(self, queue, address):
        with pytest.raises(ValidationError):
            queue(to=address)

    def test_an_email_that_nobody_writes_is_refused(self, queue):
        with pytest.raises(LookupError):
            queue(template="no_such_letter")

    def test_two_schools_may_use_the_same_key_and_never_share_a_message_id(self, queue, cast):
        here = queue()
        with school_context(cast.brook.school.pk):
            there = queue(school_id=cast.brook.school.pk, by=cast.brook.sendco)
        assert here.message_id != there.message_id

    def test_who_caused_it_is_kept(self, queue):
        assert queue(by=Actor("system:import", "Import")).by == "system:import"


class TestQueueMany:
    LETTERS = [(f"many:{number}", f"parent{number}@example.org", {"letter_id": number}) for number in range(30)]

    @pytest.fixture
    def queue_many(self, queue, oakfield):
        """`queue_many(letters)` in the words of the one message that `queue` writes."""
        template = queue().template

        def run(letters, **changes):
            values = {"school_id": oakfield.school.pk, "template": template, "letters": letters, "by": oakfield.sendco}
            return outbox.queue_many(**values | changes)

        return run

    def test_each_is_written_with_its_look_and_an_event_that_is_known_is_not_written_again(self, queue_many):
        first = queue_many(self.LETTERS[:3])
        assert [message.to for message in first] == [to for _, to, _ in self.LETTERS[:3]]
        again = queue_many(self.LETTERS[2:4])
        assert [message.key for message in again] == ["many:3"]
        assert Message.objects.filter(key__startswith="many:").count() == 4
        assert all(due(message) for message in [*first, *again])
        assert len({message.message_id for message in [*first, *again]}) == 4

    def test_a_few_bells_ring_and_the_questions_do_not_grow(
        self, queue_many, monkeypatch, django_capture_on_commit_callbacks, django_assert_num_queries
    ):
        rung = []
        monkeypatch.setattr("sendhub.outbox.tasks.send.apply_async", lambda *a, **k: rung.append(a))
        with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(7):
            queue_many(self.LETTERS[:3])
        with django_capture_on_commit_callbacks(execute=True), django_assert_num_queries(7):
            queue_many(self.LETTERS[3:])
        assert len(rung) == 3 + actions.BELLS

    def test_one_bad_address_or_a_letter_that_nobody_writes_writes_none(self, queue_many):
        with pytest.raises(ValidationError):
            queue_many([self.LETTERS[0], ("many:bad", "nobody", {})])
        with pytest.raises(LookupError):
            queue_many(self.LETTERS[:1], template="no_such_letter")
        assert not Message.objects.filter(key__startswith="many:").exists()


class TestClaim:
    def test_the_first_worker_gets_it_and_the_second_does_not(self, queue):
        message = queue()
        claimed = claim(message)
        assert claimed.letter.to == "parent1@example.org"
        assert claim(message) is None
        message.refresh_from_db()
        assert (message.state, message.attempts, due(message)) == ("sending", 1, (message.lease_until,))

    def test_a_message_that_waits_for_its_next_try_is_left_alone(self, queue):
        message = queue()
        actions.mark_refused(claim(message), "The mail server hung up.")
        assert claim(message) is None

    def test_a_purged_message_leaves_no_look_behind(self, oakfield):
        OutboxDue.objects.create(school_id=oakfield.school.pk, message_id=999, next_try=timezone.now())
        assert actions.claim(school_id=oakfield.school.pk, pk=999) is None
        assert OutboxDue.objects.count() == 0

    def test_a_finished_message_is_left_alone(self, queue):
        message = queue()
        actions.mark_sent(claim(message))
        assert claim(message) is None

    @pytest.mark.parametrize(("policy", "state"), [("retry", "sending"), ("once", "uncertain")])
    def test_when_the_worker_died_with_it_in_hand(self, queue, policy, state):
        message = queue(policy=policy)
        claim(message)
        with at(timezone.now() + pace.LEASE + MINUTE):
            claimed = claim(message)
        message.refresh_from_db()
        assert (message.state, claimed is not None) == (state, state == "sending")

    def test_a_second_copy_that_would_say_something_else_is_a_persons_decision(self, queue, letters):
        message = queue()
        claim(message)
        letters.subject = "School meeting, moved"
        with at(timezone.now() + pace.LEASE + MINUTE):
            assert claim(message) is None
        message.refresh_from_db()
        assert (message.state, message.error, due(message)) == ("uncertain", actions.CHANGED, None)

    def test_after_a_sure_refusal_the_newest_facts_go_out(self, queue, letters):
        message = queue()
        actions.mark_refused(claim(message), "The mail server hung up.")
        letters.subject = "School meeting, moved"
        with at(timezone.now() + 2 * MINUTE):
            assert claim(message).letter.subject == "School meeting, moved"

    def test_a_message_that_is_no_longer_needed_is_cancelled(self, queue, letters):
        message = queue()
        letters.text = None
        assert claim(message) is None
        message.refresh_from_db()
        assert (message.state, due(message)) == ("cancelled", None)

    @pytest.mark.parametrize("fault", [KeyError("pupil"), DataError("value too long")], ids=["ours", "of a row"])
    def test_a_fault_in_writing_it_waits_and_says_so(self, queue, letters, fault):
        message = queue()
        letters.text = fault
        assert claim(message) is None
        message.refresh_from_db()
        assert (message.state, message.attempts) == ("pending", 1)
        assert message.error == "It could not be written; the log of the service says why."

    def test_a_database_that_goes_away_is_not_the_messages_fault(self, queue, letters):
        message = queue()
        letters.text = OperationalError("gone")
        with pytest.raises(OperationalError), transaction.atomic():
            claim(message)
        message.refresh_from_db()
        assert (message.state, message.attempts) == ("pending", 0)

    def test_ten_dead_workers_are_enough(self, queue):
        message = queue()
        moment = timezone.now()
        for _ in range(pace.MAX_ATTEMPTS):
            with at(moment):
                assert claim(message)
            moment += pace.LEASE + MINUTE
        with at(moment):
            assert claim(message) is None
        message.refresh_from_db()
        assert (message.state, due(message)) == ("dead", None)


class TestOutcome:
    def test_sent(self, queue):
        message = queue()
        assert actions.mark_sent(claim(message)) is True
        message.refresh_from_db()
        assert (message.state, message.error, due(message)) == ("sent", "", None)
        assert message.sent_at

    def test_in_the_demo_it_lands_in_the_mailbox_of_its_school(self, queue, cast):
        message = queue()
        assert actions.put_in_mailbox(claim(message)) is True
        mail = DemoMail.objects.get()
        assert (mail.to, mail.subject, mail.message_id) == ("parent1@example.org", "School meeting", message.message_id)
        with school_context(cast.brook.school.pk):
            assert DemoMail.objects.count() == 0

    def test_ten_refusals_and_it_is_given_up(self, queue):
        message, moment, waits = queue(), timezone.now(), []
        for _ in range(pace.MAX_ATTEMPTS):
            with at(moment):
                actions.mark_refused(claim(message), "The mail server hung up.")
            message.refresh_from_db()
            if message.next_try:
                waits.append((message.next_try - moment) // MINUTE)
                moment = message.next_try
        assert waits == [1, 2, 5, 15, 30, 60, 180, 360, 720]
        assert (message.state, message.attempts, due(message)) == ("dead", 10, None)

    def test_an_address_that_does_not_exist_is_given_up_at_once(self, queue):
        message = queue()
        actions.mark_refused(claim(message), "The mail server says that there is no such address.", for_good=True)
        message.refresh_from_db()
        assert message.state == "dead"

    @pytest.mark.parametrize(("policy", "state"), [("retry", "pending"), ("once", "uncertain")])
    def test_silence_after_the_text_was_handed_over(self, queue, policy, state):
        message = queue(policy=policy)
        claimed = claim(message)
        actions.mark_unknown(claimed, "It may have arrived.")
        message.refresh_from_db()
        assert (message.state, message.body_hash) == (state, claimed.letter.digest)

    def test_silence_at_the_tenth_try_is_said_as_uncertain_and_not_as_unsent(self, queue, monkeypatch):
        monkeypatch.setattr(pace, "MAX_ATTEMPTS", 1)
        message = queue()
        actions.mark_unknown(claim(message), "It may have arrived.")
        message.refresh_from_db()
        assert message.state == "uncertain"

    @pytest.mark.parametrize(
        "mark",
        [
            actions.mark_sent,
            actions.put_in_mailbox,
            lambda claimed: actions.mark_refused(claimed, "x"),
            lambda claimed: actions.mark_unknown(claimed, "x"),
        ],
    )
    def test_past_its_lease_a_worker_changes_nothing(self, queue, mark):
        message = queue()
        late = claim(message)
        with at(timezone.now() + pace.LEASE + MINUTE):
            claim(message)
            assert mark(late) is False
        message.refresh_from_db()
        assert (message.state, message.attempts, DemoMail.objects.count()) == ("sending", 2, 0)


class TestAPersonDecides:
    def test_an_uncertain_message_goes_out_afresh(self, queue, letters, oakfield):
        message = queue(policy="once")
        actions.mark_unknown(claim(message), "It may have arrived.")
        letters.subject = "School meeting, moved"
        again = actions.send_again(message=message, by=oakfield.sendco)
        assert (again.state, again.attempts, again.error) == ("pending", 0, "")
        assert claim(again).letter.subject == "School meeting, moved"

    def test_a_given_up_message_may_be_tried_again(self, queue, oakfield):
        message = queue()
        actions.mark_refused(claim(message), "x", for_good=True)
        assert actions.send_again(message=message, by=oakfield.sendco).state == "pending"

    def test_a_sent_message_is_not_sent_again(self, queue, oakfield):
        message = queue()
        actions.mark_sent(claim(message))
        with pytest.raises(actions.NotWaiting):
            actions.send_again(message=message, by=oakfield.sendco)

    def test_a_message_whose_reason_is_gone_is_cancelled_unless_it_is_on_its_way(self, queue, oakfield):
        message = queue()
        keys = {"school_id": oakfield.school.pk, "key": message.key, "by": oakfield.sendco}
        claimed = claim(message)
        assert actions.cancel(**keys) is False
        actions.mark_refused(claimed, "The mail server hung up.")
        assert actions.cancel(**keys) is True
        message.refresh_from_db()
        assert (message.state, due(message)) == ("cancelled", None)


def test_two_functions_can_not_write_the_same_email(letters):
    with pytest.raises(ValueError, match="test_letter"):
        outbox.email("test_letter")(lambda: None)


def test_an_email_has_a_title_even_when_its_function_has_gone(monkeypatch):
    monkeypatch.setattr(registry, "_written", {})
    outbox.email("review_due")(lambda: None)
    assert registry.title("review_due") == "Review due"
    assert registry.title("old_kind_of_letter") == "Old kind of letter"


@pytest.mark.django_db(transaction=True)
def test_a_message_that_another_worker_holds_is_left_and_keeps_its_look(cast, letters):
    """Locked is not purged: the second worker goes away, and the sweeper still knows of the message."""
    school_id = cast.oakfield.school.pk
    with school_context(school_id):
        message = outbox.queue(
            school_id=school_id,
            key="k",
            to="a@example.org",
            template="test_letter",
            ids={"n": 1},
            by=cast.oakfield.sendco,
        )
    answers = []

    def second():
        answers.append(actions.claim(school_id=school_id, pk=message.pk))
        connection.close()

    with school_context(school_id), transaction.atomic():
        Message.objects.select_for_update().get(pk=message.pk)
        thread = Thread(target=second)
        thread.start()
        thread.join()
    assert answers == [None]
    assert OutboxDue.objects.count() == 1


def test_a_message_and_a_mail_say_nothing_personal_of_themselves(queue):
    message = queue()
    assert str(message) == f"message {message.pk}"
    assert str(DemoMail(pk=3, to="parent1@example.org", subject="x")) == "demo mail 3"
