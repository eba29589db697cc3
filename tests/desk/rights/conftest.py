"""Shorthand for tests of rights: Oakfield and its people, a request that is settled, a breach."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sendhub.desk.models import AccessRequest
from tests.visits import inside, looks, oakfield, visit  # noqa: F401  fixtures


@pytest.fixture
def aisha(oakfield):  # noqa: F811
    return oakfield.pupils["aisha"]


@pytest.fixture
def asked(inside, aisha):  # noqa: F811
    """Aïsha's parent asked two days ago, and the office knows them."""
    today = timezone.localdate()
    with inside():
        return AccessRequest.objects.create(
            school=aisha.school, pupil=aisha, who="parent", contact=aisha.contacts.get(),
            asked_on=today - timedelta(days=2), settled_on=today - timedelta(days=1), settled_how="Known to the office",
        )  # fmt: skip
