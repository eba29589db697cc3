"""A word of its own in every free column about people; then every page, part, file and PDF of the school as each role.

It shows only to those who may see that column (SEEN_BY), and never in a log. A new table's columns are marked by
themselves: they have their class in sendhub.desk.personal, and the class says who may see them.
"""

import io
import logging

import pytest
from django.apps import apps
from django.conf import settings
from django.db import IntegrityError, models, transaction
from pypdf import PdfReader

from sendhub.access import Permission as P
from sendhub.audit import SYSTEM, acting
from sendhub.desk.personal import FIELDS, Kind
from sendhub.tenancy import SchoolModel, school_context
from tests.access import targets
from tests.access.table import SCHOOL
from tests.access.test_sweep import call
from tests.access.walk import addresses
from tests.cast import PEOPLE

MARKED = {Kind.FAMILY, Kind.WORDS, Kind.SAFEGUARDING}
# Who may see a column, by its class; and the columns of which it is somebody else.
BY_KIND = {Kind.FAMILY: P.CONTACT_VIEW, Kind.WORDS: P.PUPIL_RECORD, Kind.SAFEGUARDING: P.CONTACT_VIEW}
SEEN_BY = {
    "pupils.RegisterMove.reason": P.CONTACT_VIEW,
    "pupils.PupilFlag.note": P.CONTACT_VIEW,
    "pupils.FamilyLetter.text": P.CONTACT_VIEW,
    "pupils.ProvisionProposal.note": P.CONTACT_VIEW,
    "pupils.ReducedTimetable.reason": P.AWAY_VIEW,
    "pupils.Placement.reason": P.AWAY_VIEW,
    "pupils.PlacementVisit.findings": P.AWAY_VIEW,
    "pupils.ImportBatch.file_name": P.IMPORT_RUN,
    "pupils.Professional.name": P.PUPIL_RECORD,
    "pupils.Professional.job": P.PUPIL_RECORD,
    "outbox.Message.to": P.MESSAGE_VIEW,
}
# Whoever answers a request for a child's data reads there what is kept on the child, but for what is of safeguarding.
BEFORE_IT_LEAVES = {"rights:request-show", "rights:request-change", "rights:request-flags"}
# Somebody's own, shown to them alone, which the walk of every role can not tell apart; and the demo's open mailbox.
OWN = {"kit.SavedView", "kit.Draft", "kit.Link", "outbox.DemoMail", "staff.SetupChoice"}
# Seen by the SENDCO on some page of the walk: without these the test would pass on empty pages.
SEEN = {"pupils.Pupil.first_line", "pupils.Contact.surname", "pupils.RegisterMove.reason", "pupils.FamilyLetter.text"}
SEEN |= {"pupils.ReducedTimetable.reason", "pupils.Placement.reason", "pupils.PlacementVisit.findings"}


def columns():
    """{"pupils.Contact.surname": (model, field)} of the free text about people that a school stores."""
    found = {}
    for label, kinds in FIELDS.items():
        model = apps.get_model(label)
        if not issubclass(model, SchoolModel) or label in OWN:
            continue
        for field in model._meta.concrete_fields:
            text = isinstance(field, models.CharField | models.TextField) and not field.choices
            if text and kinds.get(field.name) in MARKED:
                found[f"{label}.{field.name}"] = (model, field)
    return found


def mark(school):
    """Write each column's own word over it, in every row of this school; {word: column}."""
    words = {}
    with school_context(school.pk), acting(SYSTEM, "test.mark"):
        for number, (name, (model, field)) in enumerate(columns().items(), start=100):
            word = f"zq{number}zq"
            value = f"{word}@example.org" if isinstance(field, models.EmailField) else word
            if write(model.objects.filter(school=school), field.name, value):
                words[word] = name
    return words


def write(rows, field, value):
    """How many rows have the word; where a constraint forbids it in an empty column, those that were not empty."""
    try:
        with transaction.atomic():
            return rows.update(**{field: value})
    except IntegrityError:
        return rows.exclude(**{field: ""}).update(**{field: value})


def text_of(body):
    """What a person can read in an answer: of a PDF its text. The stage's own file is none, only begins like one."""
    if body.startswith(b"%PDF") and b"%%EOF" in body:
        return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(body)).pages)
    return body.decode(errors="replace")


@pytest.fixture
def stage(cast):
    return targets.Stage(cast)


@pytest.mark.parametrize("person", list(PEOPLE))
def test_a_column_shows_only_to_who_may_see_it(stage, sign_in, person, caplog):
    member = stage.cast.oakfield.people[person]
    words = mark(stage.cast.oakfield.school)
    browser = sign_in(member, raise_request_exception=False)
    seen = {}
    with caplog.at_level(logging.DEBUG):
        for address in addresses(settings.SCHOOL_URLCONF):
            status, body, _ = call(browser, "get", stage.path("oakfield", address, SCHOOL[address.name]))
            text = text_of(body) if status == 200 else body.decode(errors="replace")
            for word in words:
                if word in text:
                    seen.setdefault(words[word], set()).add(address.name)
    wrong = {}
    for name, where in seen.items():
        label, _, field = name.rpartition(".")
        kind = FIELDS[label][field]
        needed = P.RIGHTS_RUN if label.startswith("desk.") else SEEN_BY.get(name, BY_KIND[kind])
        answers = member.can(P.RIGHTS_RUN) and where <= BEFORE_IT_LEAVES and kind is not Kind.SAFEGUARDING
        if not member.can(needed) and not answers:
            wrong[name] = sorted(where)
    assert wrong == {}
    assert [word for word in words if word in caplog.text] == []
    if person == "sendco":
        assert set(seen) >= SEEN
