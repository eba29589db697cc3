"""What is known of suspensions, reduced timetables and places outside school: of one pupil, and of the whole school.

Either is one statement. The school's own calendar comes with it, because days are counted in school days; what they add
up to and what is lacking is counted in `sendhub.rules`, and worded in `pupils.away_words`.
"""

from dataclasses import dataclass, field
from datetime import date

from pupils.models import Placement, PlacementVisit, Pupil, ReducedTimetable, Suspension
from pupils.models.pupil import linked_to
from pupils.queries.gather import STAFF_NAME, About, gather
from sendhub.access import Permission
from sendhub.asking import ask
from sendhub.rules.school_calendar import SchoolCalendar
from staff.calendar import calendar_columns, calendar_from, calendar_sql

NEWEST = "t.starts_on DESC, t.id DESC"
SOON = "t.starts_on <= %(day)s::date + 90"
PROVISION = """(SELECT r.provision FROM pupils_senrecord r WHERE r.school_id = t.school_id AND r.pupil_id = t.pupil_id
 AND r.starts_on <= %(day)s AND (r.ends_on IS NULL OR r.ends_on >= %(day)s) LIMIT 1)"""
# Brought along by the newest row alone: one copy is enough.
ONCE = f"CASE WHEN row_number() OVER (ORDER BY {NEWEST}) = 1 THEN {{}} END"

CALENDAR = {name: ONCE.format(sql) for name, sql in calendar_columns("t.school_id").items()}

SUSPENSIONS = {"suspensions": About(Suspension, SOON, NEWEST, {**CALENDAR, "provision": ONCE.format(PROVISION)})}
TIMETABLES = {"timetables": About(ReducedTimetable, SOON, NEWEST)}
PLACEMENTS = {
    "placements": About(Placement, SOON, NEWEST, {**CALENDAR, "check_name": STAFF_NAME.format("check_by_id")}),
    "visits": About(
        PlacementVisit,
        "t.visited_on <= %(day)s",
        "t.visited_on DESC, t.id DESC",
        {"visitor_name": STAFF_NAME.format("visited_by_id")},
    ),
}


def read(pupil, parts, day):
    """{name: rows} of one pupil. One query."""
    return gather(pupil, parts, day)


def calendar_in(rows):
    """The calendar that the newest row has brought along; one that knows no day when there is no row."""
    return calendar_from(rows[0].terms, rows[0].closures) if rows else calendar_from((), ())


def standing(rows):
    """Without what was put down by mistake."""
    return [row for row in rows if row.withdrawn_on is None]


# --- the whole school --------------------------------------------------------------------------------------------
HERE = "JOIN pupils_pupil p ON p.id = t.pupil_id AND p.left_on IS NULL AND p.merged_into_id IS NULL"
RUNS = "t.ends_on IS NULL OR t.ends_on >= %(day)s"


def all_of(table, where, more=""):
    return (
        f"SELECT t.*{more} FROM {table} t {HERE}"  # noqa: S608  words of ours only
        f" WHERE t.school_id = %(school)s AND t.withdrawn_on IS NULL AND ({where})"
    )


# What sendhub.asking asks in one statement; a suspension of last year's may run into this one.
AWAY = {
    "away_suspensions": all_of(
        "pupils_suspension", "t.starts_on >= %(day)s::date - 730", f", {PROVISION} AS provision"
    ),
    "away_timetables": all_of("pupils_reducedtimetable", RUNS),
    "away_placements": all_of("pupils_placement", RUNS),
    "away_visits": "SELECT t.placement_id, t.visited_on FROM pupils_placementvisit t"
    " WHERE t.school_id = %(school)s AND t.withdrawn_on IS NULL",
    "away_days": calendar_sql("%(school)s"),
}


@dataclass
class Away:
    """Of the pupils on roll: this school year's suspensions, and the timetables and places that run or are to come."""

    day: date
    calendar: SchoolCalendar
    suspensions: list = field(default_factory=list)  # each with `provision`, that of the day
    timetables: list = field(default_factory=list)
    placements: list = field(default_factory=list)
    visits: dict = field(default_factory=dict)  # {placement id: [days]}

    def by_pupil(self):
        """{pupil id: their suspensions}."""
        found = {}
        for row in self.suspensions:
            found.setdefault(row.pupil_id, []).append(row)
        return found


def away_of(school_id, day):
    """The whole school's, whoever sees whom. One query."""
    return away_from(ask(AWAY, school=school_id, day=day), day)


def away_from(found, day):
    """Away from what was asked by AWAY."""
    away = Away(
        day,
        calendar_from(**found["away_days"][0]),
        made(SUSPENSION, found["away_suspensions"]),
        made(TIMETABLE, found["away_timetables"]),
        made(PLACEMENT, found["away_placements"]),
    )
    for visit in found["away_visits"]:
        away.visits.setdefault(visit["placement_id"], []).append(date.fromisoformat(visit["visited_on"]))
    return away


SUSPENSION, TIMETABLE, PLACEMENT = About(Suspension, extra={"provision": ""}), About(ReducedTimetable), About(Placement)


def made(about, rows):
    return [about.made(row) for row in rows]


def seen_by(member, ids, day):
    """{pupil id: pupil} of those of whom this member may know it, by name. One query.

    Who may know of linked pupils only, and sees everybody in another role (the office, who also leads a year), finds
    the linked ones here.
    """
    pupils = Pupil.objects.visible_to(member, day).on_roll().filter(pk__in=ids).order_by("sort_name", "id")
    if not member.throughout().can(Permission.AWAY_VIEW):
        pupils = pupils.filter(linked_to(member, day)) if member.works_here(day) else pupils.none()
    return {pupil.pk: pupil for pupil in pupils}
