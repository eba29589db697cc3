"""The rows of the list of pupils, in words ready to print."""

from dataclasses import dataclass

from django.urls import reverse

from pupils.queries.facts import AT
from sendhub.access import Permission


@dataclass(slots=True)
class PupilRow:
    """One line of the list. SEN words are "" for whoever may not open records."""

    pk: int
    href: str
    name: str
    form: str
    first_line: str = ""
    provision: str = ""
    since: str = ""
    needs: str = ""


def rows_of(facts, ids):
    """The rows of these pupils of `facts`, in the order of `ids`. No query for them, and two for SEN facts."""
    sees_sen = facts.member.can(Permission.PUPIL_RECORD)
    start, end = reverse("pupils:pupil-list"), "" if sees_sen else "contacts/"
    surname, forename, form, first_line = (AT[name] for name in ("surname", "forename", "form", "first_line"))
    rows = []
    for pk in ids:
        known = facts.pupils[pk]
        row = PupilRow(pk, f"{start}{pk}/{end}", f"{known[surname]}, {known[forename]}", known[form])
        if sees_sen:
            row.first_line = known[first_line]
            row.provision, row.since = facts.provision_words(pk)
            row.needs = facts.need_words(pk)
        rows.append(row)
    return rows
