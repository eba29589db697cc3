"""Move many pupils at once: to what, the same form as for one, a page to check, then one operation."""

from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.actions.moves import sort_out
from pupils.drafts import MOVES
from pupils.forms import MoveForm
from pupils.queries.moving import contacts_of, may_be_written_to, standings_of
from pupils.register_words import STATES, VERBS, WHERE
from pupils.views.chosen import chosen_pupils, say
from pupils.views.moves import saved_words
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.kit import drafts
from sendhub.rules.register_moves import NONE, PLAN, SUPPORT, Kind

P = Permission
FORM, CHECK = "pupils/register_move_many.html", "pupils/register_move_check.html"
# A plan ends with a council's letter about one child, so many at once leave the children with a plan out.
KINDS = {SUPPORT: Kind.SUPPORT_STARTS, PLAN: Kind.PLAN_STARTS, NONE: Kind.SUPPORT_ENDS}
STEPS = [(after, f"{VERBS[after]} them {WHERE[after]}") for after in KINDS]


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def register_move_many(request):
    """Without `after`: to what. With it: the form; then the page to check (`checked` saves, `back` changes)."""
    member = request.member.throughout()
    kept = drafts.for_form(request.member, MOVES) or {}
    begun = kept if request.method == "GET" and not request.GET else {}  # the way back from the page of drafts
    pupils = chosen_pupils(request, member, begun.get("ids", ""))
    after = (request.POST if request.method == "POST" else request.GET).get("after") or begun.get("after", "")
    context = {"pupils": pupils, "ids": ",".join(str(pupil.pk) for pupil in pupils), "steps": STEPS, "draft": MOVES}
    if not pupils or after not in KINDS:
        return render(request, FORM, context, status=422 if request.method == "POST" else 200)
    same = (kept.get("ids"), kept.get("after")) == (context["ids"], after)
    form = form_for(request, member, after, kept if same else {})
    if request.method == "POST" and form.is_valid() and "back" not in request.POST:
        readers = readers_of(pupils)
        if "checked" not in request.POST:
            return check(request, member, pupils, form, readers, context)
        moved = save(member, pupils, form, readers)
        drafts.discard(by=request.member, form=MOVES)
        return saved(request, moved)
    number = count_words(len(pupils), "pupil", "pupils")
    context |= {"form": form, "title": f"{VERBS[after]} {number} {WHERE[after]}"}
    return render(request, FORM, context, status=422 if form.errors else 200)


def form_for(request, member, after, kept):
    return MoveForm(
        request.POST or None, initial={**kept, "after": after}, member=member, kind=KINDS[after], council=after == PLAN
    )


def readers_of(pupils):
    """{pupil id: [contacts to whom a letter goes by itself]}. One query."""
    people = contacts_of(pupils[0].school_id, [pupil.pk for pupil in pupils])
    return {pk: [contact for contact in found if may_be_written_to(contact)] for pk, found in people.items()}


def save(member, pupils, form, readers):
    return actions.move_many(
        pupils=pupils,
        after=form.cleaned_data["after"],
        reason=form.cleaned_data["reason"],
        by=member,
        **form.days(),
        **form.telling(readers),
    )


def check(request, member, pupils, form, readers, context):
    """Who is moved from what, who is left out and why; nothing is saved yet."""
    telling = form.telling(readers)
    standings = standings_of(member.school_id, [pupil.pk for pupil in pupils])
    fit, left_out = sort_out(
        pupils,
        standings,
        after=form.cleaned_data["after"],
        today=timezone.localdate(),
        letter=telling.get("letter"),
        **form.days(),
    )
    after = form.cleaned_data["after"]
    log_access(member, "register.check", school_id=member.school_id, ids=[pupil.pk for pupil in pupils])
    context |= {
        "fit": [(pupil, STATES[standings[pupil.pk].provision]) for pupil in fit],
        "left_out": left_out,
        "letters": sum(len(readers[pupil.pk]) for pupil in fit) if "letter" in telling else None,
        "title": f"{VERBS[after]} {count_words(len(fit), 'pupil', 'pupils')} {WHERE[after]}?",
        "button": f"{VERBS[after]} {count_words(len(fit), 'pupil', 'pupils')} {WHERE[after]}",
        "form": form,
        "hidden": [(name, value) for name in form.fields for value in form.data.getlist(name)],
        "ends_needs": after == NONE,
    }
    return render(request, CHECK, context)


def saved(request, moved):
    """Those whom somebody had moved in the meantime are said to be left out; with nobody left, nothing was saved."""
    if moved.operation is None:
        say(request, "Nothing was saved: the move applies to none of them any more.")
        return redirect("pupils:pupil-list")
    words = saved_words(moved)
    if moved.left_out:
        words += f" {count_words(len(moved.left_out), 'pupil was', 'pupils were').capitalize()} left out."
    say(request, words, moved.operation)
    return redirect("pupils:pupil-list")
