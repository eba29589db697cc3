"""The columns of a downloaded list, as far as their reader may see, and the rows in them."""

from pupils.models import Pupil, PupilFlag
from pupils.queries.facts import AT, area_words, need_words
from pupils.queries.record import CIRCUMSTANCE_WORDS
from sendhub.access import Permission

PLAIN = ["Surname", "Forename", "Year", "Form", "Date of birth"]
SEN = [
    "On the register",
    "Since",
    "Main need",
    "Broad area",
    "Needs",
    "Key adult",
    "Beside the register",
    "Sessions attended",
    "Sessions possible",
    "Another language at home",
    "First thing to know",
]
BATCH = 500
FLAGS = dict(PupilFlag.Kind.choices)


def columns_for(member, then=False):
    """The headings, in their order."""
    heads = [*PLAIN, "Left on"] if then else [*PLAIN]
    if member.can(Permission.PUPIL_RECORD):
        heads += SEN
    if member.can(Permission.CIRCUMSTANCE_VIEW):
        heads += CIRCUMSTANCE_WORDS.values()
    return heads


def rows_for(facts, ids):
    """One list of cells a pupil, under `columns_for`, in the order of `ids`. One query for each 500."""
    member = facts.member
    for start in range(0, len(ids), BATCH):
        batch = ids[start : start + BATCH]
        pupils = Pupil.objects.filter(school_id=member.school_id).in_bulk(batch)
        for pupil in (pupils[pk] for pk in batch):
            known = facts.pupils[pupil.pk]
            cells = [pupil.surname, pupil.forename, known[AT["year_code"]], known[AT["form"]], pupil.born_on]
            cells += [pupil.left_on] if facts.then else []
            if member.can(Permission.PUPIL_RECORD):
                cells += sen_cells(facts, pupil)
            if member.can(Permission.CIRCUMSTANCE_VIEW):
                cells += [getattr(pupil, name) for name in CIRCUMSTANCE_WORDS]
            yield cells


def sen_cells(facts, pupil):
    """The cells under SEN. A main need is one of rank 1; without it the column is empty, as the census sees it."""
    standing = facts.standing(pupil.pk)
    main = standing.main_need
    return [
        *facts.provision_words(pupil.pk),
        need_words(main) if main else "",
        area_words(main) if main else "",
        facts.need_words(pupil.pk),
        "; ".join(standing.adults.values()),
        ", ".join(FLAGS[kind] for kind in standing.flags),
        *facts.attendance.get(pupil.pk, (None, None)),
        pupil.eal,
        pupil.first_line,
    ]
