"""The clocks of data protection: a request for someone's data, the educational record, a complaint, a lost laptop, the
file for the next school. Each function gives Deadlines; a breach also counts in hours.

What does not live here: how long a file is kept (`retention`), and whom a request may be answered to.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sendhub.rules.deadline import Deadline, add_days, add_months, from_provision, last_of_days
from sendhub.rules.provisions import Force, provision
from sendhub.rules.provisions.records import CLOCK_CHANGE
from sendhub.rules.pupil_age import age
from sendhub.rules.school_calendar import SchoolCalendar


@dataclass(frozen=True, slots=True)
class Pause:
    """The clock stands still while we wait for an answer to a question about what is meant. `until` None: still."""

    since: date
    until: date | None = None

    def days(self, today: date) -> int:
        return max(((self.until or today) - self.since).days, 0)


@dataclass(frozen=True, slots=True)
class Clock:
    """Where a request stands: `answer` is the day by which the data go out, `extend` the day by which one may still say
    that it takes two months more; None while nobody knows who asks."""

    answer: Deadline
    extend: date | None
    paused: bool = False


def subject_access(
    asked_on: date,
    settled_on: date | None,
    pause: Pause | None = None,
    *,
    extended: bool = False,
    answered_on: date | None = None,
    today: date,
) -> Clock:
    """One month from the day on which we knew who asks and that they may (until 4 February 2026 from the day of asking,
    without pauses), and two more for a difficult request.

    The month ends on the day of the same number. Where that is no working day the ICO lets one answer on the next; we
    do not count on it.
    """
    law = provision("subject_access_months", asked_on)
    extra = provision("subject_access_extra_months", asked_on).value if extended else 0
    waits = asked_on >= CLOCK_CHANGE
    begins = (max(asked_on, settled_on) if settled_on else None) if waits else asked_on
    still = pause.days(today) if pause and waits else 0
    due = add_days(add_months(begins, law.value + extra), still) if begins else None
    first = add_days(add_months(begins, law.value), still) if begins else None
    paused = bool(waits and pause and pause.until is None)
    return Clock(
        from_provision(
            law,
            due=due,
            anchor="the day on which you knew who asks" if waits else "the day of the request",
            happened_on=answered_on,
        ),
        first,
        paused,
    )


def educational_record(
    asked_on: date, calendar: SchoolCalendar, *, wanted: bool, answered_on: date | None = None
) -> Deadline:
    """What a parent sees of the educational record in a maintained school; `wanted` says that it is such a request.
    No day where the terms are not known so far."""
    law = provision("educational_record_school_days", asked_on)
    due = calendar.add_school_days(asked_on, law.value) if wanted else None
    return from_provision(law, due=due, anchor="the day of the request", happened_on=answered_on, applies=wanted)


def may_ask_themselves(born: date, on: date) -> bool:
    """Is a child old enough that they may be able to ask for their own data? Whether this one is, a person judges."""
    return age(born, on).years >= provision("own_rights_age", on).value


class Risk(StrEnum):
    """What a breach means for the people whose data they are. None of these: not judged yet, so the clock runs."""

    NONE = "none"
    RISK = "risk"
    HIGH = "high"


@dataclass(frozen=True, slots=True)
class Hours:
    """Until when the ICO hears of a breach, to the minute. `left` is whole hours, below 0 when they have run out."""

    until: datetime
    left: int


def breach_hours(aware_at: datetime, now: datetime) -> Hours:
    """72 hours from becoming aware; weekends and holidays count. Both times with their zone."""
    until = aware_at + timedelta(hours=provision("breach_report_hours", aware_at.date()).value)
    seconds = (until - now).total_seconds()
    return Hours(until, int(seconds // 3600))


def breach_report(aware_at: datetime, risk: Risk | None, told_at: datetime | None, now: datetime) -> Deadline:
    """The same as a line with a day. Hours that ran out earlier today are late today already, so their day is then
    yesterday. No report is owed where there is no risk to anybody."""
    law = provision("breach_report_hours", aware_at.date())
    until = breach_hours(aware_at, now).until
    day = until.date()
    if now > until and day >= now.date():
        day = add_days(now.date(), -1)
    return from_provision(
        law,
        due=day,
        anchor="the moment of knowing",
        happened_on=told_at.date() if told_at else None,
        applies=risk is not Risk.NONE,
    )


def breach_people(aware_at: datetime, risk: Risk | None, told_on: date | None) -> Deadline:
    """The people themselves hear of it without delay where the risk is high; the law gives no number, so none is late:
    it is due on the day."""
    law = provision("breach_people_days", aware_at.date())
    return Deadline(
        key=law.key,
        due=add_days(aware_at.date(), law.value),
        basis=f"without undue delay; the law sets no number of days, we count {law.value}",
        force=Force.MUST,
        citation="UK GDPR Art 34",
        anchor="the day of knowing",
        happened_on=told_on,
        applies=risk is Risk.HIGH,
    )


def complaint_acknowledged(received_on: date, acknowledged_on: date | None = None) -> Deadline:
    """Within 30 days that begin when it arrives, so its own day is the first. No such duty before 19 June 2026."""
    since = provision("complaint_acknowledge_days", date.max)
    law = provision("complaint_acknowledge_days", max(received_on, since.in_force_from))
    return from_provision(
        law,
        due=last_of_days(received_on, law.value),
        anchor="the day on which it arrived",
        happened_on=acknowledged_on,
        applies=received_on >= law.in_force_from,
    )


def file_sent(left_on: date, calendar: SchoolCalendar, sent_on: date | None = None) -> Deadline:
    """The file for the next school; no day where the terms are not known so far."""
    law = provision("common_transfer_file_school_days", left_on)
    return from_provision(
        law, due=calendar.add_school_days(left_on, law.value), anchor="the last day here", happened_on=sent_on
    )
