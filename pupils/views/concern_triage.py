"""Those who look at concerns first: the list of what waits, what comes of one, whom a typed name means."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.forms import ConcernFindForm
from pupils.forms.concerns import MatchForm, TriageForm
from pupils.models import Concern, Pupil
from pupils.models.concerns import Stage
from pupils.queries.concerns import first_look, line_of
from pupils.queries.find import find_pupils
from pupils.views.concerns import offered, shown
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.rules import concerns as rules
from staff.calendar import calendar_of

SIZE = 50
TABS = {"open": "To look at", "mine": "Raised by me", "over": "Over"}


@require_safe
def concern_list(request):
    """What waits for one's look, longest first; what one raised; what is over."""
    member, day = request.member, timezone.localdate()
    looks = member.can(Permission.CONCERN_TRIAGE)
    tabs = [tab for tab in TABS if looks or tab == "mine"]
    tab = request.GET.get("tab") if request.GET.get("tab") in tabs else tabs[0]
    page = Paginator(listed(member, tab, day), SIZE).get_page(request.GET.get("page"))
    calendar = calendar_of(member.school_id)
    lines = [line_of(concern, calendar, day, tab != "mine") for concern in page.object_list]
    ids = sorted({concern.pupil_id for concern in page.object_list if concern.pupil_id})
    if ids:
        log_access(member, "concern.list", school_id=member.school_id, request_id=request.id, ids=ids)
    here = reverse("pupils:concern-list")
    context = {
        "lines": lines,
        "page": page,
        "tab": tab,
        "title": title(tab, page.paginator.count, sum(line.mark == "late" for line in lines)),
        "tabs": [{"url": f"{here}?tab={each}", "label": TABS[each], "current": each == tab} for each in tabs],
    }
    return render(request, "pupils/concern_list.html", context)


def listed(member, tab, day):
    rows = Concern.objects.select_related("pupil", "raised_by__user")
    if tab == "mine":
        return rows.filter(school_id=member.school_id, raised_by=member).order_by("-raised_on", "-id")
    rows = rows.filter(pk__in=Concern.objects.looked_at_by(member, day).values("pk"))
    if tab == "open":
        return rows.open().order_by("since", "id")
    return rows.filter(stage__in=[Stage.STEP, Stage.CLOSED]).order_by("-since", "-id")


def title(tab, total, late):
    words = count_words(total, "concern", "concerns")
    words = words[:1].upper() + words[1:]
    if tab == "mine":
        return f"You have raised {count_words(total, 'concern', 'concerns')}."
    if tab == "over":
        return f"{words} {'is' if total == 1 else 'are'} over."
    return f"{words} to look at{f'. {late} late' if late else ''}."


def decided_by(request, pk):
    """A concern of which this member decides."""
    rows = Concern.objects.looked_at_by(request.member).select_related("pupil", "raised_by__user")
    return get_object_or_404(rows, pk=pk)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.CONCERN_TRIAGE)
def concern_triage(request, pk):
    concern = decided_by(request, pk)
    if request.method != "POST":
        return redirect(concern)
    form = TriageForm(request.POST, stages=offered(concern, request.member))
    if not form.is_valid():
        return shown(request, concern, True, form, 422)
    try:
        moved = actions.move_concern(concern=concern, by=request.member, **form.cleaned_data)
    except actions.NotNow:
        return overtaken(request, pk)
    messages.success(request, f"Saved: {moved.get_stage_display().lower()}. {concern.raised_by.name} is told.")
    return redirect(moved)


def overtaken(request, pk):
    """Somebody else has moved it: the page as it is now, with this person's words in the form."""
    concern = decided_by(request, pk)
    form = TriageForm({**request.POST.dict(), "version": concern.version}, stages=offered(concern, request.member))
    form.add_error(None, "Somebody else decided meanwhile: see below. Your words are kept; save again if they hold.")
    return shown(request, concern, True, form, 409)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.CONCERN_TRIAGE)
def concern_match(request, pk):
    """Find the pupil whom a typed name means. Only here is it compared with anybody."""
    concern = decided_by(request, pk)
    if concern.pupil_id:
        return redirect(concern)
    if request.method == "POST":
        form = MatchForm(request.POST)
        pupils = Pupil.objects.visible_to(request.member).on_roll()
        pupil = pupils.filter(pk=form.cleaned_data["pupil"]).first() if form.is_valid() else None
        if pupil is None:
            return shown(request, concern, True, status=422)
        look = first_look(pupil, pupil.school_id, timezone.localdate())
        actions.match_concern(concern=concern, pupil=pupil, tell=look.members, by=request.member)
        messages.success(request, f"Saved: it is about {pupil.name}. {look.words}, is told.")
        return redirect(concern)
    form = ConcernFindForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    return shown(request, concern, True, found=find_pupils(request.member, text), text=text)


@require_safe
@require(Permission.PUPIL_RECORD)
def pupil_concerns(request, pk):
    """Every concern about a pupil. What somebody wrote is for its writer and for those who decide of it."""
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    why = logged(request, pupil, "concern.list")
    day = timezone.localdate()
    rows = Concern.objects.filter(school_id=pupil.school_id, pupil=pupil).exclude(stage=Stage.WITHDRAWN)
    concerns = list(rows.select_related("pupil", "raised_by__user").order_by("-raised_on", "-id")[:SIZE])
    readable = set(Concern.objects.visible_to(request.member, day).filter(pupil=pupil).values_list("pk", flat=True))
    calendar = calendar_of(pupil.school_id)
    open_ = sum(rules.Stage(concern.stage) in rules.OPEN for concern in concerns)
    context = {
        "pupil": pupil,
        "why": why,
        "lines": [line_of(concern, calendar, day, True) for concern in concerns],
        "readable": readable,
        "title": f"{count_words(open_, 'concern is', 'concerns are')} open.".capitalize(),
        "here": pupil.left_on is None,
    }
    return render(request, "pupils/pupil_concerns.html", context)
