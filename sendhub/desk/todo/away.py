"""What waits about pupils who are not in school as others are, as tasks: counts only, no names.

The states are those that a pupil's own page shows (`pupils.away_words`), each kind counted over the school.
"""

from dataclasses import replace

from pupils.away_words import CANNOT_TELL, placement_alerts, suspension_standing, timetable_alerts
from pupils.queries.away import AWAY, away_from
from pupils.words import count_words
from sendhub.access import Permission, Role
from sendhub.desk.task import Task
from sendhub.rules.deadline import sort_deadlines
from sendhub.rules.school_calendar import academic_year
from sendhub.rules.waiting import when_there_is_time

P = Permission
LEADS = {Role.SENDCO, Role.ASSISTANT_SENDCO, Role.SEND_ADMIN, Role.HEAD}
SUSPENSIONS, TIMETABLES, PLACEMENTS = (
    ("pupils:suspension-list",),
    ("pupils:timetable-list",),
    ("pupils:placement-list",),
)
# kind of alert -> (one, many, why, list, verb, icon), in the order of the law first.
WORDS = {
    "told": (
        "suspended pupil whose family or council is not recorded as told",
        "suspended pupils whose family or council is not recorded as told",
        "Say on which day they were told.",
        SUSPENSIONS,
        "Record it",
        "message-circle-warning",
    ),
    "taught": (
        "pupil suspended for six school days in a row or more, and no teaching recorded",
        "pupils suspended for six school days in a row or more, and no teaching recorded",
        "From the sixth day somebody teaches them.",
        SUSPENSIONS,
        "See who",
        "book-open",
    ),
    "council_teaches": (
        "permanently excluded pupil whom the council has to teach",
        "permanently excluded pupils whom the council has to teach",
        "Record from when, once it does.",
        SUSPENSIONS,
        "See who",
        "book-open",
    ),
    "governors": (
        "pupil at whose exclusion or suspensions governors have to look",
        "pupils at whose exclusion or suspensions governors have to look",
        "They look at it whether the parents ask or not.",
        SUSPENSIONS,
        "See who",
        "users",
    ),
    "suspension_days_max": (
        "pupil has been suspended for all the days that the law allows in a year",
        "pupils have been suspended for all the days that the law allows in a year",
        "",
        SUSPENSIONS,
        "See who",
        "triangle-alert",
    ),
    "suspension_warning_days": (
        "pupil is near the most days of suspension in a year",
        "pupils are near the most days of suspension in a year",
        "",
        SUSPENSIONS,
        "See who",
        "triangle-alert",
    ),
    "suspension_governors_if_asked_over": (
        "pupil with more than five days of suspension this term",
        "pupils with more than five days of suspension this term",
        "",
        SUSPENSIONS,
        "See who",
        "triangle-alert",
    ),
    "plan": (
        "pupil with an EHC plan was suspended lately",
        "pupils with an EHC plan were suspended lately",
        "Does the help still fit? Think of asking the council for an early review.",
        SUSPENSIONS,
        "See who",
        "triangle-alert",
    ),
    "register": (
        "pupil with SEN Support was suspended lately",
        "pupils with SEN Support were suspended lately",
        "Does the help still fit?",
        SUSPENSIONS,
        "See who",
        "triangle-alert",
    ),
    "agreed": (
        "reduced timetable to which no family has agreed",
        "reduced timetables to which no family has agreed",
        "Record on which day they agreed.",
        TIMETABLES,
        "See who",
        "clock",
    ),
    "weeks": (
        "reduced timetable is longer than it should be",
        "reduced timetables are longer than they should be",
        "Agree on a last day.",
        TIMETABLES,
        "See who",
        "clock",
    ),
    "timetable_review": (
        "reduced timetable to look at again",
        "reduced timetables to look at again",
        "Meet, and set the next day or the last one.",
        TIMETABLES,
        "See who",
        "clock",
    ),
    "council": (
        "reduced timetable of which the council was not told",
        "reduced timetables of which the council was not told",
        "Tell them, and record the day.",
        TIMETABLES,
        "See who",
        "clock",
    ),
    "check": (
        "place outside school without a safeguarding check",
        "places outside school without a safeguarding check",
        "Ask the provider for their letter before the pupil goes there.",
        PLACEMENTS,
        "See who",
        "shield",
    ),
    "visit": (
        "place outside school to visit",
        "places outside school to visit",
        "Somebody goes once in each term.",
        PLACEMENTS,
        "See who",
        "map-pin",
    ),
    "placement_review": (
        "place outside school to look at again",
        "places outside school to look at again",
        "Meet, and set the next day or the last one.",
        PLACEMENTS,
        "See who",
        "map-pin",
    ),
}


def asks(member, roles, day):
    """Of those who lead SEND, and the head."""
    return AWAY if roles & LEADS and member.can(P.AWAY_VIEW) else {}


def tasks(found, member, day):
    """A task for each kind of alert that there is; governors' other bound has a task of its own ("governors")."""
    away = away_from(found, day)
    kinds, cannot = suspension_deadlines(away, day)
    for row in away.timetables:
        gather_alerts(kinds, timetable_alerts(row, day), "timetable_")
    for row in away.placements:
        gather_alerts(kinds, placement_alerts(row, away.visits.get(row.pk, ()), away.calendar, day), "placement_")
    made = [task_of(kind, kinds[kind], day) for kind in WORDS if kind in kinds]
    return made + ([no_terms(cannot)] if cannot else [])


def suspension_deadlines(away, day):
    """({kind: [[deadlines of one pupil]]}, of how many pupils nobody can tell the days)."""
    found, cannot = {}, 0
    for rows in away.by_pupil().values():
        if any(academic_year(row.starts_on) == academic_year(day) for row in rows):
            rows.sort(key=lambda row: (row.starts_on, row.pk), reverse=True)
            stand = suspension_standing(rows, away.calendar, day, rows[0].provision)
            cannot += stand.this_year == CANNOT_TELL
            gather_alerts(found, stand.alerts, "")
    return found, cannot


def gather_alerts(found, alerts, prefix):
    """Each pupil's, or each arrangement's, as one of its kind."""
    mine = {}
    for each in alerts:
        kind = f"{prefix}{each.kind}" if each.kind == "review" else each.kind
        mine.setdefault(kind, []).append(each.deadline)
    for kind, deadlines in mine.items():
        found.setdefault(kind, []).append(deadlines)


def task_of(kind, deadlines, day):
    """The earliest day of them all decides."""
    one, many, why, link, verb, icon = WORDS[kind]
    first = sort_deadlines([each for mine in deadlines for each in mine], day)[0]
    first = replace(first, basis=first.basis.rstrip("."))
    return Task(count_words(len(deadlines), one, many), why, first, link, verb, icon, P.AWAY_VIEW)


def no_terms(number):
    return Task(
        f"{count_words(number, 'pupil', 'pupils')} of whom nobody can tell how long they were suspended",
        "Days are counted in school days, and this year’s terms are not all set.",
        when_there_is_time("terms", "the law counts in school days"),
        ("staff:year-plan",),
        "Set the terms",
        "calendar-days",
        P.YEAR_SET,
    )
