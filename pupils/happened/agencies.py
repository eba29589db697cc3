"""Agencies: since when and until when one works with the pupil, and each contact."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import AgencyContact, AgencyTie
from pupils.queries.gather import STAFF_NAME, About

KIND = Kind.AGENCIES
NAME = "(SELECT a.name FROM pupils_agency a WHERE a.school_id = t.school_id AND a.id = t.agency_id)"
OF_TIE = (
    "(SELECT a.name FROM pupils_agencytie y JOIN pupils_agency a ON a.school_id = y.school_id AND a.id = y.agency_id"
    " WHERE y.school_id = t.school_id AND y.id = t.tie_id)"
)
TIES = About(AgencyTie, extra={"agency_name": NAME})
CONTACTS = About(AgencyContact, extra={"agency_name": OF_TIE, "staff_name": STAFF_NAME.format("staff_id")})


def page(row):
    return reverse("pupils:agency-tie-list", args=[row.pupil_id])


def began(row, member, day):
    return Said(f"{row.agency_name} began to work with them.", row.about, page(row))


def ended(row, member, day):
    return Said(f"Last day of {row.agency_name}.", row.about, page(row))


def spoken(row, member, day):
    how = row.get_how_display().lower()
    return Said(f"{row.staff_name} was in touch with {row.agency_name}, {how}.", row.about, page(row))


HAPPENED = {
    "began": Happening(TIES, "t.starts_on", began),
    "ended": Happening(TIES, "t.ends_on", ended),
    "spoken": Happening(CONTACTS, 't."on"', spoken),
}
