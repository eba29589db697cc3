"""Notes written: a new one, one revised, pinned, withdrawn and put back, files added to one or taken off it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from pupils import actions
from pupils.drafts import NOTE_ADD, NOTE_CHANGE
from pupils.forms.notes import FilesForm, NoteAddForm, NoteChangeForm, PinForm
from pupils.queries.notes import may_revise, notes_for, withdrawn_note
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import count_words
from sendhub import files
from sendhub.access import Permission as P
from sendhub.access import require
from sendhub.kit import drafts, versions

ADD, CHANGE, ATTACH = "pupils/note_add.html", "pupils/note_change.html", "pupils/note_attach.html"
LABELS = {
    "kind": "Kind",
    "on": "Day it is about",
    "text": "The note",
    "pinned": "Keep it at the top",
    "restricted": "Restricted",
}


def pupil_here(request, pk, *needs):
    """The pupil, if the member may write about them; a leaver's record is read only."""
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.NOTE_WRITE, *needs)
    if pupil.left_on is not None:
        raise Http404
    return pupil


def own_note(request, pupil, pk):
    """The note, if the member may revise it. A withdrawn one is put back first."""
    note = get_object_or_404(notes_for(request.member, pupil).standing(), pk=pk)
    if not may_revise(request.member, note):
        raise Http404
    return note


def to_notes(pupil, note=None):
    page = reverse("pupils:note-list", args=[pupil.pk])
    return redirect(f"{page}#note-{note.pk}" if note else page)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_add(request, pk):
    pupil = pupil_here(request, pk)
    kept = drafts.for_form(request.member, NOTE_ADD, pk) or {}
    begin = {"on": timezone.localdate(), **kept}
    restricts = request.member.can(P.NOTE_RESTRICTED)
    form = NoteAddForm(request.POST or None, request.FILES or None, initial=begin, restricts=restricts)
    if request.method == "POST" and form.is_valid():
        try:
            note = actions.add_note(pupil=pupil, by=request.member, **form.cleaned_data)
        except files.Refused as refusal:
            form.add_error("files", str(refusal))
        else:
            if kept:
                drafts.discard(by=request.member, form=NOTE_ADD, object_id=pk)
            messages.success(request, "Saved: the note.")
            return to_notes(pupil, note)
    context = {"pupil": pupil, "form": form, "kept": bool(kept), "draft": NOTE_ADD}
    return render(request, ADD, context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_change(request, pk, note):
    pupil = pupil_here(request, pk)
    note = own_note(request, pupil, note)
    kept = drafts.for_form(request.member, NOTE_CHANGE, note.pk) or {}
    held = {name: getattr(note, name) for name in ("kind", "on", "text", "pinned", "restricted", "version")}
    restricts = request.member.can(P.NOTE_RESTRICTED)
    form = NoteChangeForm(request.POST or None, initial={**held, **kept}, restricts=restricts)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_note(note=note, by=request.member, **form.cleaned_data)
        except versions.Conflict as conflict:
            return conflict_page(request, pupil, conflict)
        if kept:
            drafts.discard(by=request.member, form=NOTE_CHANGE, object_id=note.pk)
        messages.success(request, "Saved: the note. What stood there before is in its versions.")
        return to_notes(pupil, note)
    if request.method != "POST" and note.restricted:  # the form has its words in it: a look like any other
        logged(request, pupil, "note.show", note=note.pk)
    context = {"pupil": pupil, "note": note, "form": form, "kept": bool(kept), "draft": NOTE_CHANGE}
    return render(request, CHANGE, context, status=422 if form.errors else 200)


def conflict_page(request, pupil, conflict):
    """Both texts, and this person's in a form that saves on top; the day as a form reads it."""
    conflict.mine["on"] = conflict.mine["on"].isoformat()
    conflict.current.on = conflict.current.on.isoformat()
    return versions.conflict_page(request, conflict, back=reverse("pupils:note-list", args=[pupil.pk]), labels=LABELS)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_attach(request, pk, note):
    pupil = pupil_here(request, pk)
    note = own_note(request, pupil, note)
    form = FilesForm(request.POST, request.FILES) if request.method == "POST" else FilesForm()
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.attach_files(note=note, files=form.cleaned_data["files"], by=request.member)
        except files.Refused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, f"Saved: {count_words(len(added), 'file', 'files')}.")
            return to_notes(pupil, note)
    context = {"pupil": pupil, "note": note, "form": form}
    return render(request, ATTACH, context, status=422 if form.errors else 200)


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_pin(request, pk, note):
    pupil = pupil_here(request, pk)
    note = own_note(request, pupil, note)
    form = PinForm(request.POST)
    if form.is_valid():
        actions.pin_note(note=note, pinned=form.cleaned_data["pinned"] == "yes", by=request.member)
    return to_notes(pupil, note)


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_withdraw(request, pk, note):
    """One press, and the page that follows offers Undo."""
    pupil = pupil_here(request, pk)
    note = own_note(request, pupil, note)
    actions.withdraw_note(note=note, by=request.member)
    return redirect(f"{reverse('pupils:note-list', args=[pk])}?took={note.pk}")


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def note_restore(request, pk, note):
    """By whoever could have withdrawn it."""
    pupil = pupil_here(request, pk)
    note = withdrawn_note(request.member, pupil, note)
    if note is None:
        raise Http404
    actions.put_note_back(note=note, by=request.member)
    messages.success(request, "The note is back.")
    return to_notes(pupil, note)
