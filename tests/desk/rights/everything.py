"""One row of every table about pupils, with a marker in each text, made from the models: a table that comes later is in
without a line here. The database's own rules are obeyed by what each column is."""

import datetime as dt
import itertools
import uuid

from django.db import models
from django.utils import timezone

from pupils.models import Pupil
from sendhub.desk.rights.reach import hanging
from staff.models import Membership, StaffMember

NUMBERS = itertools.count(1)
# Columns whose value follows from a rule of the table that a marker would break: {label: {column: value}}.
RULES = {
    "pupils.RegisterMove": {"before": "N", "after": "K", "told": "letter", "told_on": None,
                            "told_by": None, "told_how": ""},
    "pupils.FamilyLetter": {"way": "post", "sent_on": None, "withdrawn_on": None},
    "pupils.ProvisionProposal": {"before": "K", "after": "N", "state": "open", "decided_on": None, "move": None},
    "pupils.Concern": {"look_on": None},
    "pupils.PupilFile": {"stored": ""},  # no bytes on the disk
    "pupils.Correction": {"outcome": "changed", "decided_on": timezone.localdate()},
    "desk.AccessRequest": {"paused_from": None, "paused_until": None, "extended_on": None, "extended_why": "",
                           "answered_on": None, "answered_how": "", "withdrawn_on": None, "withdrawn_why": ""},
    "desk.Removal": {"second_by": None, "second_on": None, "withdrawn_by": None, "withdrawn_on": None},
    "desk.LegalHold": {"lifted_by": None, "lifted_on": None},
    "desk.LeavingFile": {"sent_on": None, "sent_to": "", "sent_how": "", "sent_by": None},
}  # fmt: skip


def marker(column):
    """A word that is nowhere else, such as MARKERfirst_lineX7X."""
    return f"MARKER{column}X{next(NUMBERS)}X"


def one_of_everything(pupil, member, other):
    """{label: row} about `pupil`. `other` is a pupil for rows that are about two."""
    made = {}
    for model in hanging():
        if model is Pupil:
            continue
        existing = model._base_manager.filter(school_id=pupil.school_id)
        about = [name for name in ("pupil", "one") if any(f.name == name for f in model._meta.fields)]
        row = existing.filter(**{about[0]: pupil}).first() if about else None
        made[model._meta.label] = row or model._base_manager.create(**facts_for(model, pupil, member, other, made))
    return made


def facts_for(model, pupil, member, other, made):
    facts = {"school_id": pupil.school_id}
    rules = RULES.get(model._meta.label, {})
    for column in model._meta.local_concrete_fields:
        if column.primary_key or column.name == "school" or getattr(column, "auto_now_add", False):
            continue
        if column.name in rules:
            facts[column.name] = rules[column.name]
        elif column.is_relation:
            facts[column.name] = related(column, pupil, member, other, made, facts)
        else:
            facts[column.name] = value_for(column)
    return facts


def related(column, pupil, member, other, made, facts):
    target = column.related_model
    if target is Pupil:
        return other if pupil in facts.values() or column.name == "other" else pupil
    if target is Membership:
        return member
    if target is StaffMember:
        return member.staff
    label = target._meta.label
    if label in made:
        return made[label]
    found = target._base_manager.filter(school_id=pupil.school_id).first()
    if found is None and not column.null:
        found = target._base_manager.create(**facts_for(target, pupil, member, other, made))
    return found


def value_for(column):
    if column.choices:
        return column.choices[0][0]
    if isinstance(column, models.EmailField):
        return f"{marker('mail')}@example.org"
    if isinstance(column, models.CharField | models.TextField):
        most = column.max_length or 200
        return marker(column.name)[-most:] if most > 12 else "1"
    if isinstance(column, models.DateTimeField):
        return timezone.now()
    if isinstance(column, models.DateField):
        return timezone.localdate()
    if isinstance(column, models.BooleanField):
        return True
    if isinstance(column, models.JSONField):
        return [marker(column.name)]
    if isinstance(column, models.UUIDField):
        return uuid.uuid4()
    if isinstance(column, models.TimeField):
        return dt.time(9)
    if isinstance(column, models.FileField):
        return ""
    return 1


def everywhere(run, word):
    """Every table of the database in which a text stands, by its name; `run` executes SQL as the owner."""
    found = []
    for (table,) in run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'"):
        if run(f'SELECT 1 FROM "{table}" t WHERE strpos(t::text, %s) > 0 LIMIT 1', [word]):
            found.append(table)
    return found
