"""Charts: the words are true, the marks stay in the frame and can be read in grey, and no text can break out.

The golden files are looked at by a person when they change: python -m tests.test_charts draws them again.
"""

import re
from datetime import date
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

import fontpkg_atkinson_hyperlegible
import pytest
from fontTools.ttLib import TTFont

from sendhub.charts import PALETTE, NeedCount, attendance_lines, meter, register_by_need, year_calendar
from sendhub.charts.register import finding
from sendhub.charts.svg import SIZE, ticks

ROOT = Path(__file__).parent.parent
GOLDEN = ROOT / "tests" / "data" / "charts"
FONTS = Path(fontpkg_atkinson_hyperlegible.__file__).parent / "files"
FACES = {face: TTFont(FONTS / f"AtkinsonHyperlegible-{face}.ttf") for face in ("Regular", "Bold")}
NAMESPACE = "{http://www.w3.org/2000/svg}"

OAKFIELD = [
    NeedCount("Speech and language", 31, 12),
    NeedCount("Hearing or sight", 2, 1),
    NeedCount("Social, emotional and mental health", 24, 8),
    NeedCount("Specific learning (dyslexia)", 22, 2),
    NeedCount("Autism", 9, 9),
    NeedCount("Moderate learning difficulty", 6, 2),
]
LONG = "Profound and multiple learning difficulty, with more words than two lines can hold"
YEAR = {  # each kind once, and the first and last day that a year can have
    date(2026, 9, 1): "open",
    date(2026, 9, 2): "training",
    date(2026, 9, 3): "closed",
    date(2026, 12, 25): "bank",
    date(2027, 5, 31): "holiday",
    date(2027, 8, 31): "open",
}
WEEKS = [date(2026, 9, 16), date(2026, 10, 7), date(2026, 10, 9), date(2026, 11, 4), date(2026, 11, 25)]
LINES = [
    ("school", "School", [95, 94.4, 94.3, 93.6, 93.2]),
    ("register", "Register", [92.4, None, 91.0, 90.2, 92.8]),
    ("pupil", "Rowan", [90.1, 91.3, 87.7, 84.0, 81.2]),
]
LINES_HEAD = ("Up to", "Rowan")


def lines(series=LINES, days=WEEKS, finding="Rowan is 12.0 points below the school."):
    return attendance_lines(days, series, finding=finding, table=(LINES_HEAD, [("16 September", "90.1%")]))


DRAWN = {
    "attendance": lines(),
    "attendance-odd": lines(
        [
            ("school", "School", [None] * 3),
            ("register", "Register", [3.1, 2.0, 2.0]),
            ("pupil", "Wilhelmina-Maximiliana", [2.0, None, 1.9]),
        ],
        [WEEKS[0]] * 3,
    ),
    "year": year_calendar(2026, YEAR, finding="Pupils are in for 2 days.", table=(("Half term",), [("Autumn 1",)])),
    "register": register_by_need(OAKFIELD),
    "register-empty": register_by_need([]),
    "register-odd": register_by_need([NeedCount(LONG, 0, 1), NeedCount("Autism", 99, 1), NeedCount("None yet", 0, 0)]),
    "meter-ok": meter(32, 34, "ok", key="reviews", label="Plans reviewed"),
    "meter-late": meter(5, 9, "late", key="speech"),
    "meter-over": meter(12, 9, "due", key="reading"),
    "meter-none": meter(0, 0, "accent", key="transfer"),
}


@pytest.mark.parametrize("name", DRAWN)
def test_the_drawing_is_the_one_that_was_looked_at(name):
    assert DRAWN[name].svg + "\n" == GOLDEN.joinpath(f"{name}.svg").read_text()


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], "Nobody is on the register."),
        ([NeedCount("Autism", 0, 0)], "Nobody is on the register."),
        ([NeedCount("Autism", 1, 0)], "Autism is the biggest need: 1 of 1 pupil."),
        (
            OAKFIELD,
            "Speech and language is the biggest need: 43 of 128 pupils. "
            "Autism has the highest share of EHC plans: 9 of 18.",
        ),
        # Four pupils are too few to speak of a share; equal shares have no highest.
        ([NeedCount("A", 6, 0), NeedCount("B", 0, 4)], "A is the biggest need: 6 of 10 pupils."),
        ([NeedCount("A", 5, 5), NeedCount("B", 4, 4)], "A is the biggest need: 10 of 18 pupils."),
        (
            [NeedCount("A", 4, 1), NeedCount("B", 5, 0), NeedCount("C", 5, 0)],
            "A, B and C are the biggest needs: 5 each, of 15 pupils. A has the highest share of EHC plans: 1 of 5.",
        ),
    ],
)
def test_the_finding(rows, said):
    assert finding(rows) == said
    assert register_by_need(rows).finding == said


