"""The five questions of the termly self-check as lights: met, not met, does not apply, cannot tell, each by its rule.

An app says what it knows, pupil by pupil (Finding); here that becomes one light. A pupil of whom nobody says anything
is "cannot tell", which is never good. What does not live here: where the facts come from and how a light is worded
(`sendhub.desk`), and the numbers behind it (`provisions`).
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from sendhub.rules.deadline import Status, combine
from sendhub.rules.provisions import Force, provision
from sendhub.rules.today import number
from sendhub.rules.waiting import TELL, family_told

SUPPORT, PLAN = "K", "E"
ACT = "https://www.legislation.gov.uk/ukpga/2014/6/section/"


class Question(StrEnum):
    """In the order of the page."""

    REVIEWS = "reviews"
    MEETINGS = "meetings"
    TOLD = "told"
    SECTION_F = "section-f"
    CYCLE = "cycle"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, the provisions (K, E) whose pupils it is about, and its rule. `confirmed` is False where we have not
    seen the duty in its source."""

    question: Question
    title: str
    asks: str
    about: frozenset[str]
    force: Force
    basis: str
    citation: str
    link: str
    confirmed: bool = True


class Finding(NamedTuple):
    """What is known of one pupil. NOT_APPLICABLE: there is still time, or no such duty. `says` is a sentence."""

    pupil: int
    status: Status
    says: str = ""


@dataclass(frozen=True, slots=True)
class Light:
    """One question answered. `kept` is False where nothing about it is kept yet."""

    asked: Asked
    findings: Sequence[Finding]
    kept: bool = True

    @property
    def status(self) -> Status:
        return combine(finding.status for finding in self.findings)

    @property
    def counts(self) -> Mapping[Status, int]:
        found = Counter(finding.status for finding in self.findings)
        return {status: found[status] for status in Status}

    @property
    def exceptions(self) -> list[Finding]:
        """Not met first, then those of whom nobody can tell."""
        order = (Status.NOT_MET, Status.CANNOT_TELL)
        return [finding for status in order for finding in self.findings if finding.status is status]


def questions(on: date) -> tuple[Asked, ...]:
    """The five, with the rules that hold on that day."""
    review, notice = provision("review_later_months", on), provision("meeting_notice_days", on)
    meetings, told, cycle = (
        provision(key, on) for key in ("sen_support_meetings", "family_told_days", "sen_support_cycles")
    )
    return (
        Asked(
            Question.REVIEWS,
            "Annual reviews",
            "Is the review of every EHC plan in the calendar, and is everybody invited in time?",
            frozenset({PLAN}),
            Force.MUST,
            f"{review.plain} {notice.plain}",
            f"{review.citation}; {notice.citation}",
            review.link,
        ),
        Asked(
            Question.MEETINGS,
            "Three meetings a year",
            "Are the three meetings with the parents of every pupil with SEN Support on track?",
            frozenset({SUPPORT}),
            meetings.force,
            meetings.plain,
            meetings.citation,
            meetings.link,
        ),
        Asked(
            Question.TOLD,
            "Parents told",
            "Do the parents of every pupil on the register know of it?",
            frozenset({SUPPORT, PLAN}),
            Force.MUST,
            told.plain,
            TELL,
            told.link,
        ),
        Asked(
            Question.SECTION_F,
            "Section F provided",
            "Does every pupil with an EHC plan get what Section F of the plan says?",
            frozenset({PLAN}),
            Force.MUST,
            "The council answers for it; the school uses its best endeavours.",
            "Children and Families Act 2014 s.42 and s.66",
            f"{ACT}42",
            confirmed=False,
        ),
        Asked(
            Question.CYCLE,
            "Assess, plan, do, review",
            "Is there a plan for every pupil with SEN Support, with the day on which it is looked at again?",
            frozenset({SUPPORT}),
            Force.SHOULD,
            f"The plan has a clear review date. How often is the school's choice: we count {cycle.value} times a year.",
            "SEND Code of Practice 2015 6.44 to 6.56",
            cycle.link,
        ),
    )


def light(asked: Asked, pupils: Collection[int], findings: Iterable[Finding] | None) -> Light:
    """The answer about these pupils; None where nothing about the question is kept yet. What is said of others is left
    out, and of whom nothing is said nobody can tell."""
    said = {finding.pupil: finding for finding in findings or ()}
    found = [said.get(pupil) or Finding(pupil, Status.CANNOT_TELL) for pupil in pupils]
    return Light(asked, found, kept=findings is not None)


def parents_told(*, decided_on: date | None, told: bool, cannot_tell: bool, today: date) -> Status:
    """Of the newest move of one pupil. Who was told late is told; who was not is in time for some days, which are our
    number, because the law has none."""
    if told:
        return Status.MET
    if cannot_tell or decided_on is None:
        return Status.CANNOT_TELL
    return family_told(decided_on, today).status(today)


ALL = {
    Status.MET: "All {} are met.",
    Status.NOT_MET: "None of the {} is met.",
    Status.CANNOT_TELL: "None of the {} can be answered yet.",
    Status.NOT_APPLICABLE: "There is nobody to ask about.",
}
SOME = {
    Status.NOT_MET: ("is not met", "are not met"),
    Status.CANNOT_TELL: ("cannot be answered yet", "cannot be answered yet"),
    Status.MET: ("is met", "are met"),
    Status.NOT_APPLICABLE: ("has nobody to ask about", "have nobody to ask about"),
}


def sentence(lights: Iterable[Light]) -> str:
    """ "Of five questions one is not met and four cannot be answered yet." What is wrong stands first."""
    found = Counter(light.status for light in lights)
    every = number(sum(found.values()))
    if len(found) == 1:
        return ALL[next(iter(found))].format(every)
    parts = [f"{number(found[status])} {SOME[status][found[status] > 1]}" for status in SOME if found[status]]
    return f"Of {every} questions {', '.join(parts[:-1])} and {parts[-1]}."
