"""For whoever runs the server: someone has lost their passkey, their phone and their recovery codes."""

from django.core.management.base import BaseCommand, CommandError

from sendhub.audit import Actor
from staff import actions
from staff.models import User

OPERATOR = Actor("system:operator", "Whoever runs the server")


class Command(BaseCommand):
    help = "Take away a person's passkeys, authenticator app and recovery codes, and end their sessions."

    def add_arguments(self, parser):
        parser.add_argument("email")
        parser.add_argument(
            "--checked", action="store_true", help="you have made sure, by voice or in person, who asks"
        )

    def handle(self, *args, email, checked, **options):
        user = User.objects.filter(email__iexact=email).first()
        if user is None:
            raise CommandError("Nobody signs in with that address.")
        if not checked:
            raise CommandError("Make sure first, by voice or in person, that it is they who ask. Then add --checked.")
        actions.reset_second_step(user=user, by=OPERATOR)
        self.stdout.write("Done. They sign in with their password, and set up a new second step then.")
