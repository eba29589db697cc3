"""The timeline: everything that happened as sentences, newest first, no more than its reader may see."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from pupils import actions
from pupils.happened import KIND_WORDS, NOUNS, Kind, happenings_for
from pupils.models import AttendanceSnapshot, FamilyLetter, ProvisionProposal, PupilFlag, RegisterMove, SENNeed
from pupils.queries.timeline import timeline_of
from sendhub.access import Permission


@pytest.fixture
def aisha(oakfield):
    return oakfield.pupils["aisha"]


@pytest.fixture
def told(inside, aisha):
    """`told(member)` gives [(kind, sentence)] of Aïsha's timeline, as that member reads it."""
    from django.utils import timezone

    def run(member, **wanted):
        with inside():
            found = timeline_of(member, aisha, timezone.localdate(), **wanted)
        return [(line.kind, line.what, line.sub) for line in found.lines]

    return run


@pytest.fixture
def full(inside, oakfield, aisha, today):
    """Something of every noun, with words in it that only some may read."""
    school = oakfield.school
    with inside():
        move = RegisterMove.objects.create(
            school=school, pupil=aisha, before="N", after="K", on=today - timedelta(days=200), reason="Reads slowly",
            told="told", told_on=today - timedelta(days=199), told_how="phone", told_by=oakfield.teacher.staff,
        )  # fmt: skip
        FamilyLetter.objects.create(
            school=school, pupil=aisha, move=move, addressee="Mrs Khan", way="post", text="Hello",
            written_on=today - timedelta(days=198), sent_on=today - timedelta(days=197),
        )  # fmt: skip
        FamilyLetter.objects.create(
            school=school, pupil=aisha, move=move, addressee="Mr Khan", way="email", text="Hello",
            written_on=today - timedelta(days=198), withdrawn_on=today - timedelta(days=197),
        )  # fmt: skip
        PupilFlag.objects.create(
            school=school, pupil=aisha, kind="concern", note="Secret words", starts_on=today - timedelta(days=90),
            ends_on=today - timedelta(days=80),
        )  # fmt: skip
        SENNeed.objects.filter(pupil=aisha).update(ends_on=today - timedelta(days=3))
        ProvisionProposal.objects.create(school=school, pupil=aisha, before="K", after="N", seen_on=today)
        AttendanceSnapshot.objects.create(school=school, pupil=aisha, taken_on=today, possible=100, attended=93)
        AttendanceSnapshot.objects.create(
            school=school, pupil=aisha, taken_on=today - timedelta(1), possible=0, attended=0
        )
        actions.change_first_line(pupil=aisha, text="Sits by the door.", version=1, by=oakfield.sendco)
    return aisha


def test_timeline_of_says_each_thing_in_a_sentence(told, oakfield, full):
    said = [what for _, what, _ in told(oakfield.sendco)]
    for words in (
        "A concern was noted beside the register.",
        "The concern beside the register ended.",
        "No longer recorded as a need: Specific learning difficulty.",
        "The family was told of a move on the register, by phone, by Dan Whitlock.",
        "A letter to Mrs Khan was written.",
        "Mrs Khan was sent a letter by post.",
        "The letter to Mr Khan was withdrawn.",
        "Attendance this school year so far: 93%.",
        "Attendance: no half days were counted yet.",
        "Mo Farrow became key adult.",
        "Put in 9C/En, Year 9.",
        "First day at this school.",
        "The first thing to know was written.",
        "A file said “Not on the register” where the register says “SEN Support”.",
    ):
        assert said.count(words) == 1, words
    assert sum(words.startswith("SEN Support from") for words in said) == 1  # the move; not its stage again


def test_timeline_of_tells_a_teacher_nothing_of_the_family(told, oakfield, full):
    sendco, teacher = told(oakfield.sendco), told(oakfield.teacher)
    assert "Secret words" in str(sendco)
    for words in ("Khan", "Secret words", "Reads slowly", "A file said", "told of a move"):
        assert words not in str(teacher)
    assert {kind for kind, _, _ in teacher} == {kind for kind, _, _ in sendco} - {Kind.FAMILY}


def test_timeline_of_counts_only_what_its_reader_may_know(inside, oakfield, full, today):
    with inside():
        found = timeline_of(oakfield.teacher, full, today)
    assert Kind.FAMILY not in {kind for kind, _, _ in found.kinds}
    assert sum(number for _, _, number in found.kinds) == found.total == len(found.lines)


