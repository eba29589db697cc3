"""Getting to know the pupils on the register: by when, and how many a week that takes. Both are the school's choice."""

from dataclasses import dataclass
from datetime import date

from sendhub.rules.deadline import add_weeks
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import academic_year

DAYS_A_WEEK = 7


@dataclass(frozen=True, slots=True)
class Pace:
    """`a_week` pupils until `target`; `passed` when that day has gone, and then `a_week` is None: nobody is late."""

    target: date
    left: int
    a_week: int | None

    @property
    def passed(self) -> bool:
        return self.a_week is None


def target_day(began_on: date, today: date) -> date:
    """30 September of this school year; for somebody who began after 1 September of it, four weeks if that is later."""
    this_year = academic_year(today)
    usual = provision("reading_day", today).day_in(this_year)
    if academic_year(began_on) < this_year:
        return usual
    return max(usual, add_weeks(began_on, provision("reading_weeks", today).value))


def pace(left: int, began_on: date, today: date) -> Pace:
    """How many a week from today, the rest of this week counted as one."""
    target = target_day(began_on, today)
    if today > target:
        return Pace(target, left, None)
    weeks = (target - today).days // DAYS_A_WEEK + 1
    return Pace(target, left, -(-left // weeks))
