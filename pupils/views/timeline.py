"""Everything that happened to a pupil, newest first, by kind and school year."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.forms import TimelineForm
from pupils.queries.timeline import SIZE, timeline_of
from pupils.views.fetch import pupil_for
from pupils.views.record import logged, offers
from pupils.words import count_words
from sendhub.access import Permission, require

PAGE = "pupils/pupil_timeline.html"


@require_safe
@require(Permission.PUPIL_RECORD)
def pupil_timeline(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    why = logged(request, pupil, "pupil.timeline")
    wanted, day = asked(request.GET), timezone.localdate()
    found = timeline_of(request.member, pupil, day, **wanted)
    page = Paginator(range(found.total), SIZE).get_page(wanted["skip"] // SIZE + 1)
    if found.total and not found.lines:  # a page that is no more: the last one
        found = timeline_of(request.member, pupil, day, **{**wanted, "skip": page.start_index() - 1})
    context = {
        "pupil": pupil,
        "why": why,
        "found": found,
        "title": title(found.total, wanted),
        "page": page,
        "form": filters(found, wanted),
        "here": reverse("pupils:pupil-timeline", args=[pk]),
        "may": offers(request.member, pupil),
    }
    return render(request, f"{PAGE}#found" if request.htmx else PAGE, context)


def asked(query):
    """What the address asks for; what does not make sense counts as not asked."""
    form = TimelineForm(query)
    given = form.cleaned_data if form.is_valid() else {}
    kind, page = given.get("kind"), given.get("page") or 1
    return {"kinds": [kind] if kind else None, "year": given.get("year"), "skip": (page - 1) * SIZE}


def title(total, wanted):
    what = count_words(total, "thing", "things")
    return f"{what[:1].upper()}{what[1:]} happened{' of this kind' if wanted['kinds'] else ''}."


def filters(found, wanted):
    """The form with the kinds and years that have something, and those that were asked for."""
    kinds = [(kind, f"{words} ({number})") for kind, words, number in found.kinds]
    return TimelineForm(
        initial={"kind": (wanted["kinds"] or [""])[0], "year": wanted["year"]}, kinds=kinds, years=found.years
    )
