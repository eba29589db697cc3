"""A job from the press of a button to the day its file goes."""

import datetime as dt
import os
import uuid
from threading import Thread

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import OperationalError, connection
from django.utils import timezone

from sendhub.audit import SYSTEM, Actor, acting
from sendhub.kit import jobs, tasks
from sendhub.kit.actions import cancel_job
from sendhub.kit.actions import jobs as moves
from sendhub.kit.models import Job, JobDue
from sendhub.kit.run import run
from sendhub.tenancy import school_context
from staff.models import Membership

MINUTE = dt.timedelta(minutes=1)


def do(job):
    state = run(school_id=job.school_id, pk=job.pk)
    job.refresh_from_db()
    return state


def later(**span):
    return time_machine.travel(timezone.now() + dt.timedelta(**span), tick=False)


class TestStart:
    def test_a_double_click_makes_one_job(self, oakfield, start):
        form_id = uuid.uuid4()
        first, second = (start(oakfield.sendco, form_id=form_id) for _ in range(2))
        assert first.pk == second.pk
        assert Job.objects.count() == JobDue.objects.count() == 1

    def test_without_a_form_each_start_is_a_job_of_its_own(self, oakfield, start):
        assert start(oakfield.sendco).pk != start(oakfield.sendco).pk

    def test_who_may_not_do_it_can_not_start_it(self, oakfield, start):
        with pytest.raises(PermissionDenied):
            start(oakfield.teacher)

    def test_a_job_that_nobody_does_is_refused(self, oakfield, start):
        with pytest.raises(LookupError):
            start(oakfield.sendco, kind="no.such.job")

    def test_two_functions_can_not_do_one_job(self, work):
        with pytest.raises(ValueError, match=r"test\.export"):
            jobs.job("test.export")(lambda job, step: None)

    def test_a_function_is_registered_with_what_it_needs(self, monkeypatch):
        monkeypatch.setattr(jobs, "_kinds", {})
        jobs.job("other", needs=["x"])(print)
        assert jobs.find("other") == jobs.Kind("other", print, ("x",))

    def test_the_bell_rings_after_the_commit(self, oakfield, start, monkeypatch, django_capture_on_commit_callbacks):
        rung = []
        monkeypatch.setattr(tasks.run_job, "apply_async", lambda *a, **k: rung.append(a))
        with django_capture_on_commit_callbacks(execute=True):
            job = start(oakfield.sendco)
        assert rung == [((job.pk,), {"school_id": job.school_id})]


class TestRun:
    def test_it_is_done_as_the_person_who_asked_and_leaves_a_private_file(self, oakfield, start, work):
        seen = []

        def export(job, step):
            step(1, 3, "Reading")
            seen.append((job.member.pk, job.params))
            return jobs.Result("Three pupils.", b"a,b\r\n", "register.csv", "text/csv")

        work(export)
        job = start(oakfield.sendco)
        assert do(job) == "done"
        assert seen == [(oakfield.sendco.pk, {"year": "9"})]
        assert (job.sentence, job.file_name) == ("Three pupils.", "register.csv")
        path = moves.folder() / job.file
        assert (path.read_bytes(), path.stat().st_mode & 0o777) == (b"a,b\r\n", 0o600)
        assert len(job.file) == 48

    def test_its_writes_carry_the_person_and_the_kind_of_job(self, oakfield, start, work):
        def rename(job, step):
            pupil = oakfield.pupils["aisha"]
            type(pupil).objects.filter(pk=pupil.pk).update(first_line="Sits at the front")

        work(rename)
        do(start(oakfield.sendco))
        event = type(oakfield.pupils["aisha"]).pgh_event_model.objects.latest("pgh_id")
        assert event.first_line == "Sits at the front"
        assert (event.pgh_context["actor"], event.pgh_context["verb"]) == (
            f"user:{oakfield.sendco.user_id}", "test.export",
        )  # fmt: skip

    def test_run_twice_it_is_done_once(self, oakfield, start, work):
        calls = []
        work(lambda job, step: calls.append(1))
        job = start(oakfield.sendco)
        assert (do(job), do(job), calls) == ("done", None, [1])

    def test_the_systems_own_job_needs_no_member(self, oakfield, start):
        job = start(oakfield.sendco, by=Actor("system:import", "The import"), school_id=oakfield.school.pk)
        assert (do(job), job.member, job.by) == ("done", None, "system:import")

    def test_a_job_that_says_why_it_failed(self, oakfield, start, work):
        def fail(job, step):
            Membership.objects.filter(pk=oakfield.ta.pk).update(roles=["head"])
            raise jobs.Failed("The file has no column for the date of birth.")

        work(fail)
        job = start(oakfield.sendco)
        assert (do(job), job.sentence) == ("failed", "The file has no column for the date of birth.")
        oakfield.ta.refresh_from_db()
        assert oakfield.ta.roles == ["ta"]

    def test_a_fault_of_ours_is_said_without_its_details(self, oakfield, start, work):
        def fail(job, step):
            raise KeyError("Aïsha Khan")

        work(fail)
        job = start(oakfield.sendco)
        assert (do(job), job.sentence) == (
            "failed", "It stopped because of a fault on our side. Nothing was changed.",
        )  # fmt: skip

    def test_a_lost_database_leaves_it_to_be_resumed(self, oakfield, start, work):
        def fail(job, step):
            raise OperationalError("gone")

        work(fail)
        job = start(oakfield.sendco)
        with pytest.raises(OperationalError):
            do(job)
        job.refresh_from_db()
        assert job.state == "running"

    @pytest.mark.parametrize("change", [{"ended_at": timezone.now()}, {"roles": ["teacher"]}])
    def test_someone_who_has_left_or_lost_the_permission_gets_nothing(self, oakfield, start, change):
        job = start(oakfield.sendco)
        with acting(SYSTEM, "test.change"):
            Membership.objects.filter(pk=oakfield.sendco.pk).update(**change)
        assert (do(job), job.sentence, job.file) == (
            "failed", "The person who asked for it may not have it any more.", "",
        )  # fmt: skip


