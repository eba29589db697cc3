"""One pupil with a full history: a thousand things that happened to them."""

from datetime import timedelta

from django.utils import timezone

from pupils.models import AttendanceSnapshot, Pupil
from sendhub.audit import SYSTEM, acting
from sendhub.tenancy import school_context

EVENTS = 1_000


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
