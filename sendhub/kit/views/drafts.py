"""Drafts: the address that forms save to by themselves, and the page that lists one's own."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import redirect, render
from django.urls import NoReverseMatch
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sendhub.kit import drafts
from sendhub.kit.actions import discard_draft, save_draft
from sendhub.kit.actions.drafts import DraftTooLong
from sendhub.kit.models import Draft

MOST_ID = 2**63 - 1  # of a row in Postgres


@require_POST
def draft_save(request, form, object_id):
    """Keep the posted form as it stands; answers when, as JSON. Nothing of it is judged but its size."""
    known = drafts.find(form)
    if known is None or object_id > MOST_ID:
        raise Http404
    if not all(request.member.can(permission) for permission in known.needs):
        raise PermissionDenied
    try:
        data = {name: [text.replace("\0", "") for text in request.POST.getlist(name)] for name in known.fields}
        save_draft(by=request.member, form=form, object_id=object_id, data=data)
    except DraftTooLong:
        return JsonResponse({"error": "This is too long to keep as a draft."}, status=413)
    return JsonResponse({"saved_at": timezone.localtime().strftime("%H:%M")})


@require_safe
def draft_list(request):
    mine = Draft.objects.filter(school_id=request.school.pk, member_id=request.member.pk)
    rows = [{"draft": draft, "form": drafts.find(draft.form), "url": _url(draft)} for draft in mine]
    return render(request, "kit/draft_list.html", {"rows": rows})


def _url(draft):
    """Where the form is; "" when the form or its page has gone with a new version."""
    known = drafts.find(draft.form)
    try:
        return known.url(draft.object_id) if known else ""
    except NoReverseMatch:
        return ""


@require_POST
def draft_discard(request, form, object_id):
    discard_draft(by=request.member, form=form, object_id=object_id)
    return redirect("kit:draft-list")
