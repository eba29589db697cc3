"""Find a pupil, from any page: a whole page by GET, or the links under the box by htmx. An empty box offers whom one
opened last."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupils.queries import find_pupils, recent_pupils
from sendhub.access import Permission, require


@require_safe
@require(Permission.PUPIL_LIST)
def pupil_find(request):
    text = request.GET.get("q", "")[:80].strip()
    found = find_pupils(request.member, text)
    recent = [] if text else recent_pupils(request.member)
    page = "pupils/pupil_find.html#found" if request.htmx else "pupils/pupil_find.html"
    return render(request, page, {"found": found, "recent": recent, "text": text})
