"""A pupil's photo, where the school wishes to keep photos: put in its place, removed with one press."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupils import actions
from pupils.forms.voice import PhotoForm
from pupils.models import PupilFile
from pupils.queries.files import photo_of
from pupils.views.fetch import pupil_for
from sendhub import files
from sendhub.access import Permission as P
from sendhub.access import require


def photographed(request, pk):
    """The pupil, if the member may change their photo and the school keeps any; a leaver's record is read only."""
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.PUPIL_EDIT)
    if pupil.left_on is not None or not request.school.photos:
        raise Http404
    return pupil


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.PUPIL_EDIT)
def photo_change(request, pk):
    pupil = photographed(request, pk)
    form = PhotoForm(request.POST, request.FILES) if request.method == "POST" else PhotoForm()
    if request.method == "POST" and form.is_valid():
        checked, photo = form.cleaned_data["file"], PupilFile.Purpose.PHOTO
        try:
            actions.add_file(pupil=pupil, checked=checked, purpose=photo, by=request.member)
        except files.Refused as refusal:
            form.add_error("file", str(refusal))
        else:
            messages.success(request, "Saved: the photo.")
            return redirect(pupil)
    context = {"pupil": pupil, "form": form, "photo": photo_of(pupil)}
    return render(request, "pupils/photo_change.html", context, status=422 if form.errors else 200)


@require_POST
@require(P.PUPIL_RECORD, P.PUPIL_EDIT)
def photo_remove(request, pk):
    pupil = photographed(request, pk)
    actions.remove_photo(pupil=pupil, by=request.member)
    messages.success(request, "Removed: the photo. Nothing of it is kept.")
    return redirect(pupil)
