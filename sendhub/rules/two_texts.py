"""Two people's versions of one text: what can be put together line by line, and where two texts differ word by word.

What does not live here: which version somebody saw, and the page that shows both (`sendhub.kit.versions`).
"""

import re
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise

Edit = tuple[int, int, list[str]]
"""Lines from one number up to another of the first text, and what stands in their place."""


@dataclass(frozen=True, slots=True)
class Merged:
    """`text` has everything that did not clash, and of what did, one's own words. `clash`: both changed one place."""

    text: str
    clash: bool


def merge_lines(base: str, mine: str, theirs: str) -> Merged:
    """Both sides' changes of `base` in one text, where neither touched a line that the other touched.

    Lines end as `mine` ends them. Two insertions at one place clash, unless they are the same.
    """
    ending = "\r\n" if "\r\n" in mine else "\n"
    lines = base.splitlines()
    ours, others = _edits(lines, mine.splitlines()), _edits(lines, theirs.splitlines())
    others = [edit for edit in others if edit not in ours]
    free = [edit for edit in others if not any(_touch(edit, own) for own in ours)]
    merged = sorted([*ours, *free], key=lambda edit: edit[:2])
    return Merged(ending.join(_applied(lines, merged)), len(free) < len(others))


def _edits(before: list[str], after: list[str]) -> list[Edit]:
    codes = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    return [(i1, i2, after[j1:j2]) for tag, i1, i2, j1, j2 in codes if tag != "equal"]


def _touch(one: Edit, other: Edit) -> bool:
    """Do both change a line that is there, or put something in at one place?"""
    (a1, a2, _), (b1, b2, _) = one, other
    if a1 == a2 and b1 == b2:
        return a1 == b1
    if a1 == a2:
        return b1 < a1 < b2
    if b1 == b2:
        return a1 < b1 < a2
    return max(a1, b1) < min(a2, b2)


def _applied(lines: list[str], edits: list[Edit]) -> list[str]:
    out: list[str] = []
    end = 0
    for i1, i2, new in edits:
        out += [*lines[end:i1], *new]
        end = i2
    return [*out, *lines[end:]]


def marked(one: str, other: str) -> tuple[list[tuple[bool, str]], list[tuple[bool, str]]]:
    """Both texts in pieces, each (is it only in this one?, words); spaces between two pieces of one kind join them."""
    first, second = re.findall(r"\s+|[^\s]+", one), re.findall(r"\s+|[^\s]+", other)
    sides: tuple[list[tuple[bool, str]], list[tuple[bool, str]]] = ([], [])
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, first, second, autojunk=False).get_opcodes():
        for side, words in zip(sides, ("".join(first[i1:i2]), "".join(second[j1:j2])), strict=True):
            if words:
                side.append((tag != "equal", words))
    return _joined(sides[0]), _joined(sides[1])


def _joined(pieces: list[tuple[bool, str]]) -> list[tuple[bool, str]]:
    """A lone space between two pieces that differ is no sign that the texts agree there."""
    lone = {
        place
        for place, ((_, before), (same, words)) in enumerate(pairwise(pieces), start=1)
        if before and not same and words.isspace() and place + 1 < len(pieces)
    }
    out: list[tuple[bool, str]] = []
    for place, (differs, words) in enumerate(pieces):
        kind = differs or place in lone
        if out and out[-1][0] == kind:
            out[-1] = (kind, out[-1][1] + words)
        else:
            out.append((kind, words))
    return out
