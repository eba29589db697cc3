"""The story of a case: as its audience may read it, and no name of another leaves that nobody has decided of."""

import uuid
from datetime import timedelta

import pytest

from pupils import actions, documents
from pupils.models import Agency, AttendanceSnapshot, Note, Professional, Pupil, RegisterMove
from pupils.queries.story import WithoutRestricted, story_of
from sendhub.access import Permission
from sendhub.kit.models import Job
from sendhub.kit.run import run
from sendhub.rules.audiences import AUDIENCES, Audience, Choice

A = Audience
WORDS = "Aïsha fell out with Leon Walker; Mr Whitlock and Mrs Khan spoke. Jo Bell wrote."


@pytest.fixture
def aisha(oakfield, inside, today):
    pupil = oakfield.pupils["aisha"]
    with inside():
        RegisterMove.objects.create(
            school=oakfield.school, pupil=pupil, before="N", after="K", on=today - timedelta(days=200),
            reason=WORDS, told="letter",
        )  # fmt: skip
        Professional.objects.create(
            school=oakfield.school, agency=Agency.objects.create(school=oakfield.school, name="Harbour"), name="Jo Bell"
        )
        actions.change_first_line(pupil=pupil, text="Sits by Leon.", version=1, by=oakfield.sendco)
    return pupil


@pytest.fixture
def story(inside, oakfield, aisha, today):
    def run(audience, member=None, **more):
        with inside():
            return story_of(member or oakfield.sendco, aisha, today, audience, **more)

    return run


def text_of(story):
    return "\n".join("".join(words for _, words in [*line.what, *line.sub]) for line in story.lines)


def decided(story, choice):
    return dict.fromkeys(story.flags, choice)


def test_names_of_others_are_flagged_and_the_child_is_not(story):
    found = {flag.said: flag.part for flag in story(A.SCHOOL).flags.values()}
    assert found == {
        "Leon Walker": "another pupil",
        "Mr Whitlock": "a teacher",
        "Mrs Khan": "a parent or carer",
        "Jo Bell": "a professional",
        "Kemi Oduya": "a teaching assistant",
        "Mo Farrow": "a member of staff",
    }


@pytest.mark.parametrize(
    ("choice", "inside_it", "not_in_it"),
    [
        (Choice.KEEP, ["Leon Walker", "Mr Whitlock"], []),
        (Choice.PART, ["fell out with another pupil; a teacher and a parent or carer spoke"], ["Leon", "Whitlock"]),
        (Choice.REMOVE, ["fell out with [name removed]"], ["Leon", "Whitlock", "Jo Bell"]),
    ],
)
def test_each_name_becomes_what_was_chosen(story, choice, inside_it, not_in_it):
    text = text_of(story(A.SCHOOL, choices=decided(story(A.SCHOOL), choice)))
    for words in inside_it:
        assert words in text
    for words in not_in_it:
        assert words not in text


def test_a_governor_reads_no_name_no_day_and_no_detail(story, inside, oakfield, aisha, today):
    made = story(A.GOVERNOR, choices=decided(story(A.GOVERNOR), Choice.PART))
    with inside():
        page = documents.pupil_story(made, "Oakfield")
    text = text_of(made)
    assert made.name == "One pupil"
    assert [label for label, _ in made.facts] == ["Register", "Needs"]
    for words in ("Aïsha", "Khan", "Leon", "Whitlock", "9C", str(today.day - 1) + " "):
        assert words not in text
    assert "SEN Support from" in text
    assert page.startswith(b"%PDF")
    assert all(line.sub == [] for line in made.lines)


def test_each_audience_reads_its_kinds_only(story, oakfield):
    everything = text_of(story(A.SCHOOL))
    assert "Kemi Oduya became teaching assistant." in everything
    for audience in (A.FAMILY, A.AGENCY, A.GOVERNOR):
        made = story(audience)
        assert "Kemi Oduya" not in text_of(made)
        assert made.left_out > 0
    assert "Sits by Leon" in text_of(story(A.AGENCY))
    assert "Sits by Leon" not in text_of(story(A.GOVERNOR))


def test_of_what_is_counted_again_and_again_the_last_of_a_year_stands(story, inside, oakfield, aisha, today):
    with inside():
        AttendanceSnapshot.objects.bulk_create(
            AttendanceSnapshot(
                school=oakfield.school, pupil=aisha, taken_on=today - timedelta(days=n), possible=100, attended=90 - n
            )
            for n in range(5)
        )
    text = text_of(story(A.FAMILY, since=today - timedelta(days=6)))
    assert text.count("Attendance this school year") == 1
    assert "90%" in text


@pytest.mark.parametrize(
    ("part", "audience", "ticked", "told"),
    [
        ("sendco", A.SCHOOL, True, True),
        ("sendco", A.AGENCY, True, True),
        ("sendco", A.SCHOOL, False, False),
        ("sendco", A.FAMILY, True, False),
        ("sendco", A.GOVERNOR, True, False),
        ("admin", A.SCHOOL, True, False),
    ],
)
def test_a_restricted_note_is_in_no_story_unless_it_was_ticked(
    story, inside, oakfield, aisha, today, part, audience, ticked, told
):
    with inside():
        Note.objects.create(
            school=oakfield.school, pupil=aisha, kind="observation", text="Hidden words", restricted=True, on=today,
            author=oakfield.sendco,
        )  # fmt: skip
    text = text_of(story(audience, getattr(oakfield, part), restricted=ticked))
    assert ("Hidden words" in text) is told
    assert ("noted by" in text) is told


