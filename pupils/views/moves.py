"""Move one pupil on the register, in a drawer or on a page: to what, from when, why, and how the family is told."""

from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from pupils import actions
from pupils.drafts import MOVE
from pupils.forms import PupilMoveForm
from pupils.models import FamilyLetter
from pupils.queries import record_of
from pupils.queries.moving import contacts_of, standings_of
from pupils.register_words import STATES, VERBS, WHERE
from pupils.views.chosen import say
from pupils.views.fetch import pupil_for
from pupils.views.record import offers
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.kit import drafts
from sendhub.rules.pupil_age import is_young_person
from sendhub.rules.register_moves import Kind, find_move, moves_from, needs_council

PAGE = "pupils/register_move.html"
P = Permission


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def register_move(request, pk):
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.REGISTER_MOVE)
    if pupil.left_on is not None or pupil.merged_into_id is not None:
        raise Http404
    standing = standings_of(pupil.school_id, [pk])[pk]
    kept = drafts.for_form(request.member, MOVE, pk) or {}
    asked = (request.POST if request.method == "POST" else request.GET).get("after") or kept.get("after", "")
    asked = "" if "choose" in request.GET else asked
    move = find_move(standing.provision, asked)
    if move is None and not (request.method == "POST" and asked in STATES):
        return choose(request, pupil, standing)
    kept = kept if kept.get("after") == asked else {}
    form = form_for(request, pupil, standing, asked, move, kept)
    if request.method == "POST" and form.is_valid():
        try:
            moved = actions.move_on_register(
                pupil=pupil,
                after=asked,
                reason=form.cleaned_data["reason"],
                by=request.member,
                **form.days(),
                **form.telling(form.readers(pupil)),
            )
        except ValidationError as error:
            form.refuse(error)
        else:
            drafts.discard(by=request.member, form=MOVE, object_id=pk)
            return saved(request, pupil, moved)
    context = {
        "pupil": pupil,
        "form": form,
        "title": f"{VERBS[asked]} {pupil.forename} {WHERE[asked]}",
        "now": STATES[standing.provision],
        "duty": move.duty if move else None,
        "ends_needs": asked == "N",
        "own_rights": is_young_person(pupil.born_on, timezone.localdate()),
        "kept": bool(kept),
        "draft": MOVE,
    }
    return render(request, f"{PAGE}#form" if request.htmx else PAGE, context, status=422 if form.errors else 200)


def form_for(request, pupil, standing, after, move, kept):
    """The form for this step, filled from a draft of the same step; one that is no step now keeps what is typed."""
    contacts = contacts_of(pupil.school_id, [pupil.pk]).get(pupil.pk, [])
    if isinstance(kept.get("contacts"), str):
        kept["contacts"] = [kept["contacts"]]
    return PupilMoveForm(
        request.POST or None,
        initial={**kept, "after": after},
        member=request.member,
        kind=move.kind if move else Kind.SUPPORT_STARTS,
        council=needs_council(after, standing.provision),
        contacts=contacts,
    )


def choose(request, pupil, standing):
    """To what: the two other places on the register, as links."""
    here = reverse("pupils:register-move", args=[pupil.pk])
    steps = [
        {
            "url": f"{here}?after={move.after}",
            "label": f"{VERBS[move.after]} {pupil.forename} {WHERE[move.after]}",
            "council": move.council,
        }
        for move in moves_from(standing.provision)
    ]
    context = {"pupil": pupil, "steps": steps, "now": STATES[standing.provision]}
    page = "pupils/register_choose.html"
    status = 422 if request.method == "POST" else 200
    return render(request, f"{page}#form" if request.htmx else page, context, status=status)


def saved(request, pupil, moved):
    """Back to the record; in a drawer, its register again and one line with Undo."""
    words = saved_words(moved)
    if not request.htmx:
        say(request, words, moved.operation)
        return redirect(pupil)
    context = {
        "pupil": pupil,
        "record": record_of(request.member, pupil),
        "may": offers(request.member, pupil),
        "words": words,
        "operation": moved.operation,
    }
    return render(request, f"{PAGE}#saved", context)


def saved_words(moved):
    """ "Saved: Mei on to SEN Support from 25 November. 2 letters wait to be printed." """
    who = moved.operation.title
    if len(moved.moves) == 1:
        who = f"{moved.moves[0].pupil.forename} {WHERE[moved.moves[0].after]}"
    words = f"Saved: {who} from {day_words(moved.moves[0].on)}."
    printed = sum(letter.way == FamilyLetter.Way.POST for letter in moved.letters)
    mailed = len(moved.letters) - printed
    if printed:
        words += f" {count_words(printed, 'letter waits', 'letters wait').capitalize()} to be printed."
    if mailed:
        words += f" {count_words(mailed, 'adult was', 'adults were').capitalize()} asked by e-mail to ring."
    return words
