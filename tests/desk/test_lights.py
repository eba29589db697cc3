"""Compliance at a glance: five lights, each with its rule, its numbers for whoever may see numbers, names for whoever
may open the records; what nobody can tell is never good."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from pupils.models import RegisterMove, SENRecord
from pupils.queries.counts import Register
from sendhub.desk.compliance import KNOWN, UNKNOWN, numbers_words
from sendhub.rules.compliance import Finding, Question, light, questions
from sendhub.rules.deadline import Status

LIGHT = re.compile(r'<b><a href="/s/oakfield/compliance/([\w-]+)/">.*?<span class="tag (\w+)">', re.S)
SEES = ["sendco", "assistant", "admin", "head", "leader", "governor"]


def lights(page):
    """{question: the kind of its chip}."""
    return dict(LIGHT.findall(page))


def heading(page):
    return re.search(r"<h1[^>]*>(.*?)</h1>", page, re.S).group(1)


def move(oakfield, who, on, told, **more):
    pupil = oakfield.pupils[who]
    fields = {"before": "N", "after": "K", "reason": "Reads two years behind.", **more}
    if told == "told":
        fields |= {"told_on": on, "told_how": "phone", "told_by": oakfield.sendco.staff}
    if fields["after"] == "E":
        fields["council_on"] = on
    if told == "cannot_tell":
        fields |= {"source": "file", "reason": ""}
    return RegisterMove.objects.create(school=oakfield.school, pupil=pupil, on=on, told=told, **fields)


@pytest.fixture
def today():
    return timezone.localdate()


@pytest.fixture
def moved(inside, oakfield, today):
    """Aïsha's family was told; Leon's letter is late; Mei, off the register, says nothing of anybody on it."""
    with inside():
        move(oakfield, "aisha", today - timedelta(days=30), "told")
        move(oakfield, "leon", today - timedelta(days=30), "letter", after="E")
        move(oakfield, "mei", today - timedelta(days=30), "letter", before="K", after="N")


@pytest.mark.parametrize("part", SEES)
def test_light_list_has_five_lights_each_with_its_rule_and_none_is_good_by_default(visit, part):
    page = visit(part).text("compliance/")
    assert lights(page) == dict.fromkeys([question.value for question in Question], "unsure")
    assert heading(page) == "None of the five can be answered yet."
    assert page.count("<b>Must.</b>") == 3
    assert page.count("<b>Should.</b>") == 2
    assert "SEND Code of Practice 2015 6.65" in page
    assert 'class="tag ok"' not in page
    assert "As at " in page


def test_light_list_says_first_what_is_wrong(visit, moved):
    page = visit("head").text("compliance/")
    assert lights(page)["told"] == "late"
    assert heading(page) == "Of five questions one is not met and four cannot be answered yet."
    assert "Of 2 pupils on the register: 1 in order and 1 not met." in page
    assert "1 pupil with an EHC plan. Reviews, their dates and invitations are not kept here yet." in page
    for name in ("Aïsha", "Leon", "Khan", "Walker"):
        assert name not in page


def test_light_list_is_good_only_when_every_family_was_told(visit, inside, oakfield, today):
    with inside():
        for who in ("aisha", "leon"):
            move(oakfield, who, today, "told")
    assert lights(visit("sendco").text("compliance/"))["told"] == "ok"


def test_light_list_of_a_school_without_a_register_asks_about_nobody(visit, inside):
    with inside():
        SENRecord.objects.all().delete()
    page = visit("sendco").text("compliance/")
    assert heading(page) == "There is nobody to ask about."
    assert "No pupil with an EHC plan." in page
    assert "Annual reviews: nobody to ask about" in visit("sendco").text("compliance/reviews/")


@pytest.mark.parametrize("part", ["leader", "governor"])
def test_who_sees_counts_only_sees_no_name_and_no_small_number(visit, looks, moved, part):
    page = visit(part).text("compliance/")
    assert "The numbers are too small to show." in page
    assert not re.search(r"Of \d", page)
    for question in Question:
        page = visit(part).text(f"compliance/{question}/")
        assert not re.search(r"Of \d", page)
        assert "Record who was told" not in page
        for name in ("Khan", "Walker", "Aïsha", "Leon"):
            assert name not in page
    assert "You see numbers, and no names" in visit(part).text("compliance/told/")
    assert [verb for verb, *_ in looks() if verb == "compliance.list"] == []


@pytest.mark.parametrize(
    ("numbers", "hidden", "words"),
    [
        ((200, 29, 0, 0), False, "Of 229 pupils on the register: 200 in order and 29 not met."),
        ((200, 29, 0, 0), True, "Of 229 pupils on the register: 200 in order and 29 not met."),
        ((226, 2, 1, 0), False, "Of 229 pupils on the register: 226 in order, 2 not met and 1 unknown."),
        ((226, 3, 0, 0), True, "Of 229 pupils on the register: the rest too small to show."),
        ((150, 20, 55, 4), True, "Of 229 pupils on the register: 150 in order, 55 unknown and the rest too small"
         " to show."),
    ],
)  # fmt: skip
def test_numbers_are_hidden_so_that_none_can_be_worked_out(today, numbers, hidden, words):
    statuses = (Status.MET, Status.NOT_MET, Status.CANNOT_TELL, Status.NOT_APPLICABLE)
    said = [status for status, number in zip(statuses, numbers, strict=True) for _ in range(number)]
    asked = next(asked for asked in questions(today) if asked.question is Question.TOLD)
    found = light(asked, range(len(said)), [Finding(pupil, status) for pupil, status in enumerate(said)])
    assert numbers_words(found, Register(1180, 168, 61, [], hidden, 6)) == words


def test_light_show_names_the_exceptions_not_met_first_and_logs_them(visit, looks, inside, oakfield, moved, today):
    with inside():
        move(oakfield, "aisha", today, "cannot_tell")
    page = visit("sendco").text("compliance/told/")
    assert heading(page) == "Parents told: not met"
    assert re.findall(r'rowheader"><a [^>]*>([^<]+)<', page) == ["Walker, Leon", "Khan, Aïsha"]
    assert "a letter is on its way. The limit was " in page
    assert "The move came in with a file, which does not say." in page
    assert 'href="/s/oakfield/pupils/register/told/">Record who was told' in page
    ids = [oakfield.pupils[who].pk for who in ("leon", "aisha")]
    assert [detail for verb, _, _, detail in looks() if verb == "compliance.list"] == [{"ids": ids, "light": "told"}]


def test_light_show_to_the_head_has_no_button_that_the_head_may_not_press(visit, moved):
    page = visit("head").text("compliance/told/")
    assert "Walker, Leon" in page
    assert "Record who was told" not in page


def test_light_show_of_a_pupil_without_any_move_says_so(visit):
    assert "Nothing about it is on the record." in visit("sendco").text("compliance/told/")


@pytest.mark.parametrize("question", sorted(UNKNOWN))
def test_light_show_of_what_is_not_kept_says_why_and_what_would_tell(visit, question):
    page = visit("sendco").text(f"compliance/{question}/")
    why, tells = UNKNOWN[question]
    assert why in page
    assert tells in page
    assert "See the pupils whom it is about" in page
    assert "Khan" not in page
    assert ("We have not compared this with the Act." in page) == (question == Question.SECTION_F)


def test_every_question_is_either_known_or_says_why_not():
    assert set(KNOWN) | set(UNKNOWN) == set(Question)
    assert not set(KNOWN) & set(UNKNOWN)


def test_light_show_of_another_word_is_nowhere(visit):
    assert visit("sendco").get("compliance/wellbeing/").status_code == 404


def test_what_an_app_knows_lights_its_question(visit, monkeypatch):
    know = lambda school_id, ids, day: [Finding(pupil, Status.MET) for pupil in ids]  # noqa: E731
    monkeypatch.setitem(KNOWN, Question.REVIEWS, know)
    page = visit("head").text("compliance/")
    assert lights(page)["reviews"] == "ok"
    assert "Annual reviews: met" in visit("head").text("compliance/reviews/")
    in_time = lambda school_id, ids, day: [Finding(pupil, Status.NOT_APPLICABLE) for pupil in ids]  # noqa: E731
    monkeypatch.setitem(KNOWN, Question.REVIEWS, in_time)
    assert "Annual reviews: nothing to judge yet" in visit("head").text("compliance/reviews/")


@pytest.mark.parametrize(("part", "strip"), [("sendco", True), ("assistant", True), ("head", True), ("admin", False),
                                             ("governor", False), ("leader", False), ("office", False)])  # fmt: skip
def test_today_has_the_lights_of_whoever_answers_for_them(visit, moved, part, strip):
    page = visit(part).text("")
    assert ("All five, with their rules" in page) == strip
    assert ('href="/s/oakfield/compliance/told/"' in page) == strip


@pytest.mark.parametrize("rows", [1, 3])
@pytest.mark.parametrize(("path", "queries"), [("compliance/", 13), ("compliance/told/", 15)])
def test_the_lights_ask_as_many_questions_for_one_pupil_as_for_three(
    visit, inside, oakfield, today, path, queries, rows
):
    with inside():
        for who in ("aisha", "leon", "mei")[:rows]:
            if who == "mei":
                SENRecord.objects.create(
                    school=oakfield.school, pupil=oakfield.pupils[who], provision="K", starts_on=today
                )
            move(oakfield, who, today, "cannot_tell")
        if rows == 1:
            SENRecord.objects.exclude(pupil=oakfield.pupils["aisha"]).delete()
    visitor = visit("head")
    visitor.text(path)
    with CaptureQueriesContext(connection) as seen:
        page = visitor.text(path)
    assert len(seen) == queries
    assert len(re.findall(r'rowheader"><a', page)) == (rows if "told" in path else 0)
