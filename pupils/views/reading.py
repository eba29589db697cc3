"""Getting to know the pupils: the queue with its counter, one short page after another, and the tag."""

from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.forms import ReadForm, TagForm, chosen_of
from pupils.queries import names_of, readable, reading_queue, short_of
from pupils.views.fetch import pupil_for
from pupils.views.record import logged, offers
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.rules.reading import pace

LIST = "pupils:reading-list"
NEEDS = (Permission.PUPIL_RECORD, Permission.READING_KEEP)


@require_safe
@require(*NEEDS)
def reading_list(request):
    member, day = request.member, timezone.localdate()
    parts = reading_queue(member, day)
    part = part_of(parts, request.GET.get("part", ""))
    rows = [{**row, "url": read_url(row["place"].pk, part.key)} for row in names_of(member, part.places)]
    if rows:
        ids = [place.pk for place in part.places]
        log_access(member, "pupil.list", school_id=member.school_id, request_id=request.id, page="reading", ids=ids)
    context = {
        "whole": parts[0],
        "part": part,
        "tabs": [
            {
                "url": list_url(each.key),
                "label": each.label,
                "count": f"{each.read} of {each.total}",
                "current": each is part,
            }
            for each in parts
        ],
        "rows": rows,
        "pace": pace(parts[0].left, timezone.localdate(member.started_at), day),
        "first": read_url(part.first, part.key) if part.first else "",
    }
    return render(request, "pupils/reading_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def reading_show(request, pk):
    pupil, day = pupil_for(request, pk, *NEEDS), timezone.localdate()
    if pupil.left_on is not None:
        raise Http404
    form = ReadForm(request.POST) if request.method == "POST" else None
    if form and form.is_valid():
        return after_reading(request, pupil, day, **form.cleaned_data)
    part = part_of(reading_queue(request.member, day), request.GET.get("part", ""))
    before, after, number = part.beside(pupil.pk)
    context = {
        "pupil": pupil,
        "short": short_of(request.member, pupil, day),
        "why": logged(request, pupil, "pupil.read"),
        "may": offers(request.member, pupil),
        "part": part,
        "number": number,
        "before": before and read_url(before, part.key),
        "after": after and read_url(after, part.key),
        "back": list_url(part.key),
    }
    return render(request, "pupils/reading_show.html", context, status=422 if form else 200)


def after_reading(request, pupil, day, *, read, part):
    """On to the next unread pupil of this part; back to the queue when there is none."""
    if read == "no":
        actions.mark_unread(pupil=pupil, by=request.member)
        messages.success(request, f"{pupil.name} is in the queue again.")
        return redirect(read_url(pupil.pk, part))
    actions.mark_read(pupil=pupil, on=day, by=request.member)
    found = part_of(reading_queue(request.member, day), part)
    following = found.after(pupil.pk)
    if following is None:
        where = "all" if not found.key else f"all of “{found.label}”"
        messages.success(request, f"You have read {where}: {count_words(found.total, 'pupil', 'pupils')}.")
        return redirect(list_url(""))
    return redirect(read_url(following, found.key))


@require_POST
@require(*NEEDS)
def reading_tag(request, pk):
    pupil = pupil_for(request, pk, *NEEDS)
    form = TagForm(request.POST)
    if not form.is_valid():
        messages.error(request, "That did not save. Nothing is lost. Try again.")
        return redirect(pupil)
    if form.cleaned_data["tagged"] == "yes":
        actions.tag_pupils(pupils=[pupil], on=timezone.localdate(), by=request.member)
        messages.success(request, f"{pupil.name} is on your list to get to know.")
    else:
        actions.untag_pupil(pupil=pupil, by=request.member)
        messages.success(request, f"{pupil.name} is off your list to get to know.")
    return redirect(pupil if form.cleaned_data["back"] == "record" else read_url(pupil.pk, form.cleaned_data["part"]))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*NEEDS)
def reading_tag_many(request):
    """Those chosen in the list, looked over once. Whom the reader may not open is left out without a word."""
    chosen = chosen_of(request.GET, request.member)
    pupils = list(readable(request.member, timezone.localdate()).filter(pk__in=chosen.ids))
    if request.method == "POST" and pupils:
        new = actions.tag_pupils(pupils=pupils, on=timezone.localdate(), by=request.member)
        messages.success(
            request, f"{count_words(new, 'pupil is', 'pupils are')} new on your list to get to know.".capitalize()
        )
        return redirect(list_url("tagged"))
    context = {"pupils": pupils, "query": chosen.query}
    return render(request, "pupils/reading_tag_many.html", context, status=422 if request.method == "POST" else 200)


def part_of(parts, key):
    """The part that is asked for; everyone for one that is not there (any more)."""
    return next((part for part in parts if part.key == key), parts[0])


def list_url(key):
    return reverse(LIST) + (f"?{urlencode({'part': key})}" if key else "")


def read_url(pk, key):
    return reverse("pupils:reading-show", args=[pk]) + (f"?{urlencode({'part': key})}" if key else "")
