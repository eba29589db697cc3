"""The archive is made by a job: after a proof, once, resumed when its worker is killed, stopped by what came up."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from pupils.models import Pupil
from sendhub.access import Role
from sendhub.desk.jobs import ARCHIVE
from sendhub.desk.models import AccessRequest
from sendhub.kit import jobs
from sendhub.kit.actions.jobs import folder
from sendhub.kit.models import Job, JobDue
from sendhub.kit.run import run
from tests.desk.rights.asking import day, text_of, tick_all


@pytest.fixture
def ready(inside, oakfield, aisha, asked):
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes maps")
        tick_all(asked, oakfield.sendco)
    return asked


@pytest.fixture
def proved(monkeypatch):
    """Whoever asks has just proved who they are."""
    monkeypatch.setattr("staff.signin.stepup.recently", lambda request: True)


def test_whoever_makes_it_proves_who_they_are_first(visit, ready):
    person = visit("sendco")
    response = person.get(f"rights/requests/{ready.pk}/archive/")
    assert response.status_code == 302
    assert "/rights/" not in response["Location"].split("?")[0]


def test_what_is_not_settled_or_not_looked_at_is_not_made(visit, proved, inside, aisha, ready):
    person = visit("sendco")
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes Leon")
    assert person.get(f"rights/requests/{ready.pk}/archive/")["Location"].endswith("/flags/")
    with inside():
        AccessRequest.objects.update(settled_on=None, settled_how="")
    assert person.get(f"rights/requests/{ready.pk}/archive/")["Location"].endswith("/change/")
    with inside():
        AccessRequest.objects.update(withdrawn_on=timezone.localdate(), withdrawn_why="A mistake")
    assert person.get(f"rights/requests/{ready.pk}/archive/").status_code == 404
    assert person.get(f"rights/requests/{ready.pk}/flags/").status_code == 404
    assert "Closed on" in person.text(f"rights/requests/{ready.pk}/")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("proved")
class TestTheJob:
    def start(self, visit, asked):
        person = visit("sendco")
        page = person.text(f"rights/requests/{asked.pk}/archive/")
        form_id = re.search(r'name="form_id" value="([^"]+)"', page)[1]
        for _ in range(2):  # a double press is one job
            assert person.post(f"rights/requests/{asked.pk}/archive/", {"form_id": form_id}).status_code == 302
        return person

    def test_it_makes_the_archive_which_is_downloaded_once_logged_and_answered(
        self, visit, inside, looks, aisha, ready
    ):
        person = self.start(visit, ready)
        with inside():
            job = Job.objects.get()
        assert (job.kind, job.params) == (ARCHIVE, {"request": ready.pk})
        assert run(school_id=job.school_id, pk=job.pk) == "done"
        file = person.get(f"work/jobs/{job.pk}/file/")
        made = b"".join(file.streaming_content)
        assert "Likes maps" in text_of(made)
        assert "Khan" not in file["Content-Disposition"]
        verbs = [(verb, pupil) for verb, pupil, _, _ in looks()]
        assert ("request.archive", aisha.pk) in verbs
        assert ("file.download", None) in verbs
        assert visit("head").get(f"work/jobs/{job.pk}/file/").status_code == 404
        given = {
            "version": "2",
            "settled_on": day(1),
            "settled_how": "Known",
            "answered_on": day(0),
            "answered_how": "By hand",
        }
        assert person.post(f"rights/requests/{ready.pk}/change/", given).status_code == 302
        assert "Answered on" in person.text(f"rights/requests/{ready.pk}/")

    def test_a_worker_that_is_killed_in_the_middle_is_taken_up_again(self, visit, inside, ready, monkeypatch):
        self.start(visit, ready)
        with inside():
            job = Job.objects.get()

        class Killed(BaseException):
            """As a worker that is killed: nothing after it runs, and nothing of the job's own transaction stays."""

        def dies(*_):
            raise Killed

        with monkeypatch.context() as patch:
            patch.setattr("sendhub.desk.jobs.archive_of", dies)
            with pytest.raises(Killed):
                run(school_id=job.school_id, pk=job.pk)
        with inside():
            job.refresh_from_db()
            assert (job.state, job.file) == ("running", "")
            assert AccessRequest.objects.get().archived_at is None
            assert JobDue.objects.filter(job_id=job.pk).exists()
            Job.objects.filter(pk=job.pk).update(heartbeat_at=timezone.now() - timedelta(minutes=4))
        assert run(school_id=job.school_id, pk=job.pk) == "done"
        with inside():
            job.refresh_from_db()
            assert job.attempts == 2
            assert AccessRequest.objects.get().archived_at is not None
        assert "Likes maps" in text_of((folder() / job.file).read_bytes())

    def test_what_came_up_meanwhile_stops_it(self, visit, inside, aisha, ready):
        self.start(visit, ready)
        with inside():
            Pupil.objects.filter(pk=aisha.pk).update(first_line="Likes Leon")
            job = Job.objects.get()
        assert run(school_id=job.school_id, pk=job.pk) == "failed"
        with inside():
            job.refresh_from_db()
        assert "1 thing has come up that nobody has looked at" in job.sentence

    def test_a_request_that_was_closed_meanwhile_is_not_answered(self, visit, inside, ready):
        self.start(visit, ready)
        with inside():
            AccessRequest.objects.update(withdrawn_on=timezone.localdate(), withdrawn_why="A mistake")
            job = Job.objects.get()
        assert run(school_id=job.school_id, pk=job.pk) == "failed"


def test_only_who_may_answer_requests_may_have_the_job(oakfield):
    assert jobs.find(ARCHIVE).needs
    assert all(oakfield.people[part].can(jobs.find(ARCHIVE).needs[0]) for part in ("sendco", "head", "data_lead"))
    assert Role.DATA_LEAD in oakfield.data_lead.roles
