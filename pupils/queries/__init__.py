"""Page-sized reads about pupils. Each says how many queries it makes; none takes a row that its reader may not see."""

from pupils.queries.counts import register_counts, sees_small, small_number
from pupils.queries.doubles import likely_doubles, pupils_named, suggested_doubles
from pupils.queries.facts import GAP_WORDS, Facts
from pupils.queries.files import files_for
from pupils.queries.find import find_pupils, recent_pupils
from pupils.queries.leaving import ends_with
from pupils.queries.lists import rows_of
from pupils.queries.merging import sides, standing, what_moves
from pupils.queries.reach import member_about, why_can_see
from pupils.queries.reading import names_of, readable, reading_counts, reading_queue, short_of, tagged
from pupils.queries.record import adults_of, record_of
from pupils.queries.standings import LACKS, standings

__all__ = [
    "GAP_WORDS",
    "LACKS",
    "Facts",
    "adults_of",
    "ends_with",
    "files_for",
    "find_pupils",
    "likely_doubles",
    "member_about",
    "names_of",
    "pupils_named",
    "readable",
    "reading_counts",
    "reading_queue",
    "recent_pupils",
    "record_of",
    "register_counts",
    "rows_of",
    "sees_small",
    "short_of",
    "sides",
    "small_number",
    "standing",
    "standings",
    "suggested_doubles",
    "tagged",
    "what_moves",
    "why_can_see",
]
