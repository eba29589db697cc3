"""A school's terms, closures and open days, and the bank holidays of England.

Outside the terms that the school has told us the answer is None, "cannot tell": we never guess a term. What does not
live here: sums in calendar days, weeks and months (`deadline`), which run through holidays.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from types import MappingProxyType

DAY = timedelta(days=1)
FIRST_BANK_HOLIDAY_YEAR = 2000
LONGEST_HOLIDAY_DAYS = 63
"""A longer gap between two known terms means that a term has not been entered, so days in it are not known."""

MONDAY, SATURDAY = 0, 5

# Days that the Crown or a minister moved or added. A future one is a new line here, on the day that it is announced.
_MOVED_SPRING = {2002: date(2002, 6, 4), 2012: date(2012, 6, 4), 2022: date(2022, 6, 2)}
_MOVED_MAY_DAY = {2020: date(2020, 5, 8)}
_ONCE_ONLY = {
    date(2002, 6, 3): "Golden Jubilee",
    date(2011, 4, 29): "Royal wedding",
    date(2012, 6, 5): "Diamond Jubilee",
    date(2022, 6, 3): "Platinum Jubilee",
    date(2022, 9, 19): "State funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of King Charles III",
}


def easter_sunday(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian sum)."""
    golden = year % 19
    century, in_century = divmod(year, 100)
    leap_centuries, century_rest = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + century - leap_centuries - correction + 15) % 30
    leap_years, year_rest = divmod(in_century, 4)
    to_sunday = (32 + 2 * century_rest + 2 * leap_years - moon - year_rest) % 7
    late = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _first_monday(year: int, month: int) -> date:
    first = date(year, month, 1)
    return first + timedelta(days=-first.weekday() % 7)


def _last_monday(year: int, month: int) -> date:
    return _first_monday(year, month + 1) - timedelta(days=7)


@lru_cache(maxsize=256)
def bank_holidays(year: int) -> Mapping[date, str]:
    """England's bank holidays of a year by date, substitute days in place of weekends (Banking and Financial Dealings
    Act 1971 Sch 1). Raises ValueError before 2000, for which we hold no moved days."""
    if year < FIRST_BANK_HOLIDAY_YEAR:
        raise ValueError(f"bank holidays are known from {FIRST_BANK_HOLIDAY_YEAR}")
    easter = easter_sunday(year)
    found = {
        easter - timedelta(days=2): "Good Friday",
        easter + DAY: "Easter Monday",
        _MOVED_MAY_DAY.get(year, _first_monday(year, 5)): "Early May bank holiday",
        _MOVED_SPRING.get(year, _last_monday(year, 5)): "Spring bank holiday",
        _last_monday(year, 8): "Summer bank holiday",
        **{day: name for day, name in _ONCE_ONLY.items() if day.year == year},
    }
    # Boxing Day on a Monday keeps its day and Christmas moves past it; so days that need no substitute go first.
    fixed = [
        (date(year, 1, 1), "New Year's Day"),
        (date(year, 12, 25), "Christmas Day"),
        (date(year, 12, 26), "Boxing Day"),
    ]
    for day, name in sorted(fixed, key=lambda pair: pair[0].weekday() >= SATURDAY):
        if day.weekday() < SATURDAY:
            found[day] = name
            continue
        while day.weekday() >= SATURDAY or day in found:
            day += DAY
        found[day] = f"{name} (substitute day)"
    return MappingProxyType(dict(sorted(found.items())))


def is_bank_holiday(day: date) -> bool:
    return day in bank_holidays(day.year)


def is_working_day(day: date) -> bool:
    """Monday to Friday and not a bank holiday in England."""
    return day.weekday() < SATURDAY and not is_bank_holiday(day)


def next_working_day(day: date) -> date:
    """The day itself if it is a working day, or else the first one after it."""
    while not is_working_day(day):
        day += DAY
    return day


def add_working_days(start: date, days: int) -> date:
    """The nth working day after `start`, which is not counted; before it when `days` is below 0; `start` for 0."""
    step = DAY if days > 0 else -DAY
    found = start
    for _ in range(abs(days)):
        found += step
        while not is_working_day(found):
            found += step
    return found


def academic_year(day: date) -> int:
    """The year in which that day's school year began; school years begin on 1 September."""
    return day.year if day.month >= 9 else day.year - 1


def academic_year_name(start_year: int) -> str:
    """2026 reads "2026-27"."""
    return f"{start_year}-{(start_year + 1) % 100:02d}"


