"""What a file would do, worked out before anything is written: one outcome a person or place, and what to say of it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"


@dataclass(frozen=True)
class Decision:
    """How somebody settled a doubt: "same" as the pupil or member of staff of this number, "new", or "leave"."""

    what: str
    whom: int | None = None


LEAVE = Decision("leave")
LEFT_OUT = "Somebody here left this row out."


@dataclass(frozen=True)
class Choices:
    """What the person who brings the file in allows it, and how they settled its doubts (row number -> Decision)."""

    whole_roll: bool = False  # who is not in the file may have left
    take_names: bool = False  # a name without its accents may replace the one with them
    take_blanks: bool = False  # a blank may empty a value
    taken_on: date | None = None  # the day up to which attendance was counted
    settled: dict[int, Decision] = field(default_factory=dict)

    def of(self, row):
        """The decision about this row's doubt: none counts as "leave"."""
        return self.settled.get(row, LEAVE)

    def in_order(self, result, rows):
        """The rows of a file that are worth a look, settled ones first: what somebody decided stands, and a row that
        says otherwise is the doubtful one. Rows that somebody left out are put into `result` as that."""
        if not self.settled:
            return rows
        out = {row for row, decision in self.settled.items() if decision == LEAVE}
        for row in sorted(out & {number for number, _ in rows}):
            result.add(row, State.IN_DOUBT, words=LEFT_OUT)
        return sorted((row for row in rows if row[0] not in out), key=lambda row: row[0] not in self.settled)


@dataclass
class Outcome:
    """What becomes of one person or place in the file. `changes` is column -> (old, new); `words` say why not.

    `pupil` is the pupil whom a place, contact or count is about, where `thing` is not the pupil; `rows` are all rows
    that it came from, when there is more than one.
    """

    row: int  # as a spreadsheet counts, the header included
    state: State
    thing: object = None
    changes: dict = field(default_factory=dict)
    words: str = ""
    pupil: object = None
    rows: list[int] = field(default_factory=list)


@dataclass
class Plan:
    """Everything that a file would do. `notes` count what a person should know: sentence -> row numbers."""

    kind: str
    rows: int
    outcomes: list[Outcome] = field(default_factory=list)
    missing: list = field(default_factory=list)  # who is here and not in the file
    unknown: list[str] = field(default_factory=list)
    notes: dict[str, list[int]] = field(default_factory=dict)

    @property
    def absent(self):
        return len(self.missing)

    def add(self, row, state, thing=None, changes=None, words="", pupil=None, rows=()):
        outcome = Outcome(row, state, thing, changes or {}, words, pupil, list(rows))
        self.outcomes.append(outcome)
        return outcome

    def doubt(self, outcome, words, unless):
        """Leave it to a person after all: nothing of this outcome is written, unless somebody has decided it."""
        if outcome.row in unless.settled:
            return
        outcome.state, outcome.words, outcome.changes = State.IN_DOUBT, words, {}

    def note(self, sentence, row):
        self.notes.setdefault(sentence, []).append(row)

    def of(self, state):
        return [outcome for outcome in self.outcomes if outcome.state == state]

    def counts(self):
        """The numbers by name, in the order in which they are printed."""
        states = Counter(outcome.state for outcome in self.outcomes)
        order = (State.NEW, State.CHANGED, State.UNCHANGED, "absent", State.IN_DOUBT, State.FAILED)
        numbers = {str(name): states[name] for name in order}
        return {"kind": self.kind, "rows": self.rows} | numbers | {"absent": self.absent}

    def new(self):
        return [outcome.thing for outcome in self.of(State.NEW)]

    def changed(self):
        """(things that change, the columns in which any of them does)."""
        outcomes = self.of(State.CHANGED)
        return [outcome.thing for outcome in outcomes], {name for outcome in outcomes for name in outcome.changes}


def improve(thing, values, changes, keep=(), blanks=()):
    """Set on `thing` what the file says otherwise, and write it into `changes`. A blank (None or "") says nothing but
    of a column in `blanks`; a column in `keep` is only ever filled, never replaced."""
    for name, new in values.items():
        old = getattr(thing, name)
        if new in (None, "") and (name not in blanks or old in (None, "")):
            continue
        if new == old or (name in keep and old not in (None, "")):
            continue
        changes[name] = (old, new)
        setattr(thing, name, new)
