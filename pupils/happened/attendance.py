"""Attendance: what each list counted up to its day."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import AttendanceSnapshot
from pupils.queries.gather import About
from pupils.words import count_words

KIND = Kind.ATTENDANCE


def counted(snapshot, member, day):
    if not snapshot.possible:
        return Said("Attendance: no half days were counted yet.")
    percent = f"{100 * snapshot.attended / snapshot.possible:.1f}".removesuffix(".0")
    missed = count_words(snapshot.possible - snapshot.attended, "half day", "half days")
    return Said(f"Attendance this school year so far: {percent}%.", f"Missed {missed} of {snapshot.possible}.")


HAPPENED = {"counted": Happening(About(AttendanceSnapshot), "t.taken_on", counted)}
