"""Moves on the register: a pupil, or many at once, on to it, between, and off it. Never without the family.

What is legal is in sendhub.rules.register_moves; this writes the move, the dated rows that follow from it, the letters,
and settles what a file had proposed. Each save is an operation, so that it can be taken back.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from pupils.actions.letters import write_letters
from pupils.actions.register import end_and_begin, end_needs
from pupils.models import ProvisionProposal, Pupil, RegisterMove
from pupils.queries.moving import standings_of
from pupils.register_words import STATES, WHERE, problem_words
from pupils.words import count_words
from sendhub.audit import action
from sendhub.kit.operations import operation
from sendhub.rules import register_moves as rules

Told, Source = RegisterMove.Told, RegisterMove.Source


@dataclass
class Moved:
    """What a save did: the operation, the moves, the letters, and whom it left out: [(pupil, why)]."""

    operation: object = None
    moves: list = field(default_factory=list)
    letters: list = field(default_factory=list)
    left_out: list = field(default_factory=list)


@action("register.move")
def move_on_register(*, pupil, after, on, reason, by, source=Source.PERSON, council_on=None, **telling):
    """Move one pupil from the day `on`: "K", "E", or "N" for off it. Returns Moved with the one move.

    `telling` is either told_on=, told_how=, told_by= (a StaffMember), or letter= (pupils.actions.letters.Letter).
    Raises ValidationError by field of the form, in sentences that say what to do, and then writes nothing.
    """
    moved = move_many(
        pupils=[pupil], after=after, on=on, reason=reason, by=by, source=source, council_on=council_on, **telling
    )
    if not moved.moves:
        raise ValidationError(moved.left_out[0].errors)
    return moved


@dataclass(frozen=True)
class LeftOut:
    """A pupil to whom a move does not apply, and the first reason in words."""

    pupil: object
    now: str
    errors: dict

    @property
    def why(self):
        return next(iter(self.errors.values()))[0]


@action("register.move_many")
def move_many(
    *,
    pupils,
    after,
    on,
    reason,
    by,
    source=Source.PERSON,
    council_on=None,
    told_on=None,
    told_how="",
    told_by=None,
    letter=None,
):
    """Move those of the pupils to whom the move applies, in one operation; the others come back in `left_out`.

    Raises ValidationError when reason or telling is missing. Two people who move one pupil at once wait for each other,
    and the second finds what the first did.
    """
    today = timezone.localdate()
    if source == Source.PERSON:
        refuse(reason=reason, told_on=told_on, told_how=told_how, told_by=told_by, letter=letter, today=today)
    school_id = pupils[0].school_id
    ids = [pupil.pk for pupil in pupils]
    list(Pupil.objects.select_for_update().filter(school_id=school_id, pk__in=ids).order_by("pk").values_list("pk"))
    standings = standings_of(school_id, ids)
    fit, left_out = sort_out(pupils, standings, after=after, on=on, council_on=council_on, today=today, letter=letter)
    if not fit:
        return Moved(left_out=left_out)
    with operation(school_id=school_id, kind="register.moves", title=title_of(len(fit), after), by=by) as op:
        told = {"told": Told.TOLD, "told_on": told_on, "told_how": told_how, "told_by": told_by}
        if letter is not None:
            told = {"told": Told.LETTER}
        elif source != Source.PERSON:
            told = {"told": Told.CANNOT_TELL}
        end_and_begin(fit, standings, after, on, source="")
        if after == rules.NONE:
            end_needs(fit, standings, on)
        moves = RegisterMove.objects.bulk_create(
            RegisterMove(
                school_id=school_id,
                pupil=pupil,
                before=standings[pupil.pk].provision,
                after=after,
                on=on,
                reason=reason.strip(),
                council_on=council_on,
                source=source,
                **told,
            )
            for pupil in fit
        )
        settle_proposals(school_id, moves, today)
        letters = write_letters(moves=moves, letter=letter, by=by) if letter is not None else []
    return Moved(op, moves, letters, left_out)


def title_of(number, after):
    """ "12 pupils on to SEN Support": counts, never a name."""
    return f"{count_words(number, 'pupil', 'pupils')} {WHERE[after]}"


def refuse(*, reason, told_on, told_how, told_by, letter, today):
    """Raise ValidationError unless there is a reason and the family is told or written to."""
    problems = rules.telling_problems(
        reason=reason,
        told_on=told_on,
        told_how=told_how,
        told_by=told_by,
        letters=1 if letter is not None else 0,
        today=today,
    )
    if problems:
        raise ValidationError(dict(problem_words(problem) for problem in problems))


def sort_out(pupils, standings, *, after, on, council_on, today, letter):
    """(those to whom the move applies, [LeftOut] of the others). Asked by the page that one checks, too."""
    fit, left_out = [], []
    for pupil in pupils:
        standing = standings[pupil.pk]
        problems = rules.day_problems(
            standing.provision, after, on=on, today=today, holds_since=standing.since, council_on=council_on
        )
        errors = {}
        for problem in problems:
            errors.setdefault(*fresh(problem_words(problem, standing)))
        if not problems and letter is not None and not letter.readers.get(pupil.pk):
            errors["contacts"] = [NOBODY_TO_WRITE_TO]
        if errors:
            left_out.append(LeftOut(pupil, STATES[standing.provision], errors))
        else:
            fit.append(pupil)
    return fit, left_out


NOBODY_TO_WRITE_TO = "No adult is chosen whom the letter can go to. Choose one, or record that the family was told."


def fresh(pair):
    name, words = pair
    return name, [words]


def settle_proposals(school_id, moves, today):
    """A move that does what a file proposes accepts the proposal; another one leaves it open, to be looked at."""
    by_pupil = {move.pupil_id: move for move in moves}
    proposals = ProvisionProposal.objects.filter(
        school_id=school_id, state=ProvisionProposal.State.OPEN, pupil_id__in=by_pupil, after=moves[0].after
    )
    accepted = list(proposals)
    for proposal in accepted:
        proposal.state, proposal.decided_on = ProvisionProposal.State.ACCEPTED, today
        proposal.move = by_pupil[proposal.pupil_id]
    if accepted:
        ProvisionProposal.objects.bulk_update(accepted, ["state", "decided_on", "move"])
