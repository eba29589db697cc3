"""The five lights: which status each makes of what is known, and the sentence over them."""

from datetime import date, timedelta

import pytest

from sendhub.rules.compliance import Finding, Question, light, parents_told, questions, sentence
from sendhub.rules.deadline import Status
from sendhub.rules.provisions import Force, provision

TODAY = date(2026, 11, 25)
MET, NOT_MET, NOT_APPLICABLE, CANNOT_TELL = Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE, Status.CANNOT_TELL
ASKED = {asked.question: asked for asked in questions(TODAY)}
DAYS = provision("family_told_days", TODAY).value


@pytest.mark.parametrize(
    ("case", "said", "expected"),
    [
        ("nothing about it is kept", None, CANNOT_TELL),
        ("nobody said anything", {}, CANNOT_TELL),
        ("all met", {1: MET, 2: MET, 3: MET}, MET),
        ("one of three unsaid", {1: MET, 2: MET}, CANNOT_TELL),
        ("one is not met", {1: MET, 2: CANNOT_TELL, 3: NOT_MET}, NOT_MET),
        ("one in time, the others met", {1: MET, 2: NOT_APPLICABLE, 3: MET}, MET),
        ("all in time", {1: NOT_APPLICABLE, 2: NOT_APPLICABLE, 3: NOT_APPLICABLE}, NOT_APPLICABLE),
        ("a stranger who is not met", {1: MET, 2: MET, 3: MET, 9: NOT_MET}, MET),
    ],
)
def test_a_light_is_the_worst_that_is_known(case, said, expected):
    findings = None if said is None else [Finding(pupil, status) for pupil, status in said.items()]
    found = light(ASKED[Question.TOLD], [1, 2, 3], findings)
    assert found.status is expected
    assert sum(found.counts.values()) == 3
    assert found.kept == (said is not None)


@pytest.mark.parametrize("findings", [None, []])
def test_where_there_is_nobody_to_ask_about_the_question_does_not_apply(findings):
    assert light(ASKED[Question.REVIEWS], [], findings).status is NOT_APPLICABLE


def test_exceptions_are_not_met_first_and_leave_out_what_is_in_order():
    said = [Finding(1, CANNOT_TELL), Finding(2, MET), Finding(3, NOT_MET), Finding(4, NOT_APPLICABLE)]
    assert [each.pupil for each in light(ASKED[Question.TOLD], [1, 2, 3, 4, 5], said).exceptions] == [3, 1, 5]


@pytest.mark.parametrize(  # family_told_days: Children and Families Act 2014 s.68, and our number of days
    ("case", "decided", "told", "cannot", "expected"),
    [
        ("told", TODAY, True, False, MET),
        ("told late is told", date(2025, 1, 1), True, False, MET),
        ("letter today", TODAY, False, False, NOT_APPLICABLE),
        ("the last day", TODAY - timedelta(DAYS), False, False, NOT_APPLICABLE),
        ("a day late", TODAY - timedelta(DAYS + 1), False, False, NOT_MET),
        ("from a file", date(2025, 1, 1), False, True, CANNOT_TELL),
        ("no day", None, False, False, CANNOT_TELL),
    ],
)
def test_parents_told(case, decided, told, cannot, expected):
    assert parents_told(decided_on=decided, told=told, cannot_tell=cannot, today=TODAY) is expected


def test_each_question_has_its_rule():
    assert [(asked.question, asked.force, sorted(asked.about)) for asked in questions(TODAY)] == [
        (Question.REVIEWS, Force.MUST, ["E"]),
        (Question.MEETINGS, Force.SHOULD, ["K"]),
        (Question.TOLD, Force.MUST, ["E", "K"]),
        (Question.SECTION_F, Force.MUST, ["E"]),
        (Question.CYCLE, Force.SHOULD, ["K"]),
    ]
    for asked in questions(TODAY):
        assert asked.citation
        assert asked.link.startswith("https://www.")
        assert asked.asks.endswith("?")
        assert asked.basis.endswith(".")
    assert str(provision("sen_support_meetings", TODAY).value) in ASKED[Question.MEETINGS].basis
    assert not ASKED[Question.SECTION_F].confirmed


@pytest.mark.parametrize(
    ("statuses", "words"),
    [
        ([MET] * 5, "All five are met."),
        ([CANNOT_TELL] * 5, "None of the five can be answered yet."),
        ([NOT_APPLICABLE] * 5, "There is nobody to ask about."),
        ([MET, *[CANNOT_TELL] * 4], "Of five questions four cannot be answered yet and one is met."),
        ([CANNOT_TELL, NOT_MET, MET, MET, NOT_MET], "Of five questions two are not met, one cannot be answered yet and"
         " two are met."),
        ([NOT_MET, *[NOT_APPLICABLE] * 4], "Of five questions one is not met and four have nobody to ask about."),
    ],
)  # fmt: skip
def test_the_sentence_says_first_what_is_wrong(statuses, words):
    lights = [light(ASKED[Question.TOLD], [1], [Finding(1, status)]) for status in statuses]
    assert sentence(lights) == words
