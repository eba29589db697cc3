"""Every move of a message, each in its own transaction: queued, claimed, sent, refused, unknown, tried again.

The conversation with the mail server is in deliver.py and smtp.py; no network here.
"""

import datetime
import hashlib
import logging
from dataclasses import dataclass
from urllib.parse import urlsplit

from django.conf import settings
from django.core.validators import validate_email
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone

from sendhub.audit import Actor, acting, action, actor_key
from sendhub.outbox import letters, pace, registry
from sendhub.outbox.models import DemoMail, Heartbeat, Message, OutboxDue
from sendhub.tenancy import ring, school_context

POST_OFFICE = Actor("system:outbox", "The mail service")
CHANGED = "What it says has changed since the first try, and that copy may have arrived."
logger = logging.getLogger(__name__)
State, Policy = Message.State, Message.Policy
BELLS = 20  # rung for many at once: the sweeper finds the others within half a minute


class NotWaiting(Exception):
    """The message is not in a state from which this can be done: somebody else was quicker."""


@action("message.queue")
def queue(*, school_id, key, to, template, ids, policy="retry", by):
    """See sendhub.outbox.queue."""
    validate_email(to)
    registry.find(template)
    now = timezone.now()
    message, made = Message.objects.get_or_create(
        school_id=school_id,
        key=key,
        defaults={
            "to": to,
            "template": template,
            "ids": ids,
            "policy": Policy(policy),
            "next_try": now,
            "message_id": stable_id(school_id, key),
            "by": actor_key(by),
        },
    )
    if made:
        look_again(message, now)
        ring_for(message)
    return message


@action("message.queue_many")
def queue_many(*, school_id, template, letters, policy="retry", by):
    """See sendhub.outbox.queue_many. As many statements for three hundred as for three."""
    registry.find(template)
    for _, to, _ in letters:
        validate_email(to)
    now = timezone.now()
    known = Message.objects.filter(school_id=school_id, key__in=[key for key, _, _ in letters])
    known = set(known.values_list("key", flat=True))
    made = Message.objects.bulk_create(
        Message(
            school_id=school_id,
            key=key,
            to=to,
            template=template,
            ids=ids,
            policy=Policy(policy),
            next_try=now,
            message_id=stable_id(school_id, key),
            by=actor_key(by),
        )
        for key, to, ids in letters
        if key not in known
    )
    OutboxDue.objects.bulk_create(
        OutboxDue(school_id=school_id, message_id=message.pk, next_try=now) for message in made
    )
    for message in made[:BELLS]:
        ring_for(message)
    return made


def stable_id(school_id, key):
    """The Message-ID: the same for every copy of a key, so that a mail program can fold a second one away."""
    digest = hashlib.sha256(f"{school_id}:{key}".encode()).hexdigest()[:40]
    return f"<{digest}@{urlsplit(settings.SITE_URL).hostname}>"


def ring_for(message):
    from sendhub.outbox.tasks import send

    ring(send, message.pk, school_id=message.school_id)


def look_again(message, at):
    """Set when the sweeper looks; None: nothing more to do."""
    row = {"school_id": message.school_id, "message_id": message.pk}
    if at is None:
        OutboxDue.objects.filter(**row).delete()
    else:
        OutboxDue.objects.update_or_create(**row, defaults={"next_try": at})


def _move(message, state, *, at=None, **fields):
    """Write the new state and when to look again. A message is leased while it is sending, and only then."""
    message.state = state
    message.lease_until = at if state == State.SENDING else None
    message.next_try = at if state == State.PENDING else None
    for name, value in fields.items():
        setattr(message, name, value)
    message.save(update_fields=["state", "lease_until", "next_try", *fields])
    look_again(message, at)


@dataclass(frozen=True)
class Claim:
    """One worker's right to send one message until `lease_until`, and what to send."""

    school_id: int
    pk: int
    lease_until: datetime.datetime
    letter: letters.Letter


def claim(*, school_id, pk):
    """Take a due message for this worker, in a commit of its own; None when there is nothing to send.

    A lease that ran out belonged to a worker that died with the mail in its hand: with policy "once" a person must
    decide, with "retry" the same text may go again.
    """
    with school_context(school_id), acting(POST_OFFICE, "message.claim"):
        message = Message.objects.select_for_update(skip_locked=True).filter(school_id=school_id, pk=pk).first()
        now = timezone.now()
        if message is None:
            _forget_orphan(school_id, pk)
            return None
        if not _is_due(message, now):
            return None
        if message.state == State.SENDING and message.policy == Policy.ONCE:
            _move(message, State.UNCERTAIN, error="The sending stopped half-way, so it may have arrived.")
            return None
        if message.attempts >= pace.MAX_ATTEMPTS:
            _move(message, State.DEAD, error="The sending stopped half-way each time.")
            return None
        try:
            with transaction.atomic():
                letter = letters.write(message)
        except (OperationalError, InterfaceError):
            raise  # Postgres went away; any other error of its is the letter's own, and would come again each time
        except Exception:
            logger.exception("message %s could not be written", pk)
            _refused(message, "It could not be written; the log of the service says why.", message.attempts + 1)
            return None
        if letter is None:
            _move(message, State.CANCELLED)
            return None
        if message.body_hash and message.body_hash != letter.digest:
            _move(message, State.UNCERTAIN, error=CHANGED)
            return None
        lease = now + pace.LEASE
        _move(message, State.SENDING, at=lease, attempts=message.attempts + 1, body_hash=letter.digest)
        return Claim(school_id, pk, lease, letter)


