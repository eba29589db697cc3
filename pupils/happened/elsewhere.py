"""Shorter days and places outside school: begun, ended, and what visits found."""

from django.urls import reverse

from pupils.away_words import hours_words
from pupils.happened.event import Happening, Kind, Said
from pupils.models import Placement, PlacementVisit, ReducedTimetable
from pupils.queries.gather import STAFF_NAME, About
from sendhub.access import Permission

KIND = Kind.SUSPENSIONS
SEES, NEEDS = (Permission.ATTENDANCE_VIEW,), (Permission.AWAY_VIEW,)
STANDS = "t.withdrawn_on IS NULL"
TIMETABLE, PLACE = About(ReducedTimetable, STANDS), About(Placement, STANDS)
VISIT = About(PlacementVisit, STANDS, extra={"visitor_name": STAFF_NAME.format("visited_by_id")})


def timetables(row):
    return reverse("pupils:pupil-timetables", args=[row.pupil_id])


def placements(row):
    return reverse("pupils:pupil-placements", args=[row.pupil_id])


def shortened(row, member, day):
    why = row.reason if member.can(Permission.AWAY_VIEW) else ""
    return Said(f"A reduced timetable began: {hours_words(row)}.", why, timetables(row))


def whole_again(row, member, day):
    return Said("The last day of a reduced timetable.", "", timetables(row))


def went(row, member, day):
    return Said(f"Began to learn somewhere else: {row.provider}.", row.reason, placements(row))


def came_back(row, member, day):
    return Said(f"The last day at {row.provider}.", "", placements(row))


def visited(row, member, day):
    return Said(f"{row.visitor_name} visited them where they learn.", row.findings, placements(row))


HAPPENED = {
    "shortened": Happening(TIMETABLE, "t.starts_on", shortened, needs=SEES),
    "whole-again": Happening(TIMETABLE, "t.ends_on", whole_again, needs=SEES),
    "went": Happening(PLACE, "t.starts_on", went, needs=NEEDS),
    "came-back": Happening(PLACE, "t.ends_on", came_back, needs=NEEDS),
    "visited": Happening(VISIT, "t.visited_on", visited, needs=NEEDS),
}
