"""Which pupils a list's form is about: those ticked one by one, or with all=1 everyone in the view of its filter.

The filter travels, not the names in it: a thousand ids would not fit an address, and whoever comes into the view
meanwhile is in it.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from pupils.forms.export import read_ids
from pupils.forms.filters import query_of, wanted_of
from pupils.queries import Facts


@dataclass(frozen=True, slots=True)
class Chosen:
    """`query` says the same choice again, for the address of the next page."""

    ids: list
    query: str


def chosen_of(query, member):
    """The choice in a query (QueryDict), as far as the member sees those pupils today. An earlier register chooses
    nobody: who stood in it then need not be here now."""
    member = member.throughout()
    if query.get("all") == "1":
        wanted = wanted_of(query, member)
        ids = [] if "at" in wanted else Facts(member).matching(wanted)
        return Chosen(ids, f"{query_of(wanted)}&all=1")
    ids = read_ids(query.getlist("ids")) or []
    return Chosen(ids, urlencode([("ids", pk) for pk in ids]))
