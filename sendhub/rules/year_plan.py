"""A school's year on paper: half terms and closures as they are usual, as last year's move on, and what looks odd.

Advice only: a school may run its year as it likes, and the law's number of days is the provision `school_pupil_days`.
What does not live here: which day is a school day (`school_calendar`).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import LONGEST_HOLIDAY_DAYS, bank_holidays, easter_sunday, is_working_day

DAY, WEEK = timedelta(days=1), timedelta(days=7)
SATURDAY = 5
SHORTEST_BREAK_DAYS = 2
"""A gap between half terms of less is a weekend: a holiday may have been forgotten."""
NAMES = ("Autumn 1", "Autumn 2", "Spring 1", "Spring 2", "Summer 1", "Summer 2")
TRAINING = "Training day"


@dataclass(frozen=True, slots=True)
class Period:
    """A half term, first and last day included."""

    name: str
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Closed:
    """One day in term on which pupils are not in."""

    on: date
    reason: str

    @property
    def training(self) -> bool:
        return is_training(self.reason)


def is_training(reason: str) -> bool:
    """A training day by its reason: "Training day", "INSET", "Staff training"."""
    words = reason.casefold()
    return "training" in words or "inset" in words


# --- what is usual -----------------------------------------------------------------------------------------------
def monday_on_or_after(day: date) -> date:
    return day + timedelta(days=-day.weekday() % 7)


def friday_before(day: date) -> date:
    return day - timedelta(days=(day.weekday() - 5) % 7 + 1)


def last_monday(year: int, month: int) -> date:
    """Of a month with 31 days."""
    last = date(year, month, 31)
    return last - timedelta(days=last.weekday())


def usual_half_terms(starts: int) -> list[Period]:
    """The six half terms of the year that starts in September of `starts`: breaks round the last Monday of October
    and of May and the third Monday of February, two weeks round Easter. A school corrects them."""
    year = starts + 1
    october, may = last_monday(starts, 10), last_monday(year, 5)
    february = monday_on_or_after(date(year, 2, 15))
    easter = easter_sunday(year)
    early = easter <= date(year, 4, 10)  # the two weeks then begin with Good Friday, else they end with Easter Monday's
    september, january = date(starts, 9, 2), monday_on_or_after(date(year, 1, 4))
    days = [
        (september if september.weekday() < SATURDAY else monday_on_or_after(september), friday_before(october)),
        (october + WEEK, january - timedelta(days=17)),
        (january, friday_before(february)),
        (february + WEEK, easter - timedelta(days=3 if early else 9)),
        (easter + timedelta(days=15 if early else 8), friday_before(may)),
        (may + WEEK, friday_before(date(year, 7, 24))),
    ]
    return [Period(name, first, last) for name, (first, last) in zip(NAMES, days, strict=True)]


def usual_training_days(starts: int) -> list[Closed]:
    """The five training days: the first day of four half terms and the last day of the year."""
    terms = {term.name: term for term in usual_half_terms(starts)}
    days = [terms[name].first for name in ("Autumn 1", "Autumn 2", "Spring 1", "Summer 2")]
    return [Closed(day, TRAINING) for day in [*days, terms["Summer 2"].last]]


# --- last year's, moved ------------------------------------------------------------------------------------------
def moved(day: date) -> date:
    """The same weekday of the year after, nearest to the same date: Wednesday 3 September is then Wednesday the 2nd."""
    ahead = day + 52 * WEEK
    same = date(day.year + 1, day.month, min(day.day, 28) if day.month == 2 else day.day)
    return ahead + WEEK if (same - ahead).days > 3 else ahead


def moved_terms(terms: Iterable[Period]) -> list[Period]:
    return [Period(term.name, moved(term.first), moved(term.last)) for term in terms]


def moved_closures(closures: Iterable[Closed], terms: Sequence[Period]) -> list[Closed]:
    """Training days move with their weekday; a day that was the first or the last of its half term stays so. What
    happens once (snow, an election) does not come back."""
    edges = {}
    for term in terms:
        edges[term.first], edges[term.last] = moved(term.first), moved(term.last)
    return [Closed(edges.get(each.on) or moved(each.on), each.reason) for each in closures if each.training]


# --- what the plan comes to, and what looks odd ------------------------------------------------------------------
def days_open(terms: Iterable[Period], closures: Iterable[Closed]) -> int:
    """Days on which pupils are in: working days of the half terms that are not closed. Each day counts once."""
    shut = {each.on for each in closures}
    return len({day for term in terms for day in working_days(term) if day not in shut})


def working_days(term: Period) -> list[date]:
    count = (term.last - term.first).days + 1
    return [day for day in (term.first + n * DAY for n in range(count)) if is_working_day(day)]


def advice(starts: int, terms: Iterable[Period], closures: Iterable[Closed]) -> list[str]:
    """What a second pair of eyes would ask, in sentences; empty when nothing looks odd."""
    terms, closures = sorted(terms, key=lambda term: term.first), sorted(closures, key=lambda each: each.on)
    if not terms:
        return []
    return [
        *(said for term in terms for said in odd_days(starts, term)),
        *(said for pair in pairwise(terms) for said in odd_gap(*pair)),
        *odd_closures(terms, closures),
        *odd_count(terms, closures),
    ]


def spoken(day: date) -> str:
    return f"{day:%A} {day.day} {day:%B}"


def odd_days(starts: int, term: Period) -> list[str]:
    said = []
    for day, verb in ((term.first, "begins"), (term.last, "ends")):
        if not date(starts, 8, 1) <= day <= date(starts + 1, 8, 31):
            said.append(f"{term.name} {verb} on {spoken(day)} {day.year}, which is outside this school year.")
        elif day.weekday() >= SATURDAY:
            said.append(f"{term.name} {verb} on a {day:%A}.")
        elif not is_working_day(day):
            said.append(f"{term.name} {verb} on a bank holiday: {bank_holidays(day.year)[day]}.")
    return said


def odd_gap(before: Period, after: Period) -> list[str]:
    gap = (after.first - before.last).days - 1
    if gap < 0:
        said = f"{after.name} begins before {before.name} has ended."
        return [f"{said} Until that is put right the week can not be told."]
    if gap <= SHORTEST_BREAK_DAYS:
        return [f"There is no holiday between {before.name} and {after.name}."]
    if gap > LONGEST_HOLIDAY_DAYS:
        return [f"There are {gap} days between {before.name} and {after.name}. Is a half term missing?"]
    return []


def odd_closures(terms: Sequence[Period], closures: Sequence[Closed]) -> list[str]:
    said = []
    for each in closures:
        if not any(term.first <= each.on <= term.last for term in terms):
            said.append(f"{each.reason} on {spoken(each.on)} is not in a half term, so it closes nothing.")
        elif not is_working_day(each.on):
            said.append(f"{each.reason} on {spoken(each.on)} is a day on which school is shut anyway.")
    return said


def odd_count(terms: Sequence[Period], closures: Sequence[Closed]) -> list[str]:
    """190 days for pupils, give or take the training days that some schools hold as evenings."""
    if len(terms) < len(NAMES):
        return [f"{len(terms)} of {len(NAMES)} half terms are here, so the days can not be compared yet."]
    on = terms[0].first
    wanted, training = provision("school_pupil_days", on).value, provision("school_training_days", on).value
    held, count = sum(1 for each in closures if each.training), days_open(terms, closures)
    said = []
    if held != training:
        said.append(f"{held} training {'day' if held == 1 else 'days'}, where {training} are usual.")
    lost = len(closures) - held
    if not wanted <= count + lost <= wanted + training:
        said.append(f"Pupils are in for {count} days, where {wanted} are usual.")
    return said
