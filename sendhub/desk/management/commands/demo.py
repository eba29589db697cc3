"""Build the demo's schools once; `--who` says who one can sign in as. Only where SENDHUB_DEMO is on."""

import time

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from sendhub.desk.demo.build import build, who
from staff.signin.demo import REFUSAL, holds_a_real_school

OFF = "The demo is built only where SENDHUB_DEMO is 1: it lets anybody in by one click."


class Command(BaseCommand):
    help = "Build the demo's schools from the sample files, if they are not there; --who lists whom one can sign in as."

    def add_arguments(self, parser):
        parser.add_argument("--who", action="store_true", help="one line a person; builds nothing")

    def handle(self, **options):
        if not settings.DEMO:
            raise CommandError(OFF)
        if holds_a_real_school():
            raise CommandError(REFUSAL)
        if options["who"]:
            self.list_people()
            return
        began = time.monotonic()
        if build():
            self.stdout.write(f"The demo's schools were built in {time.monotonic() - began:.0f} seconds.")
        else:
            self.stdout.write("The demo's schools are there already: nothing was changed.")

    def list_people(self):
        people = who()
        if not people:
            raise CommandError("The demo is not built yet: run `manage.py demo`.")
        for name, role, address, school, sees in people:
            self.stdout.write(f"{name}, {role} of {school}, {address}: {sees}")
