"""Healthcare plans: noted, looked at again, ended. What is in them is not here."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import MedicalPointer
from pupils.queries.gather import About

KIND = Kind.HEALTH


def page(row):
    return reverse("pupils:medical-list", args=[row.pupil_id])


def began(row, member, day):
    return Said("There is a healthcare plan.", f"Ask {row.ask}.", page(row))


def reviewed(row, member, day):
    return Said("The healthcare plan was looked at again.", href=page(row))


def ended(row, member, day):
    return Said("Last day of the healthcare plan.", href=page(row))


HAPPENED = {
    "began": Happening(About(MedicalPointer), "t.starts_on", began),
    "reviewed": Happening(About(MedicalPointer), "t.reviewed_on", reviewed),
    "ended": Happening(About(MedicalPointer), "t.ends_on", ended),
}
