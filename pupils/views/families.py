"""Families: told? The list of moves of which the family is not known to be told, and the record that they were."""

from django.core.paginator import Paginator
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.forms import PlaceForm, ToldForm
from pupils.forms.needs import IdsForm
from pupils.models import RegisterMove
from pupils.queries.families import not_told, places_of
from pupils.register_words import begins, told_words
from pupils.views.chosen import say
from pupils.views.tabs import register_tabs
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.rules.waiting import family_told

P = Permission
SIZE = 250


@require_safe
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def told_list(request):
    member = request.member.throughout()
    form = PlaceForm(request.GET, choices=places_of(not_told(member)))
    page = Paginator(not_told(member, **form.wanted()), SIZE).get_page(request.GET.get("page"))
    rows = [row_of(move, timezone.localdate()) for move in page.object_list]
    log_access(
        member, "told.list", school_id=member.school_id, request_id=request.id, ids=[row["pupil"].pk for row in rows]
    )
    context = {
        "rows": rows,
        "page": page,
        "form": form,
        "filtered": bool(form.wanted()),
        "tabs": register_tabs(member, "pupils:told-list"),
        "heading": told_heading(page.paginator.count),
    }
    return render(request, "pupils/told_list.html", context)


def row_of(move, today):
    """When it is due: seven days after the move, ours; of a move that came with a file nobody can tell."""
    return {
        "move": move,
        "pupil": move.pupil,
        "what": begins(move),
        "cannot": move.told == RegisterMove.Told.CANNOT_TELL,
        "due": None if move.told == RegisterMove.Told.CANNOT_TELL else family_told(move.on, today).due,
    }


def told_heading(number):
    """The state in one sentence."""
    if not number:
        return "Every family was told."
    words = count_words(number, "family", "families")
    return f"{words[:1].upper()}{words[1:]} may not have been told."


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.FAMILY_TELL)
def told_record(request):
    """Of the chosen moves (`moves`): when, how and by whom their families were told."""
    member = request.member.throughout()
    data = request.POST if request.method == "POST" else request.GET
    moves = list(not_told(member).filter(pk__in=IdsForm.read(data, "moves")))
    form = ToldForm(request.POST or None, member=member)
    if request.method == "POST" and moves and form.is_valid():
        operation = actions.record_told(moves=moves, by=member, **form.cleaned_data)
        say(request, f"Saved: {operation.title}.", operation)
        return redirect("pupils:told-list")
    context = {
        "form": form,
        "rows": [(move.pupil, begins(move), told_words(move)) for move in moves],
        "ids": ",".join(str(move.pk) for move in moves),
        "title": told_title(moves),
        "button": f"Save for {count_words(len(moves), 'family', 'families')}",
    }
    return render(request, "pupils/told_record.html", context, status=422 if request.method == "POST" else 200)


def told_title(moves):
    """One family by the child's name, several by their number."""
    if len(moves) == 1:
        return f"How was the family of {moves[0].pupil.name} told?"
    return f"How were {count_words(len(moves), 'family', 'families')} told?"
