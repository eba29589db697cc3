"""The e-mails about pupils, one function each. To staff: initials and form, in the body and nowhere else. To a family:
"your child", and never what the news is."""

from pupils.actions.letters import NOTICE
from pupils.models import Concern, ConcernStep, FamilyLetter, PupilAdult
from pupils.models.concerns import Stage
from pupils.words import day_words
from sendhub.outbox.registry import Mail, email
from sendhub.rules.disclosure import initials
from staff.models import GroupStaff, Membership


@email("pupil_adult", title="Someone was linked to a pupil")
def pupil_adult(*, tie_id):
    """To the adult who was linked. None when the link has been taken away since."""
    tie = PupilAdult.objects.select_related("pupil", "staff").filter(pk=tie_id, ends_on=None).first()
    if tie is None:
        return None
    return Mail(
        subject="You have a new part in a pupil's day",
        text_template="emails/pupils/pupil_adult.txt",
        html_template="emails/pupils/pupil_adult.html",
        context={
            "who": f"{tie.pupil.initials}, {tie.pupil.form or tie.pupil.year_label}",
            "staff": tie.staff,
            "part": tie.get_part_display().lower(),
            "starts": day_words(tie.starts_on, tie.starts_on),
        },
    )


@email(NOTICE, title="A family is asked to ring")
def family_notice(*, letter_id, member_id):
    """To one adult of a family: that there is news, and whom to ring. None when the letter has been printed instead or
    withdrawn, or its move undone."""
    letter = FamilyLetter.objects.filter(pk=letter_id, way=FamilyLetter.Way.EMAIL, withdrawn_on=None).first()
    if letter is None:
        return None
    whom = Membership.objects.select_related("user").get(pk=member_id)
    return Mail(
        subject="A message about your child",
        text_template="emails/pupils/family_notice.txt",
        html_template="emails/pupils/family_notice.html",
        context={"addressee": letter.addressee, "whom": whom.name},
    )


@email("pupil_links", title="Someone was linked to pupils")
def pupil_links(*, tie_ids):
    """To one adult, about all pupils of one batch. None when every one of the links has been taken away since."""
    ties = PupilAdult.objects.select_related("pupil", "staff").filter(pk__in=tie_ids, ends_on=None)
    ties = sorted(ties, key=lambda tie: (tie.pupil.year_sort, tie.pupil.form, tie.pupil.initials, tie.pk))
    if not ties:
        return None
    return Mail(
        subject="You have a new part in the day of some pupils",
        text_template="emails/pupils/pupil_links.txt",
        html_template="emails/pupils/pupil_links.html",
        context={
            "who": [f"{tie.pupil.initials}, {tie.pupil.form or tie.pupil.year_label}" for tie in ties],
            "staff": ties[0].staff,
            "part": ties[0].get_part_display().lower(),
            "starts": day_words(ties[0].starts_on, ties[0].starts_on),
        },
    )


@email("group_links", title="Someone was given a form or a year")
def group_links(*, tie_ids):
    """To one adult, about the forms or years of one batch. None when they have all been taken away since."""
    ties = GroupStaff.objects.select_related("group__year", "staff").filter(pk__in=tie_ids, ends_on=None)
    ties = list(ties.order_by("group__name", "pk"))
    if not ties:
        return None
    starts = ties[0].starts_on or ties[0].group.year.groups_from
    return Mail(
        subject="You have a new part at school",
        text_template="emails/pupils/group_links.txt",
        html_template="emails/pupils/group_links.html",
        context={
            "groups": [tie.group.name for tie in ties],
            "staff": ties[0].staff,
            "part": {"tutors": "form tutor of", "leads": "leader of"}[ties[0].part],
            "starts": day_words(starts, starts),
        },
    )


@email("concern_raised", title="A concern waits for a first look")
def concern_raised(*, concern_id, member_id):
    """To one who looks at it first. None when it has been taken back or decided since."""
    concern = Concern.objects.select_related("pupil").filter(pk=concern_id, stage=Stage.NEW).first()
    if concern is None:
        return None
    whom = Membership.objects.select_related("user").get(pk=member_id)
    return Mail(
        subject="A concern waits for your first look",
        text_template="emails/pupils/concern_raised.txt",
        html_template="emails/pupils/concern_raised.html",
        context={"whom": whom.name, "who": who_of(concern)},
    )


@email("concern_moved", title="What came of a concern")
def concern_moved(*, step_id):
    """To whoever raised it."""
    step = ConcernStep.objects.select_related("concern__pupil", "concern__raised_by__user").filter(pk=step_id).first()
    if step is None:
        return None
    return Mail(
        subject="What came of your concern",
        text_template="emails/pupils/concern_moved.txt",
        html_template="emails/pupils/concern_moved.html",
        context={
            "whom": step.concern.raised_by.name,
            "who": who_of(step.concern, typed=True),
            "what": step.get_after_display(),
            "look_on": day_words(step.look_on, step.on),
        },
    )


def who_of(concern, typed=False):
    """Initials and form. `typed`: of one that was typed, as its raiser typed it, whomever it meant."""
    if concern.pupil_id and not (typed and concern.named):
        return f"{concern.pupil.initials}, {concern.pupil.form or concern.pupil.year_label}"
    return ", ".join(filter(None, (initials(concern.named), concern.named_form)))
