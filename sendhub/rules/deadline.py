"""When something was or is due, whether it was met, and the sums with calendar dates behind it.

Calendar dates run through school holidays. What does not live here: the numbers (`provisions`), school days
(`school_calendar`), and which deadlines a review has.
"""

from calendar import monthrange
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from sendhub.rules.provisions import Force, Provision
from sendhub.rules.school_calendar import next_working_day

DUE_SOON_DAYS = 14
"""From how many days before its day an open deadline is shown as due; a screen may pass another."""


class Status(StrEnum):
    """Compliance has four values. CANNOT_TELL means that a fact is missing; it is never shown as good."""

    MET = "met"
    NOT_MET = "not_met"
    NOT_APPLICABLE = "not_applicable"
    CANNOT_TELL = "cannot_tell"


class Owner(StrEnum):
    """Who has to act. The council's lateness is shown apart from the school's."""

    SCHOOL = "school"
    COUNCIL = "council"


class Light(StrEnum):
    """The colour of a date on the screen; the word always stands beside it. Only what was done in time is OK."""

    LATE = "late"
    DUE = "due"
    OK = "ok"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class Deadline:
    """One duty and its day.

    `due` is the last day that is in time; None if a fact is missing. `basis` says the sum ("2 weeks after the
    meeting"), `anchor` says in a sentence what it was counted from. `applies` is False when there is no such duty.
    """

    key: str
    due: date | None
    basis: str
    force: Force
    citation: str
    anchor: str
    happened_on: date | None = None
    owner: Owner = Owner.SCHOOL
    applies: bool = True

    def done(self, today: date) -> bool:
        """Has it happened by `today`? A date in the future has not happened yet."""
        return self.happened_on is not None and self.happened_on <= today

    def outstanding(self, today: date) -> bool:
        return self.applies and not self.done(today)

    def status(self, today: date) -> Status:
        """Met or not met, judged on `today`. While the day has not come and nothing has happened there is nothing to
        judge yet, so an open duty is NOT_APPLICABLE until it is late."""
        if not self.applies:
            return Status.NOT_APPLICABLE
        if self.due is None:
            return Status.CANNOT_TELL
        if self.happened_on is not None and self.done(today):
            return Status.MET if self.happened_on <= self.due else Status.NOT_MET
        return Status.NOT_MET if today > self.due else Status.NOT_APPLICABLE

    def days_left(self, today: date) -> int | None:
        """Days until it is due, 0 on the day, below 0 when late; None if it is done, does not apply, or has no day."""
        return (self.due - today).days if self.due and self.outstanding(today) else None

    def late(self, today: date) -> bool:
        """Is it still open after its day? What was done late is not late any more, though it was not met."""
        left = self.days_left(today)
        return left is not None and left < 0

    def light(self, today: date, soon: int = DUE_SOON_DAYS) -> Light:
        """Only MET is OK; open and past its day is LATE; due within `soon` days is DUE; everything else is PLAIN."""
        if self.status(today) is Status.MET:
            return Light.OK
        left = self.days_left(today)
        if left is None or left > soon:
            return Light.PLAIN
        return Light.LATE if left < 0 else Light.DUE


def from_provision(
    provision: Provision,
    *,
    due: date | None,
    anchor: str,
    basis: str | None = None,
    happened_on: date | None = None,
    owner: Owner = Owner.SCHOOL,
    applies: bool = True,
) -> Deadline:
    """A deadline under a provision: its key, force and citation, and its plain sentence unless `basis` is given."""
    return Deadline(
        key=provision.key,
        due=due,
        basis=basis or provision.plain,
        force=provision.force,
        citation=provision.citation,
        anchor=anchor,
        happened_on=happened_on,
        owner=owner,
        applies=applies,
    )


_FORCE_ORDER = (Force.MUST, Force.SHOULD, Force.CHOICE)


def sort_deadlines(deadlines: Iterable[Deadline], today: date) -> list[Deadline]:
    """Open ones by their day, then open ones with no day, then the done, then those that do not apply."""

    def place(deadline: Deadline) -> tuple[bool, bool, bool, date, int, str]:
        return (
            not deadline.applies,
            deadline.done(today),
            deadline.due is None,
            deadline.due or date.max,
            _FORCE_ORDER.index(deadline.force),
            deadline.key,
        )

    return sorted(deadlines, key=place)


def earliest_unmet(deadlines: Iterable[Deadline], today: date) -> Deadline | None:
    """The open duty with the earliest day: it decides the state of a row. One with no day only if no other is open."""
    return next((deadline for deadline in sort_deadlines(deadlines, today) if deadline.outstanding(today)), None)


def combine(statuses: Iterable[Status]) -> Status:
    """One word for many: not met beats cannot tell, which beats met; not applicable only if nothing else is there."""
    found = set(statuses)
    for status in (Status.NOT_MET, Status.CANNOT_TELL, Status.MET):
        if status in found:
            return status
    return Status.NOT_APPLICABLE


def add_days(day: date, days: int) -> date:
    return day + timedelta(days=days)


def add_weeks(day: date, weeks: int) -> date:
    return day + timedelta(weeks=weeks)


def add_months(day: date, months: int) -> date:
    """The same day of the month, `months` later (or earlier, below 0); the month's last day if it has no such day.

    This is the last day of a period "within n months of" an event whose own day is not counted.
    """
    whole = day.year * 12 + day.month - 1 + months
    year, month = whole // 12, whole % 12 + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def last_of_days(first: date, days: int) -> date:
    """The last day of a period of n days that begins with `first`: 15 days from the 1st end on the 15th."""
    return first + timedelta(days=days - 1)


def last_of_months(first: date, months: int) -> date:
    """The last day of a period of n months that begins with `first`: the day before the same day of the month.

    Where the month has no such day the period runs to the month's last day, so 12 months that begin on 29 February
    run to 28 February (Children and Families Act 2014 s.44(1): "starting with").
    """
    same = add_months(first, months)
    return same - timedelta(days=1) if same.day == first.day else same


def day_before_anniversary(first: date, years: int = 1) -> date:
    """The last day of the n years that begin with `first`."""
    return last_of_months(first, 12 * years)


def last_day_before(limit: date) -> date:
    """The last day that is in time when something must happen before `limit`, not on it."""
    return limit - timedelta(days=1)


def appeal_limit(day: date) -> date:
    """Where a tribunal limit really ends: one that ends in August, from 25 December to 1 January, or on a day that is
    not a working day moves to the next working day outside those (Tribunal Procedure (HESC) Rules 2008)."""
    while True:
        day = next_working_day(day)
        if day.month == 8 or (day.month, day.day) >= (12, 25) or (day.month, day.day) == (1, 1):
            day += timedelta(days=1)
        else:
            return day
