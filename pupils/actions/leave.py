"""A pupil leaves, as one operation, and comes back: then what ended with the last day opens again."""

from django.utils import timezone

from pupils.actions.place import place_in_year_and_form
from pupils.actions.pupil import mark_left
from sendhub.audit import action
from sendhub.kit.actions import undo_operation
from sendhub.kit.models import Operation
from sendhub.kit.operations import operation
from sendhub.kit.versions import save_version

LEAVE = "pupil.leave"


@action(LEAVE)
def take_leave(*, pupil, left_on, by):
    """Mark a leaver as an operation of its own; returns the pupil."""
    with operation(school_id=pupil.school_id, kind=LEAVE, title="1 pupil marked as left", by=by):
        return mark_left(pupil=pupil, left_on=left_on, by=by)


@action("pupil.come_back")
def come_back(*, pupil, on, by):
    """They are here again. While the leaving can be undone, it is: classes and adults as before. After that, or when
    a file marked them as left, they get their year and form again from the day `on`."""
    left = left_by(pupil)
    if left is not None:
        undo_operation(operation=left, by=by)
        pupil.refresh_from_db()
    if pupil.left_on is not None:
        pupil = save_version(pupil, pupil.version, left_on=None)
    place_in_year_and_form(school=pupil.school, pupils=[pupil], on=on, by=by)
    return pupil


def left_by(pupil):
    """The operation by which this pupil alone was marked as left, while it can be undone; None otherwise."""
    events = pupil.events.filter(school_id=pupil.school_id, left_on=pupil.left_on).order_by("-pgh_id")
    numbers = [(event or {}).get("operation") for event in events.values_list("pgh_context", flat=True)]
    left = Operation.objects.filter(
        school_id=pupil.school_id,
        kind=LEAVE,
        pk__in=[number for number in numbers if number],
        undone_at=None,
        undo_until__gte=timezone.now(),
    )
    return left.first()
