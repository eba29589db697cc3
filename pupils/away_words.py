"""Suspensions, reduced timetables and places outside school in plain words: what happened, and what is lacking.

Used by cards, pages, lists, Today and the timeline, so that all say the same. No queries: rows and calendar come in.
"""

from dataclasses import dataclass, field, replace

from pupils.models import Suspension
from pupils.words import count_words, day_words
from sendhub.rules import elsewhere, suspensions
from sendhub.rules.deadline import Deadline, Force
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import academic_year

CANNOT_TELL = "cannot tell"
NO_TERMS = "The school year’s terms are not set, so nobody can tell."
EARLY_REVIEW = "Think of asking the council for an early review of the EHC plan."
FORCES = {Force.MUST: "Must", Force.SHOULD: "Should", Force.CHOICE: "Our choice"}


@dataclass(frozen=True, slots=True)
class Alert:
    """`what` is the state, `deadline` who says so and by when; `kind` is the same for all alerts of one sort."""

    kind: str
    what: str
    deadline: Deadline
    mark: str  # late or due

    @property
    def rule(self):
        """ "Should: before the first day. DfE, Keeping children safe in education." """
        parts = (f"{FORCES[self.deadline.force]}: {self.deadline.basis}", self.deadline.citation)
        return " ".join(f"{part.rstrip('.')}." for part in parts if part)


def alert(kind, what, deadline, day, grave=False):
    return Alert(kind, what, deadline, "late" if grave or deadline.late(day) else "due")


# --- suspensions -------------------------------------------------------------------------------------------------
def days_words(days):
    """ "1 day", "2.5 days"."""
    return "1 day" if days == 1 else f"{suspensions.number(days)} days"


def suspension_words(row):
    """ "Suspended for 3 days", "Suspended for lunchtimes, 1.5 days in all", "Permanently excluded"."""
    if row.kind == Suspension.Kind.PERMANENT:
        return "Permanently excluded"
    if row.kind == Suspension.Kind.LUNCHTIMES:
        return f"Suspended for lunchtimes, {days_words(row.days)} in all"
    return f"Suspended for {days_words(row.days)}"


def suspension_when(row, calendar, day):
    """ "3 to 5 November" as sentences of days; says so where the last day can not be told."""
    first = day_words(row.starts_on, day)
    if row.kind == Suspension.Kind.PERMANENT:
        return f"From {first}."
    days = suspensions.days_of(row.fact, calendar)
    if days is None:
        return f"From {first}. Last day: {CANNOT_TELL}."
    last = days[-1][0] if days else row.starts_on
    return f"On {first}." if last == row.starts_on else f"From {first} to {day_words(last, day)}."


@dataclass
class Standing:
    """Where a pupil's suspensions stand on a day. `this_year` and the like are words, CANNOT_TELL among them."""

    this_year: str
    this_term: str
    term: str
    row: str
    counters: object
    alerts: list = field(default_factory=list)


def suspension_standing(rows, calendar, day, provision_now):
    """Of rows that count (none put down by mistake). `provision_now`: N, K, E or None."""
    facts = [row.fact for row in rows]
    counters = suspensions.count(facts, calendar, day)
    most = provision("suspension_days_max", day).value
    known = counters.this_year is not None
    return Standing(
        this_year=f"{suspensions.number(counters.this_year)} of {most}" if known else CANNOT_TELL,
        this_term=days_words(counters.this_term) if known else CANNOT_TELL,
        term=counters.term,
        row=count_words(counters.run, "day", "days") if known else CANNOT_TELL,
        counters=counters,
        alerts=[
            *over_alerts(counters, day),
            *governor_alerts(rows, counters, calendar, day),
            *taught_alerts(rows, counters, calendar, day),
            *told_alerts(rows, day),
            *register_alerts(rows, day, provision_now),
        ],
    )


def over_alerts(counters, day):
    key = suspensions.over(counters, day)
    if key is None:
        return []
    year, term = suspensions.number(counters.this_year), suspensions.number(counters.this_term)
    what = f"{term} days of suspension this term"
    if key == "suspension_warning_days":
        what = f"{year} of {provision('suspension_days_max', day).value} days of suspension this year"
    if key == "suspension_days_max":
        more = "over" if suspensions.too_many(counters, day) else "at"
        what = f"{year} days of suspension this year: {more} the most that the law allows"
    grave = key != "suspension_governors_if_asked_over"
    return [alert(key, what, suspensions.passed(key, day), day, grave)]


