"""Which column holds what: the spellings of headers in SIMS, Arbor, Bromcom and others, and which kind a file is."""

import re
from dataclasses import dataclass, field

from sendhub.rules.names import plain
from staff.imports.values import text


def squeeze(header):
    """Letters, digits and the percent sign in small letters: "Reg Group" and "RegGroup" are one."""
    return re.sub(r"[^\w%]|_", "", plain(text(header)))


@dataclass(frozen=True)
class Kind:
    """A kind of file. `needs` are groups of fields: of each group at least one column; `never` may have none."""

    name: str
    title: str
    spellings: dict[str, tuple[str, ...]]
    needs: tuple[tuple[str, ...], ...]
    never: tuple[str, ...] = ()
    refusal: str = ""

    def field_of(self, header):
        """The field that a header names, or None."""
        squeezed = squeeze(header)
        return next((name for name, said in self.spellings.items() if squeezed in map(squeeze, said)), None)


@dataclass
class Columns:
    """The header of one file, read as one kind: field -> places of its columns, and headers that nobody knows."""

    kind: Kind
    places: dict[str, list[int]] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)

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


def read_header(kind, header):
    columns = Columns(kind)
    for place, name in enumerate(header):
        known = kind.field_of(name)
        if known:
            columns.places.setdefault(known, []).append(place)
        elif text(name):
            columns.unknown.append(text(name))
    return columns


def recognise(header, kinds):
    """The columns read as the first kind that fits, or None."""
    return next((columns for kind in kinds if (columns := read_header(kind, header)).fits()), None)


def is_total(row):
    """Whether a row is the "Total,311" that a report ends with."""
    cells = [text(cell) for cell in row]
    first = next((cell for cell in cells if cell), "")
    return plain(first).rstrip(":") in {"total", "totals", "grand total", "count"} and sum(map(bool, cells)) <= 3
