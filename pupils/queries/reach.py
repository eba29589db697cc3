"""Why someone may see a pupil, in one sentence, as `Pupil.objects.visible_to` decides it; and with which powers."""

from django.utils import timezone

from pupils.models import GroupPupil, Pupil, PupilAdult
from pupils.models.pupil import linked_to
from pupils.words import day_words, sentence_list
from sendhub.access import Role, Scope, rows_of
from staff.models import GroupStaff

ROLE_REASONS = {
    Role.SENDCO: "You are the SENDCO",
    Role.ASSISTANT_SENDCO: "You are an assistant SENDCO",
    Role.SEND_ADMIN: "You are the SEND administrator",
    Role.HEAD: "You are the head",
    Role.DSL: "You are the safeguarding lead",
    Role.OFFICE: "You work in the office",
    Role.TRUST_LEAD: "You lead SEND for the trust, and the school has let you open records",
}
GROUP_REASONS = {
    GroupStaff.Part.TEACHES: "You teach",
    GroupStaff.Part.TUTORS: "You are form tutor of",
    GroupStaff.Part.LEADS: "You lead",
    GroupStaff.Part.SUPPORTS: "You support in",
}


def why_can_see(member, pupil, on=None):
    """The reason as a sentence without its full stop ("You teach 9C/En"), or "" when they may not.

    Says yes exactly when `visible_to(member, on)` holds the pupil; a test walks the cast to keep it so.
    """
    if pupil.school_id != member.school_id or member.ended_at is not None:
        return ""
    if member.scope == Scope.ALL:
        ties = tie_reasons(member, pupil, on or timezone.localdate()) if has_mixed_roles(member) else []
        return ". ".join([*ties, role_reason(member)])[:200]
    day = on or timezone.localdate()
    if member.scope == Scope.NONE or not member.works_here(day) or pupil.left_on is not None:
        return ""
    return ". ".join(tie_reasons(member, pupil, day))[:200]


def has_mixed_roles(member):
    """Whether some of their roles reach further than others, and a tie could add to what they may do."""
    return len(member.throughout().roles) < len(member.roles) and member.works_here(timezone.localdate())


def member_about(member, pupil, on=None):
    """The member with the roles that count for this pupil: all of them when a tie links the two, else those that
    reach everybody. One query, and only for someone with mixed roles."""
    if not has_mixed_roles(member):
        return member
    mine = Pupil.objects.on_roll().filter(school_id=member.school_id, pk=pupil.pk)
    return member if mine.filter(linked_to(member, on or timezone.localdate())).exists() else member.throughout()


def role_reason(member):
    """The first of the member's roles, in the order above, that sees every pupil."""
    wide = {role for role in member.roles if rows_of([role], member.trust_granted)[0].scope == Scope.ALL}
    return next(words for role, words in ROLE_REASONS.items() if role in wide)


def tie_reasons(member, pupil, day):
    """One reason a kind of tie: named part in the pupil's day first, then groups. Two queries."""
    adult = PupilAdult.objects.on(day).filter(school_id=member.school_id, staff_id=member.staff_id, pupil_id=pupil.pk)
    reasons = [f"{tie.get_part_display()} since {day_words(tie.starts_on, day)}" for tie in adult]
    places = GroupPupil.objects.on(day).filter(school_id=member.school_id, pupil_id=pupil.pk)
    groups = {}
    ties = GroupStaff.objects.on(day).filter(
        school_id=member.school_id, staff_id=member.staff_id, group__in=places.values("group")
    )
    for part, name in ties.order_by("group__name").values_list("part", "group__name"):
        groups.setdefault(part, []).append(name)
    return reasons + [
        f"{words} {sentence_list(groups[part])}" for part, words in GROUP_REASONS.items() if part in groups
    ]
