"""What it takes to undo an operation, worked out from history alone. Reads only: kit/actions/undo.py writes.

Every history row that an operation caused carries its number. For each row of a table that gives three pictures: as it
stood before the operation, as the operation left it, and as it is now. What is still as the operation left it goes
back; what somebody changed since stays, and is listed.
"""

from dataclasses import dataclass, field

from django.apps import apps
from django.db.models import Subquery

from sendhub.audit.presenters import COLUMNS
from sendhub.kit.models import Operation
from sendhub.kit.operations import thing_of
from sendhub.tenancy import SchoolModel

CHANGED = "somebody has changed this since"
TAKEN_AWAY = "somebody has taken it away since"
NEWER = "something newer has taken its place"
TARGET_GONE = "what it belonged to is not there any more"
NOT_UNDONE = {"kit.Operation", "pupils.ImportBatch"}  # they say that it happened


@dataclass
class Part:
    """What becomes of one model's rows, by id."""

    model: type
    remove: dict = field(default_factory=dict)  # id -> the row as it is: the operation added it
    restore: dict = field(default_factory=dict)  # id -> (history row of how it stood before, {column: value})
    bring: dict = field(default_factory=dict)  # id -> (history row, {column: value}): the operation took it away
    rows: dict = field(default_factory=dict)  # id -> the row as it is, or as the history has it
    mixed: set = field(default_factory=set)  # ids of rows of which a part goes back and a part stays
    kept: dict = field(default_factory=dict)  # (id, column or "") -> why, in words

    @property
    def events(self):
        return self.model.pgh_event_model

    def columns(self):
        """{attname: field} of the columns that history holds."""
        tracked = {f.name for f in self.events._meta.concrete_fields}
        return {f.attname: f for f in self.model._meta.concrete_fields if f.name in tracked}

    def keep(self, pk, why, column=""):
        """Leave the whole row as it is, or one column of a row that goes back."""
        self.kept[pk, column] = why
        if column and pk in self.restore:
            self.mixed.add(pk)
            self.restore[pk][1].pop(column, None)
        if not (column and pk in self.restore and self.restore[pk][1]):
            for wanted in (self.remove, self.restore, self.bring):
                wanted.pop(pk, None)


def tracked_models():
    """Every table of a school whose history is kept."""
    return [
        model
        for model in apps.get_models()
        if issubclass(model, SchoolModel) and hasattr(model, "pgh_event_model") and model._meta.label not in NOT_UNDONE
    ]


def written_by(operation, model):
    """The history rows of `model` that the operation caused. Its own first history row has the time on the database's
    clock, which is that of the transaction's beginning: `operation.at` is later."""
    began = Operation.pgh_event_model.objects.filter(school_id=operation.school_id, pgh_obj_id=operation.pk)
    return model.pgh_event_model.objects.filter(
        school_id=operation.school_id,
        pgh_created_at__gte=Subquery(began.order_by("pgh_id").values("pgh_created_at")[:1]),
        pgh_context__operation=operation.pk,
    )


def counts(operation):
    """[(model, added, changed, taken away)]: how many rows it touched, each counted once. A query a table."""
    found = []
    for model in tracked_models():
        labels = {}
        for pk, label in written_by(operation, model).order_by("pgh_id").values_list("pgh_obj_id", "pgh_label"):
            labels.setdefault(pk, []).append(label)
        sums = {"insert": 0, "update": 0, "delete": 0}
        for said in labels.values():
            added, gone = said[0] == "insert", said[-1] == "delete"
            if not (added and gone):
                sums["insert" if added else "delete" if gone else "update"] += 1
        if any(sums.values()):
            found.append((model, *sums.values()))
    return found


def plan(operation, *, lock=False, clashes=()):
    """[Part]: what undoing would do now. `clashes` are (model, id, column or "") that the database has refused: they
    stay. With `lock` the rows are held until the transaction ends."""
    parts = [part for model in tracked_models() if (part := part_of(operation, model, lock))]
    by_model = {part.model: part for part in parts}
    for model, pk, column in clashes:
        by_model[model].keep(pk, NEWER, column)
    settle(parts, operation.school_id)
    return parts


def part_of(operation, model, lock):
    """What becomes of this model's rows, each looked at by itself. Four queries; None if it wrote no such row."""
    part = Part(model)
    columns = part.columns()
    spans = {}
    caused = written_by(operation, model).order_by("pgh_id")
    for event in caused.values("pgh_id", "pgh_obj_id", "pgh_label", *columns):
        first, _ = spans.get(event["pgh_obj_id"], (event, event))
        spans[event["pgh_obj_id"]] = (first, event)
    if not spans:
        return None
    present = model._base_manager.filter(school_id=operation.school_id, pk__in=list(spans)).order_by("pk")
    if lock:
        present = present.select_for_update()
    now = {row["id"]: row for row in present.values(*columns)}
    before = befores(part, {pk: first["pgh_id"] for pk, (first, _) in spans.items() if first["pgh_label"] == "update"})
    for pk in sorted(spans):
        decide(part, pk, before.get(pk), *spans[pk], now.get(pk))
    return part


def befores(part, firsts):
    """{id: the history row just before that of the given number}. Two queries, none when nothing is asked."""
    if not firsts:
        return {}
    found = {}
    all_of_them = part.events.objects.filter(pgh_obj_id__in=list(firsts)).order_by("pgh_id")
    for pk, event in all_of_them.values_list("pgh_obj_id", "pgh_id"):
        if event < firsts[pk]:
            found[pk] = event
    rows = part.events.objects.filter(pgh_id__in=list(found.values()))
    return {row["pgh_obj_id"]: row for row in rows.values("pgh_id", "pgh_obj_id", *part.columns())}


