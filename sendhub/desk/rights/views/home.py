"""Rights: what is asked for, what went wrong, who complained, with the clock of each."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.desk.models import AccessRequest, Breach, Complaint
from sendhub.desk.rights import queries
from sendhub.desk.task import limit_words, rule_words
from sendhub.rules.today import state


@require_safe
@require(Permission.RIGHTS_RUN)
def rights_home(request):
    member, today = request.member, timezone.localdate()
    requests = queries.open_requests(member.school_id, today)
    breaches = queries.open_breaches(member.school_id, timezone.now())
    complaints = queries.open_complaints(member.school_id)
    open_ones = [each.next for each in [*requests, *breaches, *complaints] if each.next]
    answered = AccessRequest.objects.exclude(answered_on=None, withdrawn_on=None).filter(school_id=member.school_id)
    done = list(answered.select_related("pupil", "contact").order_by("-asked_on", "-id")[: queries.MOST])
    ids = sorted({each.row.pupil_id for each in requests} | {each.pupil_id for each in done})
    if ids:
        log_access(member, "request.list", school_id=member.school_id, request_id=request.id, ids=ids)
    context = {
        "state": state(open_ones, today),
        "requests": [line(each, today) for each in requests],
        "breaches": [line(each, today) for each in breaches],
        "complaints": [line(each, today) for each in complaints],
        "done": done,
        "closed_breaches": queries.closed(Breach, member.school_id, closed_on__isnull=False),
        "closed_complaints": queries.closed(Complaint, member.school_id, answered_on__isnull=False),
    }
    return render(request, "desk/rights/rights_home.html", context)


def line(dated, today):
    """A row with the words of its next duty."""
    following = dated.next
    return {
        "row": dated.row,
        "clock": dated.clock,
        "due": following.due if following else None,
        "limit": limit_words(following, today) if following else "",
        "rule": rule_words(following) if following else "",
        "late": bool(following and following.late(today)),
    }
