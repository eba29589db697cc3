"""Agencies that work with the pupil: on what, and when somebody was last in touch."""

from django.urls import reverse

from pupils.cards.card import MOST_LINES, Card, Line
from pupils.models import AgencyTie
from pupils.queries.gather import HOLDS_ON, About
from pupils.words import day_words
from sendhub.access import Permission
from sendhub.rules.support import agency_heard

NEEDS = ()
NAME = "(SELECT a.name FROM pupils_agency a WHERE a.school_id = t.school_id AND a.id = t.agency_id)"
PERSON = "(SELECT p.name FROM pupils_professional p WHERE p.school_id = t.school_id AND p.id = t.professional_id)"
LAST = (
    '(SELECT max(c."on") FROM pupils_agencycontact c'
    ' WHERE c.school_id = t.school_id AND c.tie_id = t.id AND c."on" <= %(day)s)::text'
)
WHO = {"agency_name": NAME, "person_name": PERSON, "last": LAST}
PARTS = {"agencies": About(AgencyTie, HOLDS_ON, extra=WHO)}
LATE = "Nobody in touch since {day}"


def card(pupil, rows, member, day):
    found = rows["agencies"]
    if not found and not member.can(Permission.SUPPORT_KEEP):
        return None
    return Card(
        name="agencies",
        title="Agencies and professionals",
        lines=tuple(line(row, day) for row in found[:MOST_LINES]),
        empty="No agency works with them.",
        href=reverse("pupils:agency-tie-list", args=[pupil.pk]),
        more="All agencies" if found else "Add one",
        total=len(found),
    )


def line(row, day):
    return Line(name_of(row), f"{row.about}. {last_words(row, day)}", *mark_of(row, day))


def name_of(row):
    return f"{row.person_name}, {row.agency_name}" if row.person_name else row.agency_name


def last_day(row):
    return row._meta.get_field("starts_on").to_python(row.last)


def last_words(row, day):
    last = last_day(row)
    return f"Last contact {day_words(last, day)}." if last else "No contact is noted yet."


def mark_of(row, day):
    last = last_day(row)
    quiet = agency_heard(last, row.starts_on, day)
    words = day_words(last or row.starts_on, day)
    return ("late", LATE.format(day=words)) if quiet.late(day) else ("", "")