def test_timeline_of_by_kind_by_year_and_never_of_days_to_come(told, inside, oakfield, full, today):
    assert {kind for kind, _, _ in told(oakfield.sendco, kinds=[Kind.NEEDS])} == {Kind.NEEDS}
    with inside():
        AttendanceSnapshot.objects.create(
            school=oakfield.school, pupil=full, taken_on=today + timedelta(days=9), possible=9, attended=1
        )
        everything = timeline_of(oakfield.sendco, full, today)
        years = [year for year, _ in everything.years]
        by_year = [timeline_of(oakfield.sendco, full, today, year=year).total for year in years]
    assert sum(by_year) == everything.total
    assert years == sorted(years, reverse=True)
    assert all(line.on <= today for line in everything.lines)
    assert [line.on for line in everything.lines] == sorted((line.on for line in everything.lines), reverse=True)


@pytest.mark.parametrize(
    ("part", "key", "status"),
    [
        ("sendco", "aisha", 200),
        ("teacher", "aisha", 200),
        ("ta", "aisha", 200),
        ("teacher", "leon", 404),
        ("office", "aisha", 403),
        ("governor", "aisha", 403),
    ],
)
def test_pupil_timeline_is_for_whoever_opens_the_record(visit, oakfield, part, key, status):
    assert visit(part).get(f"pupils/{oakfield.pupils[key].pk}/timeline/").status_code == status


def test_pupil_timeline_is_logged_and_leads_to_who_changed_and_looked(visit, looks, aisha):
    page = visit("sendco").text(f"pupils/{aisha.pk}/timeline/")
    assert looks() == [("pupil.timeline", aisha.pk, "You are the SENDCO", {})]
    assert f"/pupils/{aisha.pk}/history/" in page
    assert f"/pupils/{aisha.pk}/timeline/" in visit("sendco").text(f"pupils/{aisha.pk}/history/")
    assert f"/pupils/{aisha.pk}/history/" not in visit("teacher").text(f"pupils/{aisha.pk}/timeline/")


def test_pupil_timeline_in_pages_and_by_filter(visit, inside, oakfield, aisha, today):
    with inside():
        AttendanceSnapshot.objects.bulk_create(
            AttendanceSnapshot(
                school=oakfield.school, pupil=aisha, taken_on=today - timedelta(days=n), possible=200, attended=n
            )
            for n in range(120)
        )
    sendco, path = visit("sendco"), f"pupils/{aisha.pk}/timeline/"
    first = sendco.text(f"{path}?kind=attendance")
    assert "120 things happened of this kind." in first
    assert first.count("Attendance this school year") == 50
    assert sendco.text(f"{path}?kind=attendance&page=3").count("Attendance this school year") == 20
    assert sendco.text(f"{path}?kind=attendance&page=99").count("Attendance this school year") == 20
    assert "Everything (" not in first
    nothing = sendco.text(f"{path}?kind=nonsense&year=1&page=x")
    assert re.search(r"<h1>1\d\d things happened\.</h1>", nothing)
    assert "Nothing of this kind" in sendco.text(f"{path}?kind=suspensions")
    part = sendco.text(path, **{"HX-Request": "true"})
    assert "<html" not in part
    assert 'id="timeline"' in part


def test_pupil_timeline_asks_the_same_however_much_there_is(visit, inside, oakfield, aisha, today):
    sendco, path = visit("sendco"), f"pupils/{aisha.pk}/timeline/"

    def asked():
        with CaptureQueriesContext(connection) as seen:
            sendco.text(path)
        return len(seen)

    sendco.text(path)
    few = asked()
    with inside():
        AttendanceSnapshot.objects.bulk_create(
            AttendanceSnapshot(
                school=oakfield.school, pupil=aisha, taken_on=today - timedelta(days=n), possible=200, attended=n
            )
            for n in range(90)
        )
    assert asked() == few == 14


def test_every_noun_has_a_kind_with_words_and_says_who_may_know(oakfield):
    assert {noun.KIND for noun in NOUNS} <= set(KIND_WORDS)
    assert set(KIND_WORDS) == set(Kind)
    for name, (_, each) in happenings_for(oakfield.ta).items():
        assert Permission.CONTACT_VIEW not in each.needs, name