def test_another_sentence_stands_alone_when_some_needs_are_hidden():
    """A total of the needs shown, beside the school's total, would tell the size of the hidden ones."""
    chart = register_by_need(OAKFIELD, said="Only large groups are drawn.")
    assert chart.finding == "Only large groups are drawn."
    assert "128" not in chart.svg


def test_the_table_holds_the_same_figures_from_the_biggest_down():
    chart = register_by_need(OAKFIELD)
    assert chart.heading == "Who is on the register"
    assert chart.table_header == ("Main need", "SEN Support", "EHC plan", "All")
    assert chart.table_rows[0] == ("Speech and language", 31, 12, 43)
    assert [row[3] for row in chart.table_rows] == [43, 32, 24, 18, 8, 3]


def parsed(chart):
    return ElementTree.fromstring(chart.svg)


def words(chart):
    return [element.text for element in parsed(chart).iter(f"{NAMESPACE}text")]


def test_every_figure_is_written():
    """On its bar, after it, or as the total when it is all there is."""
    said = words(register_by_need(OAKFIELD))
    for label, support, plan, both in DRAWN["register"].table_rows:
        at = next(index for index, word in enumerate(said) if label.startswith(word))
        near = " ".join(said[at : at + 6])
        assert all(re.search(rf"\b{figure}\b", near) for figure in (support, plan, both))


def true_width(mark):
    """Of a text element, measured in the typeface itself."""
    font = FACES["Bold" if mark.get("font-weight") else "Regular"]
    glyphs, advances = font.getBestCmap(), font["hmtx"]
    units = sum(advances[glyphs[ord(letter)]][0] for letter in mark.text)
    return units / font["head"].unitsPerEm * float(mark.get("font-size"))


@pytest.mark.parametrize("name", [name for name in DRAWN if name.startswith("register")])
@pytest.mark.parametrize("scale", [1, 7, 30])
def test_nothing_leaves_the_frame(name, scale):
    rows = [NeedCount(label, support * scale, plan * scale) for label, support, plan, _ in DRAWN[name].table_rows]
    svg = parsed(register_by_need(rows))
    _, _, width, height = map(float, svg.get("viewBox").split())
    for mark in svg.iter(f"{NAMESPACE}text"):
        x, wide = float(mark.get("x")), true_width(mark)
        left = x - {"start": 0, "middle": 0.5, "end": 1}[mark.get("text-anchor")] * wide
        assert left >= 0
        assert left + wide <= width
        assert float(mark.get("y")) <= height
        if mark.get("text-anchor") == "middle" and mark.get("font-size") == "13" and float(mark.get("y")) < height - 20:
            # A number on its bar.
            on = [rect for rect in svg.iter(f"{NAMESPACE}rect") if float(rect.get("x")) <= left]
            assert any(left + wide <= float(rect.get("x")) + float(rect.get("width")) for rect in on)
    for mark in svg.iter(f"{NAMESPACE}rect"):
        assert float(mark.get("x")) + float(mark.get("width")) <= width
        assert float(mark.get("width")) >= 0


