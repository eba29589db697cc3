"""The school's directory of agencies and the people who work there. No pupil is named in it."""

from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.forms.agencies import AgencyForm, ProfessionalForm
from pupils.forms.kept import KeptEndForm
from pupils.models import Agency, Professional
from pupils.views import keep
from pupils.views.support import support_tabs
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.kit import versions

READS = (Permission.PUPIL_RECORD, Permission.CONTACT_VIEW)
WRITES = (*READS, Permission.SUPPORT_KEEP)


def home():
    return reverse("pupils:agency-list")


@require_safe
@require(*READS)
def agency_list(request):
    day, keeps = timezone.localdate(), request.member.throughout().can(Permission.SUPPORT_KEEP)
    holds = Q(ties__pupil__left_on=None, ties__starts_on__lte=day) & (Q(ties__ends_on=None) | Q(ties__ends_on__gte=day))
    agencies = Agency.objects.filter(school_id=request.member.school_id).prefetch_related("professionals")
    if keeps:
        agencies = agencies.annotate(pupils=Count("ties__pupil", filter=holds, distinct=True))
    rows = list(agencies)
    for agency in rows:
        agency.pupil_words = count_words(agency.pupils, "pupil", "pupils") if keeps else ""
    context = {
        "agencies": [agency for agency in rows if agency.ends_on is None or agency.ends_on >= day],
        "gone": [agency for agency in rows if agency.ends_on and agency.ends_on < day],
        "today": day,
        "keeps": keeps,
        "tabs": support_tabs(request.member.throughout(), "pupils:agency-list"),
    }
    return render(request, "pupils/agency_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def agency_add(request):
    form = AgencyForm(request.POST or None, school_id=request.member.school_id)
    if request.method == "POST" and form.is_valid():
        actions.add_agency(school_id=request.member.school_id, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: the agency is in the directory.")
    return keep.answer(request, form, "A new agency", back=home())


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def agency_change(request, pk):
    held = get_object_or_404(Agency, school_id=request.member.school_id, pk=pk)
    form = AgencyForm(request.POST or None, row=held, school_id=held.school_id)
    return changed(request, held, form, actions.change_agency, "Change the agency")


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def agency_end(request, pk):
    held = get_object_or_404(Agency, school_id=request.member.school_id, pk=pk)
    lead = "It is no longer offered after that day. Pupils with whom it works keep it."
    return ended(request, held, actions.end_agency, "Until when is the agency used?", lead)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def professional_add(request, pk):
    """`pk` is that of the agency."""
    agency = get_object_or_404(Agency, school_id=request.member.school_id, pk=pk)
    form = ProfessionalForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.add_professional(agency=agency, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: they are in the directory.")
    return keep.answer(request, form, f"Who works for {agency.name}?", back=home())


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def professional_change(request, pk):
    held = get_object_or_404(Professional, school_id=request.member.school_id, pk=pk)
    form = ProfessionalForm(request.POST or None, row=held)
    return changed(request, held, form, actions.change_professional, "Change the professional")


@require_http_methods(["GET", "HEAD", "POST"])
@require(*WRITES)
def professional_end(request, pk):
    held = get_object_or_404(Professional, school_id=request.member.school_id, pk=pk)
    return ended(request, held, actions.end_professional, "Until when are they there?", "Pupils keep them until then.")


def changed(request, held, form, act, heading):
    if request.method == "POST" and form.is_valid():
        try:
            act(row=held, by=request.member, **form.cleaned_data)
        except versions.Conflict as conflict:
            return keep.clash(request, conflict, form, home())
        return keep.saved(request, home(), "Saved: the directory.")
    return keep.answer(request, form, heading, back=home())


def ended(request, held, act, heading, lead):
    form = KeptEndForm(request.POST if request.method == "POST" else None, row=held)
    if request.method == "POST" and form.is_valid():
        act(row=held, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: the directory.")
    return keep.answer(request, form, heading, back=home(), lead=lead)
