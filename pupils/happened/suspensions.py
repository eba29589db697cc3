"""Suspensions: given, taken back by the head, and what governors did."""

from django.urls import reverse

from pupils.away_words import suspension_words
from pupils.happened.event import Happening, Kind, Said
from pupils.models import Suspension
from pupils.queries.gather import About
from pupils.words import sentence_list
from sendhub.access import Permission

KIND = Kind.SUSPENSIONS
NEEDS = (Permission.AWAY_VIEW,)
ABOUT = About(Suspension, "t.withdrawn_on IS NULL")


def page(row):
    return reverse("pupils:pupil-suspensions", args=[row.pupil_id])


def given(row, member, day):
    return Said(f"{suspension_words(row)}.", f"Why: {sentence_list(row.reason_words)}.", page(row))


def cancelled(row, member, day):
    return Said("The head took a suspension back.", "", page(row))


def looked_at(row, member, day):
    return Said("Governors looked at a suspension.", "", page(row))


HAPPENED = {
    "given": Happening(ABOUT, "t.starts_on", given, needs=NEEDS),
    "cancelled": Happening(ABOUT, "t.cancelled_on", cancelled, needs=NEEDS),
    "governors": Happening(ABOUT, "t.governors_on", looked_at, needs=NEEDS),
}
