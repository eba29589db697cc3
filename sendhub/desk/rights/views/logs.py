"""The log of breaches and the log of complaints: a page each to add and to change."""

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sendhub.access import Permission, require
from sendhub.desk import actions
from sendhub.desk.drafts import BREACH, COMPLAINT
from sendhub.desk.models import Breach, Complaint
from sendhub.desk.rights import queries
from sendhub.desk.rights.forms import BreachForm, ComplaintForm
from sendhub.desk.rights.views.save import add_or_change

METHODS = ["GET", "HEAD", "POST"]
BREACH_PAGE, COMPLAINT_PAGE = "desk/rights/breach_change.html", "desk/rights/complaint_change.html"


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def breach_add(request):
    def save(**facts):
        actions.add_breach(school=request.school, by=request.member, **facts)

    return add_or_change(
        request, BreachForm, draft=BREACH, page=BREACH_PAGE, home=reverse("rights:rights-home"), save=save,
        said="Written down. The 72 hours run from when the school knew.", context={"now": timezone.now()},
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def breach_change(request, pk):
    breach = get_object_or_404(Breach, school_id=request.member.school_id, pk=pk)

    def save(**facts):
        actions.change_breach(breach=breach, by=request.member, **facts)

    context = {"dated": queries.dated_breach(breach, timezone.now())}
    return add_or_change(
        request, BreachForm, draft=BREACH, page=BREACH_PAGE, home=reverse("rights:rights-home"), save=save, row=breach,
        said="Saved: the breach.", context=context,
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def complaint_add(request):
    def save(**facts):
        actions.add_complaint(school=request.school, by=request.member, **facts)

    return add_or_change(
        request, ComplaintForm, draft=COMPLAINT, page=COMPLAINT_PAGE, home=reverse("rights:rights-home"), save=save,
        said="Written down. Tell them within 30 days that it arrived.",
    )  # fmt: skip


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def complaint_change(request, pk):
    complaint = get_object_or_404(Complaint, school_id=request.member.school_id, pk=pk)

    def save(**facts):
        actions.change_complaint(complaint=complaint, by=request.member, **facts)

    context = {"dated": queries.dated_complaint(complaint)}
    return add_or_change(
        request, ComplaintForm, draft=COMPLAINT, page=COMPLAINT_PAGE, home=reverse("rights:rights-home"), save=save,
        row=complaint, said="Saved: the complaint.", context=context,
    )  # fmt: skip