def _forget_orphan(school_id, pk):
    """A message that was purged, and is not merely locked by another worker, needs no look any more."""
    if not Message.objects.filter(school_id=school_id, pk=pk).exists():
        OutboxDue.objects.filter(school_id=school_id, message_id=pk).delete()


def _is_due(message, now):
    if message.state == State.SENDING:
        return message.lease_until <= now
    return message.state == State.PENDING and message.next_try <= now


def _mine(claimed):
    """The message, if the claim still stands: after the lease somebody else may have it."""
    return (
        Message.objects.select_for_update()
        .filter(school_id=claimed.school_id, pk=claimed.pk, state=State.SENDING, lease_until=claimed.lease_until)
        .first()
    )


def mark_sent(claimed):
    """The server answered 250. Returns False when the lease had run out meanwhile."""
    with school_context(claimed.school_id), acting(POST_OFFICE, "message.sent"):
        message = _mine(claimed)
        if message is None:
            return False
        _move(message, State.SENT, sent_at=timezone.now(), error="")
        return True


def put_in_mailbox(claimed):
    """In the demo: "send" it into the mailbox page, together with marking it sent."""
    with school_context(claimed.school_id), acting(POST_OFFICE, "message.sent"):
        message, letter = _mine(claimed), claimed.letter
        if message is None:
            return False
        DemoMail.objects.create(
            school_id=claimed.school_id,
            message_id=message.message_id,
            to=letter.to,
            subject=letter.subject,
            text=letter.text,
            html=letter.html,
            attachments=[attachment.name for attachment in letter.attachments],
        )
        _move(message, State.SENT, sent_at=timezone.now(), error="")
        return True


def mark_refused(claimed, sentence, *, for_good=False):
    """It was surely not accepted: wait and try again, or give up when it is for good or was the last try."""
    with school_context(claimed.school_id), acting(POST_OFFICE, "message.refused"):
        message = _mine(claimed)
        if message is None:
            return False
        _refused(message, sentence, message.attempts, for_good=for_good)
        return True


def _refused(message, sentence, attempts, *, for_good=False):
    fields = {"attempts": attempts, "error": sentence, "body_hash": ""}
    if for_good or attempts >= pace.MAX_ATTEMPTS:
        logger.error("message %s of school %s is dead: %s", message.pk, message.school_id, sentence)
        _move(message, State.DEAD, **fields)
    else:
        _move(message, State.PENDING, at=timezone.now() + pace.back_off(attempts), **fields)


def mark_unknown(claimed, sentence):
    """The line went silent after the text was handed over: nobody can know whether it was accepted.

    The digest of this try stays, so that a second copy goes out only if it says the very same.
    """
    with school_context(claimed.school_id), acting(POST_OFFICE, "message.unknown"):
        message = _mine(claimed)
        if message is None:
            return False
        if message.policy == Policy.ONCE or message.attempts >= pace.MAX_ATTEMPTS:
            _move(message, State.UNCERTAIN, error=sentence)
        else:
            at = timezone.now() + pace.back_off(message.attempts)
            _move(message, State.PENDING, at=at, error=sentence)
        return True


@action("message.send_again")
def send_again(*, message, by):
    """A person decides: an uncertain or given-up message goes out afresh. Raises NotWaiting for any other state."""
    fresh = Message.objects.select_for_update().get(school_id=message.school_id, pk=message.pk)
    if fresh.state not in {State.UNCERTAIN, State.DEAD}:
        raise NotWaiting
    _move(fresh, State.PENDING, at=timezone.now(), attempts=0, body_hash="", error="")
    ring_for(fresh)
    return fresh


@action("message.cancel")
def cancel(*, school_id, key, by):
    """Its reason is gone: do not send it. Returns whether one was waiting; one on its way can not be called back."""
    message = Message.objects.select_for_update().filter(school_id=school_id, key=key, state=State.PENDING).first()
    if message is None:
        return False
    _move(message, State.CANCELLED)
    return True


def beat(name):
    """Show life: `name` is "beat" or "worker"."""
    Heartbeat.objects.update_or_create(name=name, defaults={"at": timezone.now()})
