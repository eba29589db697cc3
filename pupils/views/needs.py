"""Change a pupil's needs, set a flag beside the register and end one: in a drawer, or on a page without script."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms import FlagEndForm, FlagForm, NeedsForm
from pupils.models import PupilFlag, SENNeed
from pupils.queries import record_of
from pupils.queries.moving import standings_of
from pupils.views.chosen import say
from pupils.views.fetch import pupil_for
from pupils.views.record import offers
from sendhub.access import Permission, require

P = Permission
NEEDS, FLAG, FLAG_END = "pupils/needs_change.html", "pupils/flag_set.html", "pupils/flag_end.html"
SAVED = "pupils/register_move.html#saved"


def here_for(request, pk):
    """The pupil, if on roll and the member decides about the register."""
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.REGISTER_MOVE)
    if pupil.left_on is not None or pupil.merged_into_id is not None:
        raise Http404
    return pupil


def answer(request, pupil, words, operation=None):
    if not request.htmx:
        say(request, words, operation)
        return redirect(pupil)
    context = {
        "pupil": pupil,
        "record": record_of(request.member, pupil),
        "may": offers(request.member, pupil),
        "words": words,
        "operation": operation,
    }
    return render(request, SAVED, context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def needs_change(request, pk):
    pupil = here_for(request, pk)
    held = SENNeed.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True)
    provision = standings_of(pupil.school_id, [pk])[pk].provision
    form = NeedsForm(request.POST or None, held=held, provision=provision)
    if request.method == "POST" and form.is_valid():
        actions.set_needs(pupil=pupil, codes=form.cleaned_data["codes"], on=form.cleaned_data["on"], by=request.member)
        return answer(request, pupil, "Saved: the needs.")
    context = {"pupil": pupil, "form": form}
    return render(request, f"{NEEDS}#form" if request.htmx else NEEDS, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def flag_set(request, pk):
    pupil = here_for(request, pk)
    form = FlagForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        flagged = actions.set_flag(pupils=[pupil], by=request.member, **form.cleaned_data)
        if flagged.flags:
            words = f"Saved: {flagged.flags[0].get_kind_display().lower()}. The register stays as it is."
            return answer(request, pupil, words, flagged.operation)
        form.add_error("kind", f"{pupil.forename} has this flag already. End that one first.")
    context = {"pupil": pupil, "form": form}
    return render(request, f"{FLAG}#form" if request.htmx else FLAG, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def flag_end(request, pk, flag):
    pupil = here_for(request, pk)
    open_flags = PupilFlag.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on__isnull=True)
    held = get_object_or_404(open_flags, pk=flag)
    form = FlagEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            operation = actions.end_flag(flags=[held], by=request.member, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return answer(request, pupil, f"Saved: {held.get_kind_display().lower()} ended.", operation)
    context = {"pupil": pupil, "form": form, "flag": held, "today": timezone.localdate()}
    page = f"{FLAG_END}#form" if request.htmx else FLAG_END
    return render(request, page, context, status=422 if form.errors else 200)
