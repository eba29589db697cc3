"""Invitations for everybody of the staff list in one checked batch: tick, check, send."""

import uuid

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from sendhub.access import ROLES, Permission, Role, require
from sendhub.kit import jobs
from staff import actions
from staff.forms.batch import InvitationBatchForm
from staff.jobs import INVITE, sent_words
from staff.signin.batch import board

MANY = 20  # from here on it is a job with progress
PAGE, CHECK = "staff/invitation_batch.html", "staff/invitation_check.html"


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.STAFF_INVITE)
def invitation_batch(request):
    """Who is to be invited, as what. Nothing is sent from here: a good form answers with the page to check."""
    people = board(request.school, request.member, timezone.now())
    form = InvitationBatchForm(request.POST if request.method == "POST" else None, board=people)
    if request.method == "POST" and form.is_valid():
        context = {"form": form, "form_id": uuid.uuid4(), "total": len(form.people) + len(form.again)}
        titles = dict(people.roles)
        context["people"] = [(staff, role, titles[role]) for staff, role in form.people]
        context["again"] = form.again
        return render(request, CHECK, context)
    context = {"board": people, "form": form, "words": [ROLES[Role(value)] for value, _ in people.roles]}
    return render(request, PAGE, context, status=422 if form.errors else 200)


@require_POST
@require(Permission.STAFF_INVITE)
def invitation_send(request):
    """Send what was checked. A second press finds them invited, or its job begun."""
    people = board(request.school, request.member, timezone.now())
    form = InvitationBatchForm(request.POST, board=people)
    if not form.is_valid():
        context = {"board": people, "form": form, "words": [ROLES[Role(value)] for value, _ in people.roles]}
        return render(request, PAGE, context, status=422)
    total = len(form.people) + len(form.again)
    if total >= MANY:
        params = {
            "people": [(staff.pk, role) for staff, role in form.people],
            "again": [(invitation.pk, sends) for invitation, sends in form.again],
        }
        job = jobs.start(
            school_id=request.school.pk, kind=INVITE, params=params, by=request.member, title=f"{total} invitations",
            form_id=form.cleaned_data["form_id"],
        )  # fmt: skip
        return redirect(job)
    sent = actions.invite_many(school=request.school, people=form.people, again=form.again, by=request.member)
    messages.success(request, sent_words(*sent))
    return redirect("staff:invitation-batch")
