"""Two records of one pupil become one: the other is hidden, and all that hangs on it moves to the one that stands.

What moves is found by walking the models, so a table that comes later can not be forgotten. A row that would clash
with one that is there already stays with the hidden record. All of it is one operation and can be undone for a month.
"""

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from pupils.actions.place import place_in_year_and_form
from pupils.actions.pupil import settle
from pupils.models import AboutMe, Contact, FamilyLetter, Pupil, RegisterMove, SENNeed, SENRecord, TwoPupils
from sendhub.audit import action
from sendhub.kit.operations import operation
from sendhub.rules.names import plain
from sendhub.tenancy import SchoolModel

MERGE = "pupil.merge"
# Columns of Pupil that nobody chooses: keys, what follows from others, and what is never lost.
NOT_CHOSEN = {"id", "school", "sort_name", "year_sort", "merged_into", "version", "speak_to_dsl"}
NUMBERS = ("upn", "mis_id")  # once a school
# What stands as a whole, of the one record or of the other. What does not stand goes to the hidden record.
REGISTER = (SENRecord, RegisterMove, FamilyLetter)
NEEDS = (SENNeed,)
STAYS = {"pupils.ImportLine": "a working copy of a file; an import follows the hidden record to the one that stands"}


def chosen_columns():
    """The columns of Pupil of which one record's value stands."""
    return [field.name for field in Pupil._meta.concrete_fields if field.name not in NOT_CHOSEN]


def hanging_on_pupils():
    """[(model, name of its key)] of every table of a school that points to a pupil, but for those in STAYS."""
    return [
        (model, field.name)
        for model in apps.get_models()
        if issubclass(model, SchoolModel) and not hasattr(model, "pgh_tracked_model") and model._meta.label not in STAYS
        for field in model._meta.concrete_fields
        if field.is_relation and field.related_model is Pupil
    ]


@action(MERGE)
def merge_pupils(*, stands, other, columns, register_of_other, needs_of_other, by):
    """Make `other` part of `stands`. `columns` are the names of those whose value in `other` stands from now on.
    Returns the Operation. Raises ValidationError when one of the two is merged already."""
    rows = Pupil.objects.select_for_update().filter(school_id=stands.school_id, pk__in=[stands.pk, other.pk])
    held = {pupil.pk: pupil for pupil in rows.order_by("pk")}
    if len(held) != 2 or any(pupil.merged_into_id for pupil in held.values()):
        raise ValidationError("One of the two is part of another record already.")
    stands, other = held[stands.pk], held[other.pk]
    title = "2 pupil records made one"
    with operation(school_id=stands.school_id, kind=MERGE, title=title, by=by) as merged:
        join_columns(stands, other, columns)
        keep = join_contacts(stands, other)
        for models, of_other in ((REGISTER, register_of_other), (NEEDS, needs_of_other)):
            for model in models:
                keep[model] = give_away(model, stands, other) if of_other else ids_of(model, other)
        unsent = FamilyLetter.objects.filter(pk__in=keep[FamilyLetter], sent_on=None, withdrawn_on=None)
        unsent.update(withdrawn_on=timezone.localdate())  # about a move that does not stand
        join_about(stands, other)
        for model, key in hanging_on_pupils():
            move_rows(model, key, stands, other, keep.get(model, ()))
        if stands.left_on is None:
            place_in_year_and_form(school=stands.school, pupils=[stands], on=timezone.localdate(), by=by)
    return merged


