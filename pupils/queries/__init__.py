"""Page-sized reads about pupils. Each says how many queries it makes; none takes a row that its reader may not see."""

from pupils.queries.counts import gap_counts, register_counts, registered_by_year, sees_small, small_number
from pupils.queries.filters import GAP_WORDS, filtered
from pupils.queries.find import find_pupils
from pupils.queries.lists import counts_of, filter_choices, page_of_rows, sen_words, sorted_pupils
from pupils.queries.reach import why_can_see
from pupils.queries.record import adults_of, record_of

__all__ = [
    "GAP_WORDS",
    "adults_of",
    "counts_of",
    "filter_choices",
    "filtered",
    "find_pupils",
    "gap_counts",
    "page_of_rows",
    "record_of",
    "register_counts",
    "registered_by_year",
    "sees_small",
    "sen_words",
    "small_number",
    "sorted_pupils",
    "why_can_see",
]
