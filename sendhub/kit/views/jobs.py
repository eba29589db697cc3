"""A person's own jobs: the list, progress, cancel, and the file that was made."""

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from sendhub.audit import actor_key, log_access
from sendhub.kit import jobs
from sendhub.kit.actions import cancel_job
from sendhub.kit.actions.jobs import folder
from sendhub.kit.models import Job
from sendhub.kit.run import may

SHOWN = 50


def own_jobs(request):
    """The jobs that this person asked for; nobody else's are shown, whatever their role."""
    return Job.objects.filter(school_id=request.school.pk, by=actor_key(request.member))


@require_safe
def job_list(request):
    jobs_asked = own_jobs(request).order_by("-created_at")[:SHOWN]
    return render(request, "kit/job_list.html", {"jobs": jobs_asked, "now": timezone.now()})


@require_safe
def job_show(request, pk):
    """Reloads itself while the job runs: by htmx, or by the browser where there is no script."""
    job = get_object_or_404(own_jobs(request), pk=pk)
    page = "kit/job_show.html#progress" if request.htmx else "kit/job_show.html"
    return render(request, page, {"job": job, "now": timezone.now()})


@require_POST
def job_cancel(request, pk):
    job = get_object_or_404(own_jobs(request), pk=pk)
    cancel_job(job=job, by=request.member)
    return redirect(job)


@require_safe
def job_file(request, pk):
    """The file, to whoever asked for it and may still have it, until a day after it was made. Logged."""
    job = get_object_or_404(own_jobs(request), pk=pk)
    try:
        kind = jobs.find(job.kind)
    except LookupError:  # it has gone with a new version, and with it who may have the file
        raise Http404 from None
    if not may(request.member, kind):
        raise PermissionDenied
    path = folder() / job.file
    if not job.file or job.expires_at <= timezone.now() or not path.is_file():
        raise Http404
    log_access(request.member, "file.download", school_id=request.school.pk, job_id=job.pk, kind=job.kind)
    response = FileResponse(path.open("rb"), as_attachment=True, filename=job.file_name, content_type=job.file_type)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    return response
