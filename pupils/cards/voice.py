"""The card of what the child says, which stands before all others: the latest words, and until when they were true."""

from django.urls import reverse

from pupils.cards.card import Card, Line
from pupils.cards.notes import begins
from pupils.queries.voice import TOP
from pupils.words import day_words
from sendhub.access import Permission

NEEDS = (Permission.PUPIL_RECORD,)
PARTS = TOP


def card(pupil, rows, member, day):
    voices = rows["voices"]
    return Card(
        name="voice",
        title=f"What {pupil.forename} says" if voices else f"Nobody has written down what {pupil.forename} says",
        lines=tuple(line(voice, day) for voice in voices),
        empty="Ask, and write it down as they said it.",
        href=reverse("pupils:voice-list", args=[pupil.pk]),
        more="All of it" if voices else "Write it down",
        total=voices[0].of if voices else 0,
    )


def line(voice, day):
    what = f"“{begins(voice.words)}”" if voice.words else "A picture"
    how = f"{voice.get_how_display()}, {day_words(voice.said_on, day)}"
    true = "" if voice.still_true_on == voice.said_on else f" Still true on {day_words(voice.still_true_on, day)}."
    return Line(what, f"{how}. Taken down by {voice.taken_by_name}.{true}")
