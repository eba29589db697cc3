"""`manage.py restore FILE --into NAME --key FILE --verify`: a backup into a new database, and the look at it.

It stands here, above every app, because what was purged is purged again (desk.rights).
"""

import datetime as dt
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from pupils.words import count_words
from sendhub.desk.rights.ledger import reapply_purges
from sendhub.operate.actions import record_everywhere
from sendhub.operate.restore import restore
from sendhub.operate.trouble import Trouble
from sendhub.operate.verify import held, verify


class Command(BaseCommand):
    help = "Restore a backup into a new database and a new folder of files; --verify holds it to its manifest."

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="the backup, as `manage.py backup` wrote it")
        parser.add_argument("--into", required=True, metavar="NAME", help="the new database; it must not exist yet")
        parser.add_argument("--key", required=True, type=Path, metavar="FILE", help="a file with the private key")
        parser.add_argument("--done-by", default="", metavar="NAME", help="note it as a drill that this person did")
        parser.add_argument("--files", type=Path, metavar="FOLDER", help="the new folder for the files")
        parser.add_argument(
            "--verify", action="store_true", help="compare it with its manifest, and draw a page from it"
        )

    def handle(self, *, file, into, key, files, **options):
        try:
            restored = restore(file, into, key, files)
            self.stdout.write(
                f"Restored the backup of {restored.manifest['made_at']} (version {restored.manifest['version']}) into "
                f"the database {into} and the folder {restored.folder}."
            )
            if not options["verify"]:
                self.stdout.write("Nothing was compared: --verify does that, and purges again what was purged since.")
                return
            checks = verify(restored, reapply_purges)
        except Trouble as trouble:
            raise CommandError(str(trouble)) from None
        for check in checks:
            self.stdout.write(f"{'  right  ' if check.ok else '  WRONG  '} {check.words}")
        if options["done_by"]:
            self.note(restored, checks, options["done_by"])
        if not held(checks):
            raise CommandError("This restore is not whole: do not put it to use. The lines marked WRONG say why.")
        self.stdout.write("All of it held.")
        if not options["done_by"]:
            self.stdout.write("Note the drill on the page Backups of your school, or give --done-by.")

    def note(self, restored, checks, done_by):
        """In the living database, at each school: its page Backups says when the last drill was."""
        number = record_everywhere(
            tried_on=timezone.localdate(),
            done_by=done_by[:100],
            backup_of=timezone.localdate(dt.datetime.fromisoformat(restored.manifest["made_at"])),
            held=held(checks),
            note="" if held(checks) else " ".join(check.words for check in checks if not check.ok)[:500],
        )
        self.stdout.write(f"Noted as a drill at {count_words(number, 'school', 'schools')}.")
