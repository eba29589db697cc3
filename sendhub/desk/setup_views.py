"""The first hour of a new school: the page, a step left out or taken up again, and the page put away."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sendhub.access import Permission, require
from sendhub.desk.first_hour import hour_of
from sendhub.desk.forms import SkipForm, StepForm
from staff import actions

PAGE = "desk/first_hour.html"


@require_safe
@require(Permission.STAFF_INVITE)
def first_hour(request):
    return page(request)


@require_POST
@require(Permission.STAFF_INVITE)
def first_hour_skip(request):
    form = SkipForm(request.POST, auto_id=f"%s-{request.POST.get('step')}")
    if not form.is_valid():
        return page(request, form)
    actions.skip_step(school=request.school, by=request.member, **form.cleaned_data)
    messages.success(request, "Left out, as your choice. You can take it up again.")
    return redirect("desk:first-hour")


@require_POST
@require(Permission.STAFF_INVITE)
def first_hour_resume(request):
    form = StepForm(request.POST)
    if not form.is_valid():
        return page(request, form)
    actions.resume_step(school=request.school, by=request.member, **form.cleaned_data)
    return redirect("desk:first-hour")


@require_POST
@require(Permission.STAFF_INVITE)
def first_hour_finish(request):
    actions.finish_setup(school=request.school, by=request.member)
    messages.success(request, "Put away. Today now shows the work itself.")
    return redirect("desk:today")


def page(request, form=None):
    hour = hour_of(request.member, timezone.localdate())
    context = {"hour": hour, "form": form, "wrong": form.data.get("step") if form else ""}
    return render(request, PAGE, context, status=422 if form else 200)