def decide(part, pk, before, first, last, now):
    """One row: `before` the operation, its `first` and `last` history row by the operation, and as it is `now`."""
    part.rows[pk] = now or last
    added, gone = first["pgh_label"] == "insert", last["pgh_label"] == "delete"
    before = first if first["pgh_label"] == "delete" else before
    if added:
        if now and not gone:
            part.remove[pk] = now
            for column in differing(part, last, now):
                part.keep(pk, CHANGED, column)
    elif gone:
        if now is None:
            part.bring[pk] = (before["pgh_id"], values(part, before))
    elif now is None:
        part.keep(pk, TAKEN_AWAY)
    else:
        go_back(part, pk, before, last, now)


def go_back(part, pk, before, last, now):
    """A row that the operation changed: the columns that are still as it left them."""
    moved = differing(part, before, last)
    follow = thing_of(part.model).follow
    changed = [column for column in moved if now[column] not in (last[column], before[column])]
    part.restore[pk] = (before["pgh_id"], {c: before[c] for c in moved if now[c] == last[c]})
    if any(now[column] != last[column] for column in follow):
        part.mixed.add(pk)
    for column in changed:
        if column not in follow:
            part.keep(pk, CHANGED, column)
    if pk in part.restore and not part.restore[pk][1]:
        del part.restore[pk]


def values(part, event):
    return {column: event[column] for column in part.columns()}


def differing(part, one, other):
    """The columns in which two pictures of a row differ; `version` counts saves and says nothing."""
    return [c for c in part.columns() if c not in {"id", "school_id", "version"} and one[c] != other[c]]


def settle(parts, school_id):
    """Keep what others hang on, and what would have nothing to hang on, until nothing more follows from it."""
    by_model = {part.model: part for part in parts}
    hangers = [hanger for part in parts if part.remove for hanger in hanging_on(part, school_id)]
    targets = [target for part in parts if part.restore or part.bring for target in pointing_at(part, school_id)]
    moved = True
    while moved:
        moved = False
        for part, child, key, owners in hangers:
            for parent, holders in owners.items():
                if parent in part.remove and any(stays(by_model.get(child), pk, key) for pk in holders):
                    part.keep(parent, f"something that is not part of this belongs to it ({thing_of(child).one})")
                    moved = True
        for part, key, there in targets:
            goal = by_model.get(key.related_model)
            for pk, (_, wanted) in [*part.restore.items(), *part.bring.items()]:
                value = wanted.get(key.attname)
                if value is not None and not is_there(goal, value, there):
                    part.keep(pk, TARGET_GONE, "" if pk in part.bring else key.attname)
                    moved = True


def hanging_on(part, school_id):
    """[(part, child model, its key, {id of a row that would go: ids of rows that point to it})]. A query a relation.

    Tables without history are working copies: they hold nothing back (kit/actions/undo.py, let_go)."""
    found = []
    for child, key in relations(part.model):
        if not hasattr(child, "pgh_event_model"):
            continue
        rows = child._base_manager.filter(school_id=school_id, **{f"{key.attname}__in": list(part.remove)})
        owners = {}
        for pk, parent in rows.values_list("pk", key.attname):
            owners.setdefault(parent, []).append(pk)
        found.append((part, child, key, owners))
    return found


def relations(model):
    """[(model, key)] of every table of a school that points to this one; histories are no such table."""
    return [
        (relation.related_model, relation.field)
        for relation in model._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and issubclass(relation.related_model, SchoolModel)
        and not hasattr(relation.related_model, "pgh_tracked_model")
    ]


def stays(part, pk, key):
    """Whether the row `pk` will still be there and still point where it points."""
    if part is None:
        return True
    return pk not in part.remove and key.attname not in part.restore.get(pk, (0, {}))[1]


def pointing_at(part, school_id):
    """[(part, key, ids that are there now)] of the keys that restored rows would have again. A query a key."""
    found = []
    for column, key in part.columns().items():
        if not key.is_relation or column == "school_id":
            continue
        ids = {wanted.get(column) for _, wanted in [*part.restore.values(), *part.bring.values()]} - {None}
        if ids:
            there = key.related_model._base_manager.filter(pk__in=ids)
            found.append((part, key, set(there.values_list("pk", flat=True))))
    return found


def is_there(part, pk, there):
    return (pk in there and (part is None or pk not in part.remove)) or (part is not None and pk in part.bring)


def kept_rows(parts):
    """What stays, as Operation.kept has it: [model label, id, pupil's id or None, in words]; no values."""
    found = []
    for part in parts:
        reasons = {}
        for (pk, column), why in part.kept.items():
            reasons.setdefault((pk, why), []).append(column)
        for (pk, why), columns in reasons.items():
            names = dict.fromkeys(column_words(part.model, column) for column in columns if column)
            words = f"{', '.join(names)}: {why}" if names else why
            row = part.rows[pk]
            pupil = pk if part.model._meta.label == "pupils.Pupil" else row.get("pupil_id")
            found.append([part.model._meta.label, pk, pupil, words[:1].upper() + words[1:]])
    return found


def column_words(model, column):
    """A column's name for a reader; of one that not everybody may know of, only that there is something."""
    named = next(f for f in model._meta.concrete_fields if f.attname == column)
    if named.name in thing_of(model).private:
        return "something confidential"
    return COLUMNS.get(named.name, str(named.verbose_name))
