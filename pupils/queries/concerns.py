"""Concerns: who looks first at one about a pupil, what waits for a member, and how long it has."""

from dataclasses import dataclass

from pupils.models import Concern, ConcernStep, GroupPupil
from pupils.models.concerns import FIRST_LOOK
from pupils.words import day_words, sentence_list
from sendhub.access import Permission, Role
from sendhub.rules import concerns as rules
from staff.models import GroupStaff, Membership

PARTS = {GroupStaff.Part.TUTORS: "tutor of", GroupStaff.Part.LEADS: "leader of"}


@dataclass(frozen=True, slots=True)
class FirstLook:
    """The members who look first, and who they are in words: "Dan Whitlock, tutor of 9C"."""

    members: list
    words: str


def holders(school_id, role):
    """The members who have this role today, by name. One query."""
    held = Membership.objects.current().filter(school_id=school_id, roles__contains=[role.value])
    return list(held.select_related("user", "school").order_by("user__name", "pk"))


def first_look(pupil, school_id, day):
    """The form's tutors, else the year's leaders, else the SENDCO; of nobody in particular (None) the SENDCO. Three
    queries at most."""
    ties = ties_of(pupil, day) if pupil is not None else []
    members = {}
    if ties:
        held = Membership.objects.current().filter(school_id=school_id, staff__in=[tie.staff_id for tie in ties])
        members = {member.staff_id: member for member in held.select_related("user", "school")}
    for part, words in PARTS.items():
        able = [tie for tie in ties if tie.part == part and can_look(members.get(tie.staff_id))]
        if able:
            named = sentence_list(f"{members[tie.staff_id].name}, {words} {tie.group.name}" for tie in able)
            return FirstLook([members[tie.staff_id] for tie in able], named)
    sendcos = holders(school_id, Role.SENDCO)
    return FirstLook(sendcos, sentence_list(f"{member.name}, the SENDCO" for member in sendcos) or "the SENDCO")


def can_look(member):
    return member is not None and member.can(Permission.CONCERN_TRIAGE)


def ties_of(pupil, day):
    places = GroupPupil.objects.on(day).filter(school_id=pupil.school_id, pupil=pupil)
    ties = GroupStaff.objects.on(day).filter(
        school_id=pupil.school_id, part__in=FIRST_LOOK, group__in=places.values("group")
    )
    return list(ties.select_related("group").order_by("group__name", "pk"))


@dataclass(frozen=True, slots=True)
class ConcernLine:
    """One concern in words, as one reader may know it. `mark` is a kind of tag, with its words."""

    concern: object
    who: str
    form: str
    stage: str
    days: str
    mark: str
    mark_words: str
    due: object


def line_of(concern, calendar, day, looks):
    """`looks`: the reader decides of it, so they know whom it is about; the raiser knows what they typed."""
    stage = rules.Stage(concern.stage)
    deadline = rules.due(stage, concern.since, concern.look_on, calendar, day)
    mark, words = mark_of(deadline, day)
    known = concern.pupil_id and (looks or not concern.named)
    return ConcernLine(
        concern=concern,
        who=concern.pupil.name if known else concern.named,
        form=concern.pupil.form if known else concern.named_form,
        stage=concern.get_stage_display(),
        days=days_words(rules.days_in_stage(concern.since, day, calendar)) if stage in rules.OPEN else "",
        mark=mark,
        mark_words=words,
        due=deadline.due,
    )


def mark_of(deadline, day):
    left = deadline.days_left(day)
    if left is None:
        return "", ""
    if left < 0:
        return "late", f"Late since {day_words(deadline.due, day)}"
    return "due" if left == 0 else "plain", "Today" if left == 0 else f"By {day_words(deadline.due, day)}"


def days_words(days):
    if not days:
        return "since today"
    return "1 school day in this stage" if days == 1 else f"{days} school days in this stage"


def steps_of(concern):
    """What became of it, oldest first. One query."""
    steps = ConcernStep.objects.filter(school_id=concern.school_id, concern=concern)
    return list(steps.select_related("taken_by__user"))


def looks_at(member, concern, day):
    """Whether this member decides of it. One query at most."""
    return Concern.objects.looked_at_by(member, day).filter(pk=concern.pk).exists()
