"""Names of people in free text: where they stand, and whose they may be.

It finds a full name, a surname after a title, and a forename or a surname alone that begins with a capital letter. It
would rather find an ordinary word ("Will", "May") than miss a name: a person decides of each. It knows only the people
whom it is given.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from sendhub.rules.disclosure import fold

TITLES = r"(?:(?:mr|mrs|ms|miss|mx|dr|prof|sir)\.?\s+)?"
SHORTEST = 2  # letters of a name that is looked for alone


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody whose name may stand in a text. `key` is theirs alone."""

    key: str
    forename: str
    surname: str


@dataclass(frozen=True, slots=True)
class Found:
    """`text[start:end]` names one of `keys`."""

    start: int
    end: int
    keys: tuple[str, ...]


class Names:
    """Looks for these people; made once for many texts."""

    def __init__(self, people: Iterable[Named]) -> None:
        self.by_name: dict[str, set[str]] = {}
        for person in people:
            forename, surname = (_plain(name) for name in (person.forename, person.surname))
            for name in (f"{forename} {surname}".strip(), forename, surname):
                if len(name) >= SHORTEST:
                    self.by_name.setdefault(name, set()).add(person.key)

    def find(self, text: str) -> list[Found]:
        """In the order of the text; of two that overlap the longer."""
        composed = unicodedata.normalize("NFC", text)
        folded = fold(composed)
        words = set(re.findall(r"\w[\w'-]*", folded))
        words |= {part for word in words for part in re.split(r"['-]", word)}
        here = [name for name in self.by_name if name.split()[0] in words]
        if not here:
            return []
        ordered = sorted(here, key=lambda name: (-len(name), name))
        names = "|".join(r"\s+".join(map(re.escape, name.split())) for name in ordered)
        found = []
        for match in re.finditer(rf"(?<!\w){TITLES}({names})(?!\w)", folded):
            start, end = match.span()
            if composed[match.start(1)].isupper():
                keys = self.by_name[" ".join(match[1].split())]
                found.append(Found(start, end, tuple(sorted(keys))))
        return found


def _plain(name: str) -> str:
    return " ".join(fold(unicodedata.normalize("NFC", name)).split())
