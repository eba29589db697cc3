"""What a person decides about a file before it is brought in: columns, how to take it, doubts; and who has left."""

import contextlib

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from pupils import actions, import_words
from pupils.drafts import IMPORT_CHOICES, IMPORT_COLUMNS
from pupils.forms import ChoicesForm, ColumnsForm, LeaversForm, TickedForm
from pupils.imports.batches import fields_of, is_open
from pupils.imports.run import kind_of
from pupils.models import ImportLine
from pupils.queries import imports as queries
from pupils.views.import_tabs import SIZE, SIZES, doubts_form, doubts_of
from pupils.views.imports import PAGE, batch_for, show_context, show_head
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.kit import drafts
from sendhub.tables import Refused

Decision = ImportLine.Decision


def open_for(request, pk):
    """The batch while it waits for decisions; 404 once it is brought in or put aside, and while a job is at it."""
    batch = batch_for(request, pk)
    if not is_open(batch) or not batch.counts:
        raise Http404
    return batch


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_RUN)
def import_columns(request, pk):
    batch = open_for(request, pk)
    if kind_of(batch.kind).fixed:
        raise Http404
    kept = drafts.for_form(request.member, IMPORT_COLUMNS, pk)
    data = request.POST if request.method == "POST" else None
    form = ColumnsForm(data, batch=batch, fields=fields_of(batch.kind), draft=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_columns(batch=batch, columns=form.columns(), by=request.member)
            drafts.discard(by=request.member, form=IMPORT_COLUMNS, object_id=pk)
            messages.success(request, "Saved. The next file with these columns is read in the same way.")
            return redirect(batch)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    context = {"batch": batch, "form": form, "kept": bool(kept), "kind": import_words.kind_words(batch.kind)}
    return render(request, "pupils/import_columns.html", context, status=422 if form.errors else 200)


@require_POST
@require(Permission.IMPORT_RUN)
def import_choices(request, pk):
    batch = open_for(request, pk)
    form = ChoicesForm(request.POST, batch=batch)
    if form.is_valid():
        try:
            actions.set_choices(batch=batch, by=request.member, **form.chosen())
            drafts.discard(by=request.member, form=IMPORT_CHOICES, object_id=pk)
            return redirect(batch)
        except Refused as refused:
            form.add_error(None, refused.sentence)
    return again(request, pk, choices=form, form=form)


def again(request, pk, **forms):
    """The whole page with a form that came back: 422."""
    return render(request, PAGE, show_context(request, batch_for(request, pk), **forms), status=422)


@require_POST
@require(Permission.IMPORT_RUN)
def import_settle(request, pk):
    """Saves the decisions on one page of doubts: each as it is made with script, all at once without."""
    batch = open_for(request, pk)
    member = request.member.throughout()
    page = Paginator(queries.lines_of(batch, queries.DOUBT), SIZES[queries.DOUBT]).get_page(request.GET.get("page"))
    doubts = doubts_of(batch, list(page.object_list), queries.hidden_fields(member))
    form = doubts_form(doubts, request.POST)
    pupils = {side.pk: side.pupil for doubt in doubts for side in doubt.sides}
    for line, decision, pupil in form.decisions() if form.is_valid() else ():
        try:
            actions.settle_line(line=line, decision=decision, pupil=pupils.get(pupil), by=request.member)
        except Refused as refused:
            form.add_error(f"line-{line.pk}", refused.sentence)
    if form.errors and request.htmx:
        refused = " ".join(error for errors in form.errors.values() for error in errors)
        return render(request, f"{PAGE}#refused", {"refused": refused}, status=422)
    if form.errors:
        return again(request, pk, doubts_form=form, form=form)
    if request.htmx:
        return render(request, f"{PAGE}#settled", {**show_head(request, batch), "said": "Saved."})
    messages.success(request, "Saved: what you decided about the rows in doubt.")
    return redirect(f"{batch.get_absolute_url()}?tab=in_doubt&page={page.number}")


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.IMPORT_RUN)
def import_same(request, pk):
    """Accept many changed surnames at once, after a look at them: old and new beside each other, each with its tick."""
    batch = open_for(request, pk)
    lines = {line.pk: line for line in queries.changed_surnames(batch)}
    form = TickedForm(request.POST if request.method == "POST" else None, allowed=lines)
    if request.method == "POST" and form.is_valid():
        chosen, done = form.cleaned_data["ids"], 0
        for number in chosen:
            with contextlib.suppress(Refused):  # two rows that claim one pupil: they stay in doubt, and say so there
                actions.settle_line(line=lines[number], decision=Decision.SAME, by=request.member)
                done += 1
        said = count_words(
            done, "changed surname is taken as the same pupil’s", "changed surnames are taken as the same pupils’"
        )
        kept = count_words(len(chosen) - done, "stays", "stay")
        left = f" {kept} in doubt: another row is about the same pupil." if done < len(chosen) else ""
        messages.success(request, f"Saved: {said}.{left}")
        return redirect(f"{batch.get_absolute_url()}?tab=in_doubt")
    context = {"batch": batch, "lines": list(lines.values()), "form": form}
    return render(request, "pupils/import_same.html", context, status=422 if form.errors else 200)


@require_POST
@require(Permission.IMPORT_RUN)
def import_leavers(request, pk):
    """Say of absent pupils that they have left, with one last day; "back" takes it back. Done when it is brought in."""
    batch = open_for(request, pk)
    page = Paginator(queries.lines_of(batch, queries.ABSENT), SIZE).get_page(request.GET.get("page"))
    back = "back" in request.POST
    form = (TickedForm(request.POST, allowed=[line.pk for line in page.object_list])) if back else None
    form = form or LeaversForm(request.POST, lines=list(page.object_list))
    if not form.is_valid():
        return again(request, pk, form=form, **({} if back else {"leavers_form": form}))
    lines = {line.pk: line for line in page.object_list}
    for number in form.cleaned_data["ids"]:
        if back:
            actions.settle_line(line=lines[number], decision=Decision.OPEN, by=request.member)
        else:
            day = form.cleaned_data["last_day"]
            actions.settle_line(line=lines[number], decision=Decision.LEFT, last_day=day, by=request.member)
    messages.success(
        request, "Saved. They are marked when the file is brought in." if not back else "Saved. They stay on roll."
    )
    return redirect(f"{batch.get_absolute_url()}?tab=absent&page={page.number}")
