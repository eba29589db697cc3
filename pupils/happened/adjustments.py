"""Reasonable adjustments: since when, said to be still needed, ended."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import Adjustment
from pupils.queries.gather import About

KIND = Kind.SUPPORT


def page(row):
    return reverse("pupils:adjustment-list", args=[row.pupil_id])


def began(row, member, day):
    return Said("A reasonable adjustment began.", row.what, page(row))


def confirmed(row, member, day):
    return Said("A reasonable adjustment is still needed, somebody said.", row.what, page(row))


def ended(row, member, day):
    return Said("Last day of a reasonable adjustment.", row.what, page(row))


HAPPENED = {
    "began": Happening(About(Adjustment), "t.starts_on", began),
    "confirmed": Happening(About(Adjustment), "t.confirmed_on", confirmed),
    "ended": Happening(About(Adjustment), "t.ends_on", ended),
}
