"""`manage.py doctor`: what is wrong, in plain words, and what to do. Exit code 0 well, 1 warnings, 2 something bad."""

import json
import sys
from dataclasses import asdict

from django.core.management.base import BaseCommand

from sendhub.operate.doctor import ORDER, WELL, examine, worst

MARKS = {"well": "well ", "warn": "WARN ", "bad": "BAD  "}
SUMS = ["All is well.", "It works, and something will hurt.", "Something does not work, or is not safe."]


class Command(BaseCommand):
    help = "Look at everything that an installation needs, and say what is wrong and what to do."
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("--json", action="store_true", help="for monitoring: the same as JSON")

    def handle(self, *, json: bool, **options):
        findings = examine()
        code = worst(findings)
        self.stdout.write(as_json(findings) if json else as_text(findings) + f"\n{SUMS[code]}")
        if code:
            sys.exit(code)


def as_json(findings):
    return json.dumps({"worst": ORDER[worst(findings)], "findings": [asdict(each) for each in findings]}, indent=1)


def as_text(findings):
    """The worst first, each with what to do under it."""
    lines = []
    for finding in sorted(findings, key=lambda each: -ORDER.index(each.level)):
        lines.append(f"{MARKS[finding.level]} {finding.about}: {finding.words}")
        if finding.level != WELL:
            lines.append(f"      {finding.do}")
    return "\n".join(lines)
