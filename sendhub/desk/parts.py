"""The parts of Today: gaps in the register, what the office and the safeguarding lead look after. Reads only."""

from dataclasses import dataclass

from django.urls import reverse

from pupils.queries import LACKS, Facts
from pupils.words import count_words
from sendhub.access import Permission
from sendhub.outbox.queries import counts as message_counts
from staff.signin.queries import without_factor


@dataclass(frozen=True, slots=True)
class Task:
    """One thing to put right: what, why it matters, where."""

    what: str
    why: str
    url: str
    verb: str
    icon: str


GAPS = {
    "need": (
        "on the register without a type of need",
        "The census asks for one for each pupil on the register.",
        "See who",
        "circle-question-mark",
        Permission.IMPORT_RUN,
    ),
    "key_adult": (
        "on the register without a key adult",
        "Nobody at school is named as the one who knows them.",
        "Link the adults",
        "user-plus",
        Permission.PUPIL_LINK,
    ),
    "first_line": (
        "on the register with nothing to know yet",
        "Their teachers open an empty record.",
        "Write the first lines",
        "pencil",
        Permission.PUPIL_EDIT,
    ),
}


def register_tasks(member, stand):
    """Gaps of the register in `stand` (the school's standings), none that is empty. Who cannot close a gap is only
    shown it."""
    register = [standing for standing in stand.values() if standing.provision]
    found = {gap: sum(map(LACKS[gap], register)) for gap in GAPS}
    here = reverse("pupils:pupil-list")
    return [
        Task(
            what=f"{count_words(found[gap], 'pupil', 'pupils')} {what}",
            why=why,
            url=f"{here}?gap={gap}",
            verb=verb if member.can(closes) else "See who",
            icon=icon,
        )
        for gap, (what, why, verb, icon, closes) in GAPS.items()
        if found[gap]
    ]


def message_tasks(member):
    """Messages of which a person must decide. One query."""
    if not member.can(Permission.MESSAGE_VIEW):
        return []
    found, here = message_counts(member.school_id), reverse("outbox:message-list")
    tasks = []
    if found["uncertain"]:
        what = f"{count_words(found['uncertain'], 'message', 'messages')} may or may not have arrived"
        why = "The mail server broke off. Sending again may make a second copy."
        tasks.append(Task(what, why, f"{here}?tab=uncertain", "Decide", "mail-question-mark"))
    if found["dead"]:
        what = f"{count_words(found['dead'], 'message', 'messages')} not sent"
        tasks.append(Task(what, "The address was refused.", f"{here}?tab=dead", "Look at them", "mail-x"))
    return tasks


def people_tasks(member):
    """People of whom the school asks a second factor and who have set up none. One query at most."""
    if not member.can(Permission.STAFF_INVITE):
        return []
    without = without_factor(member.school)
    if not without:
        return []
    what = f"{count_words(without, 'person', 'people')} without a second factor"
    why = "The school asks for one. They set it up when they next sign in."
    return [Task(what, why, reverse("staff:person-list"), "See who", "shield-alert")]


def email_task(member, day):
    """Pupils whose family cannot be reached by e-mail. Two queries."""
    without = len(Facts(member, day).matching({"gap": "email"}))
    if not without:
        return []
    what = f"{count_words(without, 'pupil', 'pupils')} without an e-mail address for the family"
    why = "Their letters must be printed."
    url = f"{reverse('pupils:pupil-list')}?gap=email"
    return [Task(what, why, url, "See who", "mail-x")]
