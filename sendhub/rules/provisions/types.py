"""What a provision is, and what can be wrong with asking for one. No numbers live here."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

CHECKED_ON = date(2026, 11, 22)
"""The day on which the rows of this version were last compared with their sources."""


class Force(StrEnum):
    """How far a school may depart: not at all, with a good reason, or as it likes."""

    MUST = "must"
    SHOULD = "should"
    CHOICE = "choice"


class Unit(StrEnum):
    """What the number counts. DAY_OF_YEAR is month x 100 + day (215 is 15 February); ORDINAL_DAY is "the nth day"."""

    HOURS = "hours"
    DAYS = "days"
    SCHOOL_DAYS = "school days"
    WORKING_DAYS = "working days"
    WEEKS = "weeks"
    MONTHS = "months"
    YEARS = "years"
    DAY_OF_YEAR = "day of the year"
    ORDINAL_DAY = "day in a row"
    YEAR_GROUP = "year group"
    TIMES = "times a year"
    TERMS = "terms"
    PERCENT = "percent"
    PEOPLE = "people"


class ProvisionError(Exception):
    """Something is wrong with the question, so there is no number to give."""


class UnknownProvision(ProvisionError):
    """No provision has this key."""


class NotInForce(ProvisionError):
    """The key is known but no row of it is the law on that day."""


class NotOurs(ProvisionError):
    """A school or council tried to change a number that the law fixes."""


@dataclass(frozen=True, slots=True)
class Provision:
    """One number of the law on one stretch of time; both end dates are included.

    `confirmed` is False where we have not seen the number in its source: a school may then correct it.
    `overridden` is True where the school's own number stands in `value`.
    """

    key: str
    value: int
    unit: Unit
    title: str
    plain: str
    citation: str
    link: str
    in_force_from: date
    in_force_to: date | None
    checked_on: date
    force: Force
    confirmed: bool
    overridden: bool = False

    def in_force(self, on: date) -> bool:
        return self.in_force_from <= on and (self.in_force_to is None or on <= self.in_force_to)

    @property
    def changeable(self) -> bool:
        """May a school put its own number here?"""
        return self.force is not Force.MUST or not self.confirmed

    def day_in(self, year: int) -> date:
        """The day of that calendar year, for a DAY_OF_YEAR row; ValueError for any other unit."""
        if self.unit is not Unit.DAY_OF_YEAR:
            raise ValueError(f"{self.key} counts {self.unit}, it is not a day of the year")
        return date(year, self.value // 100, self.value % 100)


def row(
    key: str,
    value: int,
    unit: Unit,
    force: Force,
    *,
    title: str,
    plain: str,
    citation: str,
    link: str,
    since: date,
    until: date | None = None,
    confirmed: bool = True,
) -> Provision:
    """A provision as last checked; only spares the tables from repeating the same date."""
    return Provision(
        key=key,
        value=value,
        unit=unit,
        title=title,
        plain=plain,
        citation=citation,
        link=link,
        in_force_from=since,
        in_force_to=until,
        checked_on=CHECKED_ON,
        force=force,
        confirmed=confirmed,
    )
