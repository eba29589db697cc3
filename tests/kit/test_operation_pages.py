"""What was done in one go, on the screen: who sees it, what an undo would do, and what stayed afterwards."""

import uuid
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.actions import change_contact, change_pupil, set_needs
from pupils.models import Contact, Pupil, SENNeed
from sendhub.audit import SYSTEM, acting
from sendhub.kit import operations
from sendhub.kit.models import Job, Operation
from tests.kit.test_jobs import do as work

DAY = date(2026, 11, 20)
WORK = "/s/oakfield/work/operations/"


@pytest.fixture
def moved(oakfield):
    """Three changes by the SENDCO in one go: Aïsha's form, her needs, and Leon's form."""
    with operations.operation(
        school_id=oakfield.school.pk, kind="register.moves", title="2 pupils moved", by=oakfield.sendco
    ) as operation:
        for key in ("aisha", "leon"):
            change_pupil(pupil=oakfield.pupils[key], version=1, form="9D", on=DAY, by=oakfield.sendco)
        set_needs(pupil=oakfield.pupils["aisha"], codes=["ASD"], on=DAY, by=oakfield.sendco)
    return operation


def do(job):
    work(job)
    return job


def page(client, path):
    answer = client.get(WORK + path)
    assert answer.status_code == 200
    return answer.content.decode().split("<main")[1]


def undo(client, operation):
    return client.post(f"{WORK}{operation.pk}/undo/", {"form_id": uuid.uuid4()}, follow=True).content.decode()


def test_operation_list_shows_who_did_what_to_those_who_may_undo_it(oakfield, sign_in, moved):
    assert "Nothing has been done in one go yet" in page(sign_in(oakfield.office), "")
    for part in ("sendco", "assistant"):
        text = page(sign_in(getattr(oakfield, part)), "")
        assert "2 pupils moved" in text
        assert "Priya Nair" in text
        assert f"{moved.pk}/undo/" in text
    assert sign_in(oakfield.office).get(f"{WORK}{moved.pk}/").status_code == 404


@pytest.mark.parametrize("rows", [1, 3])
def test_operation_list_asks_as_often_for_many_as_for_one(oakfield, sign_in, rows):
    with acting(SYSTEM, "test.write"):
        for _ in range(rows):
            Operation.objects.create(
                school=oakfield.school, kind="register.moves", title="x", by=f"user:{oakfield.sendco.user_id}",
                undo_until=timezone.now() + timedelta(days=1),
            )  # fmt: skip
    client = sign_in(oakfield.sendco)
    client.get(WORK)
    with CaptureQueriesContext(connection) as queries:
        assert page(client, "").count("Moves on the register") == rows
    assert len(queries) == LIST_QUERIES


LIST_QUERIES = 12


def test_operation_show_counts_what_it_wrote(oakfield, sign_in, moved):
    text = page(sign_in(oakfield.sendco), f"{moved.pk}/")
    assert "Possible until" in text
    assert 'Pupils</th><td role="cell" data-label="Added">0</td><td role="cell" data-label="Changed">2</td>' in text
    assert "Needs" in text


def test_operation_undo_asks_first_and_says_what_has_to_stay(oakfield, sign_in, moved):
    change_pupil(pupil=oakfield.pupils["leon"], version=2, form="9 Elm", on=DAY, by=oakfield.admin)
    client = sign_in(oakfield.sendco)
    text = page(client, f"{moved.pk}/undo/")
    assert "Leon Walker" in text.split("This will stay")[1]
    assert "Form: somebody has changed this since" in text
    assert "9 Elm" not in text
    assert Operation.objects.get(pk=moved.pk).undone_at is None
    after = undo(client, moved)
    assert "Undone, but for" in after
    assert "What stayed, and why" in after
    assert f'<a href="/s/oakfield/pupils/{oakfield.pupils["leon"].pk}/">Leon Walker</a>' in after
    assert Pupil.objects.get(pk=oakfield.pupils["aisha"].pk).form == "9C"
    assert list(SENNeed.objects.filter(pupil=oakfield.pupils["aisha"], ends_on=None).values_list("code")) == [("SPLD",)]
    assert "Some of it stayed" in page(client, "")


