"""A concern that an adult raised: which stages it has, which moves there are, and by when each stage is over.

All numbers are the school's choice (`provisions`): no law says how fast a school looks at a colleague's concern. What
does not live here: who looks first (`pupils.queries.concerns`) and how it is worded.
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from sendhub.rules.deadline import Deadline, from_provision
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import SchoolCalendar, add_working_days, is_working_day


class Stage(StrEnum):
    NEW = "new"
    WATCH = "watch"
    FAMILY = "family"
    SENDCO = "sendco"
    STEP = "step"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


_S = Stage
MOVES: Mapping[Stage, frozenset[Stage]] = MappingProxyType(
    {
        _S.NEW: frozenset({_S.WATCH, _S.FAMILY, _S.SENDCO, _S.STEP, _S.CLOSED, _S.WITHDRAWN}),
        _S.WATCH: frozenset({_S.WATCH, _S.FAMILY, _S.SENDCO, _S.STEP, _S.CLOSED}),
        _S.FAMILY: frozenset({_S.WATCH, _S.SENDCO, _S.STEP, _S.CLOSED}),
        _S.SENDCO: frozenset({_S.WATCH, _S.FAMILY, _S.STEP, _S.CLOSED}),
        _S.STEP: frozenset(),
        _S.CLOSED: frozenset({_S.WATCH, _S.SENDCO}),
        _S.WITHDRAWN: frozenset({_S.NEW}),
    }
)
"""From each stage, where it may go. WATCH to WATCH is another day to look; CLOSED may be opened again; STEP goes on
beside the register or on it, so nothing of it goes on here."""

OPEN = frozenset({_S.NEW, _S.WATCH, _S.FAMILY, _S.SENDCO})
NEEDS_WORDS = frozenset({_S.CLOSED})
"""The raiser is told why nothing more is done."""

_LIMITS = {
    _S.NEW: "concern_first_look_school_days",
    _S.FAMILY: "concern_family_school_days",
    _S.SENDCO: "concern_sendco_school_days",
}


def may_move(before: Stage, after: Stage) -> bool:
    return after in MOVES[before]


def due(stage: Stage, since: date, look_on: date | None, calendar: SchoolCalendar, today: date) -> Deadline:
    """By when somebody moves it on. A watched one is looked at on the day that was chosen; one that is over has no day.

    Where the calendar does not reach, working days are counted in place of school days.
    """
    if stage is Stage.WATCH:
        return from_provision(
            provision("concern_watch_school_days", today),
            due=look_on,
            basis="on the day that was chosen",
            anchor="the day that was chosen to look again",
        )
    key = _LIMITS.get(stage)
    limit = provision(key or "concern_first_look_school_days", today)
    if key is None:
        return from_provision(limit, due=None, anchor="", applies=False)
    return from_provision(
        limit,
        due=after_days(since, limit.value, calendar),
        basis=f"within {limit.value} school days",
        anchor="the day on which it came here",
    )


def sendco_sees_by(raised_on: date, calendar: SchoolCalendar, today: date) -> date:
    """The SENDCO sees every concern that the first one has not dealt with by then."""
    days = provision("concern_first_look_school_days", today).value
    days += provision("concern_sendco_school_days", today).value
    return after_days(raised_on, days, calendar)


def look_again(today: date, calendar: SchoolCalendar) -> date:
    """The day that is offered for looking again."""
    return after_days(today, provision("concern_watch_school_days", today).value, calendar)


def after_days(start: date, days: int, calendar: SchoolCalendar) -> date:
    return calendar.add_school_days(start, days) or add_working_days(start, days)


def days_in_stage(since: date, today: date, calendar: SchoolCalendar) -> int:
    """School days since it came to this stage, today included if school is open; working days where the calendar does
    not reach."""
    days = (date.fromordinal(number) for number in range(since.toordinal() + 1, today.toordinal() + 1))
    known = ((day, calendar.is_school_day(day)) for day in days)
    return sum(is_working_day(day) if open_ is None else open_ for day, open_ in known)
