"""Bells for jobs, and the sweeper that hears what the bells missed."""

from celery import shared_task
from django.apps import apps
from django.utils import timezone

from sendhub.kit import actions
from sendhub.kit.actions.jobs import remove_old_files
from sendhub.kit.models import JobDue
from sendhub.kit.run import run
from sendhub.tenancy import school_task

AT_ONCE = 200


@shared_task(name="kit.run_job")
def run_job(pk, *, school_id):
    """Not a @school_task: claiming is a commit of its own."""
    run(school_id=school_id, pk=pk)


@shared_task(name="kit.sweep")
def sweep():
    """Ring for each job that is due, of all schools: never begun, its worker killed, or its file a day old."""
    due = JobDue.objects.filter(next_look__lte=timezone.now()).order_by("next_look")
    for school_id, pk in due.values_list("school_id", "job_id")[:AT_ONCE]:
        run_job.apply_async((pk,), {"school_id": school_id}, retry=False)


@shared_task(name="kit.tidy")
def tidy():
    """Each school's old drafts go, and every result that outlived its day, whoever forgot it."""
    remove_old_files()
    for school_id in apps.get_model("staff", "School").objects.values_list("pk", flat=True):
        tidy_school.apply_async((), {"school_id": school_id}, retry=False)


@school_task(name="kit.tidy_school")
def tidy_school():
    from sendhub.tenancy import current_school_id

    actions.forget_old_drafts(school_id=current_school_id())
