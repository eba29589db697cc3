"""How long the answer to "all that you keep on my child" takes, for the pupil with a full history. Printed, never held
to a limit."""

import time

from django.utils import timezone

from pupils.models import Pupil
from sendhub.audit import SYSTEM
from sendhub.tenancy import school_context, set_local
from staff.models import Membership, School


def measure(pk):
    """({what: seconds}, how many things a person looked at, bytes of the archive)."""
    from sendhub.desk.actions.requests import add_request, tick
    from sendhub.desk.rights.archive import archive_of
    from sendhub.desk.rights.ticks import Decision, review_of

    school, today = School.objects.get(slug="oakfield"), timezone.localdate()
    with school_context(school.pk):
        set_local(user_id=0)
        head = Membership.objects.filter(school=school, roles__contains=["head"]).first()
        pupil = Pupil.objects.get(pk=pk)
        request = add_request(
            pupil=pupil, who="other", asked_by="A solicitor", asked_on=today, settled_on=today,
            settled_how="By letter", by=SYSTEM,
        )  # fmt: skip
        started = time.perf_counter()
        review = review_of(request)
        times = {"find everything": time.perf_counter() - started}
        tick(request=request, keys=list(review.flags), decision=Decision.GIVE, reason="Measured", by=head)
        started = time.perf_counter()
        archive = archive_of(request, review_of(request))
        times["write the archive"] = time.perf_counter() - started
    return times, len(review.flags), len(archive)


def table(times, flags, size):
    print(f"\n{'One child':<20}{'seconds':>10}   ({flags} things to look at, {size / 2**20:.2f} MB)")
    for name, seconds in times.items():
        print(f"{name:<20}{seconds:>10.2f}")
