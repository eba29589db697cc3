"""How much of school a pupil was in, as bands: the two national measures, and one of our own above them.

The measures count what was missed of a pupil's own possible sessions, as the school's own system adds them up. What
does not live here: the totals, and the numbers (`provisions`).
"""

from collections.abc import Mapping
from datetime import date
from enum import StrEnum

from sendhub.rules.provisions import provision


class Band(StrEnum):
    """From the least to the most attended. NOT_KNOWN is never good news."""

    SEVERE = "severe"
    PERSISTENT = "persistent"
    WATCH = "watch"
    GOOD = "good"
    NOT_KNOWN = "unknown"


BOUNDS = (
    (Band.SEVERE, "severe_absence_percent"),
    (Band.PERSISTENT, "persistent_absence_percent"),
    (Band.WATCH, "attendance_watch_percent"),
)


def band_of(attended: int | None, possible: int | None, on: date, own: Mapping[str, int] | None = None) -> Band:
    """The band of so many sessions attended of those possible, on a day. `own`: the school's numbers, where it may
    set one. A pupil who misses exactly the percentage is in the band: the measure says "or more"."""
    if attended is None or not possible:
        return Band.NOT_KNOWN
    missed = 100 * (possible - attended)
    return next((band for band, key in BOUNDS if missed >= provision(key, on, own).value * possible), Band.GOOD)


def band_words(on: date, own: Mapping[str, int] | None = None) -> dict[Band, str]:
    """What each band is called, by the numbers of the day."""
    severe, persistent, watch = (provision(key, on, own).value for _, key in BOUNDS)
    return {
        Band.SEVERE: f"Severe: missed {severe}% or more",
        Band.PERSISTENT: f"Persistent: missed {persistent}% or more",
        Band.WATCH: f"Between {100 - persistent}% and {100 - watch}%",
        Band.GOOD: f"Over {100 - watch}%",
        Band.NOT_KNOWN: "No attendance known",
    }


def percent(attended: int, possible: int) -> str:
    """ "91.4%": rounded down, so that nobody is shown above a bound that they are not over."""
    tenths = 1000 * attended // possible
    return f"{tenths // 10}.{tenths % 10}%"
