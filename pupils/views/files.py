"""A file about a pupil: fetched, removed, brought back. Who may have it is asked each time, and each look is logged."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from pupils.models import PupilFile
from pupils.queries import files_for
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
