"""One pupil's record: what stands on the page and in the PDF, as far as its reader may see."""

from dataclasses import dataclass, field

from django.utils import timezone

from pupils.models import GroupPupil, PupilAdult, SENNeed, SENRecord
from pupils.queries.facts import need_words
from pupils.queries.history import flags_of, history_of, need_lines
from pupils.words import PROVISIONS, day_words, sentence_list, since_words
from sendhub.access import Permission
from staff.models import GroupStaff, TeachingGroup

CIRCUMSTANCE_WORDS = {
    "in_care": "In care",
    "fsm": "Free meals",
    "fsm_ever6": "Free meals in the last six years",
    "pupil_premium": "Pupil premium",
}
KINDS = dict(TeachingGroup.Kind.choices)
YES_NO = {True: "Yes", False: "No", None: "Not known"}


@dataclass(slots=True)
class Record:
    """Words ready to print. `contacts` and `circumstances` are None for whoever may not see them; what is said of the
    family in the history likewise."""

    pupil: object
    provision: str
    since: str
    needs: list
    adults: list
    classes: list
    contacts: list | None = None
    circumstances: list | None = None
    history: list = field(default_factory=list)  # HistoryLine, the newest first
    need_lines: list = field(default_factory=list)
    flags: list = field(default_factory=list)

    @property
    def on_register(self):
        return self.provision != PROVISIONS[None]


def record_of(member, pupil, on=None):
    """Six queries, and one for contacts: the same for every pupil. As at the day `on` where it is given."""
    day = on or timezone.localdate()
    own = {"school_id": pupil.school_id, "pupil_id": pupil.pk}
    stages = list(SENRecord.objects.filter(**own, starts_on__lte=day))
    now = next((stage for stage in stages if stage.ends_on is None or stage.ends_on >= day), None)
    needs = list(SENNeed.objects.at(day).filter(**own))
    family = member.can(Permission.CONTACT_VIEW)
    record = Record(
        pupil=pupil,
        provision=PROVISIONS[now.provision if now else None],
        since=since_words(now.starts_on, now.start_known, day) if now else "",
        needs=[need_words(need.code) for need in needs],
        adults=adults_of(pupil, day),
        classes=classes_of(pupil, day),
        history=history_of(pupil, stages, now, day, family),
        need_lines=need_lines(needs, day),
        flags=flags_of(pupil, day, family),
    )
    if member.can(Permission.CONTACT_VIEW):
        record.contacts = list(pupil.contacts.filter(school_id=pupil.school_id))
    if member.can(Permission.CIRCUMSTANCE_VIEW):
        record.circumstances = [(words, YES_NO[getattr(pupil, name)]) for name, words in CIRCUMSTANCE_WORDS.items()]
    return record


@dataclass(frozen=True, slots=True)
class Adult:
    pk: int
    name: str
    part: str
    since: str
    open: bool  # its end is not set


def adults_of(pupil, day):
    """Those whose tie holds today or begins later."""
    ties = PupilAdult.objects.filter(school_id=pupil.school_id, pupil_id=pupil.pk).exclude(ends_on__lt=day)
    return [
        Adult(tie.pk, tie.staff.name, tie.get_part_display(), adult_since(tie, day), tie.ends_on is None)
        for tie in ties.select_related("staff")
    ]


def adult_since(tie, day):
    words = f"{'since' if tie.starts_on <= day else 'from'} {day_words(tie.starts_on, day)}"
    return words if tie.ends_on is None else f"{words} until {day_words(tie.ends_on, day)}"


@dataclass(frozen=True, slots=True)
class ClassLine:
    name: str
    subject: str
    staff: str


def classes_of(pupil, day):
    """Today's classes, form and year with who teaches or leads them, by name. Two queries."""
    places = GroupPupil.objects.on(day).filter(
        school_id=pupil.school_id,
        pupil_id=pupil.pk,
        group__year__groups_from__lte=day,
        group__year__groups_until__gte=day,
    )
    columns = places.order_by("group__name").values_list("group_id", "group__name", "group__subject", "group__kind")
    groups = {pk: (name, subject or KINDS[kind]) for pk, name, subject, kind in columns}
    ties = GroupStaff.objects.on(day).filter(school_id=pupil.school_id, group_id__in=list(groups))
    ties = ties.order_by("staff__surname", "id").values_list("group_id", "staff__forename", "staff__surname")
    names = {}
    for pk, forename, surname in ties:
        names.setdefault(pk, []).append(f"{forename} {surname}".strip())
    return [ClassLine(*group, sentence_list(names.get(pk, ()))) for pk, group in groups.items()]
