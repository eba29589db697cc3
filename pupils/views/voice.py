"""What the child says: their own words, and what they are good at. Read by all who may open the record, written by all
who work with the child."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.drafts import ABOUT, VOICE_ADD, VOICE_CHANGE
from pupils.forms.voice import AboutForm, PicturesForm, VoiceAddForm, VoiceChangeForm
from pupils.queries.voice import about_of, voice_page, voices_for
from pupils.views.fetch import pupil_for
from pupils.views.notes_write import pupil_here
from pupils.views.record import logged
from pupils.words import count_words
from sendhub import files
from sendhub.access import Permission as P
from sendhub.access import require
from sendhub.kit import drafts, versions

PAGE, FORM, ATTACH, LINES = (
    "pupils/voice_list.html",
    "pupils/voice_form.html",
    "pupils/voice_attach.html",
    "pupils/about_change.html",
)
LABELS = {
    "words": "Their own words",
    "how": "How they told us",
    "said_on": "When",
    "still_true_on": "Still true on",
    "strengths": "Good at",
    "matters": "What matters to them",
    "checked_on": "Asked on",
}


def to_voices(pupil):
    return redirect("pupils:voice-list", pupil.pk)


@require_safe
@require(P.PUPIL_RECORD)
def voice_list(request, pk):
    pupil = pupil_for(request, pk, P.PUPIL_RECORD)
    why = logged(request, pupil, "voice.list")
    standing, withdrawn = voice_page(request.member, pupil)
    context = {
        "pupil": pupil,
        "why": why,
        "about": about_of(pupil),
        "voices": standing,
        "withdrawn": withdrawn,
        "write": pupil.left_on is None and request.member.can(P.NOTE_WRITE),
        "today": timezone.localdate(),
    }
    return render(request, PAGE, context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def voice_add(request, pk):
    pupil = pupil_here(request, pk)
    kept = drafts.for_form(request.member, VOICE_ADD, pk) or {}
    begin = {"said_on": timezone.localdate(), "taken_by": request.member.staff_id, **kept}
    form = VoiceAddForm(request.POST or None, request.FILES or None, initial=begin, member=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_voice(pupil=pupil, by=request.member, **form.cleaned_data)
        except files.Refused as refusal:
            form.add_error("files", str(refusal))
        else:
            return saved(request, pupil, VOICE_ADD, pk, kept)
    return show(request, pupil, form, VOICE_ADD, pk, kept, new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def voice_change(request, pk, voice):
    pupil = pupil_here(request, pk)
    voice = standing_voice(request, pupil, voice)
    kept = drafts.for_form(request.member, VOICE_CHANGE, voice.pk) or {}
    held = {name: getattr(voice, name) for name in ("words", "how", "said_on", "taken_by", "version")}
    form = VoiceChangeForm(request.POST or None, initial={**held, **kept}, member=request.member)
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_voice(voice=voice, by=request.member, **form.cleaned_data)
        except versions.Conflict as conflict:
            return conflict_page(request, pupil, conflict)
        return saved(request, pupil, VOICE_CHANGE, voice.pk, kept)
    return show(request, pupil, form, VOICE_CHANGE, voice.pk, kept, new=False)


def standing_voice(request, pupil, pk):
    return get_object_or_404(voices_for(request.member, pupil).standing(), pk=pk)


def show(request, pupil, form, draft, about, kept, *, new):
    context = {"pupil": pupil, "form": form, "draft": draft, "about": about, "kept": bool(kept), "new": new}
    return render(request, FORM, context, status=422 if form.errors else 200)


def saved(request, pupil, draft, about, kept):
    if kept:
        drafts.discard(by=request.member, form=draft, object_id=about)
    messages.success(request, f"Saved: what {pupil.forename} says.")
    return to_voices(pupil)


def conflict_page(request, pupil, conflict):
    """Both texts, and this person's in a form that saves on top; days as a form reads them. Of who took it down
    the last choice counts."""
    conflict.mine = {name.removesuffix("_id"): plain(value) for name, value in conflict.mine.items()}
    conflict.fields = [name for name in conflict.fields if name != "taken_by_id"]
    for name in DAYS & conflict.mine.keys():
        setattr(conflict.current, name, plain(getattr(conflict.current, name)))
    back = reverse("pupils:voice-list", args=[pupil.pk])
    return versions.conflict_page(request, conflict, back=back, labels=LABELS)


DAYS = {"said_on", "still_true_on", "checked_on"}


def plain(value):
    return value.isoformat() if hasattr(value, "isoformat") else value


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def voice_attach(request, pk, voice):
    pupil = pupil_here(request, pk)
    voice = standing_voice(request, pupil, voice)
    form = PicturesForm(request.POST, request.FILES) if request.method == "POST" else PicturesForm()
    if request.method == "POST" and form.is_valid():
        try:
            added = actions.attach_pictures(voice=voice, files=form.cleaned_data["files"], by=request.member)
        except files.Refused as refusal:
            form.add_error("files", str(refusal))
        else:
            messages.success(request, f"Saved: {count_words(len(added), 'picture', 'pictures')}.")
            return to_voices(pupil)
    return render(request, ATTACH, {"pupil": pupil, "voice": voice, "form": form}, status=422 if form.errors else 200)


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def voice_check(request, pk, voice):
    """Asked again today: still true."""
    pupil = pupil_here(request, pk)
    actions.check_voice(voice=standing_voice(request, pupil, voice), on=timezone.localdate(), by=request.member)
    messages.success(request, "Saved: still true today.")
    return to_voices(pupil)


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def voice_withdraw(request, pk, voice):
    pupil = pupil_here(request, pk)
    voice = standing_voice(request, pupil, voice)
    actions.withdraw_voice(voice=voice, by=request.member)
    messages.success(request, "Withdrawn. Whoever sees the history can put it back.")
    return to_voices(pupil)


@require_POST
@require(P.PUPIL_RECORD, P.NOTE_WRITE, P.HISTORY_VIEW)
def voice_restore(request, pk, voice):
    pupil = pupil_here(request, pk, P.HISTORY_VIEW)
    found = get_object_or_404(voices_for(request.member, pupil).exclude(withdrawn_on=None), pk=voice)
    actions.put_voice_back(voice=found, by=request.member)
    messages.success(request, "It is back.")
    return to_voices(pupil)


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.NOTE_WRITE)
def about_change(request, pk):
    pupil = pupil_here(request, pk)
    about = about_of(pupil)
    kept = drafts.for_form(request.member, ABOUT, pk) or {}
    held = {name: getattr(about, name) for name in ("strengths", "matters", "version")} if about else {"version": 0}
    form = AboutForm(request.POST or None, initial={**held, **kept})
    if request.method == "POST" and form.is_valid():
        today = timezone.localdate()
        try:
            actions.change_about(pupil=pupil, checked_on=today, by=request.member, **form.cleaned_data)
        except versions.Conflict as conflict:
            return conflict_page(request, pupil, conflict)
        if kept:
            drafts.discard(by=request.member, form=ABOUT, object_id=pk)
        messages.success(request, f"Saved: what {pupil.forename} is good at, and what matters.")
        return redirect(pupil)
    context = {"pupil": pupil, "form": form, "kept": bool(kept), "draft": ABOUT}
    return render(request, LINES, context, status=422 if form.errors else 200)
