"""Page-sized reads about jobs."""

from sendhub.audit import actor_key
from sendhub.kit.models import Job

GAVE_UP = (Job.State.FAILED, Job.State.CANCELLED)


def failed_jobs(member, since):
    """(how many of this person's jobs failed since a moment, when the first did). One of whose kind a later one went
    through, or is on its way, does not count: they have seen to it. One query, two when something failed."""
    mine = Job.objects.filter(school_id=member.school_id, by=actor_key(member)).order_by()
    failed = mine.filter(state=Job.State.FAILED, finished_at__gte=since)
    failed = list(failed.values_list("kind", "created_at", "finished_at"))
    if not failed:
        return 0, None
    later = mine.filter(created_at__gt=min(created for _, created, _ in failed)).exclude(state__in=GAVE_UP)
    later = list(later.values_list("kind", "created_at"))
    still = [end for kind, began, end in failed if not any(other == kind and at > began for other, at in later)]
    return len(still), min(still, default=None)
