"""`manage.py backup`: take one now, for the host's timer to run each night; `--make-key` prints a pair of keys."""

import pyrage
from django.core.management.base import BaseCommand, CommandError

from pupils.words import count_words
from sendhub.operate.backup import take
from sendhub.operate.trouble import Trouble

PAIR = """\
# The PRIVATE key. Keep it away from the server, in two places that do not burn together: the school's safe and
# its password manager, say. Whoever has it and a backup can read every record; without it a backup opens for nobody.
{private}

# The PUBLIC key. It goes into .env on the server, and is no secret.
SENDHUB_BACKUP_KEY={public}
"""


class Command(BaseCommand):
    help = "Back up the database and the files into one encrypted file, and remove the backups that are too old."

    def add_arguments(self, parser):
        parser.add_argument("--make-key", action="store_true", help="print a new pair of keys, and do nothing else")

    def handle(self, *, make_key, **options):
        if make_key:
            key = pyrage.x25519.Identity.generate()
            self.stdout.write(PAIR.format(private=key, public=key.to_public()))
            return
        try:
            taken = take()
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        self.stdout.write(
            f"{taken.path} holds {taken.rows:,} rows of {taken.tables} tables and "
            f"{count_words(taken.files, 'file', 'files')} ({taken.size / 2**20:.1f} MB)."
        )
        if taken.removed:
            self.stdout.write(f"Removed, as too old: {', '.join(taken.removed)}.")
        self.stdout.write("Copy it to a second place off this site. A backup that nobody has restored is a hope.")
