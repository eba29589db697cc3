"""Send what is due without Celery: for cron, for a stopped queue, and at the end of a fault test."""

import time

from django.core.management.base import BaseCommand
from django.utils import timezone

from sendhub.outbox.deliver import deliver
from sendhub.outbox.models import OutboxDue


class Command(BaseCommand):
    help = "Send every message that is due now; with --until-idle wait for back-offs and leases too."

    def add_arguments(self, parser):
        parser.add_argument("--until-idle", action="store_true", help="go on until no message needs anything more")

    def handle(self, *, until_idle, **options):
        sent = 0
        while True:
            due = OutboxDue.objects.filter(next_try__lte=timezone.now()).order_by("next_try")
            batch = list(due.values_list("school_id", "message_id")[:500])
            sent += sum(deliver(school_id=school_id, pk=pk) for school_id, pk in batch)
            if not batch and not (until_idle and OutboxDue.objects.exists()):
                break
            if not batch:
                time.sleep(0.2)
        self.stdout.write(f"{sent} sent.")
