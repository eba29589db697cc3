"""One message, start to end: claim it, talk to the mail server, write down what happened. Safe to call twice.

Each step is a commit of its own, so it must not be called inside a transaction: a worker that is killed leaves a
lease behind, and never a message of which nobody knows.
"""

import logging
import time

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from sendhub.outbox import actions, letters, pace, smtp

logger = logging.getLogger(__name__)


def into_mailbox():
    """Whether mail stays inside: in the demo only. A mailbox that colleagues open would hand them each other's links
    to a new password."""
    return settings.DEMO


def deliver(*, school_id, pk):
    """Send the message if it is due and nobody else has it. Returns whether it went."""
    claimed = actions.claim(school_id=school_id, pk=pk)
    if claimed is None:
        return False
    if into_mailbox():
        return actions.put_in_mailbox(claimed)
    try:
        content = letters.to_bytes(claimed.letter)
        smtp.send(letters.ascii_address(claimed.letter.to), content, time_left=lambda: _left(claimed))
    except (smtp.Refused, ValueError) as error:
        sentence = getattr(error, "sentence", "Its address or subject can not be put into an e-mail.")
        for_good = getattr(error, "for_good", True)
        _surely(claimed, lambda: actions.mark_refused(claimed, sentence, for_good=for_good))
        return False
    except smtp.Unknown as error:
        sentence = error.sentence
        _surely(claimed, lambda: actions.mark_unknown(claimed, sentence))
        return False
    return _surely(claimed, lambda: actions.mark_sent(claimed))


def _left(claimed):
    return (claimed.lease_until - timezone.now()).total_seconds()


def _surely(claimed, mark):
    """Write it down, through a restart of Postgres, but never past the lease: then the message is not ours."""
    while True:
        try:
            return mark()
        except (OperationalError, InterfaceError):
            if connection.in_atomic_block or _left(claimed) < 2 * pace.MARK_PAUSE:
                raise
            connection.close()
            time.sleep(pace.MARK_PAUSE)