class ClosureKind(StrEnum):
    """Why a school is shut to pupils on a day in term."""

    INSET = "inset"
    HOLIDAY = "holiday"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Closure:
    """Days in term on which the school is shut to pupils, first and last included."""

    first: date
    last: date
    kind: ClosureKind = ClosureKind.CLOSED
    name: str = ""

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a closure ends before it begins")

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Term:
    """A term, first and last day included; `break_first` and `break_last` are its half-term break, or both None."""

    name: str
    first: date
    last: date
    break_first: date | None = None
    break_last: date | None = None

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError("a term ends before it begins")
        if (self.break_first is None) != (self.break_last is None):
            raise ValueError("a half-term break needs both its days")
        if (
            self.break_first is not None
            and self.break_last is not None
            and not self.first < self.break_first <= self.break_last < self.last
        ):
            raise ValueError("a half-term break lies inside its term")

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last

    def in_break(self, day: date) -> bool:
        return (
            self.break_first is not None and self.break_last is not None and self.break_first <= day <= self.break_last
        )

    def halves(self) -> "tuple[HalfTerm, ...]":
        """Its half terms in order; the one stretch under the term's own name where there is no break."""
        if self.break_first is None or self.break_last is None:
            return (HalfTerm(self.name, self.first, self.last),)
        return (
            HalfTerm(f"{self.name} 1", self.first, self.break_first - DAY),
            HalfTerm(f"{self.name} 2", self.break_last + DAY, self.last),
        )


@dataclass(frozen=True, slots=True)
class HalfTerm:
    """Half a term ("Autumn 1"), first and last day included."""

    name: str
    first: date
    last: date

    def covers(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True)
class SchoolCalendar:
    """What a school has told us about its year. Terms stand in order and do not overlap (ValueError)."""

    terms: tuple[Term, ...]
    closures: tuple[Closure, ...] = ()
    _shut: frozenset[date] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for earlier, later in zip(self.terms, self.terms[1:], strict=False):
            if later.first <= earlier.last:
                raise ValueError(f"{later.name} begins before {earlier.name} has ended")
        days = ((closure, n) for closure in self.closures for n in range((closure.last - closure.first).days + 1))
        object.__setattr__(self, "_shut", frozenset(closure.first + n * DAY for closure, n in days))

    def term_of(self, day: date) -> Term | None:
        """The term that the day lies in, weekends and its half-term break included; None between and outside terms."""
        return next((term for term in self.terms if term.covers(day)), None)

    def half_term_of(self, day: date) -> HalfTerm | None:
        """The half term that the day lies in; None in a break, and between and outside terms."""
        term = self.term_of(day)
        return next((half for half in term.halves() if half.covers(day)), None) if term else None

    def knows(self, day: date) -> bool:
        """Can we tell if this is a school day? Yes in a term, and in a holiday with a known term on either side."""
        if self.term_of(day):
            return True
        before = [term.last for term in self.terms if term.last < day]
        after = [term.first for term in self.terms if term.first > day]
        return bool(before and after) and (min(after) - max(before)).days <= LONGEST_HOLIDAY_DAYS

    def is_school_day(self, day: date) -> bool | None:
        """Is the school open to pupils? None when the calendar does not reach the day."""
        term = self.term_of(day)
        if term:
            return is_working_day(day) and not term.in_break(day) and day not in self._shut
        return False if self.knows(day) else None

    def _seek(self, day: date, step: timedelta) -> date | None:
        """The first school day from `day` on, itself included, in the direction of `step`."""
        while (is_open := self.is_school_day(day)) is False:
            day += step
        return day if is_open else None

    def next_open_day(self, day: date) -> date | None:
        """The day itself if the school is open, or else the first open day after it; None if we cannot tell."""
        return self._seek(day, DAY)

    def add_school_days(self, start: date, days: int) -> date | None:
        """The nth school day after `start`, which is not counted; before it when `days` is below 0. `start` for 0.

        None when the count runs out of the known terms.
        """
        step = DAY if days > 0 else -DAY
        day = start
        for _ in range(abs(days)):
            found = self._seek(day + step, step)
            if found is None:
                return None
            day = found
        return day

    def school_days_between(self, start: date, end: date) -> int | None:
        """School days after `start` up to and including `end`: the inverse of `add_school_days`.

        None if a day between them is not known; ValueError if `end` is before `start`.
        """
        if end < start:
            raise ValueError("the end is before the start")
        count = 0
        for n in range(1, (end - start).days + 1):
            is_open = self.is_school_day(start + n * DAY)
            if is_open is None:
                return None
            count += is_open
        return count

    def week_of_term(self, day: date) -> int | None:
        """Which week of its term, Monday to Sunday, the first being 1; whole weeks of the half-term break do not count.

        None in the break and outside the terms.
        """
        term = self.term_of(day)
        if term is None or term.in_break(day):
            return None
        mondays = [
            monday
            for n in range((day - term.first).days + 7)
            if (monday := term.first - timedelta(days=6) + n * DAY).weekday() == MONDAY
        ]
        return sum(not all(term.in_break(monday + n * DAY) for n in range(5)) for monday in mondays)
