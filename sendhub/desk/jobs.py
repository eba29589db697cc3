"""Work at the top that takes longer than a request: all of one child's data, the file for the next school."""

from pupils.words import count_words
from sendhub.access import Permission
from sendhub.audit import log_access
from sendhub.desk import actions
from sendhub.desk.models import AccessRequest, LeavingFile
from sendhub.desk.rights.archive import Unticked, archive_of
from sendhub.desk.rights.leaving import file_of
from sendhub.desk.rights.ticks import review_of
from sendhub.kit import jobs

ARCHIVE, LEAVING = "rights.archive", "rights.leaving"


@jobs.job(ARCHIVE, needs=[Permission.RIGHTS_RUN])
def rights_archive(job, step):
    """Everything on one child, as it was ticked."""
    requests = AccessRequest.objects.select_related("pupil", "school", "contact")
    request = requests.get(school_id=job.school_id, pk=job.params["request"])
    if not request.open or request.settled_on is None:
        raise jobs.Failed("The request is closed, or nobody has settled who asks.")
    step(0, 1, "Gathering everything")
    review = review_of(request)
    try:
        made = archive_of(request, review, step)
    except Unticked as unticked:
        more = count_words(unticked.left, "thing has", "things have")
        raise jobs.Failed(
            f"{more.capitalize()} come up that nobody has looked at. Look at them, then make it again."
        ) from None
    actions.mark_archived(request=request, by=job.member)
    log_access(job.member, "request.archive", school_id=job.school_id, pupil_id=request.pupil_id, request=request.pk)
    return jobs.Result("The archive is made. It can be downloaded for a day.", made, "all-data.zip", "application/zip")


@jobs.job(LEAVING, needs=[Permission.PUPIL_RECORD, Permission.REGISTER_EXPORT])
def rights_leaving(job, step):
    """What a person chose for the next school."""
    files = LeavingFile.objects.select_related("pupil", "school", "chosen_by")
    file = files.get(school_id=job.school_id, pk=job.params["file"])
    step(0, 1, "Gathering it")
    made = file_of(file, job.member, step)
    log_access(job.member, "leaving.make", school_id=job.school_id, pupil_id=file.pupil_id, file=file.pk)
    said = "The file is made. Download it, send it safely, then mark it as sent."
    return jobs.Result(said, made, "file-for-the-next-school.zip", "application/zip")
