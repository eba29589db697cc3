"""What a file would do, worked out before anything is written: one outcome a person or place, and what to say of it."""

from collections import Counter
from dataclasses import dataclass, field
from enum import StrEnum


class State(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    IN_DOUBT = "in_doubt"
    FAILED = "failed"


@dataclass
class Outcome:
    """What becomes of one person or place in the file. `changes` is column -> (old, new); `words` say why not."""

    row: int  # as a spreadsheet counts, the header included
    state: State
    thing: object = None
    changes: dict = field(default_factory=dict)
    words: str = ""


@dataclass
class Plan:
    """Everything that a file would do. `notes` count what a person should know: sentence -> row numbers."""

    kind: str
    rows: int
    outcomes: list[Outcome] = field(default_factory=list)
    absent: int = 0
    unknown: list[str] = field(default_factory=list)
    notes: dict[str, list[int]] = field(default_factory=dict)

    def add(self, row, state, thing=None, changes=None, words=""):
        outcome = Outcome(row, state, thing, changes or {}, words)
        self.outcomes.append(outcome)
        return outcome

    def doubt(self, outcome, words):
        """Leave it to a person after all: nothing of this outcome is written."""
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


def improve(thing, values, changes, keep=()):
    """Set on `thing` what the file says otherwise, and write it into `changes`. A blank (None or "") says nothing; a
    column in `keep` is only ever filled, never replaced."""
    for name, new in values.items():
        old = getattr(thing, name)
        if new in (None, "") or new == old or (name in keep and old not in (None, "")):
            continue
        changes[name] = (old, new)
        setattr(thing, name, new)
