"""The rows of the list of pupils, in words ready to print."""

from django.urls import reverse

from pupils.queries.facts import AT
from sendhub.access import Permission


def rows_of(facts, ids):
    """One dict a pupil (pk, href, name, form, and first_line, provision, since, needs for whoever may open records),
    in the order of `ids`. No query for the pupils, and two for SEN facts."""
    sees_sen = facts.member.can(Permission.PUPIL_RECORD)
    start, end = reverse("pupils:pupil-list"), "" if sees_sen else "contacts/"
    surname, forename, form, first_line = (AT[name] for name in ("surname", "forename", "form", "first_line"))
    rows = []
    for pk in ids:
        known = facts.pupils[pk]
        row = {
            "pk": pk,
            "href": f"{start}{pk}/{end}",
            "name": f"{known[surname]}, {known[forename]}",
            "form": known[form],
        }
        if sees_sen:
            provision, since = facts.provision_words(pk)
            needs = facts.need_words(pk)
            row |= {"first_line": known[first_line], "provision": provision, "since": since, "needs": needs}
        rows.append(row)
    return rows
