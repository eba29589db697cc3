"""Shorthand that the tests of these pages share."""

from tests.pupils.away import november
from tests.pupils.concerning import concern, mails, tutor
from tests.pupils.families import put_on, today
from tests.pupils.imports import bring, cast_pupil, lines, made, work_off
from tests.pupils.noting import aisha, place, stored, write
from tests.visits import inside, looks, oakfield, visit

__all__ = [
    "aisha",
    "bring",
    "cast_pupil",
    "concern",
    "inside",
    "lines",
    "looks",
    "made",
    "mails",
    "november",
    "oakfield",
    "place",
    "put_on",
    "stored",
    "today",
    "tutor",
    "visit",
    "work_off",
    "write",
]
