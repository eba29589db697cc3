"""Keeping people unrecognisable: small numbers in reports, initials in messages, names taken out of text.

The number below which a group is small is a provision (`small_number_threshold`) and is handed in. What does not live
here: who may see what.
"""

import re
import unicodedata
from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

K = TypeVar("K", bound=Hashable)

HIDDEN_NAME = "[name]"

# Beginnings of words that may make a text one to hold back: what could harm somebody is for a person to judge.
HARM = (
    "abus", "abduct", "assault", "bereave", "domestic", "exploit", "groom", "harm", "kill", "neglect", "overdos",
    "prison", "rape", "sexual", "suicid", "terminal", "threat", "trauma", "violen", "weapon",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SafeCounts(Generic[K]):
    """Counts fit to leave the school. None stands for a hidden number, of a cell or of the total."""

    cells: Mapping[K, int | None]
    total: int | None

    @property
    def hides_any(self) -> bool:
        return self.total is None or None in self.cells.values()


def hide_small(counts: Mapping[K, int], threshold: int) -> SafeCounts[K]:
    """Hides each count from 1 to `threshold` - 1, and as many more as keep it from being worked out of the total.

    A nought is shown, for it is nobody. When a count is hidden, the next smallest are hidden with it, all that are
    equal together, until `_open_enough` holds; noughts go last. A total below the threshold is hidden with everything
    under it. Safe for one list with one total, not for a table with totals both ways.
    Raises ValueError for a count below 0.
    """
    if any(count < 0 for count in counts.values()):
        raise ValueError("a count cannot be below 0")
    total = sum(counts.values())
    hidden = {key for key, count in counts.items() if 0 < count < threshold}
    if not hidden:
        return SafeCounts(dict(counts), total)
    if total < threshold:
        return SafeCounts(dict.fromkeys(counts, None), None)
    for size in sorted({counts[key] for key in counts if key not in hidden}, key=lambda size: size or float("inf")):
        if _open_enough([counts[key] for key in hidden], threshold):
            break
        hidden |= {key for key, count in counts.items() if count == size}
    return SafeCounts({key: None if key in hidden else count for key, count in counts.items()}, total)


def _open_enough(hidden: list[int], threshold: int) -> bool:
    """Can nobody who knows the rule and the total work out a hidden count?

    The sum of what is hidden has to leave each of them `threshold` values or more, counted from 1; and where all of
    them are small, it must not be the most that small ones can come to.
    """
    spare = sum(hidden) - len(hidden)
    all_small = max(hidden) < threshold
    return len(hidden) > 1 and spare >= threshold and not (all_small and sum(hidden) == len(hidden) * (threshold - 1))


def initials(name: str) -> str:
    """ "Lena Watson" and "Watson, Lena" read "L. W."; middle names are left out; empty for an empty name."""
    surname, comma, forename = name.partition(",")
    words = [word for word in (f"{forename} {surname}" if comma else name).split() if word[0].isalpha()]
    kept = words if len(words) < 2 else [words[0], words[-1]]
    return " ".join(f"{word[0].upper()}." for word in kept)


# Letters that Unicode does not take apart into a letter and a mark, but that people type without it.
_PLAIN = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ð": "d", "’": "'", "‘": "'"})


def _fold(character: str) -> str:
    """One character without case or accent. Always one character long, so that places in a text stay the same."""
    folded = unicodedata.normalize("NFKD", character.casefold())[:1].translate(_PLAIN)
    return folded or character


def fold(text: str) -> str:
    """A composed text without case or accents, character by character: places stay the same."""
    return "".join(_fold(character) for character in text)


def _folded(text: str) -> str:
    return fold(unicodedata.normalize("NFC", text))


def name_words(names: Iterable[str], own: Iterable[str] = ()) -> frozenset[str]:
    """The words of people's names as `names_in` looks for them, without those of `own`, which may be read."""
    mine = {word for name in own for word in re.split(r"[\s,]+", _folded(name))}
    found = {word for name in names for word in re.split(r"[\s,]+", _folded(name))}
    return frozenset(word for word in found - mine if len(word) > 1)


def names_in(text: str, words: Collection[str]) -> list[str]:
    """Which of the words of `name_words` stand in a text, in their order and once each.

    A word of two letters counts only with a capital, since "Jo" is a name and "to" is none. As `redact`, it
    would rather find an ordinary word than miss a name.
    """
    plain, composed = _folded(text), unicodedata.normalize("NFC", text)
    found: dict[str, None] = {}
    for match in re.finditer(r"\w+(?:['\-]\w+)*", plain):
        whole, at = match.group(), match.start()
        parts = [(whole, at), *((each.group(), at + each.start()) for each in re.finditer(r"\w+", whole))]
        for word, place in parts:
            if word in words and (len(word) > 2 or composed[place].isupper()):
                found[word] = None
    return list(found)


def may_harm(text: str) -> bool:
    """Does a text hold a word that somebody should think about before it leaves? It says nothing more than that."""
    return any(word.startswith(HARM) for word in re.findall(r"\w+", _folded(text)))


def redact(text: str, names: Iterable[str], mark: str = HIDDEN_NAME) -> str:
    """The text with each name, and each word of a name, replaced by `mark`.

    Case, accents and the shape of an apostrophe do not matter; only whole words count. It would rather take out an
    ordinary word that is also a name ("Will", "May") than leave a name in: a person reads the result before it goes.
    """
    composed = unicodedata.normalize("NFC", text)
    folded = fold(composed)
    wanted: set[str] = set()
    for name in names:
        plain = fold(unicodedata.normalize("NFC", name))
        words = re.split(r"[\s,]+", plain)
        wanted |= {" ".join(filter(None, words)), *words}
    patterns = [
        r"\s+".join(re.escape(word) for word in name.split(" "))
        for name in sorted(wanted, key=lambda name: (-len(name), name))
        if len(name) > 1
    ]
    if not patterns:
        return text
    out: list[str] = []
    end = 0
    for found in re.finditer(rf"(?<!\w)(?:{'|'.join(patterns)})(?!\w)", folded):
        out += [composed[end : found.start()], mark]
        end = found.end()
    return "".join([*out, composed[end:]])
