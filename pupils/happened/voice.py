"""What the child said, on the day that they said it."""

from django.urls import reverse

from pupils.cards.notes import begins
from pupils.happened.event import Happening, Kind, Said
from pupils.models import PupilVoice
from pupils.queries.gather import STAFF_NAME, About
from sendhub.access import Permission

KIND = Kind.NOTES
STANDING = About(PupilVoice, "t.withdrawn_on IS NULL", extra={"taken_by_name": STAFF_NAME.format("taken_by_id")})
HOW = {
    PupilVoice.How.SAID: "said",
    PupilVoice.How.WRITTEN: "wrote",
    PupilVoice.How.DRAWN: "drew",
    PupilVoice.How.SYMBOLS: "showed with symbols",
    PupilVoice.How.HELPED: "said, with an adult’s help,",
}


def said(voice, member, day):
    words = f"“{begins(voice.words)}”" if voice.words else ""
    what = f"The pupil {HOW[voice.how]} something, taken down by {voice.taken_by_name}."
    return Said(what, words, reverse("pupils:voice-list", args=[voice.pupil_id]))


HAPPENED = {"said": Happening(STANDING, "t.said_on", said, needs=(Permission.PUPIL_RECORD,))}
