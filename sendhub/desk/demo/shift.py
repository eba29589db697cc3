"""The sample files, written for 2026/27, brought to the present school year: Year 9 is always 13 to 14 years old.

Birthdays, start dates and the year in each UPN move by whole years (with a new check letter), the same in every file of
a school, so that rows still find each other. Year groups, forms and classes stay.
"""

import csv
import io
from datetime import date
from pathlib import Path

from sendhub.rules.school_calendar import academic_year
from sendhub.rules.upn import check_letter

SAMPLES = Path(__file__).parent / "samples"
WRITTEN_FOR = 2026
DAY_COLUMNS = {"DOB", "Start Date", "End Date"}
UPN_COLUMN = "UPN"
FILES = ("sims_pupils.csv", "bromcom_students.csv", "staff.csv", "classes.csv", "contacts.csv")  # in this order


def years_since(today):
    return academic_year(today) - WRITTEN_FOR


def sample_files(slug, today):
    """(file name, bytes) of a school's files that there are, in the order in which they are brought in."""
    for name in FILES:
        path = SAMPLES / slug / name
        if path.exists():
            yield name, shifted(path.read_bytes(), years_since(today))


def shifted(data, years):
    """The CSV file with its dates and UPNs moved by `years`."""
    if years == 0:
        return data
    try:
        rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    except UnicodeDecodeError:
        rows = list(csv.reader(io.StringIO(data.decode("cp1252"), newline="")))
    header = rows[0]
    for place, name in enumerate(header):
        move = move_day if name in DAY_COLUMNS else move_upn if name == UPN_COLUMN else None
        for row in rows[1:] if move else ():
            row[place] = move(row[place], years)
    out = io.StringIO(newline="")
    csv.writer(out).writerows(rows)
    return out.getvalue().encode()


def move_day(words, years):
    """ "14/06/2019" or "2019-06-14" in the same form; 29 February becomes the 28th where there is none."""
    if not words:
        return ""
    iso = "-" in words
    year, month, day = words.split("-") if iso else reversed(words.split("/"))
    try:
        moved = date(int(year) + years, int(month), int(day))
    except ValueError:
        moved = date(int(year) + years, int(month), 28)
    return moved.isoformat() if iso else f"{moved:%d/%m/%Y}"


def move_upn(upn, years):
    """The UPN given out so many years later: other year digits, and so another check letter."""
    if not upn:
        return ""
    body = f"{upn[1:8]}{(int(upn[8:10]) + years) % 100:02}{upn[10:]}"
    return check_letter(body) + body
