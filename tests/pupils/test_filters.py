"""Each filter of the list: whom it finds, who may use it, how it reads in words; and everyone in a view at once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.forms import chosen_of, query_of, wanted_of, words_of
from pupils.models import AttendanceSnapshot, GroupPupil, Pupil, PupilAdult, PupilFlag, RegisterMove
from pupils.queries import Facts
from staff.models import TeachingGroup
from tests.pupils.test_list import QUERIES, names

TODAY = timezone.localdate()


@pytest.fixture
def facts_known(inside, oakfield):
    """Aïsha: concern, speaks another language at home. Leon: being assessed, 80% here, nobody can tell if the family
    was told. Mei: 97% here."""
    aisha, leon, mei = (oakfield.pupils[key] for key in ("aisha", "leon", "mei"))
    own = {"school": oakfield.school}
    with inside():
        Pupil.objects.filter(pk=aisha.pk).update(eal=True)
        PupilFlag.objects.create(**own, pupil=aisha, kind="concern", starts_on=TODAY)
        PupilFlag.objects.create(**own, pupil=leon, kind="assessed", starts_on=TODAY)
        for pupil, attended in ((leon, 80), (mei, 97)):
            AttendanceSnapshot.objects.create(**own, pupil=pupil, taken_on=TODAY, possible=100, attended=attended)
        AttendanceSnapshot.objects.create(
            **own, pupil=leon, taken_on=TODAY - timedelta(1), possible=99, attended=99
        )  # not the newest
        AttendanceSnapshot.objects.create(
            **own, pupil=aisha, taken_on=TODAY - timedelta(400), possible=99, attended=9
        )  # another school year's
        RegisterMove.objects.create(
            **own, pupil=leon, before="N", after="E", on=TODAY, source="file", told="cannot_tell"
        )
        RegisterMove.objects.create(
            **own, pupil=aisha, before="N", after="K", on=TODAY - timedelta(9), source="file", told="cannot_tell"
        )
        RegisterMove.objects.create(
            **own, pupil=aisha, before="K", after="E", on=TODAY, source="file", told="told",
            told_on=TODAY, told_how="phone", told_by=oakfield.sendco.staff,
        )  # fmt: skip


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("area=cognition", ["Khan, Aïsha"]),
        ("area=communication&need=ASD", ["Walker, Leon"]),
        ("area=sensory", []),
        ("flag=concern", ["Khan, Aïsha"]),
        ("flag=assessed", ["Walker, Leon"]),
        ("provision=all&eal=1", ["Khan, Aïsha"]),
        ("provision=all&here=persistent", ["Walker, Leon"]),
        ("provision=all&here=good", ["Zhou, Mei"]),
        ("provision=all&here=unknown", ["Khan, Aïsha"]),
        ("provision=all&here=severe", []),
        ("told=1", ["Walker, Leon"]),
        ("provision=all&group=9c", ["Khan, Aïsha", "Zhou, Mei"]),
        ("group=9C/En&flag=concern", ["Khan, Aïsha"]),
        ("group=10X", []),
        ("provision=all&sort=here", ["Walker, Leon", "Zhou, Mei", "Khan, Aïsha"]),
        ("provision=all&sort=-here", ["Zhou, Mei", "Walker, Leon", "Khan, Aïsha"]),
        ("sort=need", ["Walker, Leon", "Khan, Aïsha"]),
        ("area=nonsense&flag=x&here=9", ["Khan, Aïsha", "Walker, Leon"]),
    ],
)
def test_pupil_list_filters_by_each_fact(visit, facts_known, query, expected):
    assert names(visit("sendco").text(f"pupils/?{query}")) == expected


def test_pupil_list_filters_by_key_adult(visit, facts_known, oakfield):
    sendco, dsl = visit("sendco"), oakfield.dsl.staff
    page = sendco.text(f"pupils/?adult={dsl.pk}")
    assert names(page) == ["Khan, Aïsha"]
    assert f'<option value="{dsl.pk}" selected>{dsl.surname}, {dsl.forename}</option>' in page
    assert f'data-label="Key adult">{dsl.surname}, {dsl.forename}</td>' in page
    assert names(sendco.text(f"pupils/?adult={oakfield.ta.staff_id}")) == []  # a teaching assistant is no key adult


def test_pupil_list_a_key_adult_of_several_and_several_of_one(inside, oakfield):
    with inside():
        PupilAdult.objects.create(
            school=oakfield.school,
            pupil=oakfield.pupils["aisha"],
            staff=oakfield.ta.staff,
            part="key_adult",
            starts_on=TODAY,
        )
        facts = Facts(oakfield.sendco)
        assert len(facts.standing(oakfield.pupils["aisha"].pk).adults) == 2
        assert [name for _, name in facts.key_adults()] == sorted(name for _, name in facts.key_adults())


def test_pupil_list_flags_stand_beside_the_register_and_do_not_change_it(visit, facts_known):
    page = visit("sendco").text("pupils/")
    assert re.search(r'SEN Support<br><span class="tag">Concern</span></td>', page)
    assert re.search(r'EHC plan<br><span class="tag">Being assessed</span></td>', page)


def test_pupil_list_says_attendance_only_when_asked(visit, facts_known):
    sendco = visit("sendco")
    assert "Attendance</a>" not in sendco.text("pupils/")
    page = sendco.text("pupils/?provision=all&sort=here")
    assert 'data-label="Attendance">80.0% of 100</td>' in page


@pytest.mark.parametrize(
    "word", ["flag=concern", "here=persistent", "area=cognition", "adult={adult}", "at=2026-01-01"]
)
def test_pupil_list_the_office_filters_by_nothing_of_the_register(visit, facts_known, oakfield, word):
    word = word.format(adult=oakfield.dsl.staff_id)
    page = visit("office").text(f"pupils/?{word}")
    assert names(page) == ["Khan, Aïsha", "Walker, Leon", "Zhou, Mei"]
    assert "Concern" not in page
    assert f'name="{word.partition("=")[0]}"' not in page


@pytest.mark.parametrize("part", ["teacher", "ta", "leader", "dsl", "head", "office"])
def test_pupil_list_whether_families_were_told_is_asked_by_those_who_tell_them(visit, facts_known, part):
    page = visit(part).text("pupils/?told=1")
    assert names(page) == names(visit(part).text("pupils/"))
    assert 'name="told"' not in page


def test_a_filter_reads_in_words(oakfield, inside, facts_known):
    asked = QueryDict(
        f"year=9&provision=K&need=SPLD&adult={oakfield.dsl.staff_id}&group=9C&flag=concern&eal=1&at=2026-05-01&gap=need"
    )
    with inside():
        wanted = wanted_of(asked, oakfield.sendco)
        said = words_of(wanted, Facts(oakfield.sendco).choices())
    assert said == [
        "Year 9",
        "SEN Support",
        "Main need: Specific learning difficulty",
        f"Key adult: {oakfield.dsl.staff.surname}, {oakfield.dsl.staff.forename}",
        "Class: 9C",
        "Beside the register: Concern",
        "As it stood on 1 May 2026",
        "Another language at home",
        "No need recorded",
    ]
    assert wanted_of(QueryDict(query_of(wanted)), oakfield.sendco) == wanted


def test_pupil_list_prints_with_school_day_and_filter(visit):
    page = visit("sendco").text("pupils/?provision=K&year=9")
    line = re.search(r'<p class="print-only">([^<]+)</p>', page).group(1)
    assert line.startswith("Oakfield")
    assert str(TODAY.day) in line
    assert line.endswith("Year 9; SEN Support.")


def test_pupil_list_chooses_everyone_in_the_view_by_its_filter(visit):
    page = visit("sendco").text("pupils/?provision=all&year=9")
    assert 'href="?provision=all&amp;year=9&amp;all=1">Choose all 2 in this view</a>' in page
    chosen = visit("sendco").text("pupils/?provision=all&year=9&all=1")
    assert "<b>All 2 in this view</b>" in chosen
    form = re.search(r'<form class="card".*?</form>', chosen, re.S).group()
    assert dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', form)) == {
        "all": "1",
        "year": "9",
        "provision": "all",
    }
    assert 'name="ids"' not in form


def test_chosen_of_takes_the_ticked_or_the_view(inside, oakfield):
    aisha, leon, mei = (oakfield.pupils[key].pk for key in ("aisha", "leon", "mei"))
    with inside():
        for query, ids, said in (
            (f"ids={leon}&ids={mei}&ids=x", [leon, mei], f"ids={leon}&ids={mei}"),
            ("provision=all&year=9&all=1", [aisha, mei], "year=9&provision=all&all=1"),
            ("all=1", [aisha, leon], "provision=register&all=1"),
            ("provision=all&year=9", [], ""),
            ("provision=all&at=2026-05-01&all=1", [], "provision=all&at=2026-05-01&all=1"),
        ):
            found = chosen_of(QueryDict(query), oakfield.sendco)
            assert (found.ids, found.query) == (ids, said)
        assert chosen_of(QueryDict("provision=E&all=1"), oakfield.teacher).ids == []


def test_pupil_export_of_the_ticked_finds_them_wherever_they_stand(visit, oakfield, monkeypatch):
    monkeypatch.setattr("staff.signin.stepup.recently", lambda request: True)
    sendco, mei = visit("sendco"), oakfield.pupils["mei"].pk
    assert "1 pupil will be in the file: Zhou, Mei." in sendco.text(f"pupils/export/?ids={mei}")
    assert "2 pupils will be in the file" in sendco.text("pupils/export/?provision=all&year=9&all=1")
    assert "The view: Year 9." in sendco.text("pupils/export/?provision=all&year=9&all=1")
    assert "There is nothing to download." in sendco.text("pupils/export/")


@pytest.mark.parametrize("rows", [1, 3])
def test_every_filter_at_once_asks_a_question_a_fact_however_many_rows(visit, inside, oakfield, facts_known, rows):
    """Beside the list's own: other circumstances, attendance, the class, families told."""
    with inside():
        for key in ("leon", "mei") if rows == 3 else ():
            pupil, own = oakfield.pupils[key], {"school": oakfield.school}
            PupilFlag.objects.create(**own, pupil=pupil, kind="concern", starts_on=TODAY)
        Pupil.objects.update(eal=True)
        GroupPupil.objects.get_or_create(
            school=oakfield.school, group=TeachingGroup.objects.get(name="9C/En"), pupil=oakfield.pupils["leon"]
        )
        RegisterMove.objects.update(told="cannot_tell", told_on=None, told_how="", told_by=None)
        RegisterMove.objects.create(
            school=oakfield.school, pupil=oakfield.pupils["mei"], before="N", after="K", on=TODAY, source="file",
            told="cannot_tell",
        )  # fmt: skip
    sendco = visit("sendco")
    query = "provision=all&flag=concern&eal=1&group=9C&told=1&sort=here"
    sendco.text("pupils/")
    with CaptureQueriesContext(connection) as seen:
        page = sendco.text(f"pupils/?{query}")
    assert len(names(page)) == rows
    assert len(seen) == QUERIES + 4
