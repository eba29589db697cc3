"""A job's moves, each in its own commit: started, claimed, finished, stopped, its file gone. See jobs.py."""

import datetime as dt
import secrets
import uuid
from pathlib import Path

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from sendhub.audit import Actor, acting, action, actor_key
from sendhub.kit import jobs
from sendhub.kit.models import Job, JobDue
from sendhub.tenancy import ring, school_context

WORKER = Actor("system:jobs", "The worker")
STALE = dt.timedelta(minutes=3)  # no sign of life for so long: its worker was killed
KEEP = dt.timedelta(hours=24)
MAX_ATTEMPTS = 2
State = Job.State


class LostJob(Exception):
    """Another worker has the job now, or it was cancelled: what this one did is rolled back."""


def folder():
    """Where results lie, outside any served root."""
    return Path(settings.FILES_DIR) / "jobs"


@action("job.start")
def start_job(*, school_id, kind, params, by, title, form_id=None):
    """See sendhub.kit.jobs.start."""
    needs = jobs.find(kind).needs
    member = None if isinstance(by, Actor) else by
    if member is not None and not all(member.can(permission) for permission in needs):
        raise PermissionDenied
    job, made = Job.objects.get_or_create(
        school_id=school_id,
        form_id=form_id or uuid.uuid4(),
        defaults={"kind": kind, "title": title, "params": params, "by": actor_key(by), "member": member},
    )
    if made:
        _look_again(job, timezone.now())
        ring_for(job)
    return job


def ring_for(job):
    from sendhub.kit.tasks import run_job

    ring(run_job, job.pk, school_id=job.school_id)


def _look_again(job, at):
    row = {"school_id": job.school_id, "job_id": job.pk}
    if at is None:
        JobDue.objects.filter(**row).delete()
    else:
        JobDue.objects.update_or_create(**row, defaults={"next_look": at})


@action("job.cancel")
def cancel_job(*, job, by):
    """Stop it: at once if it has not begun, else at its next step. Nothing happens to a finished one."""
    fresh = Job.objects.select_for_update().get(school_id=job.school_id, pk=job.pk)
    if fresh.state == State.WAITING:
        _finish(fresh, State.CANCELLED, "Cancelled before it began.")
    elif fresh.state == State.RUNNING:
        fresh.cancel_asked = True
        fresh.save(update_fields=["cancel_asked"])
    return fresh


def claim(*, school_id, pk):
    """Take a job that waits, or whose worker was killed, in a commit of its own; None when there is nothing to do.

    It is resumed once: a job that kills two workers would kill a third.
    """
    with school_context(school_id), acting(WORKER, "job.claim"):
        job = Job.objects.select_for_update(skip_locked=True).filter(school_id=school_id, pk=pk).first()
        now = timezone.now()
        if job is None:
            if not Job.objects.filter(school_id=school_id, pk=pk).exists():  # purged, not merely locked
                JobDue.objects.filter(school_id=school_id, job_id=pk).delete()
            return None
        if job.state == State.RUNNING and job.heartbeat_at > now - STALE:
            return None
        if job.finished:
            _remove_file_when_due(job, now)
            return None
        if job.attempts >= MAX_ATTEMPTS:
            _finish(job, State.FAILED, "It stopped twice half-way. Nothing was changed.")
            return None
        if job.cancel_asked:
            _finish(job, State.CANCELLED, "Cancelled. Nothing was changed.")
            return None
        job.state, job.attempts = State.RUNNING, job.attempts + 1
        job.started_at = job.started_at or now
        job.heartbeat_at = now
        job.save(update_fields=["state", "attempts", "started_at", "heartbeat_at"])
        _look_again(job, now + STALE)
        return job


def finish(job, result):
    """Done, inside the job's own transaction, so that its writes and this stand or fall together.

    Raises LostJob when another worker has taken it over. The file is written first; the caller removes it if the
    transaction fails.
    """
    fresh = Job.objects.select_for_update().get(school_id=job.school_id, pk=job.pk)
    if fresh.state != State.RUNNING or fresh.attempts != job.attempts:
        raise LostJob
    if result.content:
        folder().mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh.file, fresh.file_name, fresh.file_type = secrets.token_hex(24), result.name, result.content_type
        job.file = fresh.file
        path = folder() / fresh.file
        path.touch(mode=0o600)
        path.write_bytes(result.content)
    fresh.done = fresh.of
    _finish(fresh, State.DONE, result.sentence)


def stop(job, state, sentence):
    """Failed or cancelled, in a commit of its own, after its writes were rolled back."""
    if job.file:
        (folder() / job.file).unlink(missing_ok=True)
    with school_context(job.school_id), acting(WORKER, "job.stop"):
        fresh = Job.objects.select_for_update().get(school_id=job.school_id, pk=job.pk)
        if fresh.state == State.RUNNING and fresh.attempts == job.attempts:
            _finish(fresh, state, sentence)


def _finish(job, state, sentence):
    now = timezone.now()
    job.state, job.sentence, job.finished_at = state, sentence, now
    job.expires_at = now + KEEP if job.file else None
    job.save()
    _look_again(job, job.expires_at)


def _remove_file_when_due(job, now):
    if job.file and job.expires_at <= now:
        (folder() / job.file).unlink(missing_ok=True)
        job.file = ""
        job.save(update_fields=["file"])
    if not job.file:
        _look_again(job, None)


def remove_old_files():
    """Remove results older than a day and an hour. A crash between writing a file and its commit leaves one behind
    that no row knows of, so the age on the disk decides."""
    oldest = (timezone.now() - KEEP - dt.timedelta(hours=1)).timestamp()
    for path in folder().glob("*"):
        if path.stat().st_mtime < oldest:
            path.unlink(missing_ok=True)
