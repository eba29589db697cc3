"""The first and last days of a pupil's provisions, put right."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.forms.days import DaysForm
from pupils.models import SENRecord
from pupils.views.chosen import say
from pupils.views.gaps import back_to
from pupils.views.needs import here_for
from sendhub.access import Permission, require


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.REGISTER_MOVE)
def days_change(request, pk):
    pupil = here_for(request, pk)
    records = list(SENRecord.objects.filter(school_id=pupil.school_id, pupil=pupil).order_by("starts_on", "pk"))
    if not records:
        raise Http404
    form = DaysForm(request.POST or None, records=records)
    home = back_to(request, pupil.get_absolute_url())
    if request.method == "POST" and form.is_valid():
        operation = actions.change_days(pupil=pupil, days=form.days, gone=form.gone, by=request.member)
        say(request, "Saved: the days on the register.", operation)
        return redirect(home)
    url = reverse("pupils:days-change", args=[pk])
    context = {"pupil": pupil, "form": form, "home": home, "url": f"{url}?{request.GET.urlencode()}"}
    return render(request, "pupils/days_change.html", context, status=422 if form.errors else 200)
