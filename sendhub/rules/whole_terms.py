"""The whole terms of a school year (autumn, spring, summer), put together from the half terms that a school has set.

A school that counts more than three terms of its own has those of the law: to 31 December, to Easter Monday, to 31
July. What does not live here: the calendar itself (`school_calendar`).
"""

from dataclasses import dataclass
from datetime import date, timedelta

from sendhub.rules.school_calendar import SchoolCalendar, Term, academic_year, easter_sunday

DAY = timedelta(days=1)
HALVES = 2
TERMS = 3


@dataclass(frozen=True, slots=True)
class WholeTerm:
    """First and last day included; `name` is "Autumn", or the law's period in words."""

    name: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


def whole_terms(calendar: SchoolCalendar, starts: int) -> tuple[WholeTerm, ...]:
    """The terms of the school year that begins in September of `starts`, in order; none if the school has set none."""
    rows = [term for term in calendar.terms if academic_year(term.first) == starts]
    named: dict[str, list[Term]] = {}
    for term in rows:
        named.setdefault(_stem(term.name), []).append(term)
    if len(named) > TERMS or any(len(found) > HALVES for found in named.values()):
        return _periods(rows, starts)
    return tuple(WholeTerm(name, found[0].first, found[-1].last) for name, found in named.items())


def _stem(name: str) -> str:
    """ "Autumn 1" and "Autumn 2" are halves of "Autumn"."""
    return name.rstrip("0123456789 ") or name


def _periods(rows: list[Term], starts: int) -> tuple[WholeTerm, ...]:
    """Where a school year has more than three terms, the law speaks of the periods between 31 July, 31 December and
    Easter Monday (School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012, reg 2)."""
    easter_monday = easter_sunday(starts + 1) + DAY
    bounds = (
        ("September to December", date(starts, 8, 1), date(starts, 12, 31)),
        ("January to Easter", date(starts + 1, 1, 1), easter_monday),
        ("Easter to July", easter_monday + DAY, date(starts + 1, 7, 31)),
    )
    return tuple(
        WholeTerm(name, first, last)
        for name, first, last in bounds
        if any(term.first <= last and term.last >= first for term in rows)
    )


def whole_term_of(calendar: SchoolCalendar, day: date) -> WholeTerm | None:
    """The term of a day; between two terms the one that has ended. None where the school has set none by then."""
    begun = [term for term in whole_terms(calendar, academic_year(day)) if term.first <= day]
    return begun[-1] if begun else None


def term_to_come(calendar: SchoolCalendar, day: date) -> WholeTerm | None:
    """The first term that ends on the day or later, the day's own or the next one; None if the school has set none."""
    years = (academic_year(day), academic_year(day) + 1)
    found = [term for year in years for term in whole_terms(calendar, year) if term.last >= day]
    return found[0] if found else None
