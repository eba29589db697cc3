"""Letters to families: written, posted, printed instead of e-mailed, withdrawn; and the record that a family was told.

By e-mail goes only a notice that there is news (pupils.emails.family_notice); see docs/decisions/0012.
"""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.utils import timezone

from pupils.letters import fill
from pupils.models import FamilyLetter, RegisterMove
from pupils.words import count_words
from sendhub import outbox
from sendhub.audit import action
from sendhub.kit.operations import operation

Told, How, Way = RegisterMove.Told, RegisterMove.How, FamilyLetter.Way
NOTICE = "family_notice"


@dataclass(frozen=True)
class Letter:
    """One letter's words ([name] and [day] still in them) and the adults that it goes to: {pupil id: [Contact]}."""

    text: str
    readers: dict = field(default_factory=dict)
    print_all: bool = False  # paper also where there is an e-mail address


def notice_key(letter_id):
    """The outbox key of a letter's e-mail notice."""
    return f"family_letter:{letter_id}:notice"


@action("family.letter_write")
def write_letters(*, moves, letter, by):
    """A FamilyLetter for each chosen adult. Where there is an e-mail address a notice is queued at once; the others
    wait to be printed."""
    today = timezone.localdate()
    letters = FamilyLetter.objects.bulk_create(
        FamilyLetter(
            school_id=move.school_id,
            pupil=move.pupil,
            move=move,
            contact=contact,
            addressee=contact.name[:180],
            way=Way.EMAIL if contact.email and not letter.print_all else Way.POST,
            text=fill(letter.text, move.pupil, move.on),
            written_on=today,
            sent_on=today if contact.email and not letter.print_all else None,
        )
        for move in moves
        for contact in letter.readers[move.pupil_id]
    )
    notices = [
        (notice_key(written.pk), written.contact.email, {"letter_id": written.pk, "member_id": by.pk})
        for written in letters
        if written.way == Way.EMAIL
    ]
    if notices:
        outbox.queue_many(school_id=letters[0].school_id, template=NOTICE, letters=notices, by=by)
    return letters


@action("family.letter_print")
def print_instead(*, letters, by):
    """Letters of which only a notice was e-mailed join those that wait to be printed. Returns how many."""
    for letter in letters:
        letter.way, letter.sent_on = Way.POST, None
    return FamilyLetter.objects.bulk_update(letters, ["way", "sent_on"])


@action("family.letter_post")
def mark_posted(*, letters, posted_on, told_by, by):
    """The printed letters are in the post: each family that was not told yet counts as told, by letter, that day."""
    with operation(school_id=by.school_id, kind="family.letter_post", title=posted_title(len(letters)), by=by) as op:
        for letter in letters:
            letter.sent_on = posted_on
        FamilyLetter.objects.bulk_update(letters, ["sent_on"])
        moves = RegisterMove.objects.filter(
            school_id=by.school_id, pk__in={letter.move_id for letter in letters}, told=Told.LETTER
        )
        set_told(list(moves), told_on=posted_on, told_how=How.LETTER, told_by=told_by)
    return op


def posted_title(number):
    return f"{count_words(number, 'letter', 'letters')} marked as posted"


@action("family.letter_withdraw")
def withdraw_letters(*, letters, by):
    """Take letters out of the queue. One that is the last sign of a move to its family stays: raises ValidationError
    then, and withdraws none."""
    leaving = {letter.pk for letter in letters}
    moves = {letter.move_id for letter in letters}
    others = FamilyLetter.objects.filter(school_id=by.school_id, move_id__in=moves, withdrawn_on__isnull=True)
    kept = set(others.exclude(pk__in=leaving).values_list("move_id", flat=True))
    told = set(RegisterMove.objects.filter(pk__in=moves).exclude(told=Told.LETTER).values_list("pk", flat=True))
    if moves - kept - told:
        raise ValidationError(
            "Without this letter the family would hear nothing. Record first that they were told, then withdraw it."
        )
    for letter in letters:
        letter.withdrawn_on, letter.sent_on = timezone.localdate(), None
    return FamilyLetter.objects.bulk_update(letters, ["withdrawn_on", "sent_on"])


@action("family.tell")
def record_told(*, moves, told_on, told_how, told_by, by):
    """These families were told: when, how, by whom. One operation, so that it can be taken back. Returns it."""
    title = f"{count_words(len(moves), 'family', 'families')} told"
    with operation(school_id=by.school_id, kind="family.tell", title=title, by=by) as op:
        set_told(moves, told_on=told_on, told_how=told_how, told_by=told_by)
    return op


def set_told(moves, **how):
    for move in moves:
        move.told = Told.TOLD
        for name, value in how.items():
            setattr(move, name, value)
    if moves:
        RegisterMove.objects.bulk_update(moves, ["told", *how])
