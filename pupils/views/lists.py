"""The list of pupils: saved views, filters, rows, and the bar that does something with the chosen ones."""

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pupils.forms import controls, query_of, wanted_of, words_of
from pupils.queries import Facts, rows_of
from pupils.queries.facts import EVERYONE, SORTS
from pupils.queries.gaps import gaps_of
from pupils.views.pills import PAGE, pills, views_for
from pupils.words import count_words, day_words
from sendhub.access import Permission, Scope, require
from sendhub.audit import log_access

SIZES = (50, 250)
PLAIN_SORTS = {"name", "form"}
DECIDES = {Permission.PUPIL_RECORD, Permission.REGISTER_MOVE}
# What can be done with chosen pupils: words, icon, route, the permissions it needs. Each route takes their ids, or
# all=1 and the filter of the view.
BULK = [
    ("Download the chosen", "download", "pupils:pupil-export", {Permission.REGISTER_EXPORT}),
    ("Get to know", "bookmark-plus", "pupils:reading-tag-many", {Permission.READING_KEEP, Permission.PUPIL_RECORD}),
    ("Move on the register", "arrow-right-left", "pupils:register-move-many", DECIDES),
    ("Flag", "flag", "pupils:flag-set-many", DECIDES),
]


@require_safe
@require(Permission.PUPIL_LIST)
def pupil_list(request):
    member = request.member.throughout()
    wanted = wanted_of(request.GET, member)
    facts = Facts(member, wanted.get("at"))
    sort = sort_for(member, request.GET.get("sort", ""))
    ids = facts.in_order(facts.matching(wanted), sort)
    size = SIZES[1] if request.GET.get("size") == str(SIZES[1]) else SIZES[0]
    page = Paginator(ids, size).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    log_access(
        member,
        "pupil.list",
        school_id=member.school_id,
        request_id=request.id,
        pupils=len(ids),
        ids=shown,
        filter=query_of(wanted),
    )
    context = {
        "rows": rows_of(facts, shown, here=sees_here(wanted, sort)),
        "page": page,
        "title": title(member, facts),
        "sentence": sentence(len(ids), sort, page),
        **asked(request, member, facts, wanted, ids),
        **table(request, member, facts, wanted, sort, size, len(ids)),
    }
    return render(request, "pupils/pupil_list.html#pupils" if request.htmx else "pupils/pupil_list.html", context)


def asked(request, member, facts, wanted, ids):
    """What the page says about the view: pills, filters, and the words that stand on paper."""
    views, choices = views_for(member, facts.then), facts.choices()
    first, more, more_set = controls(wanted, member, choices)
    kept = {word: value for word, value in wanted.items() if word != "at"}
    return {
        "first": first,
        "more": more,
        "more_set": more_set,
        "views": pills(views, facts, wanted),
        "mends": bool(gaps_of(member)) and not facts.then,
        "words": words_of(wanted, choices),
        "today": facts.today,
        "page_day": facts.day,
        "unknown": count_words(len(facts.unknown), "pupil", "pupils") if facts.then and facts.unknown else "",
        "then": facts.then,
        "export_query": query_of(wanted),
        "save_query": urlencode({"page": PAGE, "query": query_of(kept)}),
        "empty": {} if ids else empty_words(member, wanted, views),
    }


def table(request, member, facts, wanted, sort, size, total):
    """What the table is made of, and what can be done with its rows. What is chosen is in an earlier register not
    who is here now, so there nothing can be done with it but to download it."""
    buttons = [
        {"label": label, "icon": icon, "url": reverse(route)}
        for label, icon, route, needs in BULK
        if needs <= member.permissions and not (facts.then and route != "pupils:pupil-export")
    ]
    query, all_chosen = request.GET.dict(), request.GET.get("all") == "1"
    return {
        "columns": columns(member, sort, query, sees_here(wanted, sort)),
        "sen": member.can(Permission.PUPIL_RECORD),
        "exports": member.can(Permission.REGISTER_EXPORT),
        "here_shown": sees_here(wanted, sort),
        "buttons": buttons,
        "picks": buttons and not all_chosen,
        "total": f"{total:,}",
        "many": total > 1,
        "all_chosen": all_chosen,
        "all_url": f"?{with_query(query, all=1)}",
        "one_url": f"?{with_query(query, all='')}",
        "all_words": [(name, "1" if value is True else value) for name, value in wanted.items()],
        "sizes": size_links(query, size, total),
    }


def title(member, facts):
    whose = "Pupils" if member.scope == Scope.ALL else "Your pupils"
    return f"{whose} on {day_words(facts.day)}" if facts.then else whose


def sees_here(wanted, sort):
    """Attendance has a column when it is asked about."""
    return "here" in wanted or sort.removeprefix("-") == "here"


def sort_for(member, asked):
    """The asked sort if this member may sort so, else by name."""
    may = set(SORTS) if member.can(Permission.PUPIL_RECORD) else PLAIN_SORTS
    if not member.can(Permission.ATTENDANCE_VIEW):
        may = may - {"here"}
    return asked if asked.removeprefix("-") in may else "name"


def columns(member, sort, query, here):
    """The table's heads: label, sort link, what aria-sort says. A second press turns the order round."""
    heads = [("name", "Name"), ("form", "Form")]
    if member.can(Permission.PUPIL_RECORD):
        heads += [("provision", "Register"), ("since", "Since"), ("need", "Needs"), (None, "Key adult")]
    if here:
        heads.append(("here", "Attendance"))
    made = []
    for key, label in heads:
        head = {"label": label, "aria": "", "url": ""}
        if key:
            head["url"] = f"?{with_query(query, sort=f'-{key}' if sort == key else key)}"
            head["aria"] = {key: "ascending", f"-{key}": "descending"}.get(sort, "")
        made.append(head)
    return made


def with_query(query, **changed):
    """The query string with some words changed and the page begun again; what stands empty is left out."""
    words = {**query, **changed, "page": ""}
    return urlencode({name: value for name, value in words.items() if value != ""})


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
