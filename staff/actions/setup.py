"""A new school's first hour: a step left out by choice, taken up again, and the page put away."""

from sendhub.audit import action, log_access
from staff.models import SetupChoice


@action("setup.skip")
def skip_step(*, school, step, reason, by):
    """Leave a step out. A second press, or another reason, stays one choice."""
    return SetupChoice.objects.update_or_create(school=school, step=step, defaults={"reason": reason})[0]


@action("setup.resume")
def resume_step(*, school, step, by):
    SetupChoice.objects.filter(school=school, step=step).delete()


@action("setup.finish")
def finish_setup(*, school, by):
    """Take the first hour off Today. Schools are a global table without history, so the log keeps who did."""
    if school.setting_up:
        school.setting_up = False
        school.save(update_fields=["setting_up"])
        log_access(by, "school.setup_finish", school_id=school.pk)
    return school
