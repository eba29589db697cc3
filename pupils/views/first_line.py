"""Change the first thing to know, in a drawer or on a page of its own; put an earlier version back."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupils import actions
from pupils.drafts import FIRST_LINE
from pupils.forms import FirstLineForm
from pupils.models import Pupil
from pupils.views.fetch import pupil_for
from pupils.views.record import offers
from sendhub.access import Permission, require
from sendhub.kit import drafts, versions

PAGE = "pupils/first_line_change.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.PUPIL_RECORD, Permission.PUPIL_EDIT)
def first_line_change(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.PUPIL_EDIT)
    kept = drafts.for_form(request.member, FIRST_LINE, pk) or {}
    begin = {"first_line": pupil.first_line, "version": pupil.version, **kept}
    form = FirstLineForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        words, version = form.cleaned_data["first_line"], form.cleaned_data["version"]
        try:
            changed = actions.change_first_line(pupil=pupil, text=words, version=version, by=request.member)
        except versions.Conflict as conflict:
            return conflict_page(request, pupil, conflict)
        if kept:
            drafts.discard(by=request.member, form=FIRST_LINE, object_id=pk)
        return saved(request, changed, before=pupil.first_line)
    context = {"pupil": pupil, "form": form, "kept": bool(kept), "draft": FIRST_LINE}
    return render(request, f"{PAGE}#form" if request.htmx else PAGE, context, status=422 if form.errors else 200)


def saved(request, pupil, before):
    """Back to the record; in a drawer, the record's own card again and a line that offers Undo."""
    if not request.htmx:
        messages.success(request, "Saved: the first thing to know.")
        return redirect(pupil)
    return render(request, f"{PAGE}#saved", {"pupil": pupil, "before": before, "may": offers(request.member, pupil)})


def conflict_page(request, pupil, conflict):
    """Both texts, and the writer's own in a form that saves on top."""
    return conflict_answer(request, conflict, pupil.get_absolute_url(), {"first_line": "The first thing to know"})


def conflict_answer(request, conflict, back, labels):
    """The page with both sides. In a drawer it answers 422, which htmx shows."""
    page = versions.conflict_page(request, conflict, back=back, labels=labels)
    if request.htmx:
        page.status_code = 422
        page["HX-Reselect"] = "#main > .stack"
    return page


@require_POST
@require(Permission.PUPIL_RECORD, Permission.PUPIL_EDIT, Permission.HISTORY_VIEW)
def first_line_restore(request, pk, event):
    """Puts the words of one earlier version back, as a new version."""
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.PUPIL_EDIT, Permission.HISTORY_VIEW)
    versions_of = Pupil.pgh_event_model.objects.filter(school_id=pupil.school_id, pgh_obj_id=pupil.pk)
    earlier = versions_of.filter(pgh_id=event).values_list("first_line", flat=True).first()
    if earlier is None:
        raise Http404
    actions.restore_first_line(pupil=pupil, text=earlier, by=request.member)
    messages.success(request, "The earlier words are back. What stood here is kept in the history.")
    return redirect(pupil)
