"""Risk plans: made, with new words, ended; and how many adults have read one on a day."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import RiskPlan, RiskReading
from pupils.queries.gather import STAFF_NAME, About

KIND = Kind.HEALTH
READ = About(RiskReading, extra={"staff_name": STAFF_NAME.format("staff_id")})


def page(row):
    return reverse("pupils:risk-list", args=[row.pupil_id])


def made(row, member, day):
    return Said("A risk plan was made.", row.may_happen, page(row))


def changed(row, member, day):
    return Said("The words of a risk plan changed: everybody is asked to read it again.", href=page(row))


def ended(row, member, day):
    return Said("Last day of a risk plan.", row.may_happen, page(row))


def read(row, member, day):
    return Said(f"{row.staff_name} read a risk plan.", href=page(row))


HAPPENED = {
    "made": Happening(About(RiskPlan), "t.starts_on", made),
    "changed": Happening(About(RiskPlan, "t.edition > 1"), "t.edition_on", changed),
    "ended": Happening(About(RiskPlan), "t.ends_on", ended),
    "read": Happening(READ, "t.read_on", read),
}
