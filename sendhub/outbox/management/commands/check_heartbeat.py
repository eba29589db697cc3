"""For monitoring: exit code 1 when beat, the worker or the mail has stopped."""

from django.core.management.base import BaseCommand, CommandError

from sendhub.outbox import queries


class Command(BaseCommand):
    help = "Exit 1, with a sentence, unless beat and a worker live and no message is overdue."

    def handle(self, **options):
        faults = [f"{name} has shown no life for two minutes" for name in queries.stopped_hearts()]
        if queries.overdue():
            faults.append("messages have been due for over ten minutes")
        if faults:
            raise CommandError("; ".join(faults).capitalize() + ".")
        self.stdout.write("Beat, worker and mail are well.")
