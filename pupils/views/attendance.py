"""One pupil's attendance: the newest total beside the school's and the register's, and the line over the year."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.queries.attendance import HEAD, attendance_of
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from sendhub.access import Permission, require

P = Permission


@require_safe
@require(P.PUPIL_RECORD, P.ATTENDANCE_VIEW)
def pupil_attendance(request, pk):
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.ATTENDANCE_VIEW)
    why = logged(request, pupil, "pupil.attendance")
    found = attendance_of(pupil, request.member, timezone.localdate())
    context = {
        "pupil": pupil,
        "found": found,
        "title": title_of(pupil, found),
        "table_head": HEAD,
        "why": why,
        "may_bring": request.member.can(P.IMPORT_RUN) and pupil.left_on is None,
    }
    return render(request, "pupils/pupil_attendance.html", context)


def title_of(pupil, found):
    """The state in a sentence."""
    if found.newest is None or not found.newest.possible:
        return f"Nothing is known of {pupil.forename}’s attendance"
    was = "was in for" if pupil.left_on or not found.this_year else "has been in for"
    return f"{pupil.forename} {was} {found.beside[0][1]} of school"
