"""A person's own jobs on the screen: the list, progress, cancel, and the file."""

import pytest
from django.utils import timezone

from sendhub.audit import SYSTEM, acting
from sendhub.audit.models import AccessLog
from sendhub.kit import jobs
from sendhub.kit.actions import jobs as moves
from sendhub.kit.models import Job
from staff.models import Membership
from tests.kit.test_jobs import do

SCHOOL = "/s/oakfield/"
JOBS = SCHOOL + "work/jobs/"


@pytest.fixture
def priya(oakfield, sign_in):
    return sign_in(oakfield.sendco)


def test_the_list_shows_ones_own_and_nobody_elses(oakfield, sign_in, priya, start):
    assert b"You have asked for nothing yet" in priya.get(JOBS).content
    do(start(oakfield.sendco, title="Register of year 9"))
    start(oakfield.admin, title="Something of the administrator")
    page = priya.get(JOBS).content.decode()
    assert "Register of year 9" in page
    assert "administrator" not in page.split("<main")[1].split("</main")[0]


def test_while_it_runs_the_page_reloads_itself_with_and_without_script(oakfield, priya, start):
    job = start(oakfield.sendco)
    whole = priya.get(f"{JOBS}{job.pk}/").content.decode()
    assert '<noscript><meta http-equiv="refresh" content="3"></noscript>' in whole
    part = priya.get(f"{JOBS}{job.pk}/", headers={"HX-Request": "true"}).content.decode()
    assert part.strip().startswith("<section")
    assert 'hx-trigger="every 2s"' in part


def test_when_it_is_done_the_page_rests_and_offers_the_file(oakfield, priya, start):
    job = start(oakfield.sendco)
    do(job)
    page = priya.get(f"{JOBS}{job.pk}/").content.decode()
    assert "every 2s" not in page
    assert "http-equiv" not in page
    assert f"{JOBS}{job.pk}/file/" in page


def test_cancel_stops_it(oakfield, priya, start):
    job = start(oakfield.sendco)
    assert b"Cancelled before it began." in priya.post(f"{JOBS}{job.pk}/cancel/", follow=True).content


def test_while_it_stops_the_page_says_so(oakfield, priya, start):
    job = start(oakfield.sendco)
    moves.claim(school_id=job.school_id, pk=job.pk)
    page = priya.post(f"{JOBS}{job.pk}/cancel/", follow=True).content
    assert b"Stopping at the next step." in page


def test_the_file_is_handed_out_as_a_file_and_logged(oakfield, priya, start):
    job = start(oakfield.sendco)
    do(job)
    answer = priya.get(f"{JOBS}{job.pk}/file/")
    assert b"".join(answer.streaming_content) == b"a,b\r\n"
    assert answer["Content-Disposition"] == 'attachment; filename="register.csv"'
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("private, no-store", "nosniff")
    log = AccessLog.objects.get(verb="file.download")
    assert (log.actor, log.detail) == (
        f"user:{oakfield.sendco.user_id}", {"job_id": job.pk, "kind": "test.export"},
    )  # fmt: skip


def test_a_colleague_with_the_same_role_does_not_get_it(oakfield, sign_in, start):
    job = start(oakfield.sendco)
    do(job)
    tom = sign_in(oakfield.assistant)
    for path in ("", "file/"):
        assert tom.get(f"{JOBS}{job.pk}/{path}").status_code == 404
    assert tom.post(f"{JOBS}{job.pk}/cancel/").status_code == 404


def test_who_lost_the_permission_does_not_get_it_any_more(oakfield, priya, start):
    job = start(oakfield.sendco)
    do(job)
    with acting(SYSTEM, "test.change"):
        Membership.objects.filter(pk=oakfield.sendco.pk).update(roles=["teacher"])
    assert priya.get(f"{JOBS}{job.pk}/file/").status_code == 403
    assert AccessLog.objects.filter(verb="file.download").count() == 0


def test_the_file_of_a_job_that_nobody_does_any_more_has_gone_too(oakfield, priya, start, monkeypatch):
    job = start(oakfield.sendco)
    do(job)
    monkeypatch.delitem(jobs._kinds, "test.export")
    assert priya.get(f"{JOBS}{job.pk}/file/").status_code == 404


@pytest.mark.parametrize("how", ["a day later", "from the disk"])
def test_a_file_that_has_gone_is_said_to_have_gone(oakfield, priya, start, how):
    job = start(oakfield.sendco)
    do(job)
    if how == "from the disk":
        (moves.folder() / job.file).unlink()
    else:
        with acting(SYSTEM, "test.age"):
            Job.objects.filter(pk=job.pk).update(expires_at=timezone.now())
        assert b"The file was removed after a day." in priya.get(f"{JOBS}{job.pk}/").content
    assert priya.get(f"{JOBS}{job.pk}/file/").status_code == 404
