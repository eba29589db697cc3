"""Pupils who left, and the file for the next school: what goes, and that it went."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils.models import Pupil
from pupils.views.fetch import pupil_for
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.desk import actions
from sendhub.desk.jobs import LEAVING
from sendhub.desk.models import LeavingFile
from sendhub.desk.rights.contents import contents_of
from sendhub.desk.rights.forms.leaving import ChooseForm, SendForm
from sendhub.desk.rights.leaving import parts_of
from sendhub.desk.year import calendar_of
from sendhub.kit import jobs
from sendhub.rules.data_rights import file_sent
from staff.signin.stepup import step_up

METHODS = ["GET", "HEAD", "POST"]
NEEDS = (Permission.PUPIL_RECORD, Permission.REGISTER_EXPORT)
A_PAGE = 50


@require_safe
@require(*NEEDS)
def leaving_list(request):
    """Leavers who were on the register, the newest first, with how their file stands."""
    member, today = request.member.throughout(), timezone.localdate()
    left = Pupil.objects.visible_to(member).filter(left_on__isnull=False, sen_records__isnull=False)
    page = Paginator(left.distinct().order_by("-left_on", "sort_name"), A_PAGE).get_page(request.GET.get("page"))
    ids = [pupil.pk for pupil in page]
    files = {}
    for file in LeavingFile.objects.filter(school_id=member.school_id, pupil_id__in=ids).order_by("created_at"):
        if file.pupil_id not in files or file.sent_on or not files[file.pupil_id].sent_on:
            files[file.pupil_id] = file
    calendar = calendar_of(member.school_id)
    rows = [(pupil, files.get(pupil.pk), deadline_of(pupil, files.get(pupil.pk), calendar)) for pupil in page]
    if ids:
        log_access(member, "leaving.list", school_id=member.school_id, request_id=request.id, ids=ids)
    waits = sum(1 for _, _, deadline in rows if deadline.outstanding(today))
    return render(request, "desk/rights/leaving_list.html", {"rows": rows, "page": page, "waits": waits})


def deadline_of(pupil, file, calendar):
    return file_sent(pupil.left_on, calendar, file.sent_on if file else None)


@require_http_methods(METHODS)
@require(*NEEDS)
def leaving_choose(request, pk):
    """What goes, chosen by a person; then a job makes it."""
    pupil = pupil_for(request, pk, *NEEDS)
    if pupil.left_on is None:
        raise Http404
    return choose(request, pupil)


@step_up
def choose(request, pupil):
    member = request.member
    parts = [(part.table, f"{part.title} ({len(part.rows)})") for part in parts_of(contents_of(pupil))]
    form = ChooseForm(request.POST or None, parts=parts, may_restricted=member.can(Permission.NOTE_RESTRICTED))
    if request.method == "POST" and form.is_valid():
        said = {"with_restricted": False, **form.cleaned_data}
        form_id = said.pop("form_id")
        file = actions.choose_file(pupil=pupil, by=member, **said)
        return redirect(
            jobs.start(
                school_id=pupil.school_id, kind=LEAVING, params={"file": file.pk}, by=member,
                title="A file for the next school", form_id=form_id,
            )
        )  # fmt: skip
    log_access(member, "leaving.open", school_id=pupil.school_id, pupil_id=pupil.pk, request_id=request.id)
    files = LeavingFile.objects.filter(school_id=pupil.school_id, pupil=pupil).select_related("chosen_by__user")
    deadline = deadline_of(pupil, sent(files), calendar_of(pupil.school_id))
    context = {
        "pupil": pupil,
        "form": form,
        "files": files,
        "deadline": deadline,
    }
    return render(request, "desk/rights/leaving_choose.html", context, status=422 if form.errors else 200)


def sent(files):
    return next((file for file in files if file.sent_on), None)


@require_http_methods(METHODS)
@require(*NEEDS)
def leaving_send(request, pk):
    """When, to whom and how it went."""
    file = get_object_or_404(LeavingFile, school_id=request.member.school_id, pk=pk)
    pupil = pupil_for(request, file.pupil_id, *NEEDS)
    stored = {name: getattr(file, name) for name in SendForm.base_fields} if file.sent_on else None
    form = SendForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        actions.mark_sent(file=file, by=request.member, **form.cleaned_data)
        messages.success(request, "Marked as sent. Keep the receipt with it.")
        return redirect("rights:leaving-list")
    home = reverse("rights:leaving-choose", args=[pupil.pk])
    context = {"pupil": pupil, "file": file, "form": form, "home": home}
    return render(request, "desk/rights/leaving_send.html", context, status=422 if form.errors else 200)
