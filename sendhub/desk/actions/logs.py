"""The log of breaches and the log of complaints. Nothing in them is ever taken away."""

from sendhub.audit import action
from sendhub.desk.models import Breach, Complaint
from sendhub.kit.versions import save_version


@action("breach.add")
def add_breach(*, school, by, **facts):
    return Breach.objects.create(school=school, **facts)


@action("breach.change")
def change_breach(*, breach, version, by, **facts):
    """On top of the version that the writer saw. Raises versions.Conflict."""
    return save_version(breach, version, **facts)


@action("complaint.add")
def add_complaint(*, school, by, **facts):
    return Complaint.objects.create(school=school, **facts)


@action("complaint.change")
def change_complaint(*, complaint, version, by, **facts):
    """On top of the version that the writer saw. Raises versions.Conflict."""
    return save_version(complaint, version, **facts)
