"""What the family says is wrong, and a record whose use is restricted: the page of both, and their forms."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.drafts import CORRECTION_ADD, CORRECTION_CHANGE
from pupils.forms.rights import FACTS, CorrectionForm, RestrictionForm
from pupils.models import Correction
from pupils.views.fetch import pupil_for
from pupils.views.pupil import as_typed
from pupils.views.record import logged
from sendhub.access import Permission, require
from sendhub.kit import drafts, versions

METHODS = ["GET", "HEAD", "POST"]
RECORD, RUN = Permission.PUPIL_RECORD, Permission.RIGHTS_RUN


@require_safe
@require(RECORD)
def correction_list(request, pk):
    pupil = pupil_for(request, pk, RECORD)
    why = logged(request, pupil, "pupil.corrections")
    context = {
        "pupil": pupil,
        "why": why,
        "corrections": Correction.objects.filter(school_id=pupil.school_id, pupil=pupil),
        "restriction": actions.rights.holding(pupil, timezone.localdate()).select_related("set_by__user").first(),
        "may_run": request.member.can(RUN),
    }
    return render(request, "pupils/correction_list.html", context)


@require_http_methods(METHODS)
@require(RECORD, RUN)
def correction_add(request, pk):
    pupil = pupil_for(request, pk, RECORD, RUN)
    kept = drafts.for_form(request.member, CORRECTION_ADD, pk) or {}
    form = CorrectionForm(request.POST or None, initial={"said_on": timezone.localdate(), **kept})
    if request.method == "POST" and form.is_valid():
        actions.add_correction(pupil=pupil, by=request.member, **form.facts())
        drafts.discard(by=request.member, form=CORRECTION_ADD, object_id=pk)
        messages.success(request, "Written down, beside the fact.")
        return redirect("pupils:correction-list", pk)
    return answer(request, pupil, form, bool(kept), CORRECTION_ADD, pk)


@require_http_methods(METHODS)
@require(RECORD, RUN)
def correction_change(request, pk, correction):
    pupil = pupil_for(request, pk, RECORD, RUN)
    held = get_object_or_404(Correction, school_id=pupil.school_id, pupil=pupil, pk=correction)
    kept = drafts.for_form(request.member, CORRECTION_CHANGE, held.pk) or {}
    stored = {name: getattr(held, name) for name in (*FACTS, "version")}
    form = CorrectionForm(request.POST or None, initial={**stored, **kept})
    if request.method == "POST" and form.is_valid():
        version = form.cleaned_data["version"] or 0
        try:
            actions.change_correction(correction=held, version=version, by=request.member, **form.facts())
        except versions.Conflict as conflict:
            return conflict_page(request, form, conflict, pupil)
        drafts.discard(by=request.member, form=CORRECTION_CHANGE, object_id=held.pk)
        messages.success(request, "Saved: what they say, and what you decided.")
        return redirect("pupils:correction-list", pk)
    return answer(request, pupil, form, bool(kept), CORRECTION_CHANGE, held.pk, held)


def answer(request, pupil, form, kept, draft, about, held=None):
    context = {"pupil": pupil, "form": form, "kept": kept, "draft": draft, "about": about, "held": held}
    return render(request, "pupils/correction_change.html", context, status=422 if form.errors else 200)


def conflict_page(request, form, conflict, pupil):
    conflict.mine = {name: as_typed(value) for name, value in conflict.mine.items()}
    for name in conflict.fields:
        setattr(conflict.current, name, as_typed(getattr(conflict.current, name)))
    labels = {name: form.fields[name].label for name in conflict.fields}
    return versions.conflict_page(request, conflict, back=pupil.get_absolute_url(), labels=labels)


@require_http_methods(METHODS)
@require(RECORD, RUN)
def restriction_set(request, pk):
    pupil = pupil_for(request, pk, RECORD, RUN)
    form = RestrictionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_restriction(pupil=pupil, by=request.member, **form.cleaned_data)
        messages.success(request, "Restricted. The record says so at its top.")
        return redirect(pupil)
    context = {"pupil": pupil, "form": form}
    return render(request, "pupils/restriction_set.html", context, status=422 if form.errors else 200)


@require_POST
@require(RECORD, RUN)
def restriction_lift(request, pk):
    pupil = pupil_for(request, pk, RECORD, RUN)
    actions.lift_restriction(pupil=pupil, by=request.member)
    messages.success(request, "The record may be used again.")
    return redirect("pupils:correction-list", pk)
