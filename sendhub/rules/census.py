"""The three school census days of a year, and what each takes of the SEND register.

SEN provision is taken in every census, the types of need in the spring one. What does not live here: which records
have a fault (`census_faults`), and the numbers (`provisions`).
"""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from sendhub.rules.deadline import Deadline
from sendhub.rules.provisions import Force, provision

THURSDAY = 3
MONTH_OF_TERM = {"spring": 1, "summer": 5, "autumn": 10}


@dataclass(frozen=True, slots=True)
class Census:
    """One census day; `takes_needs` where it asks for types of need as well as provision."""

    term: str
    day: date
    citation: str

    @property
    def takes_needs(self) -> bool:
        return self.term == "spring"


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The nth such day of a month: the third Thursday of January 2027 is the 21st."""
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


@lru_cache(maxsize=32)
def censuses(year: int) -> tuple[Census, ...]:
    """The three of a calendar year, in order."""
    found = []
    for term, month in MONTH_OF_TERM.items():
        row = provision(f"census_{term}_thursday", date(year, month, 1))
        found.append(Census(term, nth_weekday(year, month, THURSDAY, row.value), row.citation))
    return tuple(found)


def next_census(today: date) -> Census:
    """The census of today, or the first one after it."""
    coming = censuses(today.year) + censuses(today.year + 1)
    return next(census for census in coming if census.day >= today)


def census_gaps(today: date, *, about_need: bool) -> Deadline:
    """By when what the census would refuse is put right.

    A must by the next census day when that one takes it. Types of need between January and October: a should, with
    no day yet, for nobody asks before next January.
    """
    census = next_census(today)
    takes = census.takes_needs or not about_need
    return Deadline(
        key="census_need" if about_need else "census_provision",
        due=census.day if takes else None,
        basis="the school census" if takes else "the next census does not take it; the one in January does",
        force=Force.MUST if takes else Force.SHOULD,
        citation=census.citation,
        anchor=f"Census day is {'on' if takes else 'not before January: the next one is on'} {words(census.day)}.",
    )


def words(day: date) -> str:
    return f"{day.day} {day:%B}"
