"""Types of need: when each was recorded, and when it ended."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import SENNeed
from pupils.queries.facts import need_words
from pupils.queries.gather import About
from pupils.queries.history import FROM_FILE

KIND = Kind.NEEDS


def began(need, member, day):
    main = ", the main one" if need.rank == 1 and need.ends_on is None else ""
    return Said(f"Need recorded: {need_words(need.code)}{main}.", "From a file." if need.source == FROM_FILE else "")


def ended(need, member, day):
    return Said(f"No longer recorded as a need: {need_words(need.code)}.")


HAPPENED = {
    "began": Happening(About(SENNeed), "t.starts_on", began),
    "ended": Happening(About(SENNeed), "t.ends_on", ended),
}
