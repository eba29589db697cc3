"""A late backup and a drill that is due, on Today of those who answer for the school, and of nobody else."""

import datetime as dt

import pytest
from django.utils import timezone

from sendhub.audit import SYSTEM, acting
from sendhub.desk.todo import backups
from sendhub.operate.models import RestoreDrill
from sendhub.outbox.models import Heartbeat
from sendhub.tenancy import school_context
from staff.models import School

TODAY = timezone.localdate()
LATE, NEVER = "The last backup is of ", "No backup is taken"
DRILL = "No backup has been restored as a test this term"


@pytest.fixture
def real(cast):
    """Oakfield as a school with real records."""
    School.objects.filter(pk=cast.oakfield.school.pk).update(is_demo=False)
    for person in cast.oakfield.people.values():
        person.school.is_demo = False
    return cast.oakfield


def page_of(sign_in, person):
    return sign_in(person).get("/s/oakfield/").content.decode()


def backup_taken(days):
    Heartbeat.objects.update_or_create(name="backup", defaults={"at": timezone.now() - dt.timedelta(days=days)})


def tried(school, on, held=True):
    with school_context(school.school.pk), acting(SYSTEM, "test"):
        RestoreDrill.objects.create(school=school.school, tried_on=on, done_by="A", held=held)


@pytest.mark.parametrize("person", ["sendco", "head"])
def test_what_waits_goes_when_it_is_done(real, sign_in, person):
    member = real.people[person]
    page = page_of(sign_in, member)
    assert (NEVER in page, DRILL in page) == (True, True)
    assert "DfE, cyber security standards for schools and colleges" in page
    backup_taken(days=3)
    tried(real, TODAY, held=False)  # one that failed is none
    page = page_of(sign_in, member)
    assert (NEVER in page, LATE in page, DRILL in page) == (False, True, True)
    backup_taken(days=1)
    tried(real, TODAY)
    page = page_of(sign_in, member)
    assert (LATE in page, DRILL in page) == (False, False)


@pytest.mark.parametrize("person", ["teacher", "ta", "governor", "office", "assistant"])
def test_nobody_else_is_asked(real, sign_in, person):
    page = page_of(sign_in, real.people[person])
    assert (NEVER in page, DRILL in page) == (False, False)


def test_a_school_of_invented_people_is_not_asked(cast):
    assert backups.asks(cast.oakfield.sendco, set(), TODAY) == {}
