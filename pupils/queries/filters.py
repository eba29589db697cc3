"""Which pupils a list shows: the filter's words turned into one queryset, the same for page, count and export.

What a member may filter by is decided by `pupils.forms.filters`, which hands over only fields that they may use.
"""

from django.db.models import Exists, OuterRef

from pupils.models import Contact, Pupil, PupilAdult, SENNeed, SENRecord

REGISTER, NOBODY, EVERYONE = "register", "none", "all"
CIRCUMSTANCES = {"premium": "pupil_premium", "fsm": "fsm", "care": "in_care"}


def filtered(member, wanted, day):
    """The pupils on roll whom `member` may see and `wanted` (cleaned filter words) asks for, in no order."""
    pupils = Pupil.objects.visible_to(member, day).on_roll().order_by()
    if wanted.get("ids") is not None:
        pupils = pupils.filter(pk__in=wanted["ids"])
    if wanted.get("year"):
        pupils = pupils.filter(year_code=wanted["year"])
    if wanted.get("form"):
        pupils = pupils.filter(form=wanted["form"])
    pupils = by_provision(pupils, member, wanted.get("provision", EVERYONE), day)
    if wanted.get("need"):
        main = needs_on(member, day).filter(code=wanted["need"], rank=1)
        pupils = pupils.filter(pk__in=main.values("pupil_id"))
    for word, column in CIRCUMSTANCES.items():
        if wanted.get(word):
            pupils = pupils.filter(**{column: True})
    if wanted.get("gap"):
        pupils = GAPS[wanted["gap"]](pupils, member, day)
    return pupils


def by_provision(pupils, member, provision, day):
    """On the register, not on it, or holding one provision; all of them for anything else."""
    held = SENRecord.objects.at(day).filter(school_id=member.school_id)
    if provision == REGISTER:
        return pupils.filter(pk__in=held.values("pupil_id"))
    if provision == NOBODY:
        return pupils.filter(~Exists(held.filter(pupil_id=OuterRef("pk"))))
    if provision in SENRecord.Provision.values:
        return pupils.filter(pk__in=held.filter(provision=provision).values("pupil_id"))
    return pupils


def needs_on(member, day):
    return SENNeed.objects.at(day).filter(school_id=member.school_id)


def without_first_line(pupils, member, day):
    """On the register, and nothing to know is written."""
    return by_provision(pupils, member, REGISTER, day).filter(first_line="")


def without_key_adult(pupils, member, day):
    """On the register, and no key adult today."""
    adult = PupilAdult.objects.on(day).filter(
        school_id=member.school_id, part=PupilAdult.Part.KEY_ADULT, pupil_id=OuterRef("pk")
    )
    return by_provision(pupils, member, REGISTER, day).filter(~Exists(adult))


def without_need(pupils, member, day):
    """On the register, and no type of need. The census wants one for each K and E (SEN type ranking)."""
    need = needs_on(member, day).filter(pupil_id=OuterRef("pk"))
    return by_provision(pupils, member, REGISTER, day).filter(~Exists(need))


def without_email(pupils, member, day):
    """No contact of theirs has an e-mail address."""
    reached = Contact.objects.filter(school_id=member.school_id, pupil_id=OuterRef("pk")).exclude(email="")
    return pupils.filter(~Exists(reached))


GAPS = {
    "first_line": without_first_line,
    "key_adult": without_key_adult,
    "need": without_need,
    "email": without_email,
}
GAP_WORDS = {
    "first_line": "Nothing to know yet",
    "key_adult": "No key adult",
    "need": "No need recorded",
    "email": "No family e-mail",
}
