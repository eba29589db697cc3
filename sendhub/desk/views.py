"""Today: one page for everybody, made of the parts that each role works with. Its title says the state."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sendhub.access import Permission
from sendhub.audit import log_access
from sendhub.desk.first_hour import hour_of
from sendhub.desk.today import today_of


@require_safe
def today(request):
    member, day = request.member, timezone.localdate()
    page = today_of(member, day)
    if page.shown:
        log_access(
            member, "pupil.list", school_id=member.school_id, request_id=request.id, page="today", ids=page.shown
        )
    begins = request.school.setting_up and member.can(Permission.STAFF_INVITE)
    context = {
        "page": page,
        "day": day,
        "may_raise": member.staff_id is not None,
        "hour": hour_of(member, day) if begins else None,
    }
    return render(request, "desk/today.html", context)
