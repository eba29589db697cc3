"""The file for the next school: what goes into it, and that it went."""

from sendhub.audit import action
from sendhub.desk.models import LeavingFile


@action("leaving.choose")
def choose_file(*, pupil, parts, with_restricted, by):
    """What one person chose; a job makes it."""
    return LeavingFile.objects.create(
        school_id=pupil.school_id, pupil=pupil, parts=parts, with_restricted=with_restricted, chosen_by=by
    )


@action("leaving.send")
def mark_sent(*, file, sent_on, sent_to, sent_how, by):
    """When, to whom and how it went. A second word on it puts the first right."""
    rows = LeavingFile.objects.filter(school_id=file.school_id, pk=file.pk)
    rows.update(sent_on=sent_on, sent_to=sent_to, sent_how=sent_how, sent_by=by)
