"""Which column holds what: the spellings of headers in SIMS, Arbor, Bromcom and others, and which kind a file is."""

import functools
import re
from dataclasses import dataclass, field

from sendhub.rules.names import plain
from sendhub.tables import ERROR_HEADER
from staff.imports.values import text

REMEMBERED = 120  # letters of a header by which a school's own meaning of it is kept


def squeeze(header):
    """Letters, digits and the percent sign in small letters: "Reg Group" and "RegGroup" are one."""
    return re.sub(r"[^\w%]|_", "", plain(text(header)))


@dataclass(frozen=True)
class Kind:
    """A kind of file. `needs` are groups of fields: of each group at least one column; `never` may have none.

    `wants` says what it needs in words. `aside` are fields that are understood and not kept, each with the sentence
    that says why. In a `fixed` kind nobody can say that a column means something else.
    """

    name: str
    title: str
    spellings: dict[str, tuple[str, ...]]
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...] = ()
    wants: str = ""
    aside: dict[str, str] = field(default_factory=dict)
    fixed: bool = False

    @functools.cached_property
    def by_spelling(self):
        """Squeezed spelling -> field; a spelling of two fields is the first one's."""
        found = {}
        for name, said in self.spellings.items():
            for spelling in said:
                found.setdefault(squeeze(spelling), name)
        return found

    def field_of(self, header):
        """The field that a header names, or None."""
        return self.by_spelling.get(squeeze(header))


@dataclass
class Columns:
    """The header of one file, read as one kind: field -> places of its columns, and headers that nobody knows."""

    kind: Kind
    places: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)  # of each column its field, or "" when it is not read
    header: list[str] = field(default_factory=list)

    @property
    def read(self):
        """The fields that the file has a column for."""
        return frozenset(self.places)

    def fits(self):
        return all(any(name in self.places for name in group) for group in self.kind.needs) and not any(
            name in self.places for name in self.kind.never
        )

    def record(self, row):
        """field -> the first cell with something in it. Arbor writes "SEN status" twice, as words and as a code."""
        found = {}
        for name, places in self.places.items():
            cells = [row[place] for place in places if place < len(row)]
            found[name] = next((cell for cell in cells if text(cell)), "")
        return found


def read_header(kind, header, remembered=None):
    """`remembered` is what this school calls its columns: squeezed header -> field, or "" for one that is not read."""
    columns = Columns(kind, header=list(header))
    for place, name in enumerate(header):
        own = (remembered or {}).get(remembered_as(name))
        known = kind.field_of(name) if own is None else own
        columns.fields.append(known or "")
        if known:
            columns.places.setdefault(known, []).append(place)
        elif text(name) and squeeze(name) != squeeze(ERROR_HEADER):
            columns.unknown.append(text(name))
    return columns


def remembered_as(header):
    return squeeze(header)[:REMEMBERED]


def recognise(header, kinds, remembered=None):
    """The columns read as the first kind that fits, or None. `remembered` is kind -> what this school's files mean."""
    own = remembered or {}
    read = (read_header(kind, header, own.get(kind.name)) for kind in kinds)
    return next((columns for columns in read if columns.fits()), None)


def is_total(row):
    """Whether a row is the "Total,311" that a report ends with."""
    cells = [text(cell) for cell in row]
    first = next((cell for cell in cells if cell), "")
    return plain(first).rstrip(":") in {"total", "totals", "grand total", "count"} and sum(map(bool, cells)) <= 3