def governor_alerts(rows, counters, calendar, day):
    """Governors have not looked at what they always look at: the permanent exclusion, or else the newest."""
    standing = [row for row in rows if row.cancelled_on is None]
    permanent = [row for row in standing if row.kind == Suspension.Kind.PERMANENT]
    newest = next(iter(permanent or standing), None)
    if newest is None or not suspensions.governors_always([row.fact for row in rows], counters, day):
        return []
    deadline = suspensions.governors_meet(newest.starts_on, calendar, newest.governors_on)
    if not deadline.outstanding(day):
        return []
    by = f"by {day_words(deadline.due, day)}" if deadline.due else f"on which day: {CANNOT_TELL}"
    return [alert("governors", f"Governors have not looked at it: {by}", deadline, day)]


def taught_alerts(rows, counters, calendar, day):
    """From the sixth school day somebody teaches them: the council after a permanent exclusion, else the school."""
    found = []
    for row in rows:
        if row.kind == Suspension.Kind.PERMANENT and row.cancelled_on is None and not row.taught_from:
            sixth = suspensions.sixth_of(row.fact, calendar)
            when = f"from {day_words(sixth, day)}" if sixth else f"from the sixth school day, {CANNOT_TELL} which"
            deadline = replace(suspensions.taught_by(sixth, None, day), applies=True)
            found.append(alert("council_teaches", f"The council provides teaching {when}", deadline, day))
    sixth = counters.sixth_day
    in_row = [row for row in rows if row.kind == Suspension.Kind.DAYS and sixth and row.starts_on <= sixth]
    if in_row and not in_row[0].taught_from:
        what = f"{count_words(counters.run, 'school day', 'school days')} in a row: taught from {day_words(sixth, day)}"
        found.append(alert("taught", what, suspensions.taught_by(sixth, None, day), day))
    return found


def told_alerts(rows, day):
    """Of this school year's: who is not recorded as told."""
    found = []
    for row in rows:
        if row.starts_on > day or academic_year(row.starts_on) != academic_year(day):
            continue
        for who, told_on in (("Family", row.family_on), ("Council", row.council_on)):
            deadline = suspensions.told(who.lower(), row.starts_on, told_on)
            if deadline.outstanding(day):
                what = f"{who} not recorded as told: {day_words(row.starts_on, day)}"
                found.append(alert("told", what, deadline, day))
    return found


def register_alerts(rows, day, provision_now):
    """Each suspension of a pupil on the register is looked at; with an EHC plan, an early review is thought of."""
    recent = [row for row in rows if suspensions.newly(row.starts_on, day)]
    if not recent or provision_now not in {"K", "E"}:
        return []
    what = "On the register and suspended: does the help still fit?"
    words = f"{what} {EARLY_REVIEW}" if provision_now == "E" else what
    kind = "plan" if provision_now == "E" else "register"
    return [alert(kind, words, suspensions.looked_at(recent[0].starts_on), day)]


# --- reduced timetables, and places outside school ----------------------------------------------------------------
LACKS = {
    "agreed": "The family has not agreed",
    "review": "Not looked at again",
    "council": "The council was not told",
    "check": "No safeguarding check was seen",
    "visit": "No visit this term",
}


def hours_words(row):
    return f"{suspensions.number(row.hours)} hours a week in school"


def span_words(row, day):
    """ "From 5 October to 15 November", "From 5 October, no last day agreed"."""
    first = day_words(row.starts_on, day)
    return f"From {first} to {day_words(row.ends_on, day)}" if row.ends_on else f"From {first}, no last day agreed"


def lack_alerts(lacks, day):
    """Of {what: Deadline} as `rules.elsewhere` gives it."""
    return [alert(what, lack_words(what, each, day), each, day) for what, each in lacks.items()]


def lack_words(what, deadline, day):
    if what == "weeks":
        weeks = provision("reduced_timetable_weeks", day).value
        return f"Longer than {weeks} weeks: the limit is {day_words(deadline.due, day)}"
    if deadline.due is None:
        return "No day is set to look at it again" if what == "review" else f"{LACKS[what]}: {CANNOT_TELL} by when"
    if what == "review":
        return f"To be looked at again on {day_words(deadline.due, day)}"
    return LACKS[what]


def timetable_alerts(row, day):
    return lack_alerts(elsewhere.reduced_lacks(row.fact, day), day)


def placement_alerts(row, visits, calendar, day):
    return lack_alerts(elsewhere.elsewhere_lacks(row.fact(visits), calendar, day), day)


def worst(alerts):
    """The gravest of them first; None for none."""
    return min(alerts, key=lambda each: each.mark != "late", default=None)
