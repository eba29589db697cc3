"""The columns of a downloaded list, as far as their reader may see, and the rows in them."""

from pupils.models import Pupil
from pupils.queries.record import CIRCUMSTANCE_WORDS
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


def rows_for(facts, ids):
    """One list of cells a pupil, under `columns_for`, in the order of `ids`. One query for each 500."""
    member, sees_sen = facts.member, facts.member.can(Permission.PUPIL_RECORD)
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        pupils = Pupil.objects.filter(school_id=member.school_id).in_bulk(batch)
        for pupil in (pupils[pk] for pk in batch):
            cells = [getattr(pupil, name) for _, name in PLAIN]
            if sees_sen:
                cells += [*facts.provision_words(pupil.pk), facts.need_words(pupil.pk), pupil.first_line]
            if member.can(Permission.CIRCUMSTANCE_VIEW):
                cells += [getattr(pupil, name) for name in CIRCUMSTANCE_WORDS]
            yield cells
