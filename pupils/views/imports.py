"""Bring in a file: the page that takes one, the preview of what it would do, the press that does it, and afterwards."""

import contextlib

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from django_htmx.http import HttpResponseClientRefresh

from pupils import actions, import_words
from pupils.drafts import IMPORT_CHOICES
from pupils.forms import ChoicesForm, UploadForm
from pupils.imports.batches import failed_file, is_open, unread
from pupils.imports.run import kind_of
from pupils.models import ImportBatch
from pupils.queries import imports as queries
from pupils.views.import_tabs import fill_tab
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import actor_key, log_access
from sendhub.kit import drafts
from sendhub.tables import Refused

PAGE, LIST = "pupils/import_show.html", "pupils/import_list.html"
EARLIER = 20  # a page of the list
State = ImportBatch.State


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_RUN)
def import_list(request):
    form = UploadForm(*([request.POST, request.FILES] if request.method == "POST" else []))
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            batch = actions.upload_file(school=request.school, data=file.read(), file_name=file.name, by=request.member)
            return redirect(batch)
        except Refused as refused:
            form.add_error("file", refused.sentence)
    page = Paginator(queries.batches(request.school.pk), EARLIER).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "rows": [row_of(batch) for batch in page.object_list]}
    return render(request, LIST, context, status=422 if form.errors else 200)


def row_of(batch):
    """A line of the list: the file, how it stands, and what it brought, in words."""
    return {
        "batch": batch,
        "state": state_words(batch),
        "kind": import_words.kind_words(batch.kind),
        "who": batch.member.name if batch.member else "By a command",
        "said": import_words.counted(batch.counts) or "Nothing read yet",
        "undo": undo_url(batch),
    }


def state_words(batch):
    """(kind of tag, words)."""
    if undone(batch):
        return "plain", State.UNDONE.label
    if stopped(batch):
        return "late", "Stopped"
    kind = {State.READY: "due", State.APPLIED: "ok"}.get(batch.state, "plain")
    return kind, batch.get_state_display()


def busy(batch):
    return batch.state in {State.UPLOADED, State.APPLYING} and not is_open(batch)


def stopped(batch):
    """Why the last job on it ended half-way, "" if none did. Nothing of it was written, and the file waits again."""
    if batch.state == State.READY or not is_open(batch):
        return ""
    return batch.job.sentence or "It stopped half-way. Nothing was changed."


def undone(batch):
    return batch.state == State.UNDONE or bool(batch.operation and batch.operation.undone_at)


def undo_url(batch):
    """Where it can be taken back; "" when there is nothing to take back."""
    if batch.state != State.APPLIED or undone(batch) or not batch.operation:
        return ""
    return reverse("kit:operation-undo", args=[batch.operation_id])


def batch_for(request, pk):
    return get_object_or_404(queries.batches(request.school.pk), pk=pk)


@require_safe
@require(Permission.IMPORT_RUN)
def import_show(request, pk):
    batch = batch_for(request, pk)
    if request.htmx and not busy(batch):
        return HttpResponseClientRefresh()
    context = show_context(request, batch)
    return render(request, f"{PAGE}#progress" if request.htmx else PAGE, context)


def show_context(request, batch, **forms):
    """What the page shows; `forms` are those that came back with errors, by their names in the template."""
    member = request.member.throughout()
    context = {
        **show_head(request, batch),
        "busy": busy(batch),
        "stopped": stopped(batch),
        "own_job": bool(batch.job and batch.job.by == actor_key(member)),
        **forms,
    }
    if context["busy"] or not batch.counts:
        return context
    fill_tab(context, request, batch, member)
    if context["open"]:
        fill_choices(context, batch, member)
    log_access(
        member,
        "import.open",
        school_id=member.school_id,
        request_id=request.id,
        batch=batch.pk,
        tab=context["tab"],
        ids=[line.pupil_id for line in context["page"].object_list if line.pupil_id],
    )
    return context


def fill_choices(context, batch, member):
    """The columns that are not read, and the form of how to take the file, with what was chosen and not sent."""
    kept = drafts.for_form(member, IMPORT_CHOICES, batch.pk)
    form = context.setdefault("choices", ChoicesForm(batch=batch, draft=kept))
    context["unread"], context["fixed"] = unread(batch), kind_of(batch.kind).fixed
    context["choices_said"] = import_words.choices_words(batch.kind, batch.choices)
    context["unsaved"], context["unfolded"] = bool(kept), bool(kept or form.errors)


