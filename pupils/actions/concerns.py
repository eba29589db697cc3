"""A concern: raised, moved on, taken back, and said whom it is about. Each move is a step, and the raiser is told."""

from django.utils import timezone

from pupils.actions.flags import set_flag
from pupils.models import Concern, ConcernStep, PupilFlag
from pupils.models.concerns import Stage
from sendhub import outbox
from sendhub.audit import action
from sendhub.kit.versions import save_version
from sendhub.rules import concerns as rules


class NotNow(Exception):
    """The concern is not where this move begins: somebody else has moved it meanwhile."""


@action("concern.raise")
def raise_concern(*, about, words, form_id, tell, by, pupil=None, named="", named_form=""):
    """Write it and tell `tell`, members who look at it first. The same `form_id` gives the same concern, told once."""
    today = timezone.localdate()
    concern, made = Concern.objects.get_or_create(
        school_id=by.school_id,
        form_id=form_id,
        defaults={
            "pupil": pupil,
            "named": named,
            "named_form": named_form,
            "about": about,
            "words": words,
            "raised_by": by,
            "raised_on": today,
            "since": today,
        },
    )
    if made:
        tell_first(concern, tell, by)
    return concern


def tell_first(concern, tell, by):
    for member in tell:
        if member.pk != concern.raised_by_id:
            outbox.queue(
                school_id=concern.school_id,
                key=f"concern:{concern.pk}:{concern.version}:first:{member.pk}",
                to=member.user.email,
                template="concern_raised",
                ids={"concern_id": concern.pk, "member_id": member.pk},
                by=by,
            )


@action("concern.move")
def move_concern(*, concern, version, after, words, by, look_on=None):
    """One move, by the dict of moves. Raises NotNow when somebody else has moved it since `version`."""
    after = rules.Stage(after)
    current = Concern.objects.select_for_update().get(school_id=concern.school_id, pk=concern.pk)
    if current.version != version or not rules.may_move(rules.Stage(current.stage), after):
        raise NotNow
    if after is rules.Stage.STEP and current.pupil_id:
        set_flag(pupils=[current.pupil], kind=PupilFlag.Kind.CONCERN, starts_on=timezone.localdate(), note=words, by=by)
    return step(current, after, words, look_on if after is rules.Stage.WATCH else None, by)


@action("concern.withdraw")
def withdraw_concern(*, concern, back, by):
    """The raiser takes it back before anybody has decided, or puts it there again (`back`). Raises NotNow."""
    after = rules.Stage.NEW if back else rules.Stage.WITHDRAWN
    current = Concern.objects.select_for_update().get(school_id=concern.school_id, pk=concern.pk)
    if not rules.may_move(rules.Stage(current.stage), after):
        raise NotNow
    return step(current, after, "", None, by)


@action("concern.match")
def match_concern(*, concern, pupil, tell, by):
    """Say whom a typed name means; who looks first is told then. What was typed stays."""
    matched = save_version(concern, concern.version, pupil=pupil)
    ConcernStep.objects.filter(school_id=concern.school_id, concern=concern).update(pupil=pupil)
    tell_first(matched, tell, by)
    return matched


def step(concern, after, words, look_on, by):
    today = timezone.localdate()
    moved = save_version(concern, concern.version, stage=Stage(after.value), since=today, look_on=look_on)
    taken = ConcernStep.objects.create(
        school_id=concern.school_id, concern=concern, pupil_id=concern.pupil_id, before=concern.stage,
        after=moved.stage, on=today, words=words, look_on=look_on, taken_by=by,
    )  # fmt: skip
    if by.pk != concern.raised_by_id:
        outbox.queue(
            school_id=concern.school_id,
            key=f"concern:{concern.pk}:step:{taken.pk}",
            to=concern.raised_by.user.email,
            template="concern_moved",
            ids={"step_id": taken.pk},
            by=by,
        )
    return moved
