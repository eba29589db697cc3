"""The columns of a downloaded list, as far as their reader may see, and the rows in them."""

from pupils.queries import sen_words
from pupils.queries.record import CIRCUMSTANCE_WORDS
from pupils.words import PROVISIONS
from sendhub.access import Permission

PLAIN = [
    ("Surname", "surname"),
    ("Forename", "forename"),
    ("Year", "year_code"),
    ("Form", "form"),
    ("Date of birth", "born_on"),
]
SEN = ["On the register", "Since", "Needs", "First thing to know"]
BATCH = 500


def columns_for(member):
    """The headings, in their order."""
    heads = [head for head, _ in PLAIN]
    if member.can(Permission.PUPIL_RECORD):
        heads += SEN
    if member.can(Permission.CIRCUMSTANCE_VIEW):
        heads += CIRCUMSTANCE_WORDS.values()
    return heads


def rows_for(member, pupils, day):
    """One list of cells a pupil, under `columns_for`. Two queries for each 500, besides the pupils' own."""
    pupils = list(pupils)
    for start in range(0, len(pupils), BATCH):
        batch = pupils[start : start + BATCH]
        sees_sen = member.can(Permission.PUPIL_RECORD)
        held, needs = sen_words(member, [pupil.pk for pupil in batch], day) if sees_sen else ({}, {})
        for pupil in batch:
            cells = [getattr(pupil, name) for _, name in PLAIN]
            if sees_sen:
                provision, since = held.get(pupil.pk, (PROVISIONS[None], ""))
                cells += [provision, since, ", ".join(needs.get(pupil.pk, ())), pupil.first_line]
            if member.can(Permission.CIRCUMSTANCE_VIEW):
                cells += [getattr(pupil, name) for name in CIRCUMSTANCE_WORDS]
            yield cells
