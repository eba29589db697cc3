"""A pupil added by hand, their details changed, gone and come back."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.drafts import PUPIL_ADD, PUPIL_CHANGE
from pupils.forms import BackForm, LeaveForm, PupilChangeForm, PupilForm
from pupils.forms.pupil import DETAILS
from pupils.queries import ends_with, likely_doubles
from pupils.views.fetch import pupil_for
from sendhub.access import Permission, require
from sendhub.kit import drafts, versions


def home_of(member, pk):
    """The record, or the family's page for whoever may not open records."""
    return reverse("pupils:pupil-record" if member.can(Permission.PUPIL_RECORD) else "pupils:pupil-contacts", args=[pk])


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_LIST, Permission.PUPIL_ADD)
def pupil_add(request):
    member, today = request.member, timezone.localdate()
    kept = drafts.for_form(member, PUPIL_ADD) or {}
    form = PupilForm(
        request.POST or None,
        initial={"joined_on": today, **kept},
        doubles=lambda said: [(pupil, home_of(member, pupil.pk)) for pupil in likely_doubles(member, said)],
    )
    if request.method == "POST" and form.is_valid():
        try:
            on = max(today, form.cleaned_data["joined_on"] or today)
            pupil = actions.add_pupil(school=member.school, by=member, on=on, **form.details())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            drafts.discard(by=member, form=PUPIL_ADD)
            messages.success(request, "Saved: the pupil is added.")
            return redirect(home_of(member, pupil.pk))
    context = {"form": form, "kept": bool(kept), "draft": PUPIL_ADD}
    return render(request, "pupils/pupil_add.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_LIST, Permission.PUPIL_ADD)
def pupil_change(request, pk):
    pupil = here(request, pk)
    kept = drafts.for_form(request.member, PUPIL_CHANGE, pk) or {}
    stored = {name: getattr(pupil, name) for name in (*DETAILS, "version")}
    form = PupilChangeForm(request.POST or None, initial={**stored, **kept}, pupil=pupil)
    home = home_of(request.member, pk)
    if request.method == "POST" and form.is_valid():
        try:
            on, version = timezone.localdate(), form.cleaned_data["version"]
            actions.change_pupil(pupil=pupil, version=version, by=request.member, on=on, **form.details())
        except versions.Conflict as conflict:
            return conflict_page(request, form, conflict, home)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            drafts.discard(by=request.member, form=PUPIL_CHANGE, object_id=pk)
            messages.success(request, "Saved: the details.")
            return redirect(home)
    context = {"pupil": pupil, "form": form, "kept": bool(kept), "draft": PUPIL_CHANGE, "home": home}
    return render(request, "pupils/pupil_change.html", context, status=422 if form.errors else 200)


def here(request, pk, left=False):
    """A pupil on roll (or, with `left`, one who has gone), over whom the member may do this."""
    pupil = pupil_for(request, pk, Permission.PUPIL_LIST, Permission.PUPIL_ADD)
    if (pupil.left_on is not None) is not left:
        raise Http404
    return pupil


def conflict_page(request, form, conflict, home):
    """Both sides in words as a form takes them."""
    labels = {name: form.fields[name].label for name in DETAILS}
    conflict.mine = {name: as_typed(value) for name, value in conflict.mine.items()}
    for name in conflict.fields:
        setattr(conflict.current, name, as_typed(getattr(conflict.current, name)))
    hidden = [("sure", "on")] if form.cleaned_data["sure"] else []
    return versions.conflict_page(request, conflict, back=home, labels=labels, hidden=hidden)


def as_typed(value):
    return value if isinstance(value, str) else value.isoformat() if value else ""


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_LIST, Permission.PUPIL_ADD)
def pupil_leave(request, pk):
    pupil = here(request, pk)
    form = LeaveForm(request.POST or None, pupil=pupil)
    home = home_of(request.member, pk)
    if request.method == "POST" and form.is_valid():
        actions.take_leave(pupil=pupil, by=request.member, **form.cleaned_data)
        messages.success(request, "Saved: marked as left. If they come back, say so on their record.")
        return redirect(home)
    context = {"pupil": pupil, "form": form, "ends": ends_with(pupil), "home": home}
    return render(request, "pupils/pupil_leave.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_LIST, Permission.PUPIL_ADD)
def pupil_return(request, pk):
    pupil = here(request, pk, left=True)
    form = BackForm(request.POST or None)
    home = home_of(request.member, pk)
    if request.method == "POST" and form.is_valid():
        actions.come_back(pupil=pupil, on=timezone.localdate(), by=request.member)
        messages.success(request, "Saved: they are here again. Check their classes and their key adults.")
        return redirect(home)
    context = {"pupil": pupil, "form": form, "home": home}
    return render(request, "pupils/pupil_return.html", context, status=422 if form.errors else 200)
