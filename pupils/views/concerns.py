"""An adult raises a concern: who, what, sent; then what happens next and who was told. And what came of it."""

import uuid

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.drafts import CONCERN, CONCERN_OTHER
from pupils.forms import ConcernFindForm, ConcernForm, OtherConcernForm, WithdrawForm
from pupils.forms.concerns import TriageForm
from pupils.models import Concern, Pupil
from pupils.queries.concerns import first_look, holders, line_of, looks_at, steps_of
from pupils.queries.find import find_pupils, recent_pupils
from pupils.views.fetch import pupil_for
from pupils.words import day_words, sentence_list
from sendhub.access import Permission, Role, Scope
from sendhub.audit import log_access
from sendhub.kit import drafts
from sendhub.rules import concerns as rules
from staff.calendar import calendar_of

RAISE, SHOW = "pupils/concern_raise.html", "pupils/concern_show.html"
MOST_MINE = 300


@require_safe
def concern_who(request):
    """Choose who: one's own pupils by form, or found; somebody else is typed on the next page."""
    member, day = request.member, timezone.localdate()
    form = ConcernFindForm(request.GET)
    text = form.cleaned_data["q"].strip() if form.is_valid() else ""
    mine = []
    if member.scope == Scope.LINKED and not text:
        pupils = Pupil.objects.visible_to(member, day).on_roll().order_by("year_sort", "form", "sort_name", "id")
        mine = list(pupils.only("id", "forename", "surname", "form", "year_code")[:MOST_MINE])
        ids = [pupil.pk for pupil in mine]
        log_access(member, "pupil.list", school_id=member.school_id, request_id=request.id, page="concern", ids=ids)
    seen = member.scope != Scope.NONE
    context = {
        "form": ConcernFindForm(initial={"q": text}),
        "text": text,
        "found": find_pupils(member, text) if text and seen else None,
        "recent": recent_pupils(member) if seen and not text and not mine else [],
        "mine": mine,
        "seen": seen,
    }
    return render(request, "pupils/concern_who.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def concern_raise(request, pk):
    pupil = pupil_for(request, pk)
    if pupil.left_on is not None:
        raise Http404
    return raised(request, ConcernForm, CONCERN, pupil)


@require_http_methods(["GET", "HEAD", "POST"])
def concern_raise_other(request):
    return raised(request, OtherConcernForm, CONCERN_OTHER, None)


def raised(request, form_class, draft, pupil):
    """The page of both ways to raise one: fetch and scope are done."""
    object_id = pupil.pk if pupil else 0
    kept = drafts.for_form(request.member, draft, object_id) or {}
    form = form_class(request.POST or None, initial={"form_id": uuid.uuid4(), **kept})
    look = first_look(pupil, request.member.school_id, timezone.localdate())
    if request.method == "POST" and form.is_valid():
        concern = actions.raise_concern(pupil=pupil, tell=look.members, by=request.member, **form.cleaned_data)
        drafts.discard(by=request.member, form=draft, object_id=object_id)
        return redirect(concern)
    context = {
        "pupil": pupil,
        "form": form,
        "kept": bool(kept),
        "draft": draft,
        "object_id": object_id,
        "look": look,
        "dsl": sentence_list(each.name for each in holders(request.member.school_id, Role.DSL)),
    }
    return render(request, RAISE, context, status=422 if form.errors else 200)


def concern_for(request, pk):
    rows = Concern.objects.visible_to(request.member).select_related("pupil", "raised_by__user")
    return get_object_or_404(rows, pk=pk)


@require_safe
def concern_show(request, pk):
    concern = concern_for(request, pk)
    return shown(request, concern, looks_at(request.member, concern, timezone.localdate()))


def shown(request, concern, looks, form=None, status=200, found=None, text=""):
    """The concern, for its raiser and for whoever decides of it; for these with the form."""
    day, member = timezone.localdate(), request.member
    if looks and concern.pupil_id:
        log_access(member, "concern.open", school_id=member.school_id, pupil_id=concern.pupil_id, request_id=request.id)
    calendar = calendar_of(member.school_id)
    stages = offered(concern, member) if looks else set()
    begin = {"look_on": rules.look_again(day, calendar), "version": concern.version}
    look = first_look(concern.pupil, concern.school_id, day) if concern.stage == rules.Stage.NEW else None
    context = {
        "concern": concern,
        "line": line_of(concern, calendar, day, looks),
        "steps": steps_of(concern),
        "looks": looks,
        "look": look,
        "sendco_by": day_words(rules.sendco_sees_by(concern.raised_on, calendar, day), day),
        "mine": concern.raised_by_id == member.pk,
        "form": form or (TriageForm(initial=begin, stages=stages) if stages else None),
        "dsl": sentence_list(each.name for each in holders(member.school_id, Role.DSL)),
        "find": ConcernFindForm(initial={"q": text or concern.named}) if looks and not concern.pupil_id else None,
        "found": found,
        "record": looks and concern.pupil_id and member.can(Permission.PUPIL_RECORD),
        "may_move": looks and concern.pupil_id and member.can(Permission.REGISTER_MOVE),
    }
    return render(request, SHOW, context, status=status)


def offered(concern, member):
    """The stages that this member may send it to. While nobody has said whom it is about, it can only be closed; the
    flag is set by whoever decides about the register."""
    stages = set(rules.MOVES[rules.Stage(concern.stage)]) - {rules.Stage.NEW, rules.Stage.WITHDRAWN}
    if not concern.pupil_id:
        return stages & {rules.Stage.CLOSED}
    return stages if member.can(Permission.REGISTER_MOVE) else stages - {rules.Stage.STEP}


@require_POST
def concern_withdraw(request, pk):
    """By whoever raised it, before anybody has decided; and back again."""
    rows = Concern.objects.filter(school_id=request.member.school_id, raised_by=request.member)
    concern = get_object_or_404(rows, pk=pk)
    form = WithdrawForm(request.POST)
    back = form.is_valid() and form.cleaned_data["back"]
    try:
        actions.withdraw_concern(concern=concern, back=back, by=request.member)
    except actions.NotNow:
        messages.warning(request, "Somebody has looked at it already, so it stays. See what came of it below.")
    else:
        messages.success(
            request, "It is raised again." if back else "You have taken it back. Nobody has to look at it."
        )
    return redirect(concern)