@pytest.mark.parametrize("name", ["attendance", "attendance-odd"])
def test_lines_and_their_names_stay_in_the_frame_and_apart(name):
    svg = parsed(DRAWN[name])
    _, _, width, height = map(float, svg.get("viewBox").split())
    for mark in svg.iter(f"{NAMESPACE}text"):
        x, wide = float(mark.get("x")), true_width(mark)
        left = x - {"start": 0, "middle": 0.5, "end": 1}[mark.get("text-anchor")] * wide
        assert left >= 0
        assert left + wide <= width
        assert 0 < float(mark.get("y")) <= height
    for mark in svg.iter(f"{NAMESPACE}polyline"):
        for point in mark.get("points").split():
            x, y = map(float, point.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height
    ends = sorted(float(mark.get("y")) for mark in svg.iter(f"{NAMESPACE}text") if mark.get("font-size") == "14")
    assert all(after - before >= 14 for before, after in pairwise(ends))


def test_lines_say_each_name_with_its_newest_number():
    assert [word for word in words(DRAWN["attendance"]) if " " in word and "%" in word] == [
        "School 93.2%",
        "Register 92.8%",
        "Rowan 81.2%",
    ]
    assert "Wilhelmina-M… 1.9%" in words(DRAWN["attendance-odd"])


def test_two_points_are_no_line():
    with pytest.raises(ValueError, match="no line"):
        lines([("pupil", "Rowan", [90, 80])], WEEKS[:2])


@pytest.mark.parametrize("name", DRAWN)
def test_words_for_those_who_do_not_see_it(name):
    svg = parsed(DRAWN[name])
    assert svg.get("role") == "img"
    ids = [element.get("id") for element in svg.iter() if element.get("id")]
    assert svg.get("aria-labelledby").split() == ids
    assert svg.find(f"{NAMESPACE}title").text
    if name.startswith(("register", "attendance")):
        assert svg.find(f"{NAMESPACE}desc").text == DRAWN[name].finding


@pytest.mark.parametrize(
    ("chart", "title", "width"),
    [
        ("meter-ok", "Plans reviewed: 32 of 34", "94.1"),
        ("meter-late", "5 of 9", "55.6"),
        ("meter-over", "12 of 9", "100"),
        ("meter-none", "None to count", "0"),
    ],
)
def test_meters(chart, title, width):
    svg = parsed(DRAWN[chart])
    assert svg.find(f"{NAMESPACE}title").text == title
    assert [rect.get("width") for rect in svg.iter(f"{NAMESPACE}rect")] == ["100", width]


def test_a_meter_as_a_table():
    chart = DRAWN["meter-ok"]
    assert (chart.finding, chart.table_header, chart.table_rows) == (
        "32 of 34",
        ("", "Done", "Of"),
        (("Plans reviewed", 32, 34),),
    )


@pytest.mark.parametrize(
    "hostile", ["</svg><script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "a\x00b\x0b&"]
)
def test_no_text_breaks_out(hostile):
    for chart in (register_by_need([NeedCount(hostile, 3, 4)]), meter(1, 2, "ok", key="k", label=hostile)):
        svg = parsed(chart)
        assert {element.tag.removeprefix(NAMESPACE) for element in svg.iter()} <= {
            *("svg", "title", "desc", "rect", "text", "line")
        }
        assert not [name for element in svg.iter() for name in element.attrib if name.startswith("on")]
        assert chart.table_rows[0][0] == hostile  # templates and CSV escape for themselves


@pytest.mark.parametrize("key", ["", "A", "1a", 'a"', "a b"])
def test_a_key_that_could_break_an_id_is_refused(key):
    with pytest.raises(ValueError, match="key"):
        register_by_need([], key=key)
    with pytest.raises(ValueError, match="key"):
        meter(1, 2, "ok", key=key)


def test_keys_keep_two_charts_on_one_page_apart():
    first, second = register_by_need(OAKFIELD, key="this-year"), register_by_need(OAKFIELD, key="last-year")
    assert not set(re.findall(r' id="([^"]+)"', first.svg)) & set(re.findall(r' id="([^"]+)"', second.svg))


def test_nothing_that_the_content_security_policy_blocks():
    for chart in DRAWN.values():
        assert "style" not in chart.svg
        assert "href" not in chart.svg


@pytest.mark.parametrize(
    ("most", "values"),
    [
        (0, [0, 1]),
        (1, [0, 1]),
        (5, [0, 1, 2, 3, 4, 5]),
        (6, [0, 2, 4, 6]),
        (43, [0, 10, 20, 30, 40, 50]),
        (120, [0, 50, 100, 150]),
    ],
)
def test_ticks_are_round_and_reach_the_most(most, values):
    assert ticks(most or 1) == values


# --- Colour --------------------------------------------------------------------------------------------------------
def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted([luminance(PALETTE[one]), luminance(PALETTE[other])])
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(
    ("text", "ground"), [("ink", "surface"), ("soft", "surface"), ("ink", "accent-line"), ("accent-ink", "accent")]
)
def test_text_has_contrast(text, ground):
    """WCAG 2.2, 1.4.3: 4.5 to 1."""
    assert contrast(text, ground) >= 4.5


@pytest.mark.parametrize(
    ("one", "other"),
    [("accent", "accent-line"), ("accent", "sunk"), ("ok", "sunk"), ("bar-due", "sunk"), ("bar-late", "sunk")],
)
def test_marks_that_touch_differ_in_lightness(one, other):
    """WCAG 2.2, 1.4.11: 3 to 1, so that they read apart in grey too."""
    assert contrast(one, other) >= 3


def test_the_palette_is_the_pages():
    css = ROOT.joinpath("static", "css", "sendhub.css").read_text()
    for name, colour in PALETTE.items():
        assert re.search(rf"--{name}: ([^;]+);", css)[1] == colour
    assert SIZE == 15


def draw_again():
    for name, chart in DRAWN.items():
        GOLDEN.joinpath(f"{name}.svg").write_text(chart.svg + "\n")


if __name__ == "__main__":
    draw_again()
