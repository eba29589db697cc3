"""Who changed a record, and who looked at it and why they could. Needs the school's context."""

from dataclasses import dataclass, field

from django.contrib.auth import get_user_model

from sendhub.audit.context import SYSTEM
from sendhub.audit.models import AccessLog
from sendhub.audit.presenters import LABELS, differences, verb_words, why_words


@dataclass(slots=True)
class Change:
    """One event in words. `event_id` is the history row's own number; `row` the row as it then stood."""

    at: object
    who: str
    did: str
    label: str
    model: str
    event_id: int
    row: object
    before: object
    details: list = field(default_factory=list)
    restores: str = ""  # filled by a page that offers "Restore this version": the words that it would bring back


@dataclass(frozen=True, slots=True)
class Look:
    at: object
    who: str
    did: str
    why: str


def changes_to(school_id, tracked, hidden=frozenset(), most=100):
    """The newest `most` changes to a record. `tracked` is [(model, {column: value})]: whose events, found by what.

    One query a model, one for the people, one for each kind of related row.
    """
    pairs = []
    for model, wanted in tracked:
        events = model.pgh_event_model.objects.filter(school_id=school_id, **wanted).order_by("pgh_id")
        last = {}
        for event in events:
            pairs.append((model, last.get(event.id), event))
            last[event.id] = event
    pairs.sort(key=lambda pair: (pair[2].pgh_created_at, pair[2].pgh_id), reverse=True)
    pairs = pairs[:most]
    people = actor_names((event.pgh_context or {}).get("actor", "") for _, _, event in pairs)
    names = related_names(school_id, pairs)
    return [told(model, before, event, people, names, hidden) for model, before, event in pairs]


def told(model, before, event, people, names, hidden):
    context = event.pgh_context or {}
    after = None if event.pgh_label == "delete" else event
    before = event if event.pgh_label == "delete" else before
    return Change(
        at=event.pgh_created_at,
        who=people.get(context.get("actor", ""), "Someone"),
        did=verb_words(context.get("verb", "")),
        label=LABELS[event.pgh_label],
        model=model._meta.label,
        event_id=event.pgh_id,
        row=event,
        before=before,
        details=differences(model, before, after, names, hidden),
    )


# A photo is fetched with each page that shows it; that page has its own look.
WITH_THE_PAGE = "photo.open"


def looks_at(school_id, pupil_id, most=100):
    """The newest `most` looks at a pupil's record, a document of it or its contacts; two queries."""
    found = AccessLog.objects.filter(school_id=school_id, pupil_id=pupil_id).exclude(verb=WITH_THE_PAGE)
    rows = list(found.order_by("-at", "-id")[:most])
    people = actor_names(row.actor for row in rows)
    return [Look(row.at, people.get(row.actor, "Someone"), verb_words(row.verb), why_words(row.why)) for row in rows]


def actor_names(keys):
    """{"user:12": "Priya Nair"} for the keys that actors leave behind (audit.actor_key). One query."""
    keys = set(keys)
    ids = [int(key.removeprefix("user:")) for key in keys if key.startswith("user:")]
    users = get_user_model().objects.in_bulk(ids) if ids else {}
    return {key: actor_name(key, users) for key in keys}


def actor_name(key, users):
    kind, _, number = key.partition(":")
    if kind == "user" and int(number) in users:
        return users[int(number)].name
    return {"system": SYSTEM.title, "link": "Someone with a link", "user": "Someone who has left"}.get(kind, "Someone")


def related_names(school_id, pairs):
    """{(model label, id): name} of every row that the events point to, besides the pupil."""
    wanted = {}
    for model, before, event in pairs:
        for column in model._meta.concrete_fields:
            if column.is_relation and column.name not in {"school", "pupil"}:
                ids = {getattr(row, column.attname) for row in (before, event) if row is not None}
                wanted.setdefault(column.related_model, set()).update(ids - {None})
    return {
        (model._meta.label, row.pk): getattr(row, "name", str(row))
        for model, ids in wanted.items()
        for row in model.objects.filter(school_id=school_id, pk__in=ids).select_related(*getattr(model, "NAMED_BY", ()))
    }
