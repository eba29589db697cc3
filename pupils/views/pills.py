"""The views of the list: those that ship, the member's own and the school's, each with how many it shows now."""

from urllib.parse import urlencode

from django.http import QueryDict
from django.urls import reverse

from pupils.forms import wanted_of
from pupils.forms.filters import SEN_GAPS, begun, gaps_for, hidden_fields
from pupils.queries import GAP_WORDS
from pupils.queries.facts import EVERYONE, REGISTER
from sendhub.access import Permission, Scope
from sendhub.kit import saved_views
from sendhub.many import CURRENT, filled

PAGE = "pupils:pupil-list"
MOST_VIEWS = 12
PILL = '<a href="{url}"{current}>{label} <span class="count">{count}</span></a>\n'


def views_for(member, then=False):
    """The pills: those that ship, then the member's own and the school's. One query.

    A shared view that filters by what this member may not know is left out: its count would tell. In the register
    `then`, on an earlier day, there is nothing to put right any more.
    """
    sen, all_in_scope = member.can(Permission.PUPIL_RECORD), member.scope == Scope.ALL
    shipped = [("On the register", {"provision": REGISTER})] if sen else []
    if sen:
        shipped += [("EHC plans", {"provision": "E"}), ("SEN Support", {"provision": "K"})]
    everyone = ("Everyone" if all_in_scope else "All your pupils", {"provision": EVERYONE} if sen else {})
    shipped = [*shipped, everyone] if all_in_scope else [everyone, *shipped]
    shipped += [(GAP_WORDS[gap], {"gap": gap}) for gap in pill_gaps(member) if not then]
    views = [
        {"label": label, "query": urlencode(asked), "wanted": begun(asked, member) if sen else asked}
        for label, asked in shipped
    ]
    hidden = hidden_fields(member)
    for name, kept in saved_views.for_page(member, PAGE)[:MOST_VIEWS]:
        query = QueryDict(kept)
        if not hidden & query.keys():
            views.append({"label": name, "query": kept, "wanted": wanted_of(query, member)})
    return views


def pill_gaps(member):
    """The gaps of the register for those who fill them; families without an address for the office, who does."""
    gaps = gaps_for(member)
    return [gap for gap in gaps if gap in SEN_GAPS] or gaps


def pills(views, facts, wanted):
    """Drawn, and counted as at the day that the page is about, which each link keeps. A gap that nobody has is left
    out, so that what is to be put right stands out."""
    here, day = reverse(PAGE), {"at": wanted["at"]} if "at" in wanted else {}
    found = []
    for view in views:
        count, current = len(facts.matching(view["wanted"])), {**view["wanted"], **day} == wanted
        if count or current or "gap" not in view["wanted"]:
            url = address(here, view["query"], day)
            found.append({"url": url, "label": view["label"], "count": count, "current": CURRENT[current]})
    return filled(PILL, found)


def address(here, query, day):
    words = "&".join(part for part in (query, urlencode(day)) if part)
    return f"{here}?{words}" if words else here
