"""The reduced timetable that a pupil is on, or will be: hours and dates, never why. Earlier ones are on its page."""

from django.urls import reverse

from pupils.away_words import hours_words, span_words, timetable_alerts, worst
from pupils.cards.card import MOST_LINES, Card, Line
from pupils.queries.away import TIMETABLES, standing
from sendhub.access import Permission

NEEDS = (Permission.ATTENDANCE_VIEW,)
PARTS = TIMETABLES


def card(pupil, rows, member, day):
    counted = standing(rows["timetables"])
    now = [row for row in counted if row.ends_on is None or row.ends_on >= day]
    if not counted and not member.can(Permission.AWAY_KEEP):
        return None
    keeps = member.can(Permission.AWAY_VIEW)
    return Card(
        name="timetables",
        title="On a reduced timetable" if now else "No reduced timetable",
        lines=tuple(line(row, day, keeps) for row in now[:MOST_LINES]),
        empty="None runs now." if counted else "None is recorded.",
        href=reverse("pupils:pupil-timetables", args=[pupil.pk]),
        more="All of them" if counted else "Record one",
        total=len(now),
    )


def line(row, day, keeps):
    alert = worst(timetable_alerts(row, day)) if keeps else None
    sub = f"{span_words(row, day)}."
    return Line(
        hours_words(row),
        f"{sub} {alert.what}." if alert else sub,
        alert.mark if alert else "",
        "Look at this" if alert else "",
    )
