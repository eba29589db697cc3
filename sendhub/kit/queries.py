"""Page-sized reads about jobs."""

import datetime as dt

from sendhub.asking import ask
from sendhub.audit import actor_key
from sendhub.kit.models import Job

FAILED = """
SELECT kind, created_at, finished_at FROM kit_job
WHERE school_id = %(school)s AND by = %(by)s AND state = 'failed' AND finished_at >= %(since)s
"""  # in SQL, since Today is opened all day
moment = dt.datetime.fromisoformat
GAVE_UP = (Job.State.FAILED, Job.State.CANCELLED)


def failed_jobs(member, since, rows=None):
    """(how many of this person's jobs failed since a moment, when the first did). One of whose kind a later one went
    through, or is on its way, does not count: they have seen to it. One query, two when something failed."""
    if rows is None:
        rows = ask({"jobs": FAILED}, school=member.school_id, by=actor_key(member), since=since)["jobs"]
    failed = [(row["kind"], moment(row["created_at"]), moment(row["finished_at"])) for row in rows]
    if not failed:
        return 0, None
    mine = Job.objects.filter(school_id=member.school_id, by=actor_key(member)).order_by()
    later = mine.filter(created_at__gt=min(created for _, created, _ in failed)).exclude(state__in=GAVE_UP)
    later = list(later.values_list("kind", "created_at"))
    still = [end for kind, began, end in failed if not any(other == kind and at > began for other, at in later)]
    return len(still), min(still, default=None)
