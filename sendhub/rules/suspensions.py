"""Days of suspension: counted in school days by the school's own calendar, against the numbers of the law.

What a suspension is called and why it was given lives here too: its reasons are a code table of their own, never shared
with the types of need (DS means something else in each). What does not live here: the numbers (`provisions`).
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from sendhub.rules.deadline import Deadline, from_provision
from sendhub.rules.provisions import Force, provision
from sendhub.rules.school_calendar import SchoolCalendar, academic_year
from sendhub.rules.whole_terms import whole_term_of, whole_terms

DAY = timedelta(days=1)
HALF, ONE, ZERO = Decimal("0.5"), Decimal(1), Decimal(0)
MOST_REASONS = 3
MOST_DAYS = 45

# The codes could not be compared with the census's own list: unconfirmed.
REASONS: Mapping[str, str] = {
    "PP": "Hurting a pupil",
    "PA": "Hurting an adult",
    "VP": "Threats or abuse towards a pupil",
    "VA": "Threats or abuse towards an adult",
    "OW": "A weapon, or something used as one",
    "BU": "Bullying",
    "RA": "Racist abuse",
    "LG": "Abuse about sexual orientation or gender identity",
    "DS": "Abuse about disability",
    "SM": "Sexual misconduct",
    "DA": "Drugs or alcohol",
    "DM": "Damage",
    "TH": "Theft",
    "MT": "Misuse of social media or technology",
    "PH": "Breach of health protection rules",
    "DB": "Disruption, again and again",
}


@dataclass(frozen=True, slots=True)
class Suspended:
    """One suspension: `days` school days from `first` on, halves allowed; None is a permanent exclusion.

    `lunchtimes`: each school day counts half. From `cancelled_on` on the head has taken it back: days before it stand.
    """

    first: date
    days: Decimal | None
    lunchtimes: bool = False
    cancelled_on: date | None = None

    @property
    def permanent(self) -> bool:
        return self.days is None


@dataclass(frozen=True, slots=True)
class Counters:
    """As at a day. None is "cannot tell": the school has not set the terms that it takes. Never shown as a number.

    `run` is the longest row of school days in a row, across suspensions; `sixth_day` the day of it from which the pupil
    is taught somewhere. `term` names the whole term that `this_term` counts.
    """

    this_year: Decimal | None
    this_term: Decimal | None
    term: str
    run: int | None
    sixth_day: date | None


def days_of(suspended: Suspended, calendar: SchoolCalendar) -> tuple[tuple[date, Decimal], ...] | None:
    """Its school days with how much of each counts; None when the calendar does not reach them all. A first day on
    which the school is shut counts from the next open one. None of a permanent exclusion are counted."""
    if suspended.days is None:
        return ()
    each = HALF if suspended.lunchtimes else ONE
    found: list[tuple[date, Decimal]] = []
    left, day = suspended.days, suspended.first
    while left > ZERO:
        opens = calendar.next_open_day(day)
        if opens is None:
            return None
        found.append((opens, min(each, left)))
        left, day = left - each, opens + DAY
    return tuple(pair for pair in found if suspended.cancelled_on is None or pair[0] < suspended.cancelled_on)


def last_day(suspended: Suspended, calendar: SchoolCalendar) -> date | None:
    """The last school day of it; None for a permanent exclusion, one taken back at once, and where nobody can tell."""
    days = days_of(suspended, calendar)
    return days[-1][0] if days else None


def count(found: Sequence[Suspended], calendar: SchoolCalendar, on: date) -> Counters:
    """What the suspensions of one pupil add up to in the school year and the term of `on`. A day counts once."""
    starts = academic_year(on)
    term = whole_term_of(calendar, on)
    near = [each for each in found if academic_year(each.first) in {starts - 1, starts}]
    spread = [(each, days_of(each, calendar)) for each in near]
    # one of last year's whose days nobody can tell does not spoil this year's: it began and ended before
    known = [days or () for each, days in spread if days is not None or academic_year(each.first) == starts - 1]
    if not whole_terms(calendar, starts) or len(known) < len(spread):
        return Counters(None, None, term.name if term else "", None, None)
    by_day = merged(known)
    whole = {day for each, days in spread for day, _ in days or () if not each.lunchtimes}
    of_year = {day: part for day, part in by_day.items() if academic_year(day) == starts}
    run, sixth = _longest(sorted(day for day in whole if academic_year(day) == starts), calendar, on)
    return Counters(
        this_year=sum(of_year.values(), ZERO),
        this_term=sum((part for day, part in of_year.items() if term and term.covers(day)), ZERO),
        term=term.name if term else "",
        run=run,
        sixth_day=sixth,
    )


def merged(days: Iterable[Iterable[tuple[date, Decimal]]]) -> dict[date, Decimal]:
    """{day: how much of it}; a day under two suspensions counts once, the larger part."""
    found: dict[date, Decimal] = {}
    for each in days:
        for day, part in each:
            found[day] = max(part, found.get(day, ZERO))
    return found


def _longest(days: Sequence[date], calendar: SchoolCalendar, on: date) -> tuple[int, date | None]:
    """(length of the longest row of school days in a row, the day of it from which there is teaching)."""
    taught_from = provision("suspension_education_from_day", on).value
    longest, sixth, row = 0, None, 0
    for number, day in enumerate(days):
        row = row + 1 if number and calendar.add_school_days(days[number - 1], 1) == day else 1
        longest = max(longest, row)
        if row == taught_from:
            sixth = day  # of the newest row that is as long
    return longest, sixth


# --- what follows ------------------------------------------------------------------------------------------------
def over(counters: Counters, on: date) -> str | None:
    """The key of the highest threshold that has been passed, or None. One alert a pupil: the gravest."""
    year, term = counters.this_year, counters.this_term
    if year is None or term is None:
        return None
    if year >= provision("suspension_days_max", on).value:
        return "suspension_days_max"
    if year >= provision("suspension_warning_days", on).value:
        return "suspension_warning_days"
    if term > provision("suspension_governors_always_over", on).value:
        return "suspension_governors_always_over"
    if term > provision("suspension_governors_if_asked_over", on).value:
        return "suspension_governors_if_asked_over"
    return None


def passed(key: str, on: date) -> Deadline:
    """What follows from a threshold that was passed; nothing sets a day. Governors who look at it if the parents ask
    may never be asked, so that is only kept in sight: our choice."""
    row = provision(key, on)
    found = from_provision(row, due=None, anchor="the days of suspension so far")
    return replace(found, force=Force.CHOICE) if key == "suspension_governors_if_asked_over" else found


def looked_at(first: date) -> Deadline:
    """A suspension of a pupil on the register is looked at: does the help still fit?"""
    row = provision("suspension_look_days", first)
    return from_provision(row, due=first + (row.value - 1) * DAY, anchor="the first day of the suspension")


def newly(first: date, on: date) -> bool:
    """In the days for which it is shown."""
    return 0 <= (on - first).days < provision("suspension_look_days", on).value


def too_many(counters: Counters, on: date) -> bool:
    """More days in the year than the law allows."""
    return counters.this_year is not None and counters.this_year > provision("suspension_days_max", on).value


def governors_always(found: Sequence[Suspended], counters: Counters, on: date) -> bool:
    """Do governors look at it whether asked or not: a permanent exclusion, or over 15 days in the term."""
    most = provision("suspension_governors_always_over", on).value
    permanent = any(each.permanent and each.cancelled_on is None for each in found)
    return permanent or (counters.this_term is not None and counters.this_term > most)


def governors_meet(told_on: date, calendar: SchoolCalendar, met_on: date | None = None) -> Deadline:
    """By when governors meet about a permanent exclusion, or over 15 days in a term: school days from when they were
    told. No day where the calendar does not reach."""
    row = provision("suspension_governors_always_within", told_on)
    return from_provision(
        row,
        due=calendar.add_school_days(told_on, row.value),
        anchor="the day on which the suspension began",
        happened_on=met_on,
    )


def taught_by(sixth_day: date | None, taught_from: date | None, on: date) -> Deadline:
    """From the sixth school day in a row the pupil is taught somewhere. None: there is no such day."""
    return from_provision(
        provision("suspension_education_from_day", on),
        due=sixth_day,
        anchor="the first school day of the row",
        happened_on=taught_from,
        applies=sixth_day is not None,
    )


def sixth_of(suspended: Suspended, calendar: SchoolCalendar) -> date | None:
    """The day from which somebody teaches a pupil who is permanently excluded: the council, from the sixth day."""
    number = provision("suspension_education_from_day", suspended.first).value
    opens = calendar.next_open_day(suspended.first)
    return None if opens is None else calendar.add_school_days(opens, number - 1)


def told(key: str, first: date, told_on: date | None) -> Deadline:
    """The family, or the council, is told without delay. The law sets no number of days; we count ours."""
    days = provision("suspension_told_days", first).value
    return Deadline(
        key=key,
        due=first + days * DAY,
        basis=f"without delay; the law sets no number of days, we count {days}",
        force=Force.MUST,
        citation=provision("suspension_days_max", first).citation,
        anchor="the first day of the suspension",
        happened_on=told_on,
    )


def number(days: Decimal) -> str:
    """ "3", "2.5", "0"."""
    return f"{days.normalize():f}" if days else "0"