def show_head(request, batch):
    """Title, button and what it does: what changes on the page when a doubt is settled."""
    member = request.member.throughout()
    waits = is_open(batch) and bool(batch.counts)
    decided = queries.decisions(batch) if waits else {}
    counts = {**batch.counts, "in_doubt": decided.get("", 0)} if waits else batch.counts
    brings = sum(counts.get(name, 0) for name in ("new", "changed")) + decided.get("same", 0) + decided.get("new", 0)
    return {
        "batch": batch,
        "kind": import_words.kind_words(batch.kind),
        "title": title_of(batch, counts),
        "open": waits,
        "button": import_words.button(batch.kind, brings, decided.get("left", 0), counts.get("numbers", 0)),
        "consequences": import_words.consequences(batch.kind, counts, decided),
        "undo": undo_url(batch),
        "undone": undone(batch),
        "shown": reverse("kit:operation-show", args=[batch.operation_id]) if undone(batch) else "",
        "links": links_after(batch, member),
        "failed_file": may_have_file(member, batch) and has_rows_back(batch),
    }


def title_of(batch, counts):
    if batch.state == State.DROPPED:
        return "This file was not brought in"
    if busy(batch):
        return "The file is being read" if batch.state == State.UPLOADED else "The file is being brought in"
    if is_open(batch):
        all_of_it = import_words.total(batch.counts)
        return import_words.ready_title(batch.kind, all_of_it, counts) if counts else "The file was not read"
    said = import_words.applied_title(batch.kind, counts)
    return f"Undone: {said[0].lower()}{said[1:]}" if undone(batch) else said


def links_after(batch, member):
    """What waits for somebody once the file is in, for those who may do it: [{url, label}]."""
    if batch.state != State.APPLIED or undone(batch):
        return []
    if batch.kind == "staff" and member.can(Permission.STAFF_INVITE):
        return [{"url": reverse("staff:invitation-batch"), "label": "Invite staff, after a look at who they are"}]
    if batch.kind not in queries.ABOUT_PUPILS or not member.can(Permission.PUPIL_RECORD):
        return []
    waits = queries.waiting_after(member.school_id)
    offers = [
        (Permission.REGISTER_MOVE, "proposal-list", waits["proposals"], "proposal waits", "proposals wait"),
        (Permission.FAMILY_TELL, "told-list", waits["untold"], "family", "families"),
    ]
    ends = {"proposal-list": " to be accepted or set aside", "told-list": " of whom nobody can tell if they were told"}
    return [
        {"url": reverse(f"pupils:{name}"), "label": count_words(number, one, many).capitalize() + ends[name]}
        for permission, name, number, one, many in offers
        if number and member.can(permission)
    ]


@require_POST
@require(Permission.IMPORT_RUN)
def import_apply(request, pk):
    """A second press finds it under way, and only shows it."""
    batch = batch_for(request, pk)
    if batch.counts:
        with contextlib.suppress(Refused):
            actions.apply_batch(batch=batch, by=request.member)
    return redirect(batch)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_RUN)
def import_drop(request, pk):
    batch = batch_for(request, pk)
    if batch.state == State.DROPPED and request.method == "POST":
        return redirect("pupils:import-list")
    if not is_open(batch):
        raise Http404
    if request.method == "POST":
        actions.drop_batch(batch=batch, by=request.member)
        messages.success(request, "The file was put aside. Nothing in it was brought in.")
        return redirect("pupils:import-list")
    return render(request, "pupils/import_drop.html", {"batch": batch})


@require_safe
@require(Permission.IMPORT_RUN)
def import_failed(request, pk):
    """The rows that were not brought in, with a last column that says what to put right. To who brought the file, and
    to those who may see all that can stand in it. Logged."""
    batch = batch_for(request, pk)
    if not has_rows_back(batch):
        raise Http404
    if not may_have_file(request.member.throughout(), batch):
        raise PermissionDenied
    data, name, content_type = failed_file(batch)
    log_access(request.member, "import.failed_file", school_id=batch.school_id, request_id=request.id, batch=batch.pk)
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["Cache-Control"] = "private, no-store"
    return response


def has_rows_back(batch):
    """Whether some rows failed; once the file is in, those left in doubt come back too."""
    failed, doubts = (batch.counts.get(name, 0) for name in ("failed", "in_doubt"))
    return bool(failed + doubts) if batch.state == State.APPLIED else bool(failed) and is_open(batch)


def may_have_file(member, batch):
    return batch.member_id == member.pk or not queries.hidden_fields(member)
