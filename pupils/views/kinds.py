"""The school's own list of access arrangements to choose from: the usual one until somebody makes it their own."""

from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.forms.arrangements import KindForm
from pupils.forms.kept import KeptEndForm
from pupils.models import ArrangementKind
from pupils.models.arrangements import APPROVALS
from pupils.queries.arrangements import kinds_offered
from pupils.views import keep
from pupils.views.support import support_tabs
from sendhub.access import require


def home():
    return reverse("pupils:kind-list")


@require_safe
@require(*keep.KEEPS)
def kind_list(request):
    school_id, day, words = request.member.school_id, timezone.localdate(), dict(APPROVALS)
    own = list(ArrangementKind.objects.filter(school_id=school_id))
    usual = [] if own else [(name, words[approval]) for name, approval in kinds_offered(school_id, day)]
    context = {
        "own": own,
        "usual": usual,
        "today": day,
        "tabs": support_tabs(request.member.throughout(), "pupils:kind-list"),
    }
    return render(request, "pupils/kind_list.html", context)


@require_POST
@require(*keep.KEEPS)
def kind_own(request):
    actions.own_kinds(school_id=request.member.school_id, by=request.member)
    return keep.saved(request, home(), "The list is the school’s own now. Change what you like.")


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def kind_add(request):
    """A first line of one's own comes on top of the usual ones."""
    school_id = request.member.school_id
    form = KindForm(request.POST or None, school_id=school_id)
    if request.method == "POST" and form.is_valid():
        if not ArrangementKind.objects.filter(school_id=school_id).exists():
            actions.own_kinds(school_id=school_id, by=request.member)
        if not ArrangementKind.objects.filter(school_id=school_id, name=form.cleaned_data["name"]).exists():
            actions.add_kind(school_id=school_id, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: it is on the list.")
    return keep.answer(request, form, "Add to the list of arrangements", back=home())


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def kind_change(request, pk):
    kind = get_object_or_404(ArrangementKind, school_id=request.member.school_id, pk=pk)
    begin = {"name": kind.name, "approval": kind.approval}
    form = KindForm(request.POST or None, school_id=kind.school_id, kind=kind, initial=begin)
    if request.method == "POST" and form.is_valid():
        actions.change_kind(kind=kind, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: the list.")
    lead = "What pupils have already keeps its name and its approval."
    return keep.answer(request, form, "Change the list of arrangements", back=home(), lead=lead)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def kind_end(request, pk):
    kind = get_object_or_404(ArrangementKind, school_id=request.member.school_id, pk=pk)
    form = KeptEndForm(request.POST if request.method == "POST" else None, row=kind)
    if request.method == "POST" and form.is_valid():
        actions.end_kind(kind=kind, by=request.member, **form.cleaned_data)
        return keep.saved(request, home(), "Saved: until when it is offered.")
    lead = "Pupils who have it keep it."
    return keep.answer(request, form, "Until when is it offered?", back=home(), lead=lead)
