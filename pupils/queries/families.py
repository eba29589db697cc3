"""Letters to families, families who are not known to be told, and what files propose. Page-sized reads."""

from django.db.models import OuterRef, Subquery

from pupils.actions.letters import notice_key
from pupils.models import FamilyLetter, ProvisionProposal, Pupil, RegisterMove
from pupils.queries.moving import standings_of
from pupils.register_words import STATES
from sendhub.outbox.models import Message
from sendhub.rules.register_moves import find_move

WAITING, SENT, WITHDRAWN = "waiting", "sent", "withdrawn"
TABS = {WAITING: "Waiting to be printed", SENT: "Sent", WITHDRAWN: "Withdrawn"}
NOTICE_STATES = {
    Message.State.SENT: "E-mail sent: asked to ring",
    Message.State.DEAD: "E-mail not delivered: print the letter",
    Message.State.UNCERTAIN: "E-mail may have arrived: print the letter",
    Message.State.CANCELLED: "E-mail not sent: print the letter",
}
ON_ITS_WAY = "E-mail on its way: asked to ring"


def letters_of(member):
    """Every letter about a pupil whom this member may see."""
    letters = FamilyLetter.objects.filter(school_id=member.school_id, pupil__in=Pupil.objects.visible_to(member))
    return letters.select_related("pupil", "move")


def letters_in(member, tab):
    """The letters of a tab, oldest first in the queue, newest first in what has left it."""
    letters = letters_of(member)
    if tab == WITHDRAWN:
        return letters.filter(withdrawn_on__isnull=False).order_by("-withdrawn_on", "-id")
    letters = letters.filter(withdrawn_on__isnull=True)
    if tab == SENT:
        return letters.filter(sent_on__isnull=False).order_by("-sent_on", "-id")
    return letters.filter(sent_on__isnull=True).order_by("written_on", "pupil__sort_name", "id")


def notice_states(letters):
    """{letter id: how its e-mail notice stands, in words}. One query."""
    mailed = {notice_key(letter.pk): letter.pk for letter in letters if letter.way == FamilyLetter.Way.EMAIL}
    if not mailed:
        return {}
    school_id = letters[0].school_id
    rows = Message.objects.filter(school_id=school_id, key__in=mailed).values_list("key", "state")
    return {mailed[key]: NOTICE_STATES.get(state, ON_ITS_WAY) for key, state in rows}


def not_told(member, *, year="", form=""):
    """The newest move of each pupil on roll whose family is not known to be told: "cannot tell" first, then those with
    a letter on its way; by name within."""
    newest = RegisterMove.objects.filter(school_id=member.school_id, pupil=OuterRef("pupil")).order_by("-on", "-id")
    pupils = Pupil.objects.visible_to(member).on_roll()
    if year:
        pupils = pupils.filter(year_code=year)
    if form:
        pupils = pupils.filter(form=form)
    moves = RegisterMove.objects.filter(
        school_id=member.school_id, pk=Subquery(newest.values("pk")[:1]), pupil__in=pupils
    )
    moves = moves.exclude(told=RegisterMove.Told.TOLD).select_related("pupil")
    return moves.order_by("told", "pupil__sort_name", "id")


def places_of(moves):
    """([(year, words)], [(form, form)]) of the pupils in these moves, for the filters. One query."""
    rows = set(moves.order_by().values_list("pupil__year_sort", "pupil__year_code", "pupil__form"))
    years = sorted({(sort, code) for sort, code, _ in rows if code})
    forms = sorted({(sort, form) for sort, _, form in rows if form})
    return (
        [(code, Pupil(year_code=code).year_label) for _, code in years],
        [(form, form) for form in dict.fromkeys(form for _, form in forms)],
    )


def open_proposals(member, pupil_ids=None):
    """What files propose and nobody has decided, by what is proposed and name. Two queries.

    Each gets `now` in words, `changed` when the register has moved since the file was read, and `legal` when it can
    still be accepted.
    """
    proposals = ProvisionProposal.objects.filter(
        school_id=member.school_id,
        state=ProvisionProposal.State.OPEN,
        pupil__in=Pupil.objects.visible_to(member).on_roll(),
    )
    if pupil_ids is not None:
        proposals = proposals.filter(pupil_id__in=pupil_ids)
    found = list(proposals.select_related("pupil").order_by("after", "pupil__sort_name", "id"))
    standings = standings_of(member.school_id, [proposal.pupil_id for proposal in found])
    for proposal in found:
        provision = standings[proposal.pupil_id].provision
        proposal.now = STATES[provision]
        proposal.changed = provision != proposal.before
        proposal.legal = find_move(provision, proposal.after) is not None
    return found