def join_columns(stands, other, columns):
    """The chosen columns, and the hidden record's pointer to the one that stands. A number leaves the one record
    before the other has it, and a UPN that does not stand is remembered."""
    changes = {name: getattr(other, name) for name in columns}
    changes["speak_to_dsl"] = stands.speak_to_dsl or other.speak_to_dsl
    given = {name: "" for name in NUMBERS if changes.get(name)}
    if "upn" in given and stands.upn and not stands.former_upn:
        changes.setdefault("former_upn", stands.upn)
    for name, value in changes.items():
        setattr(stands, name, value)
    settle(stands)
    if stands.left_on and stands.joined_on and stands.left_on < stands.joined_on:
        raise ValidationError("The last day would be before the first. Choose both from one record.")
    rows = Pupil.objects.filter(school_id=stands.school_id)
    rows.filter(pk=other.pk).update(**given, merged_into=stands, version=F("version") + 1)
    columns = {name: getattr(stands, name) for name in {*changes, "sort_name", "year_code", "year_sort"}}
    rows.filter(pk=stands.pk).update(**columns, version=F("version") + 1)


def join_contacts(stands, other):
    """A contact whom both records have stays one: what only the hidden record knows of them is filled in, and letters
    to them point to the one that stands. Returns {Contact: ids that do not move}."""
    own = {name_of(contact): contact for contact in of(Contact, stands).order_by("-priority", "-id")}
    doubles = [(contact, own[name_of(contact)]) for contact in of(Contact, other) if name_of(contact) in own]
    for contact, kept in doubles:
        filled = [
            field.name
            for field in Contact._meta.concrete_fields
            if getattr(kept, field.attname) in ("", None) and getattr(contact, field.attname) not in ("", None)
        ]
        for name in filled:
            setattr(kept, name, getattr(contact, name))
        if filled:
            kept.save(update_fields=filled)
        FamilyLetter.objects.filter(school_id=stands.school_id, contact=contact).update(contact=kept)
    return {Contact: [contact.pk for contact, _ in doubles]}


def join_about(stands, other):
    """What both records say the child is good at, and what matters, becomes one list: a child has one."""
    about = {row.pupil_id: row for row in AboutMe.objects.filter(school_id=stands.school_id, pupil__in=[stands, other])}
    if len(about) < 2:
        return
    own, others = about[stands.pk], about[other.pk]
    for name in ("strengths", "matters"):
        lines = [*getattr(own, name).splitlines(), *getattr(others, name).splitlines()]
        setattr(own, name, "\n".join(dict.fromkeys(lines)))
    own.version += 1
    own.save(update_fields=["strengths", "matters", "version"])


def name_of(contact):
    return plain(contact.forename), plain(contact.surname)


def of(model, pupil):
    return model.objects.filter(school_id=pupil.school_id, pupil=pupil)


def ids_of(model, pupil):
    return list(of(model, pupil).values_list("pk", flat=True))


def give_away(model, stands, other):
    """The rows that do not stand go to the hidden record, ended, so that the other's can take their place. Returns
    their ids."""
    ids = ids_of(model, stands)
    if hasattr(model, "ends_on"):
        today = timezone.localdate()
        model.objects.filter(pk__in=ids, ends_on=None, starts_on__gt=today).update(ends_on=F("starts_on"))
        model.objects.filter(pk__in=ids, ends_on=None).update(ends_on=today)
    model.objects.filter(pk__in=ids).update(pupil=other)
    return ids


def move_rows(model, key, stands, other, keep):
    """All of them in one statement; where that clashes, one by one, and what clashes stays."""
    rows = model._base_manager.filter(school_id=stands.school_id, **{key: other}).exclude(pk__in=list(keep))
    changes = {key: stands}
    if any(field.name == "version" for field in model._meta.concrete_fields):
        changes["version"] = F("version") + 1
    if not moved(rows, changes):
        for pk in rows.order_by("pk").values_list("pk", flat=True):
            moved(rows.filter(pk=pk), changes)


def moved(rows, changes):
    try:
        with transaction.atomic():
            rows.update(**changes)
    except IntegrityError:
        return False
    return True


@action("double.reject")
def reject_double(*, one, other, on, by):
    """Remember that two records that look alike are two children. Twice says no more than once."""
    first, second = sorted((one, other), key=lambda pupil: pupil.pk)
    return TwoPupils.objects.get_or_create(school_id=one.school_id, one=first, other=second, defaults={"said_on": on})[
        0
    ]
