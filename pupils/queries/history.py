"""A pupil's time on the register in sentences, their needs as ranked rows, and the flags beside it. No queries."""

from dataclasses import dataclass
from datetime import date

from pupils.models import RegisterMove
from pupils.queries.facts import need_words
from pupils.register_words import begins, told_words
from pupils.words import day_words
from sendhub.rules.codes import NEED_BY_CODE, Area

FROM_FILE = "import"  # SENNeed.source: the first day is the file's


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One step: what began, why, and how the family came to know. `unsure` where nobody can tell."""

    on: date
    what: str
    reason: str = ""
    told: str = ""
    unsure: bool = False
    move_id: int | None = None  # of a move that waits to be told


def history_of(moves, stages, now, day, family):
    """The moves until `day`, and the times on the register that no move explains, newest first.

    Reason and telling are for those who may see the family's side (`family`).
    """
    lines = [move_line(move, day, family) for move in moves]
    lines += [stage_line(stage, now, day, family) for stage in stages if not explained(stage, moves)]
    return sorted(lines, key=lambda line: line.on, reverse=True)


def explained(stage, moves):
    return any(
        move.after == stage.provision and (move.on == stage.starts_on or not stage.start_known) for move in moves
    )


def move_line(move, day, family):
    return HistoryLine(
        on=move.on,
        what=begins(move, day),
        reason=move.reason if family else "",
        told=told_words(move, day, move.told_by_name) if family else "",
        unsure=family and move.told == RegisterMove.Told.CANNOT_TELL,
        move_id=move.pk if family and move.told != RegisterMove.Told.TOLD else None,
    )


def stage_line(stage, now, day, family):
    """ "SEN Support, 3 September 2024 to 1 June 2026."; of the family nobody can tell."""
    words = stage.get_provision_display()
    if stage is now:
        start = f"from {day_words(stage.starts_on, day)}" if stage.start_known else ", cannot tell when it began"
        what = f"{words} {start}.".replace(" ,", ",")
    else:
        start = day_words(stage.starts_on, day) if stage.start_known else "cannot tell when it began"
        what = f"{words}, {start} to {day_words(stage.ends_on, day)}."
    told = "Cannot tell whether the family was told." if family else ""
    return HistoryLine(on=stage.starts_on, what=what, told=told, unsure=family)


@dataclass(frozen=True, slots=True)
class NeedLine:
    rank: int
    words: str
    area: str
    since: str


def need_lines(needs, day):
    """Each need with its broad area of the Code of Practice, the main one first."""
    return [
        NeedLine(place, need_words(need.code), area_words(need.code), need_since(need, day))
        for place, need in enumerate(needs, start=1)
    ]


def need_since(need, day):
    """ "since 3 September"; of a need that came with a file only when it was first seen there."""
    words = day_words(need.starts_on, day)
    return f"in a file of {words}" if need.source == FROM_FILE else f"since {words}"


def area_words(code):
    need = NEED_BY_CODE.get(code)
    return "" if need is None or need.area == Area.NONE else str(need.area)


@dataclass(frozen=True, slots=True)
class FlagLine:
    pk: int
    kind: str
    since: str
    note: str


def flag_lines(flags, day, family):
    """Concern and assessment as they stood on the day."""
    return [
        FlagLine(flag.pk, flag.get_kind_display(), day_words(flag.starts_on, day), flag.note if family else "")
        for flag in flags
    ]
