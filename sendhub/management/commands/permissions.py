"""Writes docs/permissions.md from the tables in access.py."""

from django.conf import settings
from django.core.management.base import BaseCommand

from sendhub.permission_page import page


class Command(BaseCommand):
    help = "Write docs/permissions.md from sendhub/access.py."

    def handle(self, *args, **options):
        target = settings.BASE_DIR / "docs" / "permissions.md"
        target.write_text(page())
        self.stdout.write(f"Wrote {target.relative_to(settings.BASE_DIR)}.")
