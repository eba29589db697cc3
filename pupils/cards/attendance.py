"""Attendance in a line: the percentage, the sessions that it is of, and the band of the national measures."""

from django.urls import reverse

from pupils.cards.card import Card, Line
from pupils.models import AttendanceSnapshot
from pupils.queries.attendance import MARKS, sessions_words
from pupils.queries.gather import About
from sendhub.access import Permission
from sendhub.rules.attendance import Band, band_of, band_words, percent

NEEDS = (Permission.ATTENDANCE_VIEW,)
PARTS = {"attendance": About(AttendanceSnapshot, "t.taken_on <= %(day)s", "t.taken_on DESC, t.id DESC", most=1)}


def card(pupil, rows, member, day):
    if not rows["attendance"] and not member.can(Permission.IMPORT_RUN):
        return None
    return Card(
        name="attendance",
        title="Attendance",
        lines=tuple(line(row, day) for row in rows["attendance"]),
        empty="No list of attendance has come in yet.",
        href=reverse("pupils:pupil-attendance", args=[pupil.pk]),
        more="Over the year",
    )


def line(row, day):
    band = band_of(row.attended, row.possible, row.taken_on)
    said = percent(row.attended, row.possible) if row.possible else "Nothing known"
    alarm = band in {Band.SEVERE, Band.PERSISTENT}
    words = band_words(row.taken_on)[band]
    return Line(
        f"{said} of school" if row.possible else said,
        f"{sessions_words(row, day)} {words}.",
        MARKS[band] if alarm else "",
        words.partition(":")[0] if alarm else "",
    )
