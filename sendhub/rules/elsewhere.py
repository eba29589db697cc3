"""A shorter school day for a short time, and learning somewhere else: what such an arrangement lacks, and since when.

Neither is what the law wants for long, so each has a day on which it is looked at again. What does not live here: the
numbers (`provisions`), and the words of a page.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sendhub.rules.deadline import Deadline, add_weeks, from_provision, last_day_before
from sendhub.rules.provisions import Force, provision
from sendhub.rules.school_calendar import SchoolCalendar
from sendhub.rules.whole_terms import term_to_come

ATTENDANCE = "DfE, Working together to improve school attendance"
SAFE = "DfE, Keeping children safe in education"
OURS = ""
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Reduced:
    """A reduced timetable; `last` is None while no last day is agreed."""

    first: date
    last: date | None
    review_on: date | None
    agreed_on: date | None = None
    council_on: date | None = None

    def runs(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place outside school; `check_on` the day on which the provider's safeguarding check was seen."""

    first: date
    last: date | None
    review_on: date | None
    check_on: date | None = None
    visits: Sequence[date] = ()

    def runs(self, on: date) -> bool:
        return self.first <= on and (self.last is None or on <= self.last)


def reduced_lacks(reduced: Reduced, on: date, own: Mapping[str, int] | None = None) -> dict[str, Deadline]:
    """{what: its Deadline} of what is not in order on a day, agreement, review, council, weeks.
    A timetable that is over lacks nothing; one that is to come lacks only the family's agreement."""
    if reduced.last is not None and reduced.last < on:
        return {}
    found = {"agreed": agreed(reduced), "review": reviewed(reduced.review_on), "council": council_told(reduced)}
    lacks = {what: each for what, each in found.items() if lacking(what, each, on)}
    return lacks | ({"weeks": short(reduced, on, own)} if too_long(reduced, on, own) else {})


def lacking(what: str, deadline: Deadline, on: date) -> bool:
    """Agreement and the check are wanted beforehand; the others are lacking when their day has gone, or is not set."""
    if what in {"agreed", "check"}:
        return deadline.outstanding(on)
    return deadline.outstanding(on) and (deadline.due is None or deadline.late(on))


def agreed(reduced: Reduced) -> Deadline:
    """The family agrees before it begins."""
    return Deadline(
        key="timetable_agreed",
        due=reduced.first,
        basis="with the parents’ agreement",
        force=Force.SHOULD,
        citation=ATTENDANCE,
        anchor="the first day",
        happened_on=reduced.agreed_on,
    )


def short(reduced: Reduced, on: date, own: Mapping[str, int] | None = None) -> Deadline:
    """It ends within so many weeks, the first day included. `own`: the school's number, where it has set one."""
    row = provision("reduced_timetable_weeks", on, own)
    return from_provision(row, due=last_day_before(add_weeks(reduced.first, row.value)), anchor="the first day")


def too_long(reduced: Reduced, on: date, own: Mapping[str, int] | None = None) -> bool:
    """Does it run longer than that, or is it agreed to?"""
    limit = short(reduced, on, own).due
    return limit is not None and (reduced.last or on) > limit


def reviewed(review_on: date | None) -> Deadline:
    """It is looked at again on the day that was agreed. None: no day is agreed."""
    return Deadline(
        key="looked_at_again",
        due=review_on,
        basis="the day that was agreed",
        force=Force.SHOULD,
        citation=ATTENDANCE,
        anchor="the day that was agreed",
    )


def council_told(reduced: Reduced) -> Deadline:
    """The council knows of it. Nothing sets a day, so we count from the first one."""
    return Deadline(
        key="timetable_council",
        due=reduced.first,
        basis="councils ask for it; we count from the first day",
        force=Force.CHOICE,
        citation=OURS,
        anchor="the first day",
        happened_on=reduced.council_on,
    )


def elsewhere_lacks(place: Elsewhere, calendar: SchoolCalendar, on: date) -> dict[str, Deadline]:
    """{what: its Deadline} of what is not in order on a day: check, visit, review. A place that is over lacks nothing;
    one that is to come lacks only the check."""
    if place.last is not None and place.last < on:
        return {}
    found = {"check": checked(place), "review": reviewed(place.review_on)}
    if place.first <= on:
        found["visit"] = visited(place, calendar)
    return {what: each for what, each in found.items() if lacking(what, each, on)}


def checked(place: Elsewhere) -> Deadline:
    """Somebody has seen the provider's safeguarding check before the pupil goes there."""
    return Deadline(
        key="placement_check",
        due=place.first,
        basis="before the first day",
        force=Force.SHOULD,
        citation=SAFE,
        anchor="the first day",
        happened_on=place.check_on,
    )


def visited(place: Elsewhere, calendar: SchoolCalendar) -> Deadline:
    """Somebody visits in each term: by the end of the term in which it began, then of the term after the last visit.
    No day where the school has not set that term."""
    row = provision("placement_visit_terms", place.first)
    last = max(place.visits, default=None)
    term = term_to_come(calendar, last or place.first)
    if term is not None and last is not None and term.first <= last:
        term = term_to_come(calendar, term.last + DAY)
    return from_provision(row, due=term.last if term else None, anchor="the last visit" if last else "the first day")
