"""Everything that happened to a pupil, as plain sentences: one module a noun.

A noun's module has KIND and HAPPENED, {name: Happening}. To add one: write the module, put it in NOUNS, and the
timeline and the story of a case have it (pupils.queries.timeline reads all of them in one statement). What may
leave the school, and to whom, stands in sendhub.rules.audiences; a kind that is not named there leaves for nobody.
"""

from pupils.happened import (
    adjustments,
    adults,
    agencies,
    arrangements,
    attendance,
    concerns,
    elsewhere,
    family,
    files,
    files_in,
    first_line,
    flags,
    medical,
    needs,
    notes,
    register,
    risk,
    school,
    suspensions,
    voice,
)
from pupils.happened.event import KIND_WORDS, Happening, Kind, Said

SUPPORT = (medical, risk, adjustments, arrangements, agencies)
AWAY = (attendance, suspensions, elsewhere)
WORDS = (first_line, notes, voice)
NOUNS = (register, flags, needs, family, *WORDS, files, concerns, *AWAY, *SUPPORT, adults, school, files_in)


def happenings_for(member):
    """{name: (kind, Happening)} of all that this reader may know of."""
    return {
        f"{noun.__name__.rpartition('.')[2]}-{name}": (each.kind or noun.KIND, each)
        for noun in NOUNS
        for name, each in noun.HAPPENED.items()
        if all(member.can(needed) for needed in each.needs)
    }


__all__ = ["KIND_WORDS", "NOUNS", "Happening", "Kind", "Said", "happenings_for"]
