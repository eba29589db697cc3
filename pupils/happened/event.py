"""What a noun says of a pupil's time: which of its rows are events, on which day, and the sentence.

A row may be several events: a need that began and that ended is two Happenings of one table.
"""

from dataclasses import dataclass, field
from enum import StrEnum

from pupils.queries.gather import About


class Kind(StrEnum):
    """By what somebody looks for an event; the order is that of the filter."""

    REGISTER = "register"
    NEEDS = "needs"
    FAMILY = "family"
    NOTES = "notes"
    CONCERNS = "concerns"
    ATTENDANCE = "attendance"
    SUSPENSIONS = "suspensions"
    SUPPORT = "support"
    HEALTH = "health"
    AGENCIES = "agencies"
    FILES = "files"
    PEOPLE = "people"
    IMPORTS = "imports"


KIND_WORDS = {
    Kind.REGISTER: "Register",
    Kind.NEEDS: "Needs",
    Kind.FAMILY: "Family",
    Kind.NOTES: "Notes and words",
    Kind.CONCERNS: "Concerns",
    Kind.ATTENDANCE: "Attendance",
    Kind.SUSPENSIONS: "Suspensions and shorter days",
    Kind.SUPPORT: "Support",
    Kind.HEALTH: "Health and risk",
    Kind.AGENCIES: "Other agencies",
    Kind.FILES: "Files",
    Kind.PEOPLE: "People and classes",
    Kind.IMPORTS: "Files brought in",
}


@dataclass(frozen=True, slots=True)
class Said:
    """A plain sentence, what stands under it, and where all of it is."""

    what: str
    sub: str = ""
    href: str = ""


@dataclass(frozen=True)
class Happening:
    """Rows of `about` as events on the day `on` (SQL over its columns, as t; no day, no event).

    `said(row, member, day)` gives a Said, without a query. A reader needs all of `needs`; `without` narrows the rows
    for one who lacks a permission: {Permission: SQL}. What is not to be read is not counted either. With `once_a_day`
    the rows of a day are one event, and `extra` of the last of them tells of all.
    """

    about: About
    on: str
    said: object
    needs: tuple = ()
    without: dict = field(default_factory=dict)
    once_a_day: bool = False
    kind: Kind | None = None  # where it is not that of its module

    def where(self, member):
        """What else a row has to be for this reader; SQL of ours."""
        return "".join(f" AND ({sql})" for needed, sql in self.without.items() if not member.can(needed))
