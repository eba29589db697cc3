"""`manage.py stored`: every column that this version keeps, by class, for a record of processing and a DPIA."""

from django.core.management.base import BaseCommand

from sendhub.desk.personal import FIELDS, Kind


class Command(BaseCommand):
    help = "Print every stored field by its class (sendhub/desk/personal.py), as Markdown."

    def handle(self, **options):
        self.stdout.write(page())


def page():
    parts = ["# What is stored, column by column"]
    for kind in Kind:
        rows = {
            label: [name for name, given in fields.items() if given is kind] for label, fields in sorted(FIELDS.items())
        }
        lines = [f"- {label}: {', '.join(names)}" for label, names in rows.items() if names]
        parts.append("\n".join([f"## {title(kind)}", "", f"{kind.value[0].upper()}{kind.value[1:]}.", "", *lines]))
    return "\n\n".join(parts)


def title(kind):
    return kind.name.replace("_", " ").capitalize()
