"""One pupil with a full history: a thousand things that happened to them, and two hundred notes."""

from datetime import timedelta

from django.utils import timezone

from pupils.models import AttendanceSnapshot, Note, Pupil
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context, set_local
from staff.models import Membership

EVENTS, NOTES = 1_000, 200
NOTE = "Talked with the class teacher. Reads for ten minutes now, with breaks and a quiet corner. " * 3


def fill(school, pk):
    """As many attendance lists as it takes; nothing where they are there already."""
    today = timezone.localdate()
    with school_context(school.pk), acting(SYSTEM, "bench.fill"):
        pupil = Pupil.objects.get(pk=pk)
        have = AttendanceSnapshot.objects.filter(pupil=pupil).count()
        AttendanceSnapshot.objects.bulk_create(
            [
                AttendanceSnapshot(
                    school=school, pupil=pupil, taken_on=today - timedelta(days=n), possible=380, attended=n % 380
                )
                for n in range(1, EVENTS + 1 if have < EVENTS else 1)
            ],
            ignore_conflicts=True,
        )
        if not Note.objects.filter(pupil=pupil).exists():
            write_notes(school, pupil, today)


def write_notes(school, pupil, today):
    """One a day, every twentieth restricted, of every kind in turn."""
    set_local(user_id=0)
    author = Membership.objects.filter(school=school, roles__contains=["sendco"]).first()
    kinds = Note.Kind.values
    Note.objects.bulk_create(
        Note(
            school=school, pupil=pupil, kind=kinds[at % len(kinds)], on=today - timedelta(days=at), text=NOTE,
            author=author, restricted=at % 20 == 0,
        )
        for at in range(NOTES)
    )  # fmt: skip
