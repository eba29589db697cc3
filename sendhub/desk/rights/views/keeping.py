"""What is kept and what goes: the rules, who is due by them, holds, two people's word, what is gone."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import connection
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils.models import Pupil
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.audit.queries import actor_names
from sendhub.desk import actions
from sendhub.desk.models import LegalHold, Removal, Tombstone
from sendhub.desk.rights.forms.keeping import HoldForm, ProposeForm, RuleForm
from sendhub.desk.rights.keeping import due_records, rules_of
from sendhub.desk.rights.purge import dry_run
from sendhub.desk.rights.views.save import conflict_page
from sendhub.kit import versions
from sendhub.kit.operations import thing_of
from staff.signin.stepup import step_up

METHODS = ["GET", "HEAD", "POST"]
A_PAGE = 50


@require_safe
@require(Permission.RIGHTS_RUN)
def keep_show(request):
    school_id, today = request.member.school_id, timezone.localdate()
    rules = rules_of(school_id, today)
    due = due_records(school_id, today, rules)
    page = Paginator(due, A_PAGE).get_page(request.GET.get("page"))
    pupils = Pupil.objects.filter(school_id=school_id).in_bulk([each.pupil_id for each in page])
    own = {"school_id": school_id}
    waiting = list(Removal.objects.open().filter(**own).select_related("pupil", "first_by__user", "second_by__user"))
    holds = list(LegalHold.objects.open().filter(**own).select_related("pupil", "set_by__user"))
    stones = list(Tombstone.objects.filter(**own)[:A_PAGE])
    names = actor_names(key for stone in stones for key in (stone.first, stone.second))
    ids = sorted({*pupils, *(each.pupil_id for each in [*waiting, *holds])})
    if ids:
        log_access(request.member, "keep.list", school_id=school_id, request_id=request.id, ids=ids)
    context = {
        "rules": [(rule, sum(each.rule.type.key == rule.type.key for each in due)) for rule in rules],
        "total": len(due),
        "page": page,
        "rows": [(each, pupils[each.pupil_id]) for each in page],
        "waiting": [each for each in waiting if each.second_by_id is None],
        "approved": [each for each in waiting if each.second_by_id],
        "holds": holds,
        "stones": [(stone, names[stone.first], names[stone.second], sum(stone.counts.values())) for stone in stones],
    }
    return render(request, "desk/rights/keep_show.html", context)


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def rule_change(request, key):
    rules = {rule.type.key: rule for rule in rules_of(request.member.school_id, timezone.localdate())}
    if key not in rules:
        raise Http404
    rule = rules[key]
    stored = {"years": rule.years, "anchor": rule.anchor, "action": rule.action}
    begin = {**stored, "reason": rule.own.reason, "version": rule.own.version} if rule.own else stored
    form = RuleForm(request.POST or None, initial=begin)
    if request.method == "POST" and form.is_valid():
        try:
            actions.set_rule(school=request.school, record_type=key, by=request.member, **form.cleaned_data)
        except versions.Conflict as conflict:
            return conflict_page(request, form, conflict, "../../")
        messages.success(request, "Saved: the rule.")
        return redirect("rights:keep-show")
    context = {"rule": rule, "form": form}
    return render(request, "desk/rights/rule_change.html", context, status=422 if form.errors else 200)


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def removal_propose(request):
    """What would go, in numbers, and the first person's word. Which records stand in the address, as numbers."""
    member, today = request.member, timezone.localdate()
    due = {each.pupil_id: each for each in due_records(member.school_id, today, rules_of(member.school_id, today))}
    chosen = request.POST if request.method == "POST" else request.GET
    form = ProposeForm(request.POST or None, due=due.values())
    if request.method == "POST" and form.is_valid():
        ids = form.cleaned_data["ids"]
        pupils = list(Pupil.objects.filter(school_id=member.school_id, pk__in=ids))
        types = {pk: due[pk].rule.type.key for pk in ids}
        made = actions.propose_removals(pupils=pupils, record_types=types, why=form.cleaned_data["why"], by=member)
        said = count_words(len(made), "record waits", "records wait")
        messages.success(request, f"{said.capitalize()} for a second person’s word.")
        return redirect("rights:keep-show")
    ids = [int(text) for text in chosen.getlist("ids") if text.isascii() and text.isdigit() and len(text) < 16]
    ids = [pk for pk in ids if pk in due and not due[pk].held]
    pupils = list(Pupil.objects.filter(school_id=member.school_id, pk__in=ids))
    if pupils:
        log_access(member, "keep.list", school_id=member.school_id, request_id=request.id, ids=sorted(ids))
    context = {
        "form": form,
        "rows": [(pupil, due[pupil.pk]) for pupil in pupils],
        "counts": told(dry_run(connection, member.school_id, *ids)) if ids else [],
    }
    return render(request, "desk/rights/removal_propose.html", context, status=422 if form.errors else 200)


def told(counts):
    """[(number, what)] of what would go."""
    words = {"history": ("entry in the history", "entries in the history"), "audit.AccessLog": ("look", "looks")}
    return [
        (number, words[label][number != 1] if label in words else named(label, number))
        for label, number in counts.items()
        if number
    ]


def named(label, number):
    from django.apps import apps

    thing = thing_of(apps.get_model(label))
    return thing.one if number == 1 else thing.many


def removal_of(request, pk):
    rows = Removal.objects.open().filter(school_id=request.member.school_id)
    return get_object_or_404(rows.select_related("pupil", "first_by__user"), pk=pk)


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def removal_approve(request, pk):
    removal = removal_of(request, pk)
    if removal.second_by_id:
        raise Http404
    return approve(request, removal)


@step_up
def approve(request, removal):
    """The second person's word, after seeing what would go."""
    error = ""
    if request.method == "POST":
        try:
            actions.approve_removal(removal=removal, by=request.member)
        except ValidationError as refused:
            (error,) = refused.messages
        else:
            messages.success(request, "Approved by two people. It goes when the operator next runs the purge.")
            return redirect("rights:keep-show")
    log_access(
        request.member, "keep.open", school_id=removal.school_id, pupil_id=removal.pupil_id, request_id=request.id
    )
    context = {
        "removal": removal,
        "error": error or (actions.keeping.SAME if removal.first_by.user_id == request.member.user_id else ""),
        "counts": told(dry_run(connection, removal.school_id, removal.pupil_id)),
    }
    return render(request, "desk/rights/removal_approve.html", context, status=422 if error else 200)


@require_POST
@require(Permission.RIGHTS_RUN)
def removal_withdraw(request, pk):
    actions.withdraw_removal(removal=removal_of(request, pk), by=request.member)
    messages.success(request, "It stays.")
    return redirect("rights:keep-show")


@require_http_methods(METHODS)
@require(Permission.RIGHTS_RUN)
def hold_set(request, pk):
    pupil = get_object_or_404(Pupil, school_id=request.member.school_id, pk=pk, merged_into=None)
    form = HoldForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.set_hold(pupil=pupil, by=request.member, **form.cleaned_data)
        messages.success(request, "Held: nothing of this record goes until the hold is lifted.")
        return redirect("rights:keep-show")
    context = {"pupil": pupil, "form": form}
    return render(request, "desk/rights/hold_set.html", context, status=422 if form.errors else 200)


@require_POST
@require(Permission.RIGHTS_RUN)
def hold_lift(request, pk):
    hold = get_object_or_404(LegalHold.objects.open(), school_id=request.member.school_id, pk=pk)
    actions.lift_hold(hold=hold, by=request.member)
    messages.success(request, "Lifted. The rules hold for this record again.")
    return redirect("rights:keep-show")
