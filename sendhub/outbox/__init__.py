"""The one door to e-mail. Inside a transaction, next to the change that is the reason for the mail:

    outbox.queue(school_id=..., key=f"pupil_adult:{link.pk}:linked", to=address, template="pupil_adult_linked",
                 ids={"link_id": link.pk}, by=member)

and in the app's emails.py the function that writes it when it is sent:

    @outbox.email("pupil_adult_linked", title="A pupil was linked to you")
    def pupil_adult_linked(link_id): return outbox.Mail(...)

What is promised, and what can not be, is in docs/decisions/0010.
"""

from sendhub.outbox.registry import Attachment, Mail, email

__all__ = ["Attachment", "Mail", "email", "queue", "queue_many"]


def queue(*, school_id, key, to, template, ids, policy="retry", by):
    """Write the message in the caller's transaction; returns the Message, an older one if the key is known.

    `key` is made from facts, so that the same event never writes two. `ids` are the keyword arguments of the email
    function: ids and choices, never text. `policy` is "retry" (a second copy is better than none) or "once" (never
    two: a person decides). Raises ValidationError for a bad address, LookupError for an unknown template.
    """
    from sendhub.outbox import actions  # the app registry must be ready

    return actions.queue(school_id=school_id, key=key, to=to, template=template, ids=ids, policy=policy, by=by)


def queue_many(*, school_id, template, letters, policy="retry", by):
    """As `queue`, of many at once: `letters` are (key, to, ids), each key once. Returns the new messages. Two writers
    of one new key at one moment: the second one's transaction fails, where `queue` would find the first's message."""
    from sendhub.outbox import actions  # the app registry must be ready

    return actions.queue_many(school_id=school_id, template=template, letters=letters, policy=policy, by=by)
