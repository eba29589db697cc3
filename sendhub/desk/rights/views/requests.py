"""A request for all that is kept on a child: who asks, the days on its way, what is looked at, the archive."""

import uuid

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils.models import Pupil
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.desk import actions
from sendhub.desk.drafts import REQUEST
from sendhub.desk.jobs import ARCHIVE
from sendhub.desk.models import AccessRequest
from sendhub.desk.rights import queries
from sendhub.desk.rights.archive import withheld
from sendhub.desk.rights.forms import FindForm, RequestAddForm, RequestForm, TickForm
from sendhub.desk.rights.ticks import may_decide, review_of
from sendhub.desk.rights.views.save import add_or_change
from sendhub.desk.year import calendar_of
from sendhub.kit import jobs
from sendhub.kit.forms import OnceForm
from staff.signin.stepup import step_up

METHODS = ["GET", "HEAD", "POST"]
A_PAGE = 50


def request_for(http, pk):
    """The request, of one's own school."""
    rows = AccessRequest.objects.filter(school_id=http.member.school_id).select_related("pupil", "contact", "school")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def request_add(request):
    """First whose data (found by name, in a form, so that no name is in an address), then who asks."""
    member = request.member
    if not request.GET.get("pupil"):
        return find_pupil(request)
    pupils = Pupil.objects.filter(school_id=member.school_id, merged_into__isnull=True)
    pk = request.GET["pupil"]
    pupil = get_object_or_404(pupils, pk=int(pk)) if pk.isascii() and pk.isdigit() and len(pk) < 16 else None
    if pupil is None:
        raise Http404
    form = RequestAddForm(request.POST or None, pupil=pupil)
    if request.method == "POST" and form.is_valid():
        made = actions.add_request(pupil=pupil, by=member, **form.cleaned_data)
        messages.success(request, "Written down. The month begins when you know who asks.")
        return redirect(made)
    context = {"pupil": pupil, "form": form}
    return render(request, "desk/rights/request_add.html", context, status=422 if form.errors else 200)


def find_pupil(request):
    form = FindForm(request.POST or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = queries.pupils_called(request.member.school_id, form.cleaned_data["name"])
        log_access(
            request.member, "request.find", school_id=request.member.school_id, request_id=request.id,
            ids=[pupil.pk for pupil in found],
        )  # fmt: skip
    context = {"form": form, "found": found}
    return render(request, "desk/rights/request_find.html", context, status=422 if form.errors else 200)


@require_safe
@require(Permission.RIGHTS_RUN)
def request_show(request, pk):
    asked, today = request_for(request, pk), timezone.localdate()
    look(request, asked, "request.open")
    review = review_of(asked) if asked.open else None
    context = {
        "asked": asked,
        "dated": queries.dated_request(asked, calendar_of(asked.school_id), today),
        "today": today,
        "left": len(review.left) if review else 0,
        "done": len(review.done) if review else 0,
    }
    return render(request, "desk/rights/request_show.html", context)


def look(request, asked, verb):
    log_access(
        request.member, verb, school_id=asked.school_id, pupil_id=asked.pupil_id, request_id=request.id,
        why="Answers requests for a child’s data", request=asked.pk,
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def request_change(request, pk):
    asked = request_for(request, pk)

    def save(**facts):
        actions.change_request(request=asked, by=request.member, **facts)

    return add_or_change(
        request, RequestForm, draft=REQUEST, page="desk/rights/request_change.html", home=asked.get_absolute_url(),
        save=save, row=asked, said="Saved: the days of the request.", context={"asked": asked}, asked=asked,
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def request_flags(request, pk):
    """What a person has to look at, the gravest first; ticked many at once. Words that this reader may not see are
    not shown, and wait for somebody who may."""
    asked = request_for(request, pk)
    if not asked.open:
        raise Http404
    review = review_of(asked)
    tab = "done" if request.GET.get("tab") == "done" else "left"
    member = request.member
    mine = {flag.key.text: flag for flag in review.flags.values() if may_decide(member, flag)}
    form = TickForm(request.POST or None, flags=mine)
    if request.method == "POST" and form.is_valid():
        keys = form.chosen()
        said = {name: form.cleaned_data[name] for name in ("decision", "reason")}
        actions.tick(request=asked, keys=keys, by=member, **said)
        messages.success(request, f"Decided: {count_words(len(keys), 'thing', 'things')}.")
        return redirect(f"{reverse('rights:request-flags', args=[pk])}?tab={tab}")
    look(request, asked, "request.review")
    page = Paginator(review.done if tab == "done" else review.left, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "asked": asked,
        "form": form,
        "tab": tab,
        "page": page,
        "rows": [shown(flag, review, member) for flag in page],
        "left": len(review.left),
        "done": len(review.done),
    }
    return render(request, "desk/rights/request_flags.html", context, status=422 if form.errors else 200)


def shown(flag, review, member):
    return {"flag": flag, "tick": review.ticks.get(flag.key), "may": may_decide(member, flag)}


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def request_archive(request, pk):
    """Starts the job that makes the archive, once everything is ticked and it is settled who asks."""
    asked = request_for(request, pk)
    if not asked.open:
        raise Http404
    return make_archive(request, asked)


@step_up
def make_archive(request, asked):
    pk = asked.pk
    if asked.settled_on is None:
        messages.error(request, "First say how you know who asks.")
        return redirect("rights:request-change", pk)
    review = review_of(asked)
    if review.left:
        more = count_words(len(review.left), "thing has", "things have")
        messages.error(request, f"Look through it first: {more} no tick.")
        return redirect("rights:request-flags", pk)
    form = OnceForm(request.POST or None, initial={"form_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        return redirect(
            jobs.start(
                school_id=asked.school_id, kind=ARCHIVE, params={"request": pk}, by=request.member,
                title="A child’s data, to be given", **form.cleaned_data,
            )
        )  # fmt: skip
    context = {"asked": asked, "form": form, "withheld": withheld(review), "done": len(review.done)}
    return render(request, "desk/rights/request_archive.html", context, status=422 if form.errors else 200)
