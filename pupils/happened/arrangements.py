"""Access arrangements: given, applied for, approved, withdrawn; and who said that one is used in lessons."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import AccessArrangement, ArrangementUse
from pupils.queries.gather import STAFF_NAME, About

KIND = Kind.SUPPORT
NAME = "(SELECT a.name FROM pupils_accessarrangement a WHERE a.school_id = t.school_id AND a.id = t.arrangement_id)"
USES = About(ArrangementUse, extra={"staff_name": STAFF_NAME.format("staff_id"), "arrangement_name": NAME})


def page(row):
    return reverse("pupils:arrangement-list", args=[row.pupil_id])


def given(row, member, day):
    return Said("An access arrangement was given.", row.name, page(row))


def applied(row, member, day):
    return Said("An access arrangement was applied for.", row.name, page(row))


def approved(row, member, day):
    return Said("An access arrangement was approved.", row.name, page(row))


def withdrawn(row, member, day):
    return Said("Last day of an access arrangement.", row.name, page(row))


def used(row, member, day):
    return Said(
        f"{row.staff_name} said that an access arrangement is used in lessons.", row.arrangement_name, page(row)
    )


HAPPENED = {
    "given": Happening(About(AccessArrangement), "t.starts_on", given),
    "applied": Happening(About(AccessArrangement), "t.applied_on", applied),
    "approved": Happening(About(AccessArrangement), "t.approved_on", approved),
    "withdrawn": Happening(About(AccessArrangement), "t.ends_on", withdrawn),
    "used": Happening(USES, "t.said_on", used),
}
