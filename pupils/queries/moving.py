"""What holds for pupils now, as a move needs to know it, and which adults of a family a letter may go to."""

from dataclasses import dataclass
from datetime import date, timedelta

from pupils.models import Contact, Pupil, SENRecord
from sendhub.rules.register_moves import NONE


@dataclass(slots=True)
class Standing:
    """The provision now ("N", "K", "E"), its first day, and the open row where there is one.

    `since` is the day on or before which nothing may be moved: None when nothing was ever recorded. A first day that
    was only seen in a file does not count; the end of what stood before does.
    """

    provision: str = NONE
    since: date | None = None
    record: SENRecord | None = None


def standings_of(school_id, ids):
    """{pupil id: Standing} of each pupil in `ids`. One query."""
    rows = SENRecord.objects.filter(school_id=school_id, pupil_id__in=ids).order_by("pupil_id", "starts_on", "id")
    found = {pk: Standing() for pk in ids}
    for row in rows:
        before = found[row.pupil_id]
        if row.ends_on is not None:
            found[row.pupil_id] = Standing(NONE, row.ends_on + timedelta(days=1))
        else:
            since = row.starts_on if row.start_known else before.since
            found[row.pupil_id] = Standing(row.provision, since, row)
    return found


def movable(member, ids=None):
    """Pupils on roll whom the member may see, by name; those in `ids` where it is given. Lazy."""
    pupils = Pupil.objects.visible_to(member).on_roll().order_by("sort_name", "id")
    return pupils if ids is None else pupils.filter(pk__in=ids)


def may_be_written_to(contact):
    """A letter goes by itself only to an adult with parental responsibility and without a court order."""
    return contact.parental_responsibility is True and not contact.court_order


def contacts_of(school_id, ids):
    """{pupil id: [Contact]} in the school's own order. One query."""
    found = {}
    for contact in Contact.objects.filter(school_id=school_id, pupil_id__in=ids).order_by("pupil_id", "priority", "id"):
        found.setdefault(contact.pupil_id, []).append(contact)
    return found
