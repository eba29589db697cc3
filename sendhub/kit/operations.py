"""Many writes made in one go, that can be taken back in one go: an import, moves of many pupils, a merge.

    with operations.operation(school_id=..., kind="register.moves", title="12 pupils on to SEN Support", by=me) as op:
        ...                                             # any actions; each history row carries op.pk

`actions.undo_operation(operation=op, by=member)` takes back what nobody has changed since, and lists the rest. How
that is worked out: undo.py. An app says in its own operations.py what the kinds are called and who may undo them:

    operations.kind("register.moves", "Moves on the register", needs=Permission.REGISTER_MOVE)
    operations.thing("pupils.SENNeed", "need", "needs", needs=Permission.PUPIL_RECORD)
"""

import contextlib
import datetime as dt
from dataclasses import dataclass, field

from django.utils import timezone

from sendhub.audit import acting, actor_key
from sendhub.kit import jobs

UNDO_DAYS = 31  # a month to find out that two records were not one pupil's
UNDO = "operation.undo"
LARGE = 300  # rows: more than that is undone by a job

__all__ = ["UNDO_DAYS", "Refused", "kind", "may_undo", "operation", "records", "thing"]


class Refused(Exception):
    """Why an operation can not be undone now: a sentence for the person who asked."""


@dataclass(frozen=True)
class Kind:
    title: str
    needs: str | None = None  # the permission with which somebody else's may be undone as well
    undone: object = None  # called with operation= and by= when it has been undone, in the same transaction


@dataclass(frozen=True)
class Thing:
    """What a row is called on the pages about operations, and what belongs to its being put back."""

    one: str
    many: str
    needs: str | None = None  # who may read that there is such a row about a pupil
    private: frozenset = field(default_factory=frozenset)  # columns that are not named to anybody
    follow: frozenset = field(default_factory=frozenset)  # columns that are worked out from others
    settle: object = None  # fills them, called with a row


_kinds: dict[str, Kind] = {}
_things: dict[str, Thing] = {}
_records = []


def kind(name, title, *, needs=None, undone=None):
    """Say what an operation of this kind is called, and which permission lets others than its maker undo it."""
    _kinds[name] = Kind(title, needs, undone)


def thing(label, one, many, **options):
    """Say what rows of the model `label` ("pupils.SENNeed") are called; see Thing for the options."""
    _things[label] = Thing(one, many, **options)


def records(function):
    """Register what finds pupils for the pages: called with a member and ids, gives {id: (name, address)} of those
    whom the member may see."""
    _records[:] = [function]
    return function


def kind_of(operation):
    """Its Kind; one that nobody registered is its maker's alone."""
    return _kinds.get(operation.kind, Kind("Changes made in one go"))


def thing_of(model):
    named = _things.get(model._meta.label)
    return named or Thing(str(model._meta.verbose_name), str(model._meta.verbose_name_plural))


def find_records(member, ids):
    return _records[0](member, ids) if _records and ids else {}


def kinds_for(member):
    """The kinds that this member may see and undo, whoever made them."""
    return [name for name, known in _kinds.items() if known.needs and member.can(known.needs)]


def may_undo(member, operation):
    """Whoever made it, and whoever has the permission that making one takes."""
    needs = kind_of(operation).needs
    return operation.by == actor_key(member) or (needs is not None and member.can(needs))


@contextlib.contextmanager
def operation(*, school_id, kind, title, by, days=UNDO_DAYS):
    """Everything written inside belongs to the Operation that this gives. `title` holds counts, never a name."""
    from sendhub.kit.actions import begin_operation  # the app registry must be ready

    started = begin_operation(
        school_id=school_id, kind=kind, title=title, undo_until=timezone.now() + dt.timedelta(days=days), by=by
    )
    with acting(by, kind, operation=started.pk):
        yield started


@jobs.job(UNDO)
def operation_undo(job, step):
    """A large operation, undone for the member who asked."""
    from sendhub.kit import actions
    from sendhub.kit.models import Operation

    undone = Operation.objects.get(school_id=job.school_id, pk=job.params["operation"])
    if not may_undo(job.member, undone):
        raise jobs.Failed("You may not undo this any more.")
    step(0, 1, "Looking at what changed since")
    try:
        undone = actions.undo_operation(operation=undone, by=job.member)
    except Refused as refusal:
        raise jobs.Failed(str(refusal)) from None
    return jobs.Result(undone_words(undone))


def undone_words(undone):
    """One sentence: all of it, or how many things stayed."""
    kept = len(undone.kept)
    if not kept:
        return "Undone. Everything is as it was before."
    return f"Undone, but for {'one thing' if kept == 1 else f'{kept:,} things'} that somebody has changed since."
