#!/usr/bin/env python
"""Run a management command. Commands that change tables log in as the owner; all others as the app."""

import os
import sys

OWNER_COMMANDS = {"migrate", "createcachetable", "sqlmigrate", "showmigrations", "makemigrations"}

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sendhub.settings")
    if len(sys.argv) > 1 and sys.argv[1] in OWNER_COMMANDS:
        os.environ["SENDHUB_DB_ROLE"] = "owner"
    from django.core.management import execute_from_command_line

    execute_from_command_line(sys.argv)
