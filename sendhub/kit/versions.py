"""Two people change one thing: nothing that either typed is lost.

A versioned model has `version = PositiveIntegerField(default=1)` and is tracked by pghistory. Its form carries the
version that the person saw; the action saves with save_version. Fields that only one of the two touched are merged;
one that both changed raises Conflict, and the view answers with conflict_page: both texts side by side, status 409.
"""

from django.db.models import F
from django.shortcuts import render


class Conflict(Exception):
    """Both changed the same fields. `current` is the object as it is now, `mine` what this person wanted, `fields`
    the names that clash. The message holds no values: it reaches logs."""

    def __init__(self, current, mine, fields):
        super().__init__(f"{current._meta.label} {current.pk}: {', '.join(fields)}")
        self.current, self.mine, self.fields = current, mine, fields


def save_version(obj, seen, **changes):
    """Write `changes` on top of version `seen` of `obj`; returns the object as it then is, one version on.

    Call it inside an action. Raises Conflict; writes nothing then. A `seen` that never was counts as having seen
    nothing: any difference from what is stored clashes.
    """
    model = type(obj)
    current = model.objects.select_for_update().get(school_id=obj.school_id, pk=obj.pk)
    if current.version != seen:
        base = _as_seen(current, seen)
        mine = {name: value for name, value in changes.items() if base is None or value != base[name]}
        clash = [
            name
            for name, value in mine.items()
            if value != getattr(current, name) and (base is None or base[name] != getattr(current, name))
        ]
        if clash:
            raise Conflict(current, changes, clash)
        changes = mine
    if not any(getattr(current, name) != value for name, value in changes.items()):
        return current
    model.objects.filter(school_id=obj.school_id, pk=obj.pk, version=current.version).update(
        **changes, version=F("version") + 1
    )
    for name, value in {**changes, "version": current.version + 1}.items():
        setattr(current, name, value)
    return current


def _as_seen(obj, seen):
    """The fields as they stood at version `seen`, from the object's own history; None if there was no such version."""
    events = type(obj).pgh_event_model.objects.filter(school_id=obj.school_id, pgh_obj_id=obj.pk, version=seen)
    return events.order_by("-pgh_id").values().first()


def conflict_page(request, conflict, *, back, labels, hidden=()):
    """409: both texts side by side, this person's still in a form that saves on top of the current version.

    `labels` maps field names to what the form calls them; `hidden` are further (name, value) pairs of the form.
    """
    current = conflict.current
    rows = [
        {"name": name, "label": labels[name], "theirs": getattr(current, name), "mine": conflict.mine[name]}
        for name in conflict.fields
    ]
    kept = [(name, value) for name, value in conflict.mine.items() if name not in conflict.fields]
    context = {
        "rows": rows,
        "hidden": [*hidden, *kept, ("version", current.version)],
        "action": request.get_full_path(),
        "back": back,
    }
    return render(request, "kit/conflict.html", context, status=409)
