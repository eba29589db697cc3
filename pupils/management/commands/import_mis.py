"""Bring in a file of a school's own system. Without --apply it only says what would happen.

The last line is JSON: kind, rows, new, changed, unchanged, absent, in_doubt, failed, and the register as it stands.
"""

import json
from datetime import date
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from pupils.imports import bring_in, register_counts
from sendhub.audit import Actor
from sendhub.tables import Refused
from sendhub.tenancy import school_context
from staff.imports.plan import State
from staff.models import School

IMPORT = Actor("system:import", "The import")
NAMED_ROWS = 10


class Command(BaseCommand):
    help = (
        "Bring in pupils, needs, staff, classes, contacts or attendance from a CSV or Excel file of SIMS, Arbor, "
        "Bromcom and others, or joiners from a transfer file (CTF)."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path)
        parser.add_argument("--school", required=True, metavar="SLUG")
        parser.add_argument(
            "--taken-on",
            type=date.fromisoformat,
            metavar="DAY",
            help="the day up to which attendance was counted (today)",
        )
        parser.add_argument("--apply", action="store_true", help="write it; otherwise only say what would happen")

    def handle(self, *, file, school, **options):
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"The file can not be opened: {error.strerror}.") from None
        found = School.objects.filter(slug=school).first()
        if found is None:
            raise CommandError(f"There is no school called {school!r} here.")
        with school_context(found.pk):
            try:
                plan, notes = bring_in(
                    school=found,
                    data=data,
                    filename=file.name,
                    by=IMPORT,
                    write=options["apply"],
                    taken_on=options["taken_on"],
                )
            except Refused as refused:
                raise CommandError(refused.sentence) from None
            register = register_counts(found)
        for line in [*notes, *sentences(plan)]:
            self.stdout.write(line)
        if not options["apply"]:
            self.stdout.write("Nothing was written. Add --apply to write it.")
        self.stdout.write(json.dumps(plan.counts() | {"register": register}))


def sentences(plan):
    """What a person should know, with row numbers and without names."""
    if plan.unknown:
        yield f"Columns not read: {', '.join(plan.unknown)}."
    said = dict(plan.notes)
    for state in (State.IN_DOUBT, State.FAILED):
        for outcome in plan.of(state):
            said.setdefault(outcome.words.rstrip("."), []).append(outcome.row)
    for sentence, rows in said.items():
        if not rows:
            yield f"{sentence.rstrip('.')}."
            continue
        named = ", ".join(str(row) for row in sorted(set(rows))[:NAMED_ROWS])
        more = f" and {len(set(rows)) - NAMED_ROWS} more" if len(set(rows)) > NAMED_ROWS else ""
        yield f"{sentence.rstrip('.')}: row {named}{more}."
    if plan.absent:
        yield f"Here and not in the file: {plan.absent}. Nothing was changed for them."
