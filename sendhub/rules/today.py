"""Where what waits stands on somebody's first page: late, today, this week or later; and the sentence that says it."""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from sendhub.rules.deadline import Deadline
from sendhub.rules.provisions import Force

WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
SUNDAY, SATURDAY = 6, 5


class Band(StrEnum):
    """In the order of the page."""

    LATE = "late"
    TODAY = "today"
    WEEK = "week"
    LATER = "later"


def week_end(today: date) -> date:
    """The Sunday of this week; at the weekend the Sunday of the week that begins."""
    sunday = today + timedelta(days=SUNDAY - today.weekday())
    return sunday + timedelta(days=7) if today.weekday() >= SATURDAY else sunday


def band_of(deadline: Deadline, today: date) -> Band:
    """A must whose day nobody can tell may be late already, so it stands in this week."""
    if deadline.late(today):
        return Band.LATE
    if deadline.due is None:
        return Band.WEEK if deadline.force is Force.MUST else Band.LATER
    if deadline.due == today:
        return Band.TODAY
    return Band.WEEK if deadline.due <= week_end(today) else Band.LATER


def number(count: int) -> str:
    """ "two"; figures above ten."""
    return WORDS[count] if count < len(WORDS) else f"{count:,}"


def state(deadlines: Iterable[Deadline], today: date) -> str:
    """ "Two things are late. Three must go today." Says "must" only of what the law sets."""
    open_ones = list(deadlines)
    if not open_ones:
        return "Nothing is late. Nothing waits."
    found: dict[Band, list[Deadline]] = {band: [] for band in Band}
    for deadline in open_ones:
        found[band_of(deadline, today)].append(deadline)
    late, now = found[Band.LATE], found[Band.TODAY]
    if late and not now:
        return _things(late, "is late", "are late")
    if late:
        return f"{_things(late, 'is late', 'are late')} {_today(now, things=False)}"
    if now:
        return f"Nothing is late. {_today(now, things=True)}"
    if found[Band.WEEK]:
        return f"Nothing is late. {_things(found[Band.WEEK], 'is', 'are')[:-1]} for this week."
    return "Nothing is late. Nothing has to be done this week."


def _things(found: list[Deadline], one: str, many: str) -> str:
    words = number(len(found)).capitalize()
    return f"{words} thing {one}." if len(found) == 1 else f"{words} things {many}."


def _today(found: list[Deadline], *, things: bool) -> str:
    must = all(deadline.force is Force.MUST for deadline in found)
    words = number(len(found)).capitalize()
    noun = (" thing" if len(found) == 1 else " things") if things else ""
    verb = "must go" if must else ("is due" if len(found) == 1 else "are due")
    return f"{words}{noun} {verb} today."
