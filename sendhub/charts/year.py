"""A school's year on one picture: a row a month, a square a day, in the columns of the week."""

import calendar
from collections.abc import Mapping
from datetime import date

from sendhub.charts.svg import Chart, bar, frame, text

HEADING = "The year on one page"
SIDE, GAP, LEFT, TOP = 15, 2, 44, 26
COLUMNS = 37  # six weeks and two days: a month of 31 days that begins on a Sunday
PITCH_X, PITCH_Y = SIDE + GAP, SIDE + 6
WIDTH = LEFT + COLUMNS * PITCH_X
OPEN, TRAINING, CLOSED, BANK, HOLIDAY = "open", "training", "closed", "bank", "holiday"
# kind -> colour, letter on the square, its ink, its words in the legend
KINDS = {
    OPEN: ("accent-line", "", "ink", "Pupils in"),
    TRAINING: ("accent", "T", "accent-ink", "Training day"),
    CLOSED: ("bar-late", "C", "accent-ink", "Closed"),
    BANK: ("bar-due", "B", "accent-ink", "Bank holiday"),
    HOLIDAY: ("sunk", "", "ink", "Holiday"),
}


def year_calendar(starts: int, days: Mapping[date, str], *, finding: str, table, key: str = "year") -> Chart:
    """`days` gives the kind of each working day from September of `starts` to August; weekends are left empty.

    `table` is (header, rows): what the picture shows, half term by half term.
    """
    marks = legend()
    for at, letter in enumerate("MTWTFSS" * 6):
        if at < COLUMNS and at % 7 < 5:
            x = LEFT + at * PITCH_X + SIDE / 2
            marks.append(text(x, TOP + 12, letter, size=11, anchor="middle", colour="soft"))
    for row in range(12):
        marks += month(starts + (row + 8) // 12, (row + 8) % 12 + 1, TOP + 20 + row * PITCH_Y, days)
    height = TOP + 20 + 12 * PITCH_Y + 4
    return Chart(
        svg=frame(key, WIDTH, height, f"{HEADING}: {starts} to {starts + 1}", finding, marks),
        heading=HEADING,
        finding=finding,
        table_header=tuple(table[0]),
        table_rows=tuple(tuple(row) for row in table[1]),
    )


def month(year: int, number: int, y: float, days: Mapping[date, str]) -> list[str]:
    first, length = calendar.monthrange(year, number)
    marks = [text(0, y + 12, calendar.month_abbr[number], size=13, colour="soft")]
    for day in range(1, length + 1):
        kind = days.get(date(year, number, day))
        if kind:
            marks += square(LEFT + (first + day - 1) * PITCH_X, y, kind)
    return marks


def square(x: float, y: float, kind: str) -> list[str]:
    """A letter beside the colour, so that the kinds read apart in grey."""
    colour, letter, ink, _ = KINDS[kind]
    marks = [bar(x, y, SIDE, SIDE, colour)]
    if letter:
        marks.append(text(x + SIDE / 2, y + 12, letter, size=11, anchor="middle", colour=ink, bold=True))
    return marks


def legend() -> list[str]:
    marks, x = [], LEFT
    for kind, (_, _, _, words) in KINDS.items():
        marks += [*square(x, 0, kind), text(x + SIDE + 6, 12, words, size=13, colour="soft")]
        x += SIDE + 20 + 7 * len(words)
    return marks
