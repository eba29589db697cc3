"""What was done in one go: the list, what one of them wrote, and taking it back."""

import uuid

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sendhub.audit import actor_key
from sendhub.audit.queries import actor_names
from sendhub.kit import actions, jobs, operations, undo
from sendhub.kit.forms import OnceForm
from sendhub.kit.models import Operation

SHOWN = 50


def operations_for(request):
    """One's own, and those of a kind that one may undo whoever made them."""
    mine = Q(by=actor_key(request.member)) | Q(kind__in=operations.kinds_for(request.member))
    return Operation.objects.filter(mine, school_id=request.school.pk)


@require_safe
def operation_list(request):
    found = list(operations_for(request)[:SHOWN])
    people = actor_names(key for row in found for key in (row.by, row.undone_by) if key)
    rows = [told(row, people) for row in found]
    return render(request, "kit/operation_list.html", {"rows": rows})


@require_safe
def operation_show(request, pk):
    """What it wrote, in counts; after an undo, what stayed and why."""
    shown = get_object_or_404(operations_for(request), pk=pk)
    context = {
        **told(shown, actor_names({shown.by, shown.undone_by} - {""})),
        "wrote": wrote(request.member, undo.counts(shown)),
        "kept": kept_words(request.member, shown.kept),
    }
    return render(request, "kit/operation_show.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def operation_undo(request, pk):
    """Asks first: what goes back, and what has to stay. A large one is a job."""
    wanted = get_object_or_404(operations_for(request), pk=pk)
    written = undo.counts(wanted)
    large = sum(sum(numbers) for _, *numbers in written) > operations.LARGE
    form = OnceForm(request.POST or None, initial={"form_id": uuid.uuid4()})
    if request.method == "POST" and form.is_valid():
        return taken_back(request, wanted, large, form.cleaned_data["form_id"])
    parts = [] if large else undo.plan(wanted)
    context = {
        **told(wanted, actor_names([wanted.by])),
        "form": form,
        "large": large,
        "wrote": wrote(request.member, written if large else going_back(parts)),
        "kept": kept_words(request.member, undo.kept_rows(parts)),
        "url": reverse("kit:operation-show", args=[pk]),
    }
    return render(request, "kit/operation_undo.html", context, status=422 if form.errors else 200)


def taken_back(request, wanted, large, form_id):
    if large and open_to_undo(wanted):
        params, title = {"operation": wanted.pk}, f"Undo: {wanted.title}"[:120]
        return redirect(
            jobs.start(
                school_id=wanted.school_id, kind=operations.UNDO, params=params, by=request.member, title=title,
                form_id=form_id,
            )
        )  # fmt: skip
    try:
        undone = actions.undo_operation(operation=wanted, by=request.member)
    except operations.Refused as refusal:
        messages.error(request, str(refusal))
        return redirect("kit:operation-show", wanted.pk)
    messages.success(request, operations.undone_words(undone))
    return redirect("kit:operation-show", wanted.pk)


def open_to_undo(row):
    return row.undone_at is None and row.undo_until >= timezone.now()


def told(row, people):
    return {
        "operation": row,
        "kind": operations.kind_of(row).title,
        "who": people.get(row.by, "Someone"),
        "undone_who": people.get(row.undone_by, "Someone"),
        "open": open_to_undo(row),
    }


def wrote(member, counts):
    """[(what, added, changed, taken away)] in words; what this member may not know of goes without its name."""
    rows = {}
    for model, *numbers in counts:
        thing = operations.thing_of(model)
        name = thing.many if thing.needs is None or member.can(thing.needs) else "other records"
        before = rows.get(name, (0, 0, 0))
        rows[name] = tuple(a + b for a, b in zip(before, numbers, strict=True))
    return [(name[:1].upper() + name[1:], *numbers) for name, numbers in rows.items()]


def going_back(parts):
    return [
        (part.model, len(part.remove), len(part.restore), len(part.bring))
        for part in parts
        if part.remove or part.restore or part.bring
    ]


def kept_words(member, kept):
    """[{what, name, url, why}] of what stays, for one reader."""
    models = {model._meta.label: operations.thing_of(model) for model in undo.tracked_models()}
    found = operations.find_records(member, {pupil for _, _, pupil, _ in kept if pupil})
    rows, hidden = [], 0
    for label, _, pupil, why in kept:
        thing = models.get(label)
        if thing is None or (thing.needs and not member.can(thing.needs)) or (pupil and pupil not in found):
            hidden += 1
            continue
        name, url = found.get(pupil, ("", ""))
        rows.append({"what": thing.one[:1].upper() + thing.one[1:], "name": name, "url": url, "why": why})
    return {"rows": rows, "hidden": hidden}
