"""By when what waits for a person is done, counted from what happened. Each function gives one Deadline.

Where the law sets a duty and no number, `force` is the duty's and `basis` says that the number is ours. What does not
live here: what waits (queries) and how it is worded on the page (`sendhub.desk`).
"""

from datetime import date

from sendhub.rules.deadline import Deadline, add_days
from sendhub.rules.provisions import Force, provision
from sendhub.rules.school_calendar import add_working_days

TELL = "Children and Families Act 2014 s.68"


def family_told(decided_on: date | None, today: date) -> Deadline:
    """The family is told of a move on the register. None: nobody can tell when it was decided, or whether."""
    days = provision("family_told_days", today).value
    return Deadline(
        key="family_told",
        due=None if decided_on is None else add_days(decided_on, days),
        basis=f"the law sets no number of days, we count {days}",
        force=Force.MUST,
        citation=TELL,
        anchor="the day of the decision",
    )


def access_ended(left_on: date, today: date) -> Deadline:
    """Somebody who has left can open nothing any more."""
    days = provision("leaver_access_working_days", today).value
    return Deadline(
        key="access_ended",
        due=add_working_days(left_on, days),
        basis=f"the law sets no number of days, we count {days} working day",
        force=Force.MUST,
        citation="UK GDPR Art 32",
        anchor="their last day",
    )


def _ours(key: str, due: date | None, basis: str, anchor: str) -> Deadline:
    return Deadline(key=key, due=due, basis=basis, force=Force.CHOICE, citation="", anchor=anchor)


def proposal_decided(seen_on: date, today: date) -> Deadline:
    """A file says another provision than the register: accepted or set aside."""
    days = provision("proposal_decide_days", today).value
    return _ours("proposal", add_days(seen_on, days), f"{days} days", "the day of the file")


def doubt_settled(applied_on: date, today: date) -> Deadline:
    """What a file that was brought in left in doubt."""
    days = provision("doubt_settle_days", today).value
    return _ours("doubt", add_days(applied_on, days), f"{days} days", "the day on which it was brought in")


def file_brought_in(uploaded_on: date, today: date) -> Deadline:
    """A file that was uploaded and waits; it is removed on the day after."""
    days = provision("import_keep_days", today).value
    return _ours("import", add_days(uploaded_on, days), f"after {days} days the file is removed", "the upload")


def failure_looked_at(failed_on: date, today: date) -> Deadline:
    """A message or a job that did not go through."""
    days = provision("failure_look_working_days", today).value
    return _ours("failure", add_working_days(failed_on, days), "by the next working day", "the failure")


def when_there_is_time(key: str, basis: str) -> Deadline:
    """Worth doing; nothing and nobody sets a day."""
    return _ours(key, None, basis, "nothing")


def known(target: date | None) -> Deadline:
    """The pupils on the register are known to somebody; None when the day for it has gone, and nobody is late."""
    return _ours("reading", target, "the day is the school’s own", "the beginning of the school year")
