"""What records lack, for whoever can put it in: a list a gap, each pupil beside the way to mend it."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.queries.gaps import GAPS, lacking
from pupils.views.tabs import register_tabs
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access

SIZE = 50
# These open in the drawer, and the list is read again when it shuts; the others are pages of their own.
DRAWN = {"need", "key_adult", "first_line"}


@require_safe
@require(Permission.PUPIL_LIST)
def gap_list(request):
    member, day = request.member.throughout(), timezone.localdate()
    found = lacking(member, day)
    shown = next((each for each in found if each.gap.key == request.GET.get("gap")), None)
    shown = shown or next((each for each in found if each.rows), found[0] if found else None)
    page = Paginator(shown.rows if shown else [], SIZE).get_page(request.GET.get("page"))
    if page.object_list:
        ids = [known.pk for known in page.object_list]
        log_access(member, "pupil.list", school_id=member.school_id, request_id=request.id, page="gaps", ids=ids)
    context = {
        "gap": shown and shown.gap,
        "drawn": shown and shown.gap.key in DRAWN,
        "rows": [row(shown.gap, known) for known in page.object_list],
        "page": page,
        "sees_register": member.can(Permission.PUPIL_RECORD),
        "title": title(found),
        "gaps": gap_tabs(found, shown),
        "tabs": register_tabs(member, "pupils:gap-list"),
    }
    return render(request, "pupils/gap_list.html#rows" if request.htmx else "pupils/gap_list.html", context)


def row(gap, known):
    route, args = gap.mend(known)
    url = reverse(route, args=args)
    return {"known": known, "url": url if gap.key in DRAWN else f"{url}?gap={gap.key}", "id": f"mend-{known.pk}"}


def gap_tabs(found, shown):
    here = reverse("pupils:gap-list")
    return [
        {
            "url": f"{here}?gap={each.gap.key}",
            "label": each.gap.title,
            "count": len(each.rows),
            "current": each is shown,
        }
        for each in found
    ]


def title(found):
    """The state, each pupil once however much is missing."""
    if not found:
        return "There is nothing that you could put right here."
    lacks = len({known.pk for each in found for known in each.rows})
    if not lacks:
        return "Nothing is missing that you could put in."
    return f"Something is missing for {count_words(lacks, 'pupil', 'pupils')}."


def back_to(request, home):
    """Where a page goes on when it is done: the list of gaps or the census check that it was opened from, or home."""
    came = request.GET.get("gap", "")
    if came == "census":
        return reverse("pupils:census-check")
    return f"{reverse('pupils:gap-list')}?gap={came}" if came in {gap.key for gap in GAPS} else home
