"""Link an adult to a pupil, and end a link: both in a drawer, or on a page without script."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms import AdultEndForm, AdultForm
from pupils.models import PupilAdult
from pupils.queries import adults_of
from pupils.views.fetch import pupil_for
from pupils.views.record import offers
from sendhub.access import Permission, require

LINK = "pupils/adult_link.html"
END = "pupils/adult_end.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
def adult_link(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
    if pupil.left_on is not None:
        raise Http404
    form = AdultForm(request.POST or None, pupil=pupil)
    if request.method == "POST" and form.is_valid():
        tie = actions.link_adult(pupil=pupil, by=request.member, **form.cleaned_data)
        told = "They have been told by e-mail." if tie.staff.email else "They have no e-mail address here: tell them."
        return saved(request, pupil, f"Saved: {tie.staff.name} is linked. {told}")
    context = {"pupil": pupil, "form": form}
    return render(request, f"{LINK}#form" if request.htmx else LINK, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
def adult_end(request, pk, adult):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.PUPIL_LINK)
    ties = PupilAdult.objects.filter(school_id=pupil.school_id, pupil=pupil, ends_on=None).select_related("staff")
    tie = get_object_or_404(ties, pk=adult)
    form = AdultEndForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.end_adult(tie=tie, by=request.member, **form.cleaned_data)
        return saved(request, pupil, f"Saved: {tie.staff.name} is no longer linked after that day.")
    context = {"pupil": pupil, "form": form, "tie": tie}
    return render(request, f"{END}#form" if request.htmx else END, context, status=422 if form.errors else 200)


def saved(request, pupil, words):
    """The record's list of adults again, and one sentence."""
    if not request.htmx:
        messages.success(request, words)
        return redirect(pupil)
    adults = adults_of(pupil, timezone.localdate())
    context = {"pupil": pupil, "record": {"adults": adults}, "words": words, "may": offers(request.member, pupil)}
    return render(request, f"{LINK}#saved", context)
