"""How much of school over time: one pupil's line with the school's and the register's beside it."""

from collections.abc import Sequence
from datetime import date

from sendhub.charts.svg import PALETTE, Chart, frame, line, num, scale, text, tick

HEADING = "Attendance over the year"
WIDTH, HEIGHT = 600, 260
LEFT, RIGHT, TOP, BOTTOM = 52, 420, 16, 216
LABEL_X, LABEL_GAP = RIGHT + 14, 20
LONGEST_NAME = 13
STEP = 10  # percent between two lines of the grid
FEWEST = 3  # with fewer totals there is no line to speak of
# key -> colour, width of the line, its dashes
LOOKS = {
    "pupil": ("accent", 3, ""),
    "school": ("soft", 2, "5 4"),
    "register": ("accent-line", 2.5, ""),
}


def attendance_lines(
    days: Sequence[date], series: Sequence[tuple[str, str, Sequence[float | None]]], *, finding: str, table, key="days"
) -> Chart:
    """`series` is [(look, name, percentages)], one percentage a day of `days` or None where none is known; `look` is
    pupil, school or register. `table` is (header, rows) of what the picture shows. Raises ValueError for too few days.

    The lines differ by width and dashes as well as by hue, and each ends in its name and number.
    """
    if len(days) < FEWEST:
        raise ValueError("Two points make no line worth drawing.")
    known = [value for _, _, values in series for value in values if value is not None]
    low = min(STEP * int(min([*known, 100 - STEP]) // STEP), 100 - STEP)
    up = scale(100 - low, BOTTOM, TOP)
    across = scale(max((days[-1] - days[0]).days, 1), LEFT, RIGHT)
    at = [across((day - days[0]).days) for day in days]
    marks = grid(low, up) + axis_days(days, at)
    ends = []
    for look, name, values in series:
        points = [(x, up(value - low)) for x, value in zip(at, values, strict=True) if value is not None]
        if points:
            marks += drawn(look, points)
            last = next(value for value in reversed(values) if value is not None)
            ends.append((points[-1][1], look, f"{short(name)} {last:.1f}%"))
    marks += names(ends)
    return Chart(
        svg=frame(key, WIDTH, HEIGHT, HEADING, finding, marks),
        heading=HEADING,
        finding=finding,
        table_header=tuple(table[0]),
        table_rows=tuple(tuple(row) for row in table[1]),
    )


def grid(low: int, up) -> list[str]:
    """A line at every ten percent; at every twenty where there would be many."""
    step = STEP if 100 - low <= 5 * STEP else 2 * STEP
    marks = []
    for value in range(100, low - 1, -step):
        y = up(value - low)
        marks += [line(LEFT, y, RIGHT, y), text(LEFT - 8, y + 5, f"{value}%", size=13, anchor="end", colour="soft")]
    return marks


def axis_days(days: Sequence[date], at: Sequence[float]) -> list[str]:
    """The days under the lines, the last one always, the others where their words do not touch."""
    marks, free = [], RIGHT + 60
    for x, day in reversed(list(zip(at, days, strict=True))):
        if free - x >= 54:
            marks += tick(x, BOTTOM + 4, f"{day.day} {day:%b}")
            free = x
    return marks


def drawn(look: str, points: Sequence[tuple[float, float]]) -> list[str]:
    colour, width, dashes = LOOKS[look]
    path = " ".join(f"{num(x)},{num(y)}" for x, y in points)
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    x, y = points[-1]
    return [
        f'<polyline class="l-{colour}" fill="none" stroke="{PALETTE[colour]}" stroke-width="{width}"{dashed} '
        f'stroke-linejoin="round" points="{path}"/>',
        f'<circle class="s-{colour}" fill="{PALETTE[colour]}" cx="{num(x)}" cy="{num(y)}" r="4"/>',
    ]


def short(name: str) -> str:
    """As much of a name as stands beside its line."""
    return name if len(name) <= LONGEST_NAME else f"{name[: LONGEST_NAME - 1].rstrip()}…"


def names(ends: list[tuple[float, str, str]]) -> list[str]:
    """Each line's name at its end; names that would touch are moved apart, and the lowest stays in the frame."""
    marks, lowest = [], TOP
    places = []
    for y, look, words in sorted(ends):
        lowest = max(y + 5, lowest)
        places.append([lowest, look, words])
        lowest += LABEL_GAP
    over = max(lowest - LABEL_GAP - (HEIGHT - 8), 0)
    for y, look, words in places:
        colour = "accent" if look == "pupil" else "soft"
        marks.append(text(LABEL_X, y - over, words, size=14, colour=colour, bold=look == "pupil"))
    return marks
