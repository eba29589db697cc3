"""What a file says otherwise than the register: accepted as a move (register_move, register_move_many) or set aside."""

from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.forms import AsideForm
from pupils.forms.needs import IdsForm
from pupils.queries.families import open_proposals
from pupils.register_words import STATES
from pupils.views.chosen import say
from pupils.views.tabs import register_tabs
from pupils.words import count_words
from sendhub.access import Permission, require
from sendhub.audit import log_access

P = Permission


@require_safe
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def proposal_list(request):
    """One card for each thing that files propose, so that the chosen of a card are one kind of move."""
    member = request.member.throughout()
    proposals = open_proposals(member)
    log_access(
        member,
        "proposal.list",
        school_id=member.school_id,
        request_id=request.id,
        ids=[proposal.pupil_id for proposal in proposals],
    )
    cards = {}
    for proposal in proposals:
        cards.setdefault(proposal.after, []).append(proposal)
    context = {
        "cards": [{"after": after, "words": STATES[after], "rows": rows} for after, rows in cards.items()],
        "heading": heading(len(proposals)),
        "tabs": register_tabs(member, "pupils:proposal-list"),
    }
    return render(request, "pupils/proposal_list.html", context)


def heading(number):
    if not number:
        return "No file says otherwise than the register."
    words = count_words(number, "pupil", "pupils")
    return f"A file says otherwise about {words}."


@require_http_methods(["GET", "HEAD", "POST"])
@require(P.PUPIL_RECORD, P.REGISTER_MOVE)
def proposal_set_aside(request):
    """The register stays as it is for the chosen pupils (`ids`), with a note that says why."""
    member = request.member.throughout()
    data = request.POST if request.method == "POST" else request.GET
    proposals = open_proposals(member, IdsForm.read(data))
    form = AsideForm(request.POST or None)
    if request.method == "POST" and proposals and form.is_valid():
        number = actions.set_aside(proposals=proposals, by=member, **form.cleaned_data)
        say(
            request,
            f"{count_words(number, 'proposal', 'proposals').capitalize()} set aside. The register stays as it is.",
        )
        return redirect("pupils:proposal-list")
    context = {
        "form": form,
        "proposals": proposals,
        "ids": ",".join(str(proposal.pupil_id) for proposal in proposals),
    }
    return render(request, "pupils/proposal_set_aside.html", context, status=422 if request.method == "POST" else 200)