def test_what_was_said_with_the_family_is_not_told_to_an_agency(story, inside, oakfield, aisha, today):
    with inside():
        for kind in ("family", "phone", "meeting"):
            Note.objects.create(
                school=oakfield.school, pupil=aisha, kind=kind, text=f"Said at {kind}", on=today, author=oakfield.sendco
            )
    told = {audience: text_of(story(audience)) for audience in A}
    for audience, kinds in ((A.SCHOOL, 3), (A.FAMILY, 3), (A.AGENCY, 1), (A.GOVERNOR, 0)):
        assert told[audience].count("Said at") == kinds
    assert "Said at meeting" in told[A.AGENCY]


def test_restricted_things_are_for_who_ticks_them_and_may(oakfield):
    reader = WithoutRestricted(oakfield.sendco)
    assert oakfield.sendco.can(Permission.NOTE_RESTRICTED)
    assert not reader.can(Permission.NOTE_RESTRICTED)
    assert reader.can(Permission.CONTACT_VIEW)
    assert reader.school_id == oakfield.sendco.school_id


@pytest.mark.parametrize(
    ("part", "status"), [("sendco", 200), ("admin", 200), ("head", 200), ("teacher", 403), ("office", 403)]
)
def test_pupil_story_is_for_whoever_takes_things_away(visit, aisha, part, status):
    assert visit(part).get(f"pupils/{aisha.pk}/story/").status_code == status


def test_pupil_story_offers_restricted_only_to_who_may(visit, aisha):
    path = f"pupils/{aisha.pk}/story/"
    assert "With restricted notes" in visit("sendco").text(path)
    assert "With restricted notes" not in visit("admin").text(path)
    answer = visit("sendco").get(f"{path}?audience=family&restricted=on")
    assert answer.status_code == 422
    assert "never part of a story" in answer.content.decode()
    assert visit("sendco").get(f"{path}?audience=nobody").status_code == 422


def test_pupil_story_prints_nothing_until_every_name_is_decided(visit, looks, aisha, inside):
    sendco, path = visit("sendco"), f"pupils/{aisha.pk}/story/?audience=family"
    page = sendco.text(path)
    assert "<mark>Leon Walker</mark>" in page
    form_id = uuid.uuid4()
    answer = sendco.post(path, {"form_id": form_id})
    assert answer.status_code == 422
    assert "Say what becomes of this name." in answer.content.decode()
    with inside():
        leon = next(iter(key for key in keys_of(aisha) if key.startswith("p")))
        assert not Job.objects.exists()
    answer = sendco.post(path, {"form_id": form_id, "rest": "yes", f"name_{leon}": "keep"})
    assert answer.status_code == 422
    assert "replace it or take it out" in answer.content.decode()
    first, second = (sendco.post(path, {"form_id": form_id, "rest": "yes"}) for _ in "ab")
    assert first["Location"] == second["Location"]
    with inside():
        job = Job.objects.get()
        assert "Leon" not in str(job.params) + job.title
    assert {verb for verb, *_ in looks()} == {"story.show"}


def keys_of(pupil):
    from django.utils import timezone

    from staff.models import Membership

    sendco = Membership.objects.filter(school_id=pupil.school_id, roles__contains=["sendco"]).first()
    return story_of(sendco, pupil, timezone.localdate(), A.FAMILY).flags


def work(job):
    """As the worker does it."""
    run(school_id=job.school_id, pk=job.pk)


def test_the_job_makes_the_pdf_and_stops_at_a_new_name(visit, aisha, inside, oakfield, looks, settings, tmp_path):
    settings.FILES_DIR = tmp_path
    path = f"pupils/{aisha.pk}/story/?audience=family&since=2020-01-01"
    for _ in "ab":
        assert visit("sendco").post(path, {"form_id": uuid.uuid4(), "rest": "yes"}).status_code == 302
    with inside():
        first, second = Job.objects.order_by("pk")
    work(first)
    with inside():
        first.refresh_from_db()
        assert (first.state, first.file_type, first.file_name) == ("done", "application/pdf", "story.pdf")
        actions.change_first_line(pupil=aisha, text="Sits by Mei.", version=2, by=oakfield.sendco)
    work(second)
    with inside():
        second.refresh_from_db()
        assert second.state == "failed"
        assert "Names have come into the record" in second.sentence
        third = Job.objects.create(
            school=oakfield.school, kind="pupils.story", title="x", form_id=uuid.uuid4(), by=first.by,
            member=first.member, params={**first.params, "pupil": 999_999},
        )  # fmt: skip
    work(third)
    with inside():
        third.refresh_from_db()
        assert "may not open" in third.sentence
        assert Pupil.objects.filter(pk=aisha.pk).exists()
    assert ("story.make", aisha.pk) in [(verb, pk) for verb, pk, *_ in looks()]


def test_every_audience_has_a_title(story):
    assert {AUDIENCES[audience].title for audience in A} == {
        "Our school",
        "The family",
        "Another agency",
        "A governor, without names",
    }
