"""The list of pupils: saved views, filters, rows, and the bar that exports the chosen ones."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pupils.forms import controls, query_of, wanted_of
from pupils.forms.filters import SEN_GAPS, begun, gaps_for, hidden_fields
from pupils.queries import GAP_WORDS, Facts, rows_of
from pupils.queries.facts import EVERYONE, REGISTER, SORTS
from pupils.words import count_words
from sendhub.access import Permission, Scope, require
from sendhub.audit import log_access
from sendhub.kit import saved_views

PAGE = "pupils:pupil-list"
SIZES = (50, 250)
MOST_VIEWS = 12
PLAIN_SORTS = {"name", "form"}


@require_safe
@require(Permission.PUPIL_LIST)
def pupil_list(request):
    member = request.member.throughout()
    facts = Facts(member)
    wanted = wanted_of(request.GET, member)
    sort = sort_for(member, request.GET.get("sort", ""))
    ids = facts.in_order(facts.matching(wanted), sort)
    size = SIZES[1] if request.GET.get("size") == str(SIZES[1]) else SIZES[0]
    page = Paginator(ids, size).get_page(request.GET.get("page"))
    rows = rows_of(facts, list(page.object_list))
    log_access(
        member,
        "pupil.list",
        school_id=member.school_id,
        request_id=request.id,
        pupils=len(ids),
        ids=list(page.object_list),
        filter=query_of(wanted),
    )
    views = views_for(member)
    context = {
        "controls": controls(wanted, member, facts.choices()),
        "views": pills(views, facts, wanted),
        "rows": rows,
        "page": page,
        "columns": columns(member, sort, request.GET),
        "sen": member.can(Permission.PUPIL_RECORD),
        "exports": member.can(Permission.REGISTER_EXPORT),
        "knows": keeps_list(member),
        "decides": member.can(Permission.PUPIL_RECORD) and member.can(Permission.REGISTER_MOVE),
        "picks": member.can(Permission.REGISTER_EXPORT) or keeps_list(member),
        "export_query": query_of(wanted),
        "sentence": sentence(len(ids), sort, page),
        "title": title(member),
        "sizes": size_links(request.GET, size, len(ids)),
        "save_query": urlencode({"page": PAGE, "query": query_of(wanted)}),
        "empty": {} if ids else empty_words(member, wanted, views),
    }
    return render(request, "pupils/pupil_list.html#pupils" if request.htmx else "pupils/pupil_list.html", context)


def keeps_list(member):
    """Whether they have a list of pupils to get to know, and may read about those in this list."""
    return member.can(Permission.READING_KEEP) and member.can(Permission.PUPIL_RECORD)


def title(member):
    return "Pupils" if member.scope == Scope.ALL else "Your pupils"


def views_for(member):
    """The pills: those that ship, then the member's own and the school's. One query.

    A shared view that filters by what this member may not know is left out: its count would tell.
    """
    sen, all_in_scope = member.can(Permission.PUPIL_RECORD), member.scope == Scope.ALL
    shipped = [("On the register", {"provision": REGISTER})] if sen else []
    if sen:
        shipped += [("EHC plans", {"provision": "E"}), ("SEN Support", {"provision": "K"})]
    everyone = ("Everyone" if all_in_scope else "All your pupils", {"provision": EVERYONE} if sen else {})
    shipped = [*shipped, everyone] if all_in_scope else [everyone, *shipped]
    shipped += [(GAP_WORDS[gap], {"gap": gap}) for gap in pill_gaps(member)]
    views = [
        {"label": label, "query": urlencode(asked), "wanted": begun(asked, member) if sen else asked}
        for label, asked in shipped
    ]
    hidden = hidden_fields(member)
    for view in saved_views.for_page(member, PAGE)[:MOST_VIEWS]:
        query = QueryDict(view["query"])
        if not hidden & query.keys():
            views.append({"label": view["name"], "query": view["query"], "wanted": wanted_of(query, member)})
    return views


def pill_gaps(member):
    """The gaps of the register for those who fill them; families without an address for the office, who does."""
    gaps = gaps_for(member)
    return [gap for gap in gaps if gap in SEN_GAPS] or gaps


def pills(views, facts, wanted):
    """A gap that nobody has is left out, so that what is to be put right stands out."""
    here = reverse(PAGE)
    found = [
        {
            "label": view["label"],
            "url": f"{here}?{view['query']}" if view["query"] else here,
            "count": len(facts.matching(view["wanted"])),
            "current": view["wanted"] == wanted,
            "gap": "gap" in view["wanted"],
        }
        for view in views
    ]
    return [pill for pill in found if pill["count"] or pill["current"] or not pill["gap"]]


def sort_for(member, asked):
    """The asked sort if this member may sort so, else by name."""
    may = set(SORTS) if member.can(Permission.PUPIL_RECORD) else PLAIN_SORTS
    return asked if asked.removeprefix("-") in may else "name"


def columns(member, sort, query):
    """The table's heads: label, sort link, what aria-sort says. A second press turns the order round."""
    heads = [("name", "Name"), ("form", "Form")]
    if member.can(Permission.PUPIL_RECORD):
        heads += [("provision", "Register"), ("since", "Since"), (None, "Needs")]
    made = []
    for key, label in heads:
        head = {"label": label, "aria": "", "url": ""}
        if key:
            head["url"] = f"?{with_query(query, sort=f'-{key}' if sort == key else key)}"
            head["aria"] = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        made.append(head)
    return made


def with_query(query, **changed):
    """The query string with some words changed and the page begun again."""
    words = {**query.dict(), **changed}
    words.pop("page", None)
    return urlencode(words)


def size_links(query, size, total):
    """Fifty a page or 250, where it makes a difference."""
    if total <= SIZES[0]:
        return []
    return [{"size": each, "current": each == size, "url": f"?{with_query(query, size=each)}"} for each in SIZES]


def empty_words(member, wanted, views):
    """What an empty list says: that nothing fits, or that there is nobody yet and who can change that."""
    here = reverse(PAGE)
    everyone = next(view for view in views if view["wanted"].get("provision", EVERYONE) == EVERYONE)
    if wanted.get("gap") and len(wanted) <= 2:
        return {"title": "Nobody is on this list", "text": "Nothing to put right here.", "url": here, "label": "Back"}
    if wanted != everyone["wanted"]:
        url = f"{here}?{everyone['query']}"
        text = "Try fewer filters, or look at everyone."
        return {"title": "No pupil fits this view", "text": text, "url": url, "label": "Show everyone"}
    if member.scope == Scope.ALL:
        url = reverse("pupils:import-list") if member.can(Permission.IMPORT_RUN) else ""
        text = "They come in with a file from the school's own system."
        return {"title": "No pupils yet", "text": text, "url": url, "label": "Bring in a file"}
    text = "You see the pupils whom you teach, lead or are linked to. If somebody is missing, ask your SENDCO."
    return {"title": "No pupil is linked to you today", "text": text}


def sentence(total, sort, page):
    words = [f"{count_words(total, 'pupil', 'pupils').capitalize()}."]
    if total:
        turned = ", the other way round" if sort.startswith("-") else ""
        words.append(f"Sorted by {SORTS[sort.removeprefix('-')]}{turned}.")
    if page.paginator.num_pages > 1:
        words.append(f"Page {page.number} of {page.paginator.num_pages}.")
    return " ".join(words)
