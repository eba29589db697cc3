"""The bell's answers. Lost bells cost half a minute: the sweeper looks at what is due."""

from celery import shared_task
from celery.signals import before_task_publish
from django.utils import timezone

from sendhub.outbox import actions
from sendhub.outbox.deliver import deliver
from sendhub.outbox.models import OutboxDue

AT_ONCE = 500


@shared_task(name="outbox.send")
def send(pk, *, school_id):
    """Not a @school_task: each step is a commit of its own."""
    deliver(school_id=school_id, pk=pk)


@shared_task(name="outbox.sweep")
def sweep():
    """Ring for every message that is due, of all schools: bells that were lost, back-offs and leases that ended."""
    due = OutboxDue.objects.filter(next_try__lte=timezone.now()).order_by("next_try")
    for school_id, pk in due.values_list("school_id", "message_id")[:AT_ONCE]:
        send.apply_async((pk,), {"school_id": school_id}, retry=False)


@shared_task(name="outbox.beat")
def beat():
    """A worker took this from the queue, so it lives."""
    actions.beat("worker")


@before_task_publish.connect(sender="outbox.beat")
def beat_lives(**_kwargs):
    """Only beat puts this task on the queue, so beat lives, whether or not Redis then takes it."""
    actions.beat("beat")
