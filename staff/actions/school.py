"""Trusts, schools, and the people who work in them. Who may sign in (users, memberships, invitations) is not here."""

from sendhub.audit import action, log_access
from staff.models import School, StaffMember, Trust


@action("trust.add")
def add_trust(*, name, slug, by):
    return Trust.objects.create(name=name, slug=slug)


@action("school.add")
def add_school(*, name, slug, la_code, estab, by, trust=None, is_demo=False, setting_up=False):
    """A new school without people. Its rows can be written inside `school_context(school.pk)`. With `setting_up` it
    starts with its first hour."""
    return School.objects.create(
        name=name, slug=slug, la_code=la_code, estab=estab, trust=trust, is_demo=is_demo, setting_up=setting_up
    )


@action("staff.add")
def add_staff(
    *, school, forename, surname, by, code="", title="", job_title="", email="", started_on=None, ended_on=None
):
    return StaffMember.objects.create(
        school=school,
        code=code,
        title=title,
        forename=forename,
        surname=surname,
        job_title=job_title,
        email=email,
        started_on=started_on,
        ended_on=ended_on,
    )


@action("staff.change")
def change_staff(*, staff, by, **changes):
    """Set the given fields of one member of staff; a field that is not named stays."""
    for field, value in changes.items():
        setattr(staff, field, value)
    staff.save(update_fields=list(changes))
    return staff


@action("staff.import")
def save_staff(*, new, changed, fields, by):
    """Write many at once: `new` are unsaved rows, `changed` saved ones of which `fields` may have been set."""
    StaffMember.objects.bulk_create(new)
    if changed:
        StaffMember.objects.bulk_update(changed, fields)
    return new + changed


@action("school.change")
def change_school(*, school, by, trust_sees, small_number, photos):
    """Change the school's own choices. Schools are a global table without history, so the log keeps old and new."""
    after = {"trust_sees": trust_sees, "small_number": small_number, "photos": photos}
    before = {name: getattr(school, name) for name in after}
    if after != before:
        school.trust_sees, school.small_number, school.photos = trust_sees, small_number, photos
        school.save(update_fields=list(after))
        log_access(by, "school.change", school_id=school.pk, before=before, after=after)
    return school
