"""Every pair of colours that can meet, on every paper: WCAG 2.2, 1.4.3 (text 4.5 to 1) and 1.4.11 (marks 3 to 1)."""

import re
from pathlib import Path

import pytest
from django.conf import settings

CSS = Path(settings.BASE_DIR, "static", "css")
HEX = re.compile(r"--([\w-]+):\s*(#[0-9a-f]{6})")
PAPERS = ["white", "cream", "blue", "green", "dark"]

TEXT = {
    "ink": ["page", "surface", "sunk", "accent-soft", "late-soft", "due-soft", "ok-soft", "info-soft"],
    "soft": ["page", "surface", "sunk", "accent-soft"],
    "accent": ["page", "surface", "sunk", "accent-soft"],
    "accent-ink": ["accent", "accent-deep"],
    "late": ["page", "surface", "late-soft"],
    "due": ["page", "surface", "due-soft"],
    "ok": ["page", "surface", "ok-soft"],
    "info": ["page", "surface", "info-soft"],
    "page": ["ink"],
    "surface": ["ink"],
}
MARKS = {
    "line-strong": ["page", "surface"],
    "bar-late": ["surface", "sunk"],
    "bar-due": ["surface", "sunk"],
    "accent": ["surface", "sunk"],
    "ok": ["surface", "sunk"],
    "late": ["surface", "page"],
    "focus": ["page", "surface", "sunk", "focus-halo"],
}


def tokens():
    """Paper to {token: colour}: the first block is white, the others change some of it."""
    layer = CSS.joinpath("sendhub.css").read_text().split("@layer tokens")[1].split("@media")[0]
    found = {}
    for selector, body in re.findall(r"(:is\([^{]+)\{([^}]*)\}", layer):
        named = re.search(r'data-paper="(\w+)"', selector)
        found[named[1] if named else "white"] = dict(HEX.findall(body))
    return {paper: {**found["white"], **colours} for paper, colours in found.items()}


def luminance(colour):
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    light, dark = sorted([luminance(one), luminance(other)], reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_sum_itself():
    assert contrast("#ffffff", "#000000") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_paper_on_the_options_page_has_tokens():
    from sendhub.display import OPTIONS

    assert sorted(tokens()) == sorted(value for value, _ in OPTIONS["paper"]) == sorted(PAPERS)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize(("pairs", "least"), [(TEXT, 4.5), (MARKS, 3.0)], ids=["text", "marks"])
def test_contrast(paper, pairs, least):
    colours = tokens()[paper]
    weak = {
        f"{front} on {back}": round(contrast(colours[front], colours[back]), 2)
        for front, backs in pairs.items()
        for back in backs
        if contrast(colours[front], colours[back]) < least
    }
    assert weak == {}


def test_colours_are_tokens_or_do_not_exist():
    """Outside the token and print layers nothing names a colour of its own."""
    parts = [CSS.joinpath(name).read_text() for name in ("parts.css", "pages.css")]
    parts.append(CSS.joinpath("sendhub.css").read_text().split("@layer base {")[1])
    assert re.findall(r"[:\s](#[0-9a-fA-F]{3,8})\b", "".join(parts)) == []
