"""Every field that we store has its class: nobody can add one that an export or a purge would forget."""

import pytest
from django.apps import apps

from sendhub.desk.personal import DRAFTS, EVERYWHERE, FIELDS, MAILS
from sendhub.kit import drafts
from sendhub.outbox import registry

OURS = {"staff", "pupils", "audit", "kit", "outbox", "operate", "desk"}


def our_models():
    """Our own tables; history tables copy the fields of the table that they follow."""
    return [m for m in apps.get_models() if m._meta.app_label in OURS and not hasattr(m, "pgh_tracked_model")]


def test_every_field_has_a_class():
    missing = [
        f"{model._meta.label}.{field.name}"
        for model in our_models()
        for field in model._meta.local_concrete_fields
        if field.name not in FIELDS.get(model._meta.label, {}) and field.name not in EVERYWHERE
    ]
    assert missing == []


def test_no_class_is_of_a_field_that_has_gone():
    real = {model._meta.label: {field.name for field in model._meta.local_concrete_fields} for model in our_models()}
    stale = [f"{label}.{name}" for label, names in FIELDS.items() for name in names if name not in real.get(label, ())]
    assert stale == []


@pytest.mark.parametrize("label", ["pupils.Pupil", "pupils.Contact", "staff.User", "staff.StaffMember"])
def test_a_person_in_a_log_or_an_exception_is_a_number(label):
    """What reaches them is a row's str() or repr()."""
    model = apps.get_model(label)
    names = {"forename", "surname", "legal_forename", "legal_surname", "name", "email"}
    row = model(pk=7, **{f.name: "Marker" for f in model._meta.local_concrete_fields if f.name in names})
    assert "Marker" not in str(row) + repr(row)


def test_of_every_mail_and_every_form_with_drafts_it_is_said_whether_it_is_about_a_pupil():
    """Neither has a key to a pupil, so an archive and a purge find them by what personal.py says."""
    tables = {model._meta.label for model in our_models()}
    assert set(MAILS) == {name for name in registry._written if not name.startswith("test")}
    assert set(DRAFTS) == {name for name in drafts._forms if not name.startswith("test")}
    assert {where[1] for where in MAILS.values() if where} | {label for label in DRAFTS.values() if label} <= tables
