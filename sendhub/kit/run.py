"""Running one job: claim, do, finish. Called by the worker; safe to call twice; never inside a transaction."""

import logging
import time

from django.db import InterfaceError, OperationalError, connection
from django.utils import timezone

from sendhub.audit import Actor, acting
from sendhub.kit import jobs
from sendhub.kit.actions import jobs as moves
from sendhub.kit.models import Job
from sendhub.tenancy import school_context

logger = logging.getLogger(__name__)
EVERY = 0.5  # seconds: steps in between are not written


class Progress:
    """`step(done, of, sentence)`: writes progress over a second connection, since the job's own transaction is not
    seen by anyone until it ends; reads whether Cancel was pressed."""

    def __init__(self, job):
        self.job, self.last, self.other = job, 0.0, None

    def __call__(self, done, of, sentence=""):
        if time.monotonic() - self.last < EVERY:
            return
        self.last = time.monotonic()
        if self._write(done, of, sentence[:200]):
            raise jobs.Cancelled

    def _write(self, done, of, sentence):
        if self.other is None:
            self.other = connection.copy()
        now = timezone.now()
        school_id, pk = self.job.school_id, self.job.pk
        with self.other.cursor() as cursor:
            cursor.execute("BEGIN")
            cursor.execute(
                "SELECT set_config('sendhub.school_id', %s, true), set_config('pghistory.context_metadata', %s, true)",
                [str(school_id), '{"actor": "system:jobs", "verb": "job.step"}'],
            )
            cursor.execute(
                "UPDATE kit_job SET done = %s, of = %s, sentence = %s, heartbeat_at = %s"
                " WHERE school_id = %s AND id = %s AND state = 'running' AND attempts = %s RETURNING cancel_asked",
                [done, of, sentence, now, school_id, pk, self.job.attempts],
            )
            row = cursor.fetchone()
            cursor.execute(
                "UPDATE kit_jobdue SET next_look = %s WHERE school_id = %s AND job_id = %s",
                [now + moves.STALE, school_id, pk],
            )
            cursor.execute("COMMIT")
        return bool(row and row[0])

    def close(self):
        if self.other is not None:
            self.other.close()


def run(*, school_id, pk):
    """Do the job if it waits or its worker was killed. Returns the state it ended in, or None."""
    job = moves.claim(school_id=school_id, pk=pk)
    if job is None:
        return None
    step = Progress(job)
    try:
        _do(job, step)
    except jobs.Cancelled:
        return _stop(job, Job.State.CANCELLED, "Cancelled. Nothing was changed.")
    except jobs.Failed as error:
        return _stop(job, Job.State.FAILED, str(error))
    except moves.LostJob:
        return None
    except (OperationalError, InterfaceError):
        raise  # Postgres went away: the sweeper resumes the job
    except Exception:
        logger.exception("job %s of school %s failed", pk, school_id)
        return _stop(job, Job.State.FAILED, "It stopped because of a fault on our side. Nothing was changed.")
    finally:
        step.close()
    return Job.State.DONE


def _do(job, step):
    """All of it or nothing: the job's writes and its end are one transaction."""
    with school_context(job.school_id), acting(Actor(job.by, job.title), job.kind):
        fresh = Job.objects.select_related("member__user", "member__school").get(school_id=job.school_id, pk=job.pk)
        kind = jobs.find(fresh.kind)
        if fresh.member is not None and not may(fresh.member, kind):
            raise jobs.Failed("The person who asked for it may not have it any more.")
        result = kind.function(fresh, step) or jobs.Result()
        moves.finish(job, result)


def may(member, kind):
    """Whether the member still works here and still has the permissions of this kind of job."""
    here = member.ended_at is None and member.user.is_active
    return here and all(member.can(permission) for permission in kind.needs)


def _stop(job, state, sentence):
    moves.stop(job, state, sentence)
    return state
