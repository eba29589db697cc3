"""Shorthand for tests of pages: who opens what at Oakfield, and what they read there."""

from contextlib import contextmanager

import pytest
from django.conf import settings
from django.urls import set_urlconf

from sendhub.audit import SYSTEM, acting
from sendhub.audit.models import AccessLog
from sendhub.tenancy import school_context


@pytest.fixture
def oakfield(cast):
    return cast.oakfield


@pytest.fixture
def inside(oakfield):
    """`with inside():` reads and writes Oakfield's rows as the system, and makes links as its pages do."""

    @contextmanager
    def run(school=oakfield.school):
        set_urlconf(settings.SCHOOL_URLCONF)
        try:
            with school_context(school.pk), acting(SYSTEM, "test.arrange"):
                yield
        finally:
            set_urlconf(None)

    return run


@pytest.fixture
def visit(oakfield, sign_in):
    """`visit("teacher")` gives get(path) and post(path, data) under /s/oakfield/, signed in as that person."""

    class Visit:
        def __init__(self, part):
            self.member = getattr(oakfield, part)
            self.client = sign_in(self.member)

        def get(self, path="", **headers):
            return self.client.get(f"/s/oakfield/{path}", headers=headers or None)

        def post(self, path, data=None, **headers):
            return self.client.post(f"/s/oakfield/{path}", data or {}, headers=headers or None)

        def text(self, path="", **headers):
            response = self.get(path, **headers)
            assert response.status_code == 200, response.status_code
            return response.content.decode()

    return Visit


@pytest.fixture
def looks(inside):
    """`looks()` gives the access log of Oakfield as [(verb, pupil id, why, detail)], oldest first."""

    def run():
        with inside():
            return list(AccessLog.objects.order_by("id").values_list("verb", "pupil_id", "why", "detail"))

    return run
