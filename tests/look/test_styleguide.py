"""The style guide as readers meet it: axe, every paper, large, 320 pixels, by keyboard, forced colours, printed."""

import io

import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.look.axe import faults
from tests.look.width import width_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

VARIANTS = {
    "plain": {},
    "cream, very large and wide": {"path": "?paper=cream&text=huge&spacing=wide"},
    "blue": {"path": "?paper=blue"},
    "green": {"path": "?paper=green"},
    "dark": {"path": "?paper=dark"},
    "phone": {"width": 390, "height": 844},
    "320, very large": {"path": "?text=huge&spacing=wide", "width": 320, "height": 640},
    "forced colours": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
    "no script": {"path": "?font=system", "java_script_enabled": False},
}
# WCAG 1.4.12: a reader may set these, and nothing may be cut off.
SPACED = """p, li, a, td, th, label, button {
  line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"""
STOP = """() => {
  const at = document.activeElement, box = at.getBoundingClientRect(), drawn = at.closest('.tile, .switch') || at;
  const style = getComputedStyle(drawn), shape = drawn.getBoundingClientRect();
  const top = document.elementFromPoint(shape.x + shape.width / 2, shape.y + Math.min(shape.height / 2, 12));
  return {name: at.outerHTML.slice(0, 120), body: at === document.body, outline: parseFloat(style.outlineWidth),
          high: shape.height, wide: shape.width, seen: !top || drawn.contains(top) || top.contains(drawn)};
}"""


@pytest.mark.parametrize("variant", VARIANTS)
def test_axe_finds_nothing_and_nothing_scrolls_sideways(browse, variant):
    options = dict(VARIANTS[variant])
    page = browse(None, "/styleguide/" + options.pop("path", ""), **options)
    if variant not in {"no script", "still"}:  # axe needs script; reduced motion changes no element
        assert faults(page) == []
    width = options.get("width", 1366)
    assert width_of(page) == width


@pytest.mark.parametrize("path", ["/display/", "/nowhere/"])
@pytest.mark.parametrize("width", [1366, 320])
def test_pages_without_a_school(browse, path, width):
    page = browse(None, path, width=width)
    assert faults(page) == []
    assert width_of(page) == width


def test_who_reads_on_dark_paper_can_read_the_names_of_the_others(browse):
    page = browse(None, "/display/")
    page.get_by_label("Dark").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/display/?saved=1")
    assert page.locator("html").get_attribute("data-paper") == "dark"
    assert faults(page) == []


def test_every_tab_stop_can_be_seen_and_hit(browse):
    page = browse(None, "/styleguide/")
    stops = []
    for _ in range(400):
        page.keyboard.press("Tab")
        stop = page.evaluate(STOP)
        if stop["body"]:
            break
        stops.append(stop)
    assert len(stops) > 80
    assert [stop["name"] for stop in stops if stop["outline"] < 2] == []
    assert [stop["name"] for stop in stops if not stop["seen"]] == []
    small = [
        stop["name"]
        for stop in stops
        if min(stop["high"], stop["wide"]) < 24 and "<a " not in stop["name"] and "<summary" not in stop["name"]
    ]
    assert small == []


def test_skipping_to_the_content(browse):
    page = browse(None, "/styleguide/")
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to main content")).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("#main")).to_be_focused()


def test_a_reader_s_own_spacing_cuts_nothing_off(browse):
    page = browse(None, "/styleguide/", width=390, height=844, bypass_csp=True)
    page.add_style_tag(content=SPACED)
    cut = page.evaluate(
        """[...document.querySelectorAll('main :is(p, li, a, button, td, th, label, h2, h3)')]
        .filter(e => getComputedStyle(e).overflow !== 'visible' && e.scrollWidth > e.clientWidth + 1)
        .filter(e => !e.matches('.visually-hidden, .scroll-x'))
        .map(e => e.outerHTML.slice(0, 100))"""
    )
    assert cut == []
    assert width_of(page) == 390


def test_the_sample_shows_a_choice_before_it_is_saved(browse):
    page = browse(None, "/display/")
    sample = page.locator(".preview")
    colour = "e => getComputedStyle(e).backgroundColor"
    assert sample.evaluate(colour) == "rgb(246, 244, 238)"
    page.get_by_label("Dark").check()
    assert sample.evaluate(colour) == "rgb(20, 25, 28)"
    page.get_by_label("Very large").check()
    assert float(sample.evaluate("e => parseFloat(getComputedStyle(e).fontSize)")) > 22
    page.get_by_role("button", name="Save").click()
    expect(page.locator("html")).to_have_attribute("data-paper", "dark")
    assert page.locator("body").evaluate("e => getComputedStyle(e.parentElement).backgroundColor") == "rgb(20, 25, 28)"


def test_the_page_comes_in_the_typeface_of_the_house(browse):
    page = browse(None, "/styleguide/")
    assert page.evaluate("document.fonts.ready.then(() => document.fonts.check('17px \"Atkinson Hyperlegible\"'))")
    loaded = page.evaluate("[...document.fonts].filter(f => f.status === 'loaded').length")
    assert loaded >= 2


def test_print_leaves_out_what_is_for_the_screen(browse):
    page = browse(None, "/styleguide/?paper=dark")
    page.emulate_media(media="print")
    for part in (".side", ".who", ".skip", ".bulk", ".filters"):
        expect(page.locator(part).first).to_be_hidden()
    assert page.locator("html").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    words = "".join(sheet.extract_text() for sheet in PdfReader(io.BytesIO(page.pdf())).pages)
    assert "Give me one instruction at a time." in words
    assert "Find a pupil" not in words


def test_nothing_on_the_page_has_a_style_or_a_script_of_its_own(browse):
    page = browse(None, "/styleguide/")
    assert page.evaluate("document.querySelectorAll('[style], style, script:not([src])').length") == 0