class TestKilledWorker:
    def test_it_is_resumed_once(self, oakfield, start):
        job = start(oakfield.sendco)
        moves.claim(school_id=job.school_id, pk=job.pk)
        assert do(job) is None
        with later(minutes=4):
            assert (do(job), job.attempts) == ("done", 2)

    def test_a_job_that_killed_two_workers_does_not_kill_a_third(self, oakfield, start):
        job = start(oakfield.sendco)
        moves.claim(school_id=job.school_id, pk=job.pk)
        with later(minutes=4):
            moves.claim(school_id=job.school_id, pk=job.pk)
        with later(minutes=8):
            assert do(job) is None
        assert (job.state, job.sentence) == ("failed", "It stopped twice half-way. Nothing was changed.")

    def test_a_worker_that_was_thought_dead_changes_nothing(self, oakfield, start, work):
        job = start(oakfield.sendco)

        def slow(slow_job, step):
            if slow_job.attempts == 1:
                with acting(SYSTEM, "test.pause"):
                    Membership.objects.filter(pk=oakfield.ta.pk).update(roles=["head"])
                    Job.objects.filter(pk=job.pk).update(attempts=2)
            return jobs.Result("Done.", b"x", "x.csv", "text/csv")

        work(slow)
        assert do(job) is None
        oakfield.ta.refresh_from_db()
        assert (oakfield.ta.roles, job.file, list(moves.folder().glob("*"))) == (["ta"], "", [])

    @pytest.mark.django_db(transaction=True)
    def test_a_job_that_another_worker_is_taking_is_left_and_keeps_its_look(self, cast, start):
        member, answers = cast.oakfield.sendco, []
        with school_context(member.school_id):
            job = start(member)

        def second():
            answers.append(moves.claim(school_id=job.school_id, pk=job.pk))
            connection.close()

        with school_context(member.school_id):
            Job.objects.select_for_update().get(pk=job.pk)
            thread = Thread(target=second)
            thread.start()
            thread.join()
        assert answers == [None]
        assert JobDue.objects.count() == 1

    def test_when_another_worker_has_it_its_failure_is_not_written(self, oakfield, start, work):
        def slow(slow_job, step):
            if slow_job.attempts == 1:
                raise jobs.Failed("Too late.")

        work(slow)
        job = start(oakfield.sendco)
        claimed = moves.claim(school_id=job.school_id, pk=job.pk)
        with later(minutes=4):
            moves.claim(school_id=job.school_id, pk=job.pk)
            moves.stop(claimed, Job.State.FAILED, "Too late.")
        job.refresh_from_db()
        assert (job.state, job.sentence) == ("running", "")

    def test_a_file_whose_end_was_not_committed_is_removed(self, oakfield, start):
        """The commit itself may fail, after the file was written."""
        job = start(oakfield.sendco)
        claimed = moves.claim(school_id=job.school_id, pk=job.pk)

        class Lost(Exception):
            pass

        with pytest.raises(Lost), school_context(job.school_id), acting(SYSTEM, "test.job"):
            moves.finish(claimed, jobs.Result("Done.", b"x", "x.csv", "text/csv"))
            raise Lost
        assert len(list(moves.folder().glob("*"))) == 1
        moves.stop(claimed, Job.State.FAILED, "It stopped.")
        job.refresh_from_db()
        assert (list(moves.folder().glob("*")), job.state, job.file) == ([], "failed", "")


