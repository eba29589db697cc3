"""What every chart is drawn with: the palette, the frame with its words, text, bars, a scale and its axis.

Colour and size are attributes on each mark, because WeasyPrint does not apply a page's style sheet inside an SVG and
the site's CSP forbids style=. The class beside each colour lets a screen change it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

# The light tokens of static/css/sendhub.css under the same names; a test holds the two equal.
PALETTE = {
    "surface": "#ffffff",
    "sunk": "#efece4",
    "line": "#ddd8cc",
    "ink": "#1c2328",
    "soft": "#545b5e",
    "accent": "#0c5a61",
    "accent-ink": "#ffffff",
    "accent-line": "#9cc4c5",
    "ok": "#1d5b38",
    "bar-due": "#a76a06",
    "bar-late": "#b8402f",
}
FONT = "Atkinson Hyperlegible, sans-serif"
SIZE = 15
DIGIT, LETTER = 0.62, 0.5  # of the size: how wide a bold figure is, and a letter on average
_KEY = re.compile(r"[a-z][a-z0-9-]*")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Chart:
    """`svg` is safe to put on a page as it is. `finding` is a sentence or two, to stand under the heading."""

    svg: SafeString
    heading: str
    finding: str
    table_header: tuple[str, ...]
    table_rows: tuple[tuple, ...]


def clean(words: str) -> str:
    """Text for an SVG: escaped for elements and attributes, without what XML cannot hold."""
    return escape(_CONTROLS.sub(" ", str(words)))


def frame(key: str, width: float, height: float, title: str, finding: str, marks: Iterable[str]) -> SafeString:
    """The whole SVG. `key` makes its ids unique on the page: lower case letters, digits and hyphens."""
    check_key(key)
    return SafeString(
        f'<svg class="chart" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {num(width)} {num(height)}" role="img" '
        f'aria-labelledby="{key}-t {key}-d" font-family="{FONT}" font-size="{SIZE}">\n'
        f'<title id="{key}-t">{clean(title)}</title>\n<desc id="{key}-d">{clean(finding)}</desc>\n'
        + "\n".join(marks)
        + "\n</svg>"
    )


def check_key(key: str) -> None:
    if not _KEY.fullmatch(key):
        raise ValueError("A chart's key is lower case letters, digits and hyphens.")


def num(value: float) -> str:
    """A coordinate, to a tenth."""
    return f"{round(value, 1):g}"


def paint(colour: str) -> str:
    return f'class="s-{colour}" fill="{PALETTE[colour]}"'


def text(x, y, words, *, size=SIZE, anchor="start", colour="ink", bold=False) -> str:
    """One line of text, y at its baseline; anchor is start, middle or end."""
    weight = ' font-weight="700"' if bold else ""
    return (
        f'<text {paint(colour)} x="{num(x)}" y="{num(y)}" font-size="{size}" text-anchor="{anchor}"{weight}>'
        f"{clean(words)}</text>"
    )


def text_width(words: str, size: float = SIZE) -> float:
    """About how wide the text will be; enough to decide whether it fits."""
    return size * sum(DIGIT if letter.isdigit() else LETTER for letter in words)


def bar(x, y, width, height, colour) -> str:
    return f'<rect {paint(colour)} x="{num(x)}" y="{num(y)}" width="{num(width)}" height="{num(height)}" rx="3"/>'


def scale(most: float, start: float, end: float) -> Callable[[float], float]:
    """A function from 0..most to start..end."""
    return lambda value: start + (end - start) * value / most


def ticks(most: int) -> list[int]:
    """Round numbers from 0 to at least `most`: steps of 1, 2 or 5 times a power of ten, at most six numbers."""
    step = next(unit * 10**power for power in range(12) for unit in (1, 2, 5) if most <= 5 * unit * 10**power)
    return list(range(0, most + step, step))


def axis(values: Iterable[int], place: Callable[[float], float], y: float) -> list[str]:
    """A line under the marks, with a tick and a number for each value."""
    values = list(values)
    marks = [line(place(values[0]), y, place(values[-1]), y)]
    for value in values:
        marks += tick(place(value), y, str(value))
    return marks


def tick(x: float, y: float, words: str) -> list[str]:
    """A short line down from an axis, its words in the middle below."""
    return [line(x, y, x, y + 5), text(x, y + 18, words, size=13, anchor="middle", colour="soft")]


def line(x1, y1, x2, y2, colour="line") -> str:
    ends = f'x1="{num(x1)}" y1="{num(y1)}" x2="{num(x2)}" y2="{num(y2)}"'
    return f'<line class="l-{colour}" stroke="{PALETTE[colour]}" stroke-width="1" {ends}/>'