def test_operation_undo_a_second_time_or_too_late_says_so(oakfield, sign_in, moved):
    client = sign_in(oakfield.sendco)
    assert "Everything is as it was before" in undo(client, moved)
    assert "This has been undone already" in page(client, f"{moved.pk}/undo/")
    assert "This has been undone already" in undo(client, moved)
    with operations.operation(
        school_id=oakfield.school.pk, kind="register.moves", title="Late", by=oakfield.sendco, days=-1
    ) as late:
        pass
    assert "The last day for it was" in page(client, f"{late.pk}/undo/")
    assert "Too late to undo" in page(client, "")
    assert "can not be undone any more" in undo(client, late)


def test_operation_undo_needs_its_form(oakfield, sign_in, moved):
    assert sign_in(oakfield.sendco).post(f"{WORK}{moved.pk}/undo/", {"form_id": "x"}).status_code == 422
    assert Operation.objects.get(pk=moved.pk).undone_at is None


def test_what_one_may_not_see_of_an_undo_is_only_counted(oakfield, sign_in):
    """The office brings files in, and reads nothing about needs."""
    aisha = oakfield.pupils["aisha"]
    with operations.operation(
        school_id=oakfield.school.pk, kind="import.apply", title="A file", by=oakfield.office
    ) as operation:
        set_needs(pupil=aisha, codes=["ASD"], on=DAY, by=oakfield.office)
        change_contact(contact=aisha.contacts.get(), phone="1", by=oakfield.office)
    set_needs(pupil=aisha, codes=["MLD"], on=DAY + timedelta(days=1), by=oakfield.sendco)
    change_contact(contact=aisha.contacts.get(), phone="2", by=oakfield.sendco)
    client = sign_in(oakfield.office)
    text = undo(client, operation)
    assert "Aïsha Khan" in text
    assert "Phone: somebody has changed this since" in text
    assert "that you may not see" in text
    assert "need" not in text.split("<main")[1].lower().replace("needed", "")
    assert f"/pupils/{aisha.pk}/" not in text


class TestLarge:
    @pytest.fixture(autouse=True)
    def large(self, monkeypatch):
        monkeypatch.setattr(operations, "LARGE", 1)

    def test_a_large_one_is_a_job(self, oakfield, sign_in, moved):
        client = sign_in(oakfield.sendco)
        assert "takes a minute" in page(client, f"{moved.pk}/undo/")
        client.post(f"{WORK}{moved.pk}/undo/", {"form_id": uuid.uuid4()})
        job = do(Job.objects.get())
        assert (job.state, job.sentence) == ("done", "Undone. Everything is as it was before.")
        assert Pupil.objects.get(pk=oakfield.pupils["aisha"].pk).form == "9C"
        assert "undone already" in undo(client, moved)

    def test_the_job_says_why_it_could_not(self, oakfield, sign_in, moved):
        client = sign_in(oakfield.sendco)
        for _ in range(2):
            client.post(f"{WORK}{moved.pk}/undo/", {"form_id": uuid.uuid4()})
        first, second = (do(job) for job in Job.objects.order_by("id"))
        assert (first.state, second.state) == ("done", "failed")
        assert second.sentence == "This has been undone already."

    def test_the_job_asks_again_whether_one_may(self, oakfield, sign_in, moved):
        sign_in(oakfield.assistant).post(f"{WORK}{moved.pk}/undo/", {"form_id": uuid.uuid4()})
        with acting(SYSTEM, "test.write"):
            oakfield.assistant.roles = ["teacher"]
            oakfield.assistant.save()
        job = do(Job.objects.get())
        assert (job.state, job.sentence) == ("failed", "You may not undo this any more.")


def test_nothing_is_said_of_records_that_no_longer_have_a_table(oakfield, sign_in, moved):
    with acting(SYSTEM, "test.write"):
        Operation.objects.filter(pk=moved.pk).update(
            kept=[["pupils.Gone", 1, None, "It was here"]], undone_at=timezone.now(), undone_by="system"
        )
    text = page(sign_in(oakfield.sendco), f"{moved.pk}/")
    assert "1 that you may not see" in text
    assert Contact.objects.exists()
