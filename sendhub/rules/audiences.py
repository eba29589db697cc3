"""Who is told what in the story of a case: one table, one row an audience. A kind of event that a row does not name
leaves for nobody, so a new kind is silent until somebody has put it here.

What does not live here: which events a reader may see at all (`pupils.happened`), and how names are found (`naming`).
"""

import re
from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType


class Audience(StrEnum):
    SCHOOL = "school"
    FAMILY = "family"
    AGENCY = "agency"
    GOVERNOR = "governor"


class Person(StrEnum):
    """Whose name it is, beside the child's own."""

    PUPIL = "pupil"
    STAFF = "staff"
    FAMILY = "family"


class Choice(StrEnum):
    """What becomes of a name that was found."""

    KEEP = "keep"
    PART = "part"
    REMOVE = "remove"


@dataclass(frozen=True, slots=True)
class Row:
    """`kinds`: of pupils.happened. `details`: the line under an event as well. `named`: the child by name.
    `exact`: dates by the day, else by the month. `keeps`: whose names may stay, when a person says so. `restricted`:
    whether restricted things may be ticked for this audience."""

    title: str
    words: str
    kinds: frozenset[str]
    details: bool
    named: bool
    exact: bool
    keeps: frozenset[Person]
    restricted: bool


LEARNING = frozenset({"register", "needs", "attendance", "suspensions", "support", "agencies"})
CHILD = LEARNING | {"health", "notes"}

AUDIENCES: Mapping[Audience, Row] = MappingProxyType(
    {
        Audience.SCHOOL: Row(
            "Our school",
            "Everything that you may see, with names that you keep.",
            CHILD | {"family", "concerns", "files", "people"},
            True,
            True,
            True,
            frozenset(Person),
            True,
        ),
        Audience.FAMILY: Row(
            "The family",
            "What was done and said with them, and about their child. No other child is named.",
            CHILD | {"family"},
            True,
            True,
            True,
            frozenset({Person.STAFF, Person.FAMILY}),
            False,
        ),
        Audience.AGENCY: Row(
            "Another agency",
            "Needs, help, health, attendance. What was said with the family stays here. No other child is named.",
            CHILD,
            True,
            True,
            True,
            frozenset({Person.STAFF}),
            True,
        ),
        Audience.GOVERNOR: Row(
            "A governor, without names",
            "What was done, by the month, and nobody is named.",
            LEARNING,
            False,
            False,
            False,
            frozenset(),
            False,
        ),
    }
)

CHILD_WORDS = "the pupil"
REMOVED = "[name removed]"
PARTS: Mapping[Person, str] = MappingProxyType(
    {Person.PUPIL: "another pupil", Person.STAFF: "a member of staff", Person.FAMILY: "a parent or carer"}
)


def choices_for(audience: Audience, person: Person) -> tuple[Choice, ...]:
    """What may become of such a name for this audience."""
    kept = (Choice.KEEP,) if person in AUDIENCES[audience].keeps else ()
    return (*kept, Choice.PART, Choice.REMOVE)


def staff_part(job_title: str) -> str:
    """ "Teacher of English" is "a teacher"; whoever could be told by their title is "a member of staff"."""
    title = job_title.casefold()
    if "teaching assistant" in title:
        return "a teaching assistant"
    return "a teacher" if title.startswith("teacher") else PARTS[Person.STAFF]


_MONTHS = "|".join(month_name[1:])
_DAY = re.compile(rf"\b(?:on )?\d{{1,2}} ((?:{_MONTHS})\b)")


def vague(text: str) -> str:
    """ "SEN Support from 3 September 2024." reads "SEN Support from September 2024."; "on 3 May" reads "in May"."""
    return _DAY.sub(lambda found: f"in {found[1]}" if found[0].startswith("on ") else found[1], text)


def when(day: date, audience: Audience, words: str, month: str) -> str:
    """`words` say the day, `month` its month."""
    return words if AUDIENCES[audience].exact else f"{month} {day.year}"
