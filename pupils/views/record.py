"""One pupil: the record, the contacts alone (for the office), the one-page PDF. Each look is logged with its why."""

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from pupils import documents
from pupils.forms import AtForm
from pupils.queries import record_of, standing, tagged, why_can_see
from pupils.views.fetch import pupil_for
from sendhub.access import Permission, require
from sendhub.audit import log_access


def logged(request, pupil, verb, **detail):
    """Write the look, with the ids in `detail`, and return why it was allowed. In the page's own transaction: no log,
    no page."""
    why = why_can_see(request.member, pupil)
    about = {"school_id": pupil.school_id, "pupil_id": pupil.pk, "why": why, "request_id": request.id}
    log_access(request.member, verb, **about, **detail)
    return why


# Not offered on the record as it stood on an earlier day.
CHANGES = ("raise", "edit", "link", "move", "tell", "know", "details", "back", "merge")


def offers(member, pupil):
    """What the record's own template may show or offer to this reader; a leaver's record is read only."""
    here = pupil.left_on is None
    pointer = member.can(Permission.DSL_POINTER)
    return {
        "raise": here,
        "story": member.can(Permission.REGISTER_EXPORT),
        "edit": here and member.can(Permission.PUPIL_EDIT),
        "link": here and member.can(Permission.PUPIL_LINK),
        "move": here and member.can(Permission.REGISTER_MOVE),
        "tell": here and member.can(Permission.FAMILY_TELL),
        "pointer": pointer,
        "pointer_shown": pointer and pupil.speak_to_dsl,
        "photo": here and member.can(Permission.PUPIL_EDIT) and member.school.photos,
        "know": here and member.can(Permission.READING_KEEP),
        "history": member.can(Permission.HISTORY_VIEW),
        "details": here and member.can(Permission.PUPIL_ADD),
        "back": not here and member.can(Permission.PUPIL_ADD),
        "merge": member.can(Permission.PUPIL_MERGE),
    }


@require_safe
@require(Permission.PUPIL_RECORD)
def pupil_record(request, pk):
    try:
        pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    except Http404:
        joined = standing(request.member, pk)
        if joined is None:
            raise
        return redirect(joined)
    why = logged(request, pupil, "pupil.open")
    at = AtForm(request.GET).day()
    may = offers(request.member, pupil)
    context = {
        "pupil": pupil,
        "record": record_of(request.member, pupil, at),
        "why": why,
        "tagged": tagged(request.member, pupil),
        "may": may if at is None else {**may, **dict.fromkeys(CHANGES, False)},
        "at": at,
    }
    return render(request, "pupils/pupil_record.html", context)


@require_safe
@require(Permission.PUPIL_LIST, Permission.CONTACT_VIEW)
def pupil_contacts(request, pk):
    """Family and nothing else: what the office needs, with no word of SEND on it."""
    pupil = pupil_for(request, pk, Permission.PUPIL_LIST, Permission.CONTACT_VIEW)
    why = logged(request, pupil, "pupil.contacts")
    contacts = pupil.contacts.filter(school_id=pupil.school_id)
    return render(
        request,
        "pupils/pupil_contacts.html",
        {"pupil": pupil, "contacts": contacts, "why": why, "may": offers(request.member, pupil)},
    )


@require_safe
@require(Permission.PUPIL_RECORD)
def pupil_page(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD)
    logged(request, pupil, "pupil.page")
    response = HttpResponse(documents.pupil_page(request.member, pupil), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="pupil-{pupil.pk}.pdf"'
    return response