class TestCancel:
    def test_before_it_began(self, oakfield, start):
        job = start(oakfield.sendco)
        cancel_job(job=job, by=oakfield.sendco)
        assert do(job) is None
        assert (job.state, JobDue.objects.count()) == ("cancelled", 0)

    def test_when_its_worker_died_after_cancel_was_pressed(self, oakfield, start):
        job = start(oakfield.sendco)
        moves.claim(school_id=job.school_id, pk=job.pk)
        cancel_job(job=job, by=oakfield.sendco)
        with later(minutes=4):
            assert do(job) is None
        assert job.state == "cancelled"

    def test_after_it_was_done_nothing_happens(self, oakfield, start):
        job = start(oakfield.sendco)
        do(job)
        assert cancel_job(job=job, by=oakfield.sendco).state == "done"


@pytest.mark.django_db(transaction=True)
class TestProgress:
    """Over a second connection, so with real commits."""

    def test_progress_is_seen_while_it_runs_and_cancel_is_heard(self, cast, start, work, monkeypatch):
        monkeypatch.setattr("sendhub.kit.run.EVERY", 0)
        member, seen = cast.oakfield.sendco, []

        def export(job, step):
            step(1, 3, "Reading the register")
            step(2, 3, "Reading the register")
            seen.append(Job.objects.values_list("done", "of", "sentence").get(pk=job.pk))
            Membership.objects.filter(pk=cast.oakfield.ta.pk).update(roles=["head"])
            with_cancel(job)
            step(3, 3)
            raise AssertionError("step did not stop it")

        def with_cancel(job):
            def press():
                with school_context(job.school_id):
                    cancel_job(job=job, by=member)
                connection.close()

            thread = Thread(target=press)
            thread.start()
            thread.join()

        work(export)
        with school_context(member.school_id):
            job = start(member)
        assert run(school_id=job.school_id, pk=job.pk) == "cancelled"
        assert seen == [(2, 3, "Reading the register")]
        with school_context(member.school_id):
            job.refresh_from_db()
            assert (job.state, job.cancel_asked) == ("cancelled", True)
            assert Membership.objects.get(pk=cast.oakfield.ta.pk).roles == ["ta"]

    def test_steps_closer_than_half_a_second_are_not_written(self, cast, start, work):
        member, seen = cast.oakfield.sendco, []

        def export(job, step):
            step(1, 3)
            step(2, 3)
            seen.append(Job.objects.values_list("done", flat=True).get(pk=job.pk))

        work(export)
        with school_context(member.school_id):
            job = start(member)
        assert run(school_id=job.school_id, pk=job.pk) == "done"
        assert seen == [1]


class TestSweep:
    @pytest.fixture
    def rung(self, monkeypatch):
        calls = []
        monkeypatch.setattr(tasks.run_job, "apply_async", lambda args, kwargs, **o: calls.append((*args, kwargs)))
        return calls

    def test_it_rings_for_jobs_of_all_schools_in_one_query(self, cast, start, rung, django_assert_num_queries):
        wanted = []
        for school in (cast.oakfield, cast.brook):
            with school_context(school.school.pk):
                wanted.append((start(school.sendco).pk, {"school_id": school.school.pk}))
        with django_assert_num_queries(1):
            tasks.sweep()
        assert rung == wanted

    def test_a_file_goes_after_a_day_and_then_nobody_looks_any_more(self, oakfield, start, rung):
        job = start(oakfield.sendco)
        do(job)
        path = moves.folder() / job.file
        tasks.sweep()
        assert rung == []
        tasks.run_job(job.pk, school_id=job.school_id)
        assert path.exists()
        with later(hours=25):
            tasks.sweep()
            tasks.run_job(job.pk, school_id=job.school_id)
        job.refresh_from_db()
        assert (len(rung), path.exists(), job.file, job.file_name) == (1, False, "", "register.csv")
        assert JobDue.objects.count() == 0

    def test_a_file_that_no_row_knows_of_goes_too(self, oakfield, start):
        job = start(oakfield.sendco)
        do(job)
        orphan = moves.folder() / "orphan"
        orphan.write_bytes(b"x")
        yesterday = timezone.now().timestamp() - 26 * 60 * 60
        os.utime(orphan, (yesterday, yesterday))
        moves.remove_old_files()
        assert [path.name for path in moves.folder().glob("*")] == [job.file]

    def test_a_purged_job_leaves_no_look_behind(self, oakfield, work):
        JobDue.objects.create(school_id=oakfield.school.pk, job_id=999, next_look=timezone.now())
        assert run(school_id=oakfield.school.pk, pk=999) is None
        assert JobDue.objects.count() == 0
