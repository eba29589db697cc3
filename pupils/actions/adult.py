"""The adults with a named part in a pupil's day. A link lets them open the record, so each one is told."""

from pupils.models import PupilAdult
from sendhub import outbox
from sendhub.audit import action
from staff.actions.teaching import end_rows


@action("pupil.adult_link")
def link_adult(*, pupil, staff, part, starts_on, by):
    """Link a member of staff to the pupil from a day, and tell them by e-mail if they have an address.

    A link of this part that is open already comes back unchanged: a double click makes one link and one mail."""
    tie, _ = PupilAdult.objects.get_or_create(
        school_id=pupil.school_id,
        pupil=pupil,
        staff=staff,
        part=PupilAdult.Part(part),
        ends_on=None,
        defaults={"starts_on": starts_on},
    )
    if staff.email:
        outbox.queue(
            school_id=pupil.school_id,
            key=f"pupil_adult:{tie.pk}:linked",
            to=staff.email,
            template="pupil_adult",
            ids={"tie_id": tie.pk},
            by=by,
        )
    return tie


@action("pupil.adult_end")
def end_adult(*, tie, last_day, by):
    """The link holds until the end of `last_day`; one that would end before it began is taken away."""
    end_rows(PupilAdult, [tie], last_day)
