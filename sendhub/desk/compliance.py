"""The five lights of a school: what each app knows, put together, and made safe for who may see counts alone.

An app that keeps something about a question gives a function in its own desk.py, called with the school, the ids of the
pupils whom the question is about, and the day; it gives a Finding for each of whom it knows something. It is entered in
KNOWN. Until then the question answers "cannot tell", and UNKNOWN says why and what would tell.
"""

from dataclasses import dataclass

from django.urls import reverse

from pupils.desk import told_findings
from pupils.words import PROVISIONS, count_words, sentence_list
from sendhub.access import Permission
from sendhub.desk.task import FORCES
from sendhub.rules.compliance import PLAN, SUPPORT, Light, Question, light, questions
from sendhub.rules.deadline import Status
from sendhub.rules.disclosure import hide_small

KNOWN = {Question.TOLD: told_findings}
UNKNOWN = {
    Question.REVIEWS: (
        "Reviews, their dates and invitations are not kept here yet.",
        "The day of each plan and of its last review, the day of the next meeting, and who was invited when.",
    ),
    Question.MEETINGS: (
        "Meetings with parents are not kept here yet.",
        "The day of each meeting with a parent, whoever held it, counted over the school year.",
    ),
    Question.SECTION_F: (
        "The lines of Section F, and what is provided of them, are not kept here yet.",
        "Each line of Section F with who provides it, and the sessions that took place.",
    ),
    Question.CYCLE: (
        "Plans, and the days on which they are looked at again, are not kept here yet.",
        "Each pupil’s plan with its review date, and what came of the last one.",
    ),
}
# Where an exception is put right: route, words, and the permission that it takes.
MENDS = {Question.TOLD: ("pupils:told-list", "Record who was told", Permission.FAMILY_TELL)}
GROUPS = {
    frozenset({SUPPORT}): ("support", f"with {PROVISIONS[SUPPORT]}", "K"),
    frozenset({PLAN}): ("plan", f"with an {PROVISIONS[PLAN]}", "E"),
    frozenset({SUPPORT, PLAN}): ("total", "on the register", ""),
}
STATUS_WORDS = {
    Status.MET: "{} in order",
    Status.NOT_MET: "{} not met",
    Status.CANNOT_TELL: "{} unknown",
    Status.NOT_APPLICABLE: "{} still in time",
}
STATUS_TITLES = {Status.MET: "met", Status.NOT_MET: "not met", Status.CANNOT_TELL: "nobody can tell yet"}


def lights_of(school_id, stand, day):
    """The five, of the pupils in `stand` (pupils.queries.standings of that day). One query for each app that knows
    something."""
    found = []
    for asked in questions(day):
        ids = [pk for pk, standing in stand.items() if standing.provision in asked.about]
        know = KNOWN.get(asked.question)
        found.append(light(asked, ids, know(school_id, ids, day) if know else None))
    return found


@dataclass(frozen=True, slots=True)
class Shown:
    """A light in words. Numbers that are too small for this reader are left out of `says`."""

    light: Light
    says: str
    force: str
    url: str

    @property
    def asked(self):
        return self.light.asked

    @property
    def status(self):
        return self.light.status

    @property
    def title(self):
        """The state in a few words."""
        if self.status is Status.NOT_APPLICABLE:
            said = "nothing to judge yet" if self.light.findings else "nobody to ask about"
        else:
            said = STATUS_TITLES[self.status]
        return f"{self.asked.title}: {said}"

    @property
    def why(self):
        """Why nobody can tell, and what would: two sentences; empty where something is kept."""
        return () if self.light.kept else UNKNOWN[self.asked.question]


def shown(found, register):
    """The lights for a reader of `register` (pupils.queries.register_counts, hidden for them or not)."""
    return [shown_one(each, register) for each in found]


def shown_one(each, register):
    url = reverse("desk:light-show", args=[each.asked.question.value])
    return Shown(each, numbers_words(each, register), FORCES[each.asked.force], url)


def numbers_words(each, register):
    """ "Of 229 pupils on the register: 200 in order and 29 unknown"; of what is not kept only whom it is about."""
    field, words, _ = GROUPS[each.asked.about]
    of, counts = getattr(register, field), dict(each.counts)
    if of == 0:
        return f"No pupil {words}."
    if of is None:
        return "The numbers are too small to show."
    if not each.kept:
        return f"{count_words(of, 'pupil', 'pupils').capitalize()} {words}."
    if register.hidden:
        counts = dict(hide_small(counts, register.threshold).cells)
    parts = [STATUS_WORDS[status].format(f"{counts[status]:,}") for status in STATUS_WORDS if counts[status]]
    if None in counts.values():
        parts.append("the rest too small to show")
    return f"Of {count_words(of, 'pupil', 'pupils')} {words}: {sentence_list(parts)}."
