"""Oakfield with the database answering for it, and a job that does what the test says."""

import pytest

from sendhub.access import Permission
from sendhub.kit import jobs
from sendhub.tenancy import school_context


@pytest.fixture
def oakfield(cast):
    with school_context(cast.oakfield.school.pk):
        yield cast.oakfield


@pytest.fixture
def work(monkeypatch, settings, tmp_path):
    """The job "test.export", for whoever may export the register: `work(function)` says what it does."""
    settings.FILES_DIR = tmp_path
    does = {"it": lambda job, step: jobs.Result("Three pupils.", b"a,b\r\n", "register.csv", "text/csv")}

    def run(job, step):
        return does["it"](job, step)

    kind = jobs.Kind("test.export", run, (Permission.REGISTER_EXPORT,))
    monkeypatch.setitem(jobs._kinds, "test.export", kind)

    def say(function):
        does["it"] = function

    return say


@pytest.fixture
def start(work):
    def run(member, **kwargs):
        wanted = {"school_id": member.school_id, "kind": "test.export", "params": {"year": "9"}, "by": member}
        return jobs.start(**{**wanted, "title": "The register", **kwargs})

    return run
