"""Attendance: what each list counted up to its day."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import AttendanceSnapshot
from pupils.queries.gather import About
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.rules.attendance import percent

KIND = Kind.ATTENDANCE


def counted(snapshot, member, day):
    if not snapshot.possible:
        return Said("Attendance: no half days were counted yet.")
    said = percent(snapshot.attended, snapshot.possible).replace(".0%", "%")
    missed = count_words(snapshot.possible - snapshot.attended, "half day", "half days")
    return Said(f"Attendance this school year so far: {said}.", f"Missed {missed} of {snapshot.possible}.")


HAPPENED = {"counted": Happening(About(AttendanceSnapshot), "t.taken_on", counted, needs=(Permission.ATTENDANCE_VIEW,))}
