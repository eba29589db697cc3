"""How long what is kept: a school's own rule, a legal hold, and the word of two people that a record may go. Nothing is
removed here (sendhub.desk.rights.purge)."""

from django.core.exceptions import ValidationError
from django.utils import timezone

from sendhub.audit import action
from sendhub.desk.models import LegalHold, Removal, RetentionRule
from sendhub.kit.versions import save_version

SAME = "You said already that it may go. Somebody else has to say so too."
HELD = "A legal hold is on this record. Nothing of it goes."


@action("retention.set")
def set_rule(*, school, record_type, by, version=None, **facts):
    """The school's own number in place of the default. Raises versions.Conflict."""
    rule = RetentionRule.objects.filter(school=school, record_type=record_type).first()
    if rule is None:
        return RetentionRule.objects.create(school=school, record_type=record_type, **facts)
    return save_version(rule, version or 0, **facts)


@action("hold.set")
def set_hold(*, pupil, reason, by):
    """Nothing of this pupil goes until it is lifted. Twice is once."""
    begin = {"reason": reason, "set_by": by, "set_on": timezone.localdate()}
    return LegalHold.objects.get_or_create(school_id=pupil.school_id, pupil=pupil, lifted_on=None, defaults=begin)[0]


@action("hold.lift")
def lift_hold(*, hold, by):
    rows = LegalHold.objects.open().filter(school_id=hold.school_id, pk=hold.pk)
    return rows.update(lifted_on=timezone.localdate(), lifted_by=by)


@action("removal.propose")
def propose_removals(*, pupils, record_types, why, by):
    """The first person's word, {pupil's id: record type}. Those that wait already, or are held, are left out."""
    school_id, today = by.school_id, timezone.localdate()
    ids = [pupil.pk for pupil in pupils]
    held = LegalHold.objects.open().filter(school_id=school_id, pupil_id__in=ids)
    waits = Removal.objects.open().filter(school_id=school_id, pupil_id__in=ids)
    out = {*held.values_list("pupil_id", flat=True), *waits.values_list("pupil_id", flat=True)}
    rows = [
        Removal(
            school_id=school_id, pupil=pupil, record_type=record_types[pupil.pk], why=why, first_by=by, first_on=today
        )
        for pupil in pupils
        if pupil.pk not in out
    ]
    return Removal.objects.bulk_create(rows)


@action("removal.approve")
def approve_removal(*, removal, by):
    """The second person's word. Raises ValidationError for the first person, and while a hold is on it."""
    fresh = (
        Removal.objects.select_for_update(of=("self",))
        .select_related("first_by")
        .get(school_id=removal.school_id, pk=removal.pk)
    )
    if fresh.first_by.user_id == by.user_id:
        raise ValidationError(SAME)
    if LegalHold.objects.open().filter(school_id=fresh.school_id, pupil_id=fresh.pupil_id).exists():
        raise ValidationError(HELD)
    rows = Removal.objects.open().filter(school_id=fresh.school_id, pk=fresh.pk, second_by=None)
    return rows.update(second_by=by, second_on=timezone.localdate())


@action("removal.withdraw")
def withdraw_removal(*, removal, by):
    """It stays after all; whoever may approve may say so, as long as it is not done."""
    rows = Removal.objects.open().filter(school_id=removal.school_id, pk=removal.pk)
    return rows.update(withdrawn_on=timezone.localdate(), withdrawn_by=by)
