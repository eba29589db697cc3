"""Tables of the outbox: one row a message, when to look at it again, who is alive, and the demo's mailbox.

No text of a message is kept here (only ids), except in the demo's mailbox, whose people are invented.
"""

from django.db import models
from django.db.models import Q

from sendhub.tenancy import SchoolModel


class Message(SchoolModel):
    """One e-mail, from the moment that its reason is committed until it is sent or given up.

    Not tracked by pghistory: it is a queue, each row is its own history (state, attempts, times), and a try a row
    would double every message for nothing. `key` is made from facts ("review:7:due:2027-03-01:contact:3"), never
    at random, so that the same event can not write two.
    """

    class Policy(models.TextChoices):
        RETRY = "retry", "Send again when it is not known whether it arrived"
        ONCE = "once", "Never send twice: ask a person"

    class State(models.TextChoices):
        PENDING = "pending", "Waiting"
        SENDING = "sending", "Being sent"
        SENT = "sent", "Sent"
        UNCERTAIN = "uncertain", "May have arrived"
        DEAD = "dead", "Not sent"
        CANCELLED = "cancelled", "No longer needed"

    key = models.CharField(max_length=200)
    to = models.EmailField()
    template = models.CharField(max_length=60)
    ids = models.JSONField(default=dict)
    policy = models.CharField(max_length=5, choices=Policy, default=Policy.RETRY)
    state = models.CharField(max_length=9, choices=State, default=State.PENDING)
    lease_until = models.DateTimeField(null=True)
    next_try = models.DateTimeField(null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    message_id = models.CharField(max_length=200)
    body_hash = models.CharField(max_length=64, blank=True)  # of a try that may have arrived; empty when none did
    error = models.CharField(max_length=200, blank=True)  # plain words, for the page; never the server's own text
    by = models.CharField(max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["school", "key"], name="one_message_a_key"),
            models.CheckConstraint(
                condition=Q(state="sending", lease_until__isnull=False)
                | (~Q(state="sending") & Q(lease_until__isnull=True)),
                name="message_lease_while_sending",
            ),
            models.CheckConstraint(condition=~Q(state="pending") | Q(next_try__isnull=False), name="message_next_try"),
            models.CheckConstraint(condition=~Q(state="sent") | Q(sent_at__isnull=False), name="message_sent_at"),
        ]
        indexes = [models.Index(fields=["school", "state", "-created_at"], name="message_by_state")]

    def __str__(self):
        return f"message {self.pk}"


class OutboxDue(models.Model):
    """When to look at a message again. Global and without personal data, outside row security, so that the sweeper
    is one query for all schools. A message that needs nothing more has no row."""

    school_id = models.IntegerField()
    message_id = models.BigIntegerField()
    next_try = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["school_id", "message_id"], name="due_once")]


class Heartbeat(models.Model):
    """When beat and the worker last showed life. Global: it says nothing about any school."""

    name = models.CharField(max_length=60, unique=True)
    at = models.DateTimeField()


class DemoMail(SchoolModel):
    """A mail that a demo "delivered": what would have gone out, as it would have read.

    Written in place of SMTP, in the demo only. Not tracked by pghistory: written once.
    """

    message_id = models.CharField(max_length=200)
    to = models.EmailField()
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField(blank=True)
    attachments = models.JSONField(default=list)  # file names only
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-at", "-id"]

    def __str__(self):
        return f"demo mail {self.pk}"
