"""Noting a drill: from the page by a member, from the command for each school of the installation."""

from sendhub.audit import Actor, action
from sendhub.operate.models import RestoreDrill
from sendhub.tenancy import school_context
from staff.models import School

COMMAND = Actor("system:restore", "The restore command")


@action("drill.record")
def record_drill(
    *,
    school_id,
    tried_on,
    done_by,
    held,
    by,
    backup_of=None,
    three_copies=False,
    two_devices=False,
    off_site=False,
    note="",
):
    return RestoreDrill.objects.create(
        school_id=school_id,
        tried_on=tried_on,
        done_by=done_by,
        held=held,
        backup_of=backup_of,
        three_copies=three_copies,
        two_devices=two_devices,
        off_site=off_site,
        note=note,
    )


def record_everywhere(*, tried_on, done_by, held, backup_of, note=""):
    """One row in each school, since the backup held all of them. Gives how many."""
    schools = list(School.objects.values_list("pk", flat=True))
    for school_id in schools:
        with school_context(school_id):
            record_drill(
                school_id=school_id,
                tried_on=tried_on,
                done_by=done_by,
                held=held,
                backup_of=backup_of,
                note=note,
                by=COMMAND,
            )
    return len(schools)
