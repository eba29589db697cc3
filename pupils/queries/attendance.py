"""One pupil's attendance as lists have counted it, with the whole school's and the register's of the same days.

Two queries, however many lists there are. What a band is called and where it begins: `rules.attendance`.
"""

from dataclasses import dataclass, field

from django.db import connection

from pupils.models import AttendanceSnapshot
from pupils.queries.counts import sees_small, small_number
from pupils.words import day_words, sentence_list
from sendhub import charts
from sendhub.charts.attendance import FEWEST, HEADING
from sendhub.rules.attendance import Band, band_of, band_words, percent
from sendhub.rules.school_calendar import academic_year

MARKS = {Band.SEVERE: "late", Band.PERSISTENT: "due", Band.WATCH: "plain", Band.GOOD: "plain", Band.NOT_KNOWN: "unsure"}
TOO_FEW, CANNOT_TELL = "Too few to show", "Cannot tell"
HEAD = ("Up to", "Sessions", "In school", "Whole school", "SEND register")

# Everybody counted in the lists of these days, those of them who were on the register then, and of how many a file said
# later that they are on it, and not since when.
BESIDE = """
SELECT a.taken_on, count(*), sum(a.attended), sum(a.possible), count(r.id),
       sum(a.attended) FILTER (WHERE r.id IS NOT NULL), sum(a.possible) FILTER (WHERE r.id IS NOT NULL),
       (SELECT count(*) FROM pupils_senrecord u WHERE u.school_id = %(school)s AND NOT u.start_known
        AND u.starts_on > a.taken_on)
FROM pupils_attendancesnapshot a
JOIN pupils_pupil p ON p.id = a.pupil_id AND p.merged_into_id IS NULL
LEFT JOIN pupils_senrecord r ON r.school_id = a.school_id AND r.pupil_id = a.pupil_id
     AND r.starts_on <= a.taken_on AND (r.ends_on IS NULL OR r.ends_on >= a.taken_on)
WHERE a.school_id = %(school)s AND a.taken_on = ANY(%(days)s)
GROUP BY a.taken_on
"""


@dataclass(frozen=True, slots=True)
class Total:
    """Sessions of a group up to a day; `hidden` says why there is no number: too small a group for this reader, or
    nobody can tell who was in it."""

    attended: int = 0
    possible: int = 0
    hidden: str = ""

    @property
    def percent(self):
        """In tenths, rounded down as the words are; None where there is nothing to say."""
        return (1000 * self.attended // self.possible) / 10 if self.possible and not self.hidden else None

    @property
    def words(self):
        if self.hidden:
            return self.hidden
        return percent(self.attended, self.possible) if self.possible else "Nothing known"


@dataclass
class Attendance:
    """Words ready to print. `newest` is the newest list's row of this pupil, None when there is none."""

    newest: AttendanceSnapshot | None = None
    said: str = ""
    mark: str = ""
    band: str = ""
    beside: list = field(default_factory=list)  # [(who, words)] of the newest day
    chart: dict | None = None
    no_line: str = ""  # why there is no line
    lists: list = field(default_factory=list)  # rows under HEAD, the newest first
    this_year: bool = True


def attendance_of(pupil, member, day):
    """Of the school year of `day` in detail; earlier years stand in the table alone."""
    found = list(AttendanceSnapshot.objects.filter(school_id=pupil.school_id, pupil=pupil, taken_on__lte=day))
    if not found:
        return Attendance(no_line="No list of attendance has come in yet.")
    groups = beside(pupil.school_id, [row.taken_on for row in found], *hides(member, day))
    newest = found[-1]
    year = [row for row in found if academic_year(row.taken_on) == academic_year(newest.taken_on)]
    band = band_of(newest.attended, newest.possible, newest.taken_on)
    school, register = groups[newest.taken_on]
    return Attendance(
        newest=newest,
        said=sessions_words(newest, day),
        mark=MARKS[band],
        band=band_words(newest.taken_on)[band],
        beside=[(pupil.forename, own(newest).words), ("Whole school", school.words), ("SEND register", register.words)],
        chart=chart_of(pupil, year, groups, day),
        no_line=no_line(year, day),
        lists=[list_row(row, groups, day) for row in reversed(found)],
        this_year=academic_year(newest.taken_on) == academic_year(day),
    )


def hides(member, day):
    """(is a small group hidden from this member, from how many pupils on it is not small)."""
    return not sees_small(member), small_number(member.school, day)


def beside(school_id, days, hide, threshold):
    """{day: (the school's Total, the register's)}. One query."""
    with connection.cursor() as cursor:
        cursor.execute(BESIDE, {"school": school_id, "days": days})
        rows = cursor.fetchall()
    return {
        day: (
            Total(attended, possible, TOO_FEW if hide and number < threshold else ""),
            Total(
                of_register or 0,
                possible_of_register or 0,
                CANNOT_TELL if unknown else TOO_FEW if hide and number_of_register < threshold else "",
            ),
        )
        for day, number, attended, possible, number_of_register, of_register, possible_of_register, unknown in rows
    }


def own(row):
    return Total(row.attended, row.possible)


def sessions_words(row, day):
    """Few sessions mislead, so they stand beside the percentage."""
    if not row.possible:
        return f"No session was possible up to {day_words(row.taken_on, day)}."
    return f"{row.attended} of {row.possible} sessions up to {day_words(row.taken_on, day)}, two a day."


def no_line(year, day):
    """Why there is no line; "" when there is one."""
    if len(year) >= FEWEST:
        return ""
    days = sentence_list(day_words(row.taken_on, day) for row in year)
    if len(year) == 1:
        return f"A line takes three lists of one school year. There is one: {days}."
    return f"A line takes three lists of one school year. There are two: {days}."


def chart_of(pupil, year, groups, day):
    """What components/chart.html needs, or None while there is no line."""
    if len(year) < FEWEST:
        return None
    days = [row.taken_on for row in year]
    series = [
        ("school", "School", [groups[each][0].percent for each in days]),
        ("register", "Register", [groups[each][1].percent for each in days]),
        ("pupil", pupil.forename, [own(row).percent for row in year]),
    ]
    rows = [list_row(row, groups, day) for row in year]
    finding = finding_of(pupil, year, groups)
    drawn = charts.attendance_lines(days, series, finding=finding, table=(HEAD, rows), key="attendance")
    table = {"head": drawn.table_header, "rows": drawn.table_rows}
    return {"title": HEADING, "finding": finding, "svg": drawn.svg, "table": table}


def finding_of(pupil, year, groups):
    """ "Rowan is 12.0 points below the school, and lower than in the list before." """
    now, before = own(year[-1]).percent, own(year[-2]).percent
    school = groups[year[-1].taken_on][0].percent
    if now is None:
        return "Nothing can be told of the newest list."
    said = []
    if school is not None:
        points = abs(round(now - school, 1))
        where = "below" if now < school else "above"
        said.append(f"is {points} points {where} the school" if points else "is level with the school")
    if before is not None:
        moved = "lower than" if now < before else "higher than" if now > before else "the same as"
        said.append(f"{moved} in the list before" if said else f"is {moved} in the list before")
    return f"{pupil.forename} {', and '.join(said)}." if said else ""


def list_row(row, groups, day):
    school, register = groups[row.taken_on]
    sessions = f"{row.attended} of {row.possible}"
    return (day_words(row.taken_on, day), sessions, own(row).words, school.words, register.words)
