"""A few concerns at Oakfield, at each stage: what staff noticed this month, and what came of it."""

import uuid
from datetime import timedelta

from pupils.actions import move_concern, raise_concern
from pupils.models import Pupil

# (raised by, about, words, [(stage, words, days until the next look, by)]): pupils of the tutor's form, in turn.
RAISED = (
    ("Oduya", "feelings", "Sat alone at lunch on Monday and Tuesday.", []),
    (
        "Osei",
        "learning",
        "Copies from the board slowly, and stops half way.",
        [("watch", "Moved to the front.", 16, "Whitlock")],
    ),
    (
        "Whitlock",
        "talking",
        "Gave one-word answers in every lesson this week.",
        [("sendco", "The same in two subjects.", 0, "Osei")],
    ),
    (
        "Oduya",
        "senses",
        "Rubs the eyes after ten minutes of reading.",
        [("family", "Ask about glasses.", 0, "Whitlock")],
    ),
    ("Kettle", "attendance", "Late four days out of five.", [("closed", "The bus has changed its time.", 0, "Osei")]),
)
OTHER = ("Kettle", "else", "No coat, three days in a row.", "Amira, plays the drums", "7")


def raise_some(school, members, form, today):
    """Who looks first is told nothing by e-mail here; who raised one is told what came of it, as in any school."""
    pupils = list(Pupil.objects.filter(school=school, form=form, left_on=None).order_by("sort_name", "id"))
    for pupil, (surname, about, words, steps) in zip(pupils[3:], RAISED, strict=False):
        concern = raise_concern(
            pupil=pupil, about=about, words=words, form_id=uuid.uuid4(), tell=[], by=members[surname]
        )
        for after, said, days, by in steps:
            look_on = today + timedelta(days=days) if days else None
            concern = move_concern(
                concern=concern, version=concern.version, after=after, words=said, look_on=look_on, by=members[by]
            )
    surname, about, words, named, named_form = OTHER
    raise_concern(
        named=named, named_form=named_form, about=about, words=words, form_id=uuid.uuid4(), tell=[], by=members[surname]
    )
