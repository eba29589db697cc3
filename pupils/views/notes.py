"""A pupil's notes: all of them, one of them, its earlier versions. The words of a restricted one only when somebody
who may read it presses Show, and that is logged."""

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from pupils.forms.notes import NoteFindForm
from pupils.queries.notes import note_page, note_shown, notes_for, versions_of, withdrawn_note
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import count_words
from sendhub.access import Permission, require

PAGE, ONE = "pupils/note_list.html", "pupils/note_show.html"


@require_safe
@require(Permission.PUPIL_RECORD)
def note_list(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    why = logged(request, pupil, "note.list")
    history = request.member.can(Permission.HISTORY_VIEW)
    form = NoteFindForm(request.GET, history=history)
    asked = form.asked()
    page = note_page(request.member, pupil, **asked)
    context = {
        "pupil": pupil,
        "why": why,
        "page": page,
        "title": title(page.paginator.count, asked),
        "form": NoteFindForm(initial={**form.cleaned_data, "page": None}, history=history),
        "here": reverse("pupils:note-list", args=[pk]),
        "may": what_may(request.member, pupil),
        "took": taken_back(request, pupil),
    }
    return render(request, f"{PAGE}#found" if request.htmx else PAGE, context)


def title(count, asked):
    """The state, not the noun: how many there are of what was asked for."""
    words = count_words(count, "note", "notes")
    found = " found" if asked["kind"] or asked["words"] else " withdrawn" if asked["withdrawn"] else ""
    return f"{words[:1].upper()}{words[1:]}{found}"


def what_may(member, pupil):
    return {
        "write": pupil.left_on is None and member.can(Permission.NOTE_WRITE),
        "history": member.can(Permission.HISTORY_VIEW),
    }


def taken_back(request, pupil):
    """The note that was withdrawn a moment ago, to offer Undo: ?took=12."""
    took = request.GET.get("took", "")
    return withdrawn_note(request.member, pupil, int(took)) if took.isdecimal() and len(took) < 19 else None


@require_safe
@require(Permission.PUPIL_RECORD)
def note_show(request, pk, note):
    """Show, for a restricted note; an address of its own for any."""
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    found = note_shown(request.member, pupil, note)
    if found is None:
        raise Http404
    why = logged(request, pupil, "note.show" if found.note.restricted else "note.open", note=note)
    context = {"pupil": pupil, "why": why, "shown": found, "may": what_may(request.member, pupil)}
    return render(request, "pupils/_note.html" if request.htmx else ONE, context)


@require_safe
@require(Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
def note_versions(request, pk, note):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
    found = get_object_or_404(notes_for(request.member, pupil), pk=note)
    why = logged(request, pupil, "note.versions", note=found.pk)
    context = {"pupil": pupil, "why": why, "note": found, "versions": versions_of(request.member, found)}
    return render(request, "pupils/note_versions.html", context)
