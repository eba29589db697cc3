"""Who is on the register: one bar a main need, SEN support and EHC plan beside each other."""

import textwrap
from collections.abc import Iterable
from dataclasses import dataclass

from sendhub.charts.svg import Chart, axis, bar, frame, scale, text, text_width, ticks

HEADING = "Who is on the register"
WIDTH = 600
LABELS_END, BARS_START, BARS_END = 226, 236, 448
TOP, PITCH, THICK = 40, 34, 24
NUMBER = 13  # size of a number in a bar
SHARE_FROM = 5  # pupils: of fewer, "the highest share" says nothing


@dataclass(frozen=True)
class NeedCount:
    """Pupils whose main need this is. Each pupil counts once."""

    label: str
    support: int
    plan: int

    @property
    def all(self) -> int:
        return self.support + self.plan


def register_by_need(rows: Iterable[NeedCount], *, key: str = "register", said: str = "") -> Chart:
    """Bars from the biggest need down. The stages differ by lightness and by the numbers on them, not by hue alone.

    `said` stands for the finding where the rows are not all there are: those with hidden numbers are left out.
    """
    rows = sorted(rows, key=lambda row: -row.all)
    found = said or finding(rows)
    values = ticks(max([row.all for row in rows], default=1) or 1)
    place = scale(values[-1], BARS_START, BARS_END)
    bottom = TOP + PITCH * len(rows)
    marks = [*_legend(), *axis(values, place, bottom)] if rows else [text(WIDTH / 2, TOP, found, anchor="middle")]
    for index, row in enumerate(rows):
        marks += _row(row, TOP + PITCH * index, place)
    return Chart(
        svg=frame(key, WIDTH, bottom + 26, f"{HEADING}: main need by stage", found, marks),
        heading=HEADING,
        finding=found,
        table_header=("Main need", "SEN Support", "EHC plan", "All"),
        table_rows=tuple((row.label, row.support, row.plan, row.all) for row in rows),
    )


def finding(rows: Iterable[NeedCount]) -> str:
    """The biggest need, and the need with the highest share of plans if there is one such."""
    rows = list(rows)
    total = sum(row.all for row in rows)
    if not total:
        return "Nobody is on the register."
    most = max(row.all for row in rows)
    biggest = [row.label for row in rows if row.all == most]
    if len(biggest) == 1:
        pupils = "pupil" if total == 1 else "pupils"
        said = f"{biggest[0]} is the biggest need: {most} of {total} {pupils}."
    else:
        said = f"{', '.join(biggest[:-1])} and {biggest[-1]} are the biggest needs: {most} each, of {total} pupils."
    shares = {row.label: row.plan / row.all for row in rows if row.all >= SHARE_FROM and row.plan}
    best = [row for row in rows if shares.get(row.label, 0) == max(shares.values(), default=1)]
    if len(best) == 1:
        said += f" {best[0].label} has the highest share of EHC plans: {best[0].plan} of {best[0].all}."
    return said


def _legend() -> list[str]:
    return [
        bar(BARS_START, 4, 14, 14, "accent-line"),
        text(BARS_START + 20, 16, "SEN Support", size=14, colour="soft"),
        bar(BARS_START + 124, 4, 14, 14, "accent"),
        text(BARS_START + 144, 16, "EHC plan", size=14, colour="soft"),
    ]


def _row(row: NeedCount, y: float, place) -> list[str]:
    marks = _label(row.label, y)
    split, end = place(row.support), place(row.all)
    plan_at = split + 1 if row.support else split  # a gap, so that the two read apart in grey
    parts = (
        (row.support, BARS_START, split - BARS_START, "accent-line", "ink", "on support"),
        (row.plan, plan_at, end - plan_at, "accent", "accent-ink", "with a plan"),
    )
    outside = []
    for count, x, width, colour, ink, words in parts:
        if count:
            marks.append(bar(x, y, width, THICK, colour))
            if width >= text_width(str(count), NUMBER) + 6:
                marks.append(text(x + width / 2, y + 17, count, size=NUMBER, anchor="middle", colour=ink))
            elif count < row.all:
                outside.append(f"{count} {words}")
    marks.append(text(end + 8, y + 17, row.all, bold=True))
    if outside:
        after = end + 8 + text_width(str(row.all)) + 8
        marks.append(text(after, y + 17, ", ".join(outside), size=NUMBER, colour="soft"))
    return marks


def _label(label: str, y: float) -> list[str]:
    lines = textwrap.wrap(label, 29)
    if len(lines) < 2:
        return [text(LABELS_END, y + 17, label, anchor="end")]
    lines = [lines[0], textwrap.shorten(" ".join(lines[1:]), 29, placeholder=" …")]
    return [text(LABELS_END, y + 9 + 15 * at, line, size=14, anchor="end") for at, line in enumerate(lines)]
