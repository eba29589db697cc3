"""The rows of the list of pupils, in words ready to print."""

from django.urls import reverse

from pupils.words import day_words, year_words
from sendhub.access import Permission


def rows_of(facts, ids, here=False):
    """One dict a pupil in the order of `ids`: pk, href, name, form, left (when they have left since); and for whoever
    may open records first_line, provision, flags, since, needs, adults, and `here` if asked. One query at most, and
    one for attendance."""
    sees_sen = facts.member.can(Permission.PUPIL_RECORD)
    start, end = reverse("pupils:pupil-list"), "" if sees_sen else "contacts/"
    rows = []
    for pk in ids:
        _, surname, forename, year, _, form, first_line, *left_on = facts.pupils[pk]  # COLUMNS
        row = {
            "pk": pk,
            "href": f"{start}{pk}/{end}",
            "name": f"{surname}, {forename}",
            "form": form or (year_words(year) if facts.then and year else ""),
            "left": day_words(left_on[0], facts.today) if facts.then else "",
        }
        if sees_sen:
            provision, since = facts.provision_words(pk)
            standing = facts.standing(pk)
            row |= {
                "first_line": first_line,
                "provision": provision,
                "flags": standing.flags,
                "since": since,
                "needs": facts.need_words(pk),
                "adults": "; ".join(standing.adults.values()),
                "here": facts.here_words(pk) if here else "",
            }
        rows.append(row)
    return rows
