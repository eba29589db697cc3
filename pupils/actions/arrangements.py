"""Access arrangements, the proof that they are usual, and the school's own list of them."""

from pupils.models import AccessArrangement, ArrangementKind, ArrangementUse
from sendhub.audit import action
from sendhub.kit.versions import save_version
from sendhub.rules.arrangements import USUAL


@action("arrangement.add")
def add_arrangement(*, pupil, by, **fields):
    """`fields` are columns of AccessArrangement."""
    return AccessArrangement.objects.create(school_id=pupil.school_id, pupil=pupil, **fields)


@action("arrangement.change")
def change_arrangement(*, row, version, by, **changes):
    """Raises versions.Conflict; returns the arrangement as it then is."""
    return save_version(row, version, **changes)


@action("arrangement.end")
def end_arrangement(*, row, ends_on, by):
    """Withdrawn after that day; None: it holds again."""
    return save_version(row, row.version, ends_on=ends_on)


@action("arrangement.use")
def use_arrangement(*, row, staff, on, since, by):
    """It is used in this member of staff's lessons. Once in a half term, which began on `since`, is enough."""
    uses = ArrangementUse.objects.filter(school_id=row.school_id, arrangement=row, staff=staff)
    said = uses.filter(said_on__gte=since or on).first()
    if said is not None:
        return said
    return ArrangementUse.objects.get_or_create(
        school_id=row.school_id, pupil_id=row.pupil_id, arrangement=row, staff=staff, said_on=on
    )[0]


@action("arrangement_kind.own")
def own_kinds(*, school_id, by):
    """Make the usual list the school's own, to change it. One that is there already stays as it is."""
    ArrangementKind.objects.bulk_create(
        (ArrangementKind(school_id=school_id, name=name, approval=approval.value) for name, approval in USUAL),
        ignore_conflicts=True,
    )


@action("arrangement_kind.add")
def add_kind(*, school_id, name, approval, by):
    return ArrangementKind.objects.create(school_id=school_id, name=name, approval=approval)


@action("arrangement_kind.change")
def change_kind(*, kind, name, approval, by):
    """What pupils have already keeps the name and the approval that it was given with."""
    kind.name, kind.approval = name, approval
    kind.save(update_fields=["name", "approval"])
    return kind


@action("arrangement_kind.end")
def end_kind(*, kind, ends_on, by):
    """No longer offered after that day; None: offered again."""
    kind.ends_on = ends_on
    kind.save(update_fields=["ends_on"])
    return kind
