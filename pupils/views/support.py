"""Access arrangements of the whole school: who has what, what runs out, where nobody has said that it is used."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.cards.arrangements import DUE, LATE, approval_lacks, renewal
from pupils.due import due_mark
from pupils.queries.arrangements import arrangements_held, half_terms_of
from pupils.queries.support import to_look_at, unread_plans
from pupils.views import keep
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.rules.arrangements import half_term_began

SIZE = 50
ALL, UNSAID, ENDS, OPEN = "all", "unsaid", "ends", "open"
VIEWS = {
    ALL: "All",
    UNSAID: "Not said this half term",
    ENDS: "Run out, or soon",
    OPEN: "Not approved",
}
TABS = [
    ("pupils:support-due", "To look at again", (Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP)),
    ("pupils:support-reading", "Risk plans: read?", (Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP)),
    ("pupils:support-list", "Access arrangements", (Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP)),
    ("pupils:kind-list", "The list to choose from", (Permission.PUPIL_RECORD, Permission.SUPPORT_KEEP)),
    ("pupils:agency-list", "Agencies", (Permission.PUPIL_RECORD, Permission.CONTACT_VIEW)),
]


def support_tabs(member, here):
    tabs = [
        {"url": reverse(name), "label": label, "current": name == here, "count": None}
        for name, label, needs in TABS
        if all(member.can(permission) for permission in needs)
    ]
    return tabs if len(tabs) > 1 else []


@require_safe
@require(*keep.KEEPS)
def support_list(request):
    member, day = request.member.throughout(), timezone.localdate()
    began = half_term_began(half_terms_of(member.school_id), day)
    rows = [row_of(held, began, day) for held in arrangements_held(member, day)]
    asked = request.GET.get("view")
    view = asked if asked in VIEWS else ALL
    page = Paginator([row for row in rows if view in row["views"]], SIZE).get_page(request.GET.get("page"))
    seen(request, member, (row["pupil"].pk for row in page.object_list))
    here = reverse("pupils:support-list")
    context = {
        "title": title(rows, began),
        "page": page,
        "rows": page.object_list,
        "views": [
            {
                "url": f"{here}?view={key}",
                "label": words,
                "current": key == view,
                "count": sum(key in row["views"] for row in rows),
            }
            for key, words in VIEWS.items()
        ],
        "tabs": support_tabs(member, "pupils:support-list"),
    }
    return render(request, "pupils/support_list.html", context)


def title(rows, began):
    """The state: what is missing first."""
    unsaid = sum(UNSAID in row["views"] for row in rows)
    if not rows:
        return "Nobody has an access arrangement yet."
    if began is None:
        return "Cannot tell which are used this half term: no term dates are set."
    if unsaid:
        words = count_words(unsaid, "access arrangement", "access arrangements")
        return f"Of {words} nobody has said this half term that it is used."
    return "Each access arrangement is used this half term, somebody has said."


def row_of(held, began, day):
    """Words ready to print, and the views in which the row stands."""
    row = held.row
    mark, words = due_mark(renewal(row, day), day, late=LATE, due=DUE)
    views = {ALL}
    if began and (held.last_said is None or held.last_said < began):
        views.add(UNSAID)
    if mark in ("late", "due"):
        views.add(ENDS)
    if approval_lacks(row):
        views.add(OPEN)
        mark, words = "unsure", "Not approved yet"
    return {
        "row": row,
        "pupil": row.pupil,
        "url": reverse("pupils:arrangement-list", args=[row.pupil_id]),
        "mark": mark,
        "words": words,
        "runs_out": renewal(row, day).due,
        "last_said": held.last_said,
        "unsaid": UNSAID in views,
        "views": views,
    }


@require_safe
@require(*keep.KEEPS)
def support_due(request):
    """Healthcare plans, risk plans, adjustments, arrangements and agencies that somebody is to look at again."""
    member, day = request.member.throughout(), timezone.localdate()
    found = to_look_at(member, day)
    page = Paginator([(row, *due_mark(row.deadline, day)) for row in found], SIZE).get_page(request.GET.get("page"))
    seen(request, member, (row.pupil.pk for row, _, _ in page.object_list))
    words = count_words(len(found), "thing is", "things are")
    context = {
        "title": f"{words[:1].upper()}{words[1:]} to be looked at again." if found else "Nothing is to be looked at.",
        "page": page,
        "rows": page.object_list,
        "tabs": support_tabs(member, "pupils:support-due"),
    }
    return render(request, "pupils/support_due.html", context)


@require_safe
@require(*keep.KEEPS)
def support_reading(request):
    """Risk plans that somebody linked to the pupil has not read yet."""
    member, day = request.member.throughout(), timezone.localdate()
    found = unread_plans(member, day)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    seen(request, member, (row.pupil.pk for row in page.object_list))
    words = count_words(len(found), "risk plan waits", "risk plans wait")
    context = {
        "title": f"{words[:1].upper()}{words[1:]} to be read." if found else "Every risk plan has been read.",
        "page": page,
        "rows": [(row, *due_mark(row.deadline, day, due="Read by {day}")) for row in page.object_list],
        "tabs": support_tabs(member, "pupils:support-reading"),
    }
    return render(request, "pupils/support_reading.html", context)


def seen(request, member, ids):
    """The look at pupils in a list of what supports them."""
    ids = sorted(set(ids))
    if ids:
        log_access(member, "support.list", school_id=member.school_id, request_id=request.id, ids=ids)
