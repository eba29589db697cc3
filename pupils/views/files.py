"""A file about a pupil: fetched, removed, brought back. Who may have it is asked each time, and each look is logged."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from pupils import actions
from pupils.models import PupilFile
from pupils.queries.files import files_for, may_remove, removed_files
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from sendhub import files
from sendhub.access import Permission, require


@require_safe
@require(Permission.PUPIL_RECORD)
def file_show(request, pk, file):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    found = get_object_or_404(files_for(request.member, pupil), pk=file)
    logged(request, pupil, "photo.open" if found.purpose == PupilFile.Purpose.PHOTO else "file.open", file=found.pk)
    try:
        path = files.path_of(found.stored, school_id=pupil.school_id)
        return files.answer(path, found.name, found.kind)
    except FileNotFoundError:
        raise Http404 from None


@require_POST
@require(Permission.PUPIL_RECORD, Permission.NOTE_WRITE)
def file_remove(request, pk, file):
    """By whoever added it, and whoever answers for the records."""
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.NOTE_WRITE)
    found = get_object_or_404(files_for(request.member, pupil), pk=file, purpose=PupilFile.Purpose.ATTACHED)
    if not may_remove(request.member, found):
        raise Http404
    actions.remove_file(file=found, by=request.member)
    messages.success(request, f"Removed: {found.name}. The SENDCO can bring it back for 30 days.")
    return redirect(home(found))


@require_POST
@require(Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
def file_restore(request, pk, file):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
    found = get_object_or_404(removed_files(request.member, pupil), pk=file)
    actions.put_file_back(file=found, by=request.member)
    messages.success(request, f"{found.name} is back.")
    return redirect(home(found))


def home(file):
    """The page that shows what the file belongs to."""
    return reverse("pupils:voice-list" if file.voice_id else "pupils:note-list", args=[file.pupil_id])
