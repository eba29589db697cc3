"""Concerns as the tests arrange them: one about Aïsha, and a tutor who looks first."""

import uuid

import pytest

from pupils import actions
from sendhub.outbox.models import Message
from staff.models import GroupStaff, TeachingGroup


@pytest.fixture
def concern(inside, oakfield):
    """`concern(by)` raises one about Aïsha; other facts by name."""

    def run(by=None, **facts):
        aisha = oakfield.pupils["aisha"]
        facts = {"about": "feelings", "words": "Cried at break", "pupil": aisha, "tell": [], **facts}
        with inside():
            return actions.raise_concern(form_id=uuid.uuid4(), by=by or oakfield.ta, **facts)

    return run


@pytest.fixture
def tutor(inside, oakfield):
    """Dan tutors 9C from today on."""
    with inside():
        year = TeachingGroup.objects.get(kind="year").year
        form = TeachingGroup.objects.create(school=oakfield.school, year=year, kind="form", name="9C")
        GroupStaff.objects.create(school=oakfield.school, group=form, staff=oakfield.teacher.staff, part="tutors")
        for key in ("aisha", "mei"):
            form.pupil_places.create(school=oakfield.school, pupil=oakfield.pupils[key])
    return oakfield.teacher


@pytest.fixture
def mails(inside):
    """`mails()`: [(which, to)] of those about concerns."""

    def run():
        with inside():
            return sorted(Message.objects.filter(template__startswith="concern").values_list("template", "to"))

    return run
