"""By when the next backup is taken, and by when one has to be restored as a test again: once in each term, by the
year's thirds from September."""

from datetime import date, timedelta

from sendhub.rules.deadline import Deadline, add_months
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import academic_year

KEY = "restore_drill_times"


def third_of(day: date, times: int) -> tuple[date, date]:
    """The part of the school year that holds `day`: its first day, and the first day of the next one."""
    months = 12 // times
    first = date(academic_year(day), 9, 1)
    while (following := add_months(first, months)) <= day:
        first = following
    return first, following


def drill_due(last: date | None, today: date) -> Deadline:
    """The last day of the term after the one of the last drill; of this one where there never was a drill."""
    rule = provision(KEY, today)
    times = rule.value
    _, following = third_of(last or today, times)
    if last is not None:
        _, following = third_of(following, times)
    return Deadline(
        key="restore_drill",
        due=date.fromordinal(following.toordinal() - 1),
        basis="once in each term",
        force=rule.force,
        citation=rule.citation,
        anchor="never" if last is None else "the last drill",
    )


def drilled_this_term(last: date | None, today: date) -> bool:
    times = provision(KEY, today).value
    return last is not None and last >= third_of(today, times)[0]


def backup_due(last: date | None, today: date) -> Deadline:
    """The day after the last one; today where there never was one."""
    rule = provision(KEY, today)
    return Deadline(
        key="backup",
        due=today if last is None else last + timedelta(days=1),
        basis="one each night is our practice",
        force=rule.force,
        citation=rule.citation,
        anchor="never" if last is None else "the last backup",
    )
