"""What Today holds for a member: the sentence that says the state, the one filled button, and the parts.

Someone with several roles gets the parts of all; the sentence is that of the first role in the order below.
"""

from dataclasses import dataclass, field

from django.urls import reverse

from pupils.chart import need_chart
from pupils.desk import groups_of, pointed_pupils, tied_pupils
from pupils.queries import register_counts, sees_small, standings
from pupils.words import count_words
from sendhub.access import Permission, Role, Scope
from sendhub.desk.parts import email_task, message_tasks, people_tasks, register_tasks

LEADS = {Role.SENDCO, Role.ASSISTANT_SENDCO, Role.SEND_ADMIN, Role.HEAD}


@dataclass
class Today:
    """Parts that a member has not are None; parts that are empty today are empty lists."""

    sentence: str = ""
    button: tuple = ()  # (words, address)
    register: object = None
    chart: object = None
    tasks: list | None = None
    groups: list | None = None
    tied: list | None = None
    pointed: list | None = None
    pointed_total: int = 0
    shown: list = field(default_factory=list)  # ids of the pupils whose names are on the page


def today_of(member, day):
    page = Today()
    roles = {Role(role) for role in member.roles}
    stand = {}
    if member.can(Permission.COUNT_VIEW):
        stand = standings(member.school_id, day)
        page.register = register_counts(member.school, hide=not sees_small(member), on=day, stand=stand)
        page.chart = need_chart(page.register)
    if roles & (LEADS | {Role.OFFICE}):
        page.tasks = tasks_of(member, roles, day, stand)
    if member.scope == Scope.LINKED or (member.staff_id and roles & {Role.TEACHER, Role.TA, Role.LEADER}):
        here = member.works_here(day)
        page.groups = groups_of(member, day) if here else []
        page.tied = tied_pupils(member, day) if here else []
    if Role.DSL in roles:
        page.pointed, page.pointed_total = pointed_pupils(member, day)
    lines = [*(page.tied or []), *(page.pointed or [])] + [row for card in page.groups or [] for row in card.rows]
    page.shown = sorted({line.pk for line in lines})
    page.sentence, page.button = state_of(page, roles)
    return page


def tasks_of(member, roles, day, stand):
    """Those who lead SEND see the whole school's register, so its standings are theirs."""
    tasks = register_tasks(member, stand) if roles & LEADS else []
    tasks += message_tasks(member) + people_tasks(member)
    return tasks + (email_task(member, day) if Role.OFFICE in roles else [])


def state_of(page, roles):
    """(the sentence, the button)."""
    if page.tasks is not None:
        return state_of_tasks(page)
    if page.pointed is not None:
        words = count_words(page.pointed_total, "pupil", "pupils")
        return f"Staff are asked to speak to you about {words}.", ("See the pupils", reverse("pupils:pupil-list"))
    if page.groups is not None:
        return state_of_pupils(page, roles)
    return page.register.sentence, ("Who is on the register", reverse("pupils:register-show"))


def state_of_tasks(page):
    """With tasks, the first one's own button is the filled one, so the heading has none."""
    if page.register is not None and not page.register.roll:
        return "No pupils yet. They come in with a file from the school’s own system.", ()
    if page.tasks:
        return f"{capital(count_words(len(page.tasks), 'thing', 'things'))} to put right.", ()
    button = ("See the pupils", reverse("pupils:pupil-list"))
    if page.register is None:
        return "Nothing waits for you.", button
    return f"{page.register.sentence} Nothing is missing.", button


def state_of_pupils(page, roles):
    """Each pupil once, however many classes they share with this adult."""
    button = ("See your pupils", reverse("pupils:pupil-list"))
    if not page.groups and not page.tied:
        return "No class and no pupil is linked to you today.", ()
    if not page.groups or (Role.TA in roles and page.tied):
        return f"You look after {count_words(len(page.tied), 'pupil', 'pupils')}.", button
    number = len({row.pk for card in page.groups for row in card.rows})
    words = count_words(number, "pupil", "pupils")
    where = page.groups[0].name if len(page.groups) == 1 else "your classes"
    return f"{capital(words)} of {where} {'is' if number == 1 else 'are'} on the register.", button


def capital(words):
    return words[:1].upper() + words[1:]
