"""The demo's attendance: the sample's one total for the term so far, and what it may have been three and six weeks ago,
so that there is a line to draw and not only a point."""

import csv
import io
from datetime import date, timedelta

from sendhub.desk.demo.shift import SAMPLES, shifted, years_since
from sendhub.rules.school_calendar import academic_year

NAME = "attendance.csv"
PARTS = ((42, 0.4), (21, 0.7), (0, 1.0))  # days ago, how much of the term so far had gone
TERM_BEGINS = (9, 14)  # a total of two weeks is the first that says anything


def attendance_lists(slug, today):
    """[(day up to which it counts, bytes)], the oldest first; nothing for a school without a sample."""
    path = SAMPLES / slug / NAME
    if not path.exists():
        return
    data = shifted(path.read_bytes(), years_since(today))
    first = date(academic_year(today), *TERM_BEGINS)
    for ago, part in PARTS:
        taken_on = today - timedelta(days=ago)
        if taken_on >= first or not ago:
            yield taken_on, data if part == 1 else earlier(data, part)


def earlier(data, part):
    """The list as it stood when `part` of the term had gone: absences came early for one pupil and late for another."""
    rows = list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(rows[0]))
    writer.writeheader()
    for number, row in enumerate(rows):
        possible = int(row["Possible Sessions"])
        so_far = round(possible * part)
        lean = (0.5, 1.0, 1.4)[number % 3]
        away = min(so_far, round((possible - int(row["Attended"])) * part * lean))
        authorised = min(away, round(int(row["Authorised Absence"]) * part * lean))
        writer.writerow(
            row
            | {
                "Possible Sessions": so_far,
                "Attended": so_far - away,
                "Authorised Absence": authorised,
                "Unauthorised Absence": away - authorised,
                "Suspension Days": 0,
            }
        )
    return out.getvalue().encode()
