"""What the family was told and written. For whoever may see families."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import FamilyLetter, RegisterMove
from pupils.queries.gather import STAFF_NAME, About
from pupils.register_words import HOW_WORDS
from sendhub.access import Permission

KIND = Kind.FAMILY
FAMILY = (Permission.CONTACT_VIEW,)
TOLD = About(RegisterMove, "t.told = 'told'", extra={"told_by_name": STAFF_NAME.format("told_by_id")})


def told(move, member, day):
    how = HOW_WORDS[RegisterMove.How(move.told_how)]
    return Said(f"The family was told of a move on the register, {how}, by {move.told_by_name}.")


def written(letter, member, day):
    return Said(f"A letter to {letter.addressee} was written.", href=address(letter, member))


def sent(letter, member, day):
    way = "asked by e-mail to ring" if letter.way == FamilyLetter.Way.EMAIL else "sent a letter by post"
    return Said(f"{letter.addressee} was {way}.", href=address(letter, member))


def withdrawn(letter, member, day):
    return Said(f"The letter to {letter.addressee} was withdrawn.", href=address(letter, member))


def address(letter, member):
    return reverse("pupils:letter-show", args=[letter.pk]) if member.can(Permission.FAMILY_TELL) else ""


HAPPENED = {
    "told": Happening(TOLD, "t.told_on", told, needs=FAMILY),
    "written": Happening(About(FamilyLetter), "t.written_on", written, needs=FAMILY),
    "sent": Happening(About(FamilyLetter), "t.sent_on", sent, needs=FAMILY),
    "withdrawn": Happening(About(FamilyLetter), "t.withdrawn_on", withdrawn, needs=FAMILY),
}
