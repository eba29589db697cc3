"""Two people change one thing: nothing that either typed is lost.

A versioned model has `version = PositiveIntegerField(default=1)` and is tracked by pghistory. Its form carries the
version that the person saw; the action saves with save_version. Fields that only one of the two touched are merged,
and in a text the lines. What both changed raises Conflict, and the view answers with conflict_page: both texts side by
side, their differences marked, status 409. A test walks every versioned model (tests/pupils/test_versioned_models.py).
"""

from django.db.models import F
from django.shortcuts import render

from sendhub.rules.two_texts import marked, merge_lines


class Conflict(Exception):
    """Both changed the same fields. `current` is the object as it is now, `fields` the names that clash. `mine` is what
    this person wanted: a field that they left alone is as it is now, or saving again would undo what another did.
    `together` are the texts that clash with the other's lines put in where they fit. The message holds no values: it
    reaches logs."""

    def __init__(self, current, mine, fields, together=None):
        super().__init__(f"{current._meta.label} {current.pk}: {', '.join(fields)}")
        self.current, self.mine, self.fields, self.together = current, mine, fields, together or {}


def save_version(obj, seen, **changes):
    """Write `changes` on top of version `seen` of `obj`; returns the object as it then is, one version on.

    Call it inside an action. Raises Conflict; writes nothing then. A `seen` that never was counts as having seen
    nothing: any difference from what is stored clashes.
    """
    model = type(obj)
    current = model.objects.select_for_update().get(school_id=obj.school_id, pk=obj.pk)
    if current.version != seen:
        changes = _merged(current, _as_seen(current, seen), changes)
    if not any(getattr(current, name) != value for name, value in changes.items()):
        return current
    model.objects.filter(school_id=obj.school_id, pk=obj.pk, version=current.version).update(
        **changes, version=F("version") + 1
    )
    for name, value in {**changes, "version": current.version + 1}.items():
        setattr(current, name, value)
    return current


def _merged(current, base, changes):
    """What to write of `changes`, made on top of `base`, over `current`. Raises Conflict."""
    mine = {name: value for name, value in changes.items() if base is None or value != base[name]}
    clash, together = [], {}
    for name, value in mine.items():
        now = getattr(current, name)
        if value == now or (base is not None and base[name] == now):
            continue
        if base is not None and all(isinstance(text, str) for text in (base[name], value, now)):
            put = merge_lines(base[name], value, now)
            together[name] = put.text
            most = current._meta.get_field(name).max_length
            if not put.clash and (most is None or len(put.text) <= most):
                continue
        clash.append(name)
    if clash:
        wanted = {name: mine.get(name, getattr(current, name)) for name in changes}
        raise Conflict(current, wanted, clash, {name: text for name, text in together.items() if name in clash})
    return {**mine, **together}


def _as_seen(obj, seen):
    """The fields as they stood at version `seen`, from the object's own history; None if there was no such version."""
    events = type(obj).pgh_event_model.objects.filter(school_id=obj.school_id, pgh_obj_id=obj.pk, version=seen)
    return events.order_by("-pgh_id").values().first()


def conflict_page(request, conflict, *, back, labels, hidden=()):
    """409: both texts side by side, this person's still in a form that saves on top of the current version.

    `labels` maps field names to what the form calls them; `hidden` are further (name, value) pairs of the form.
    """
    current = conflict.current
    rows = [row_of(name, labels[name], getattr(current, name), conflict) for name in conflict.fields]
    kept = [(name, value) for name, value in conflict.mine.items() if name not in conflict.fields]
    context = {
        "rows": rows,
        "hidden": [*hidden, *kept, ("version", current.version)],
        "action": request.get_full_path(),
        "back": back,
    }
    return render(request, "kit/conflict.html", context, status=409)


def row_of(name, label, theirs, conflict):
    mine = conflict.mine[name]
    then, now = marked(as_text(theirs), as_text(mine))
    together = conflict.together.get(name, mine)
    return {"name": name, "label": label, "theirs": then, "mine": now, "save": together, "more": together != mine}


def as_text(value):
    return value if isinstance(value, str) else "" if value is None else str(value)
