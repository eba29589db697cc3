"""Remove what two people of a school approved: `manage.py purge` says what would go, with `--apply` it goes.

Logs in to the database as its owner, since the app may remove no history: SENDHUB_DB_PASSWORD_OWNER has to be set.
"""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import connection

from sendhub.desk.rights import purge
from staff.models import School


class Command(BaseCommand):
    help = "Remove the records of which two people said that they may go; without --apply only say what would go."

    def add_arguments(self, parser):
        parser.add_argument("--school", metavar="SLUG", help="of this school only")
        parser.add_argument("--apply", action="store_true", help="remove them; otherwise only say what would go")

    def handle(self, *, school, **options):
        schools = School.objects.order_by("pk")
        if school:
            schools = schools.filter(slug=school)
            if not schools:
                raise CommandError(f"There is no school called {school!r} here.")
        conn = as_owner()
        try:
            number = sum(self.one_school(conn, each, options["apply"]) for each in schools)
        finally:
            conn.close()
        if number and not options["apply"]:
            self.stdout.write("Nothing was removed. Add --apply to remove it.")
        if not number:
            self.stdout.write("Two people have approved nothing that could go.")

    def one_school(self, conn, school, apply):
        """How many could go."""
        done = 0
        for line in purge.approved(conn, school.pk):
            done += 1
            try:
                counts = purge.purge_one(conn, line) if apply else would_go(conn, line)
            except purge.Held:
                self.stdout.write(f"{school.name}: one record is under a legal hold. It stays.")
                continue
            words = ", ".join(f"{number} {name}" for name, number in counts.items() if number)
            self.stdout.write(f"{school.name}: one record {'is removed' if apply else 'would go'}: {words}.")
        return done


def would_go(conn, line):
    with purge.whole(conn, line["school"]):
        if purge.is_held(conn, line):
            raise purge.Held
        return purge.dry_run(conn, line["school"], line["pupil"])


def as_owner():
    """A connection of our own, logged in as the owner."""
    if not settings.DB_PASSWORDS["owner"]:
        raise CommandError("SENDHUB_DB_PASSWORD_OWNER is not set, and only the owner may remove history.")
    other = connection.copy()
    other.settings_dict = {
        **connection.settings_dict,
        "USER": "sendhub_owner",
        "PASSWORD": settings.DB_PASSWORDS["owner"],
    }
    return other
