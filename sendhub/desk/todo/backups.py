"""Whether a backup is late and a restore drill is due, for those who answer for the school. Nothing in a school of
invented people: nobody takes backups of it."""

from pupils.words import day_words
from sendhub.access import Permission
from sendhub.asking import day_of
from sendhub.desk.task import Task
from sendhub.rules.drills import backup_due, drill_due, drilled_this_term

PAGE = ("operate:backup-show",)
BACKUPS = {
    "backup_taken": "SELECT max(at AT TIME ZONE 'Europe/London')::date AS last FROM outbox_heartbeat"
    " WHERE name = 'backup'",
    "backup_tried": "SELECT max(tried_on) AS last FROM operate_restoredrill"
    " WHERE school_id = %(school)s AND held AND tried_on <= %(day)s",
}


def asks(member, roles, day):
    return BACKUPS if member.can(Permission.SCHOOL_SET) and not member.school.is_demo else {}


def tasks(found, member, day):
    taken = day_of(found["backup_taken"][0]["last"])
    tried = day_of(found["backup_tried"][0]["last"])
    made, backup = [], backup_due(taken, day)
    if taken is None or backup.late(day):
        what = "No backup is taken" if taken is None else f"The last backup is of {day_words(taken, day)}"
        why = "Ask whoever looks after the server. What is lost without one is lost."
        made.append(Task(what, why, backup, PAGE, "See", "archive-restore"))
    if not drilled_this_term(tried, day):
        why = "Have one restored into a spare database, and note the day."
        what = "No backup has been restored as a test this term"
        made.append(Task(what, why, drill_due(tried, day), PAGE, "Note it", "archive-restore"))
    return made
