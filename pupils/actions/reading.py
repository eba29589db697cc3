"""One adult's own marks: whom they want to get to know, and about whom they have read. `by` is that adult."""

from pupils.models import ReadingMark
from sendhub.audit import action


@action("reading.tag")
def tag_pupils(*, pupils, on, by):
    """Put pupils on the adult's list to get to know. Returns how many were not on it before."""
    marks = {mark.pupil_id: mark for mark in marks_of(by, pupils)}
    new = [
        ReadingMark(school_id=by.school_id, member=by, pupil=pupil, tagged_on=on)
        for pupil in pupils
        if pupil.pk not in marks
    ]
    untagged = [mark.pk for mark in marks.values() if mark.tagged_on is None]
    ReadingMark.objects.bulk_create(new, ignore_conflicts=True)
    ReadingMark.objects.filter(school_id=by.school_id, pk__in=untagged).update(tagged_on=on)
    return len(new) + len(untagged)


@action("reading.untag")
def untag_pupil(*, pupil, by):
    """Take a pupil off the list. What was read stays read."""
    mine = marks_of(by, [pupil])
    mine.filter(read_on__isnull=True).delete()
    mine.update(tagged_on=None)


@action("reading.read")
def mark_read(*, pupil, on, by):
    """The adult has read what there is to know about the pupil. A second time keeps the first day."""
    mark, made = ReadingMark.objects.get_or_create(
        school_id=by.school_id, member=by, pupil=pupil, defaults={"read_on": on}
    )
    if not made and mark.read_on is None:
        mark.read_on = on
        mark.save(update_fields=["read_on"])
    return mark


@action("reading.unread")
def mark_unread(*, pupil, by):
    """Not read after all: the pupil is in the queue again, and still on the list if they were."""
    mine = marks_of(by, [pupil])
    mine.filter(tagged_on__isnull=True).delete()
    mine.update(read_on=None)


def marks_of(member, pupils):
    return ReadingMark.objects.filter(school_id=member.school_id, member=member, pupil__in=pupils)
