"""What Today holds for a member: the sentence that says the state, the one filled button, and the parts.

Someone with several roles gets the parts of all; the sentence is that of the first role in the order below.
"""

from dataclasses import dataclass, field

from django.urls import reverse
from django.utils import timezone

from pupils.chart import need_chart
from pupils.desk import groups_of, pointed_pupils, tied_pupils
from pupils.queries import register_counts, sees_small, standings
from pupils.queries.counts import ROLL
from pupils.queries.waiting import MARKS, waiting_counts
from pupils.words import count_words
from sendhub.access import Permission, Role, Scope
from sendhub.audit import actor_key
from sendhub.desk.compliance import lights_of, shown
from sendhub.desk.people_tasks import failure_tasks, people_tasks, shown_since
from sendhub.desk.pupil_tasks import (
    email_tasks,
    family_tasks,
    file_tasks,
    gap_tasks,
    proposal_tasks,
    reading_tasks,
)
from sendhub.desk.task import address, bands_of
from sendhub.desk.todo import todo_asked
from sendhub.desk.waiting import waiting_lines
from sendhub.desk.year import dates_ahead, week_words, year_of
from sendhub.kit.queries import FAILED
from sendhub.outbox.queries import FOR_A_PERSON
from sendhub.rules import today as rules
from staff.signin.queries import WAITING, invitations_by_state

LEADS = {Role.SENDCO, Role.ASSISTANT_SENDCO, Role.SEND_ADMIN, Role.HEAD}
NO_PUPILS = "No pupils yet. They come in with a file from the school’s own system."
IN_ORDER = "What we can check is in order. Reviews and their dates are not kept here yet."
ANSWERS = {Role.SENDCO, Role.ASSISTANT_SENDCO, Role.HEAD}
# What the page asks besides, in one statement with what the nouns ask (sendhub.desk.todo).
BESIDES = {"roll": ROLL, "waiting": WAITING, "messages": FOR_A_PERSON, "jobs": FAILED, "marks": MARKS}
READS_ALL = {Role.SENDCO, Role.ASSISTANT_SENDCO}


@dataclass
class Today:
    """Parts that a member has not are None; parts that are empty today are empty lists."""

    sentence: str = ""
    button: tuple = ()  # (words, address)
    week: str = ""
    register: object = None
    says_register: bool = False  # in a sentence, for the head
    chart: object = None
    lights: list | None = None  # for those who answer for them
    bands: list | None = None
    own: list = field(default_factory=list)  # bands of somebody who leads nothing: what is asked of them
    nothing: str = IN_ORDER  # what an empty list of tasks says
    waiting: list | None = None
    dates: list | None = None
    groups: list | None = None
    tied: list | None = None
    pointed: list | None = None
    pointed_total: int = 0
    shown: list = field(default_factory=list)  # ids of the pupils whose names are on the page


def today_of(member, day):
    page = Today()
    roles = {Role(role) for role in member.roles}
    terms, closures = year_of(member.school_id, day)
    page.week = week_words(terms, day)
    stand, tasks = {}, []
    leads = roles & (LEADS | {Role.OFFICE, Role.DATA_LEAD})
    besides = BESIDES if leads else {}
    asked, found = todo_asked(member, roles, day, besides, since=shown_since(day), by=actor_key(member))
    if member.can(Permission.COUNT_VIEW):
        stand = standings(member.school_id, day)
        page.register = register_counts(
            member.school, hide=not sees_small(member), on=day, stand=stand, roll=roll_of(found)
        )
        page.chart = need_chart(page.register)
        page.says_register = Role.HEAD in roles
        if roles & ANSWERS and page.register.roll:
            page.lights = shown(lights_of(member.school_id, stand, day), page.register)
    if roles & (LEADS | {Role.OFFICE, Role.DATA_LEAD}):
        invitations = (
            invitations_by_state(member.school, timezone.now(), found["waiting"])
            if member.can(Permission.STAFF_INVITE)
            else None
        )
        counts = waiting_counts(member.school_id, day)
        tasks = [*tasks_of(member, roles, day, stand, counts, invitations, found), *asked]
        mine = [task for task in tasks if task.needs is None or member.can(task.needs)]
        page.bands = bands_of(mine, day)
        others = [task for task in tasks if task not in mine]
        page.waiting = waiting_lines(others, counts, invitations, bool(roles & LEADS), day)
        if page.waiting:
            page.nothing = "What waits for other people stands on this page too."
        page.dates = dates_ahead(terms, closures, day)
    else:
        page.own = bands_of(asked, day)
    add_own_pupils(page, member, roles, day)
    page.sentence, page.button = state_of(page, member, roles, tasks, day)
    return page


def roll_of(found):
    """How many are on roll, where that was asked already."""
    return found["roll"][0]["number"] if "roll" in found else None


def add_own_pupils(page, member, roles, day):
    """The parts with names on them, and the list of whose."""
    if member.scope == Scope.LINKED or (member.staff_id and roles & {Role.TEACHER, Role.TA, Role.LEADER}):
        here = member.works_here(day)
        page.groups = groups_of(member, day) if here else []
        page.tied = tied_pupils(member, day) if here else []
    if Role.DSL in roles:
        page.pointed, page.pointed_total = pointed_pupils(member, day)
    lines = [*(page.tied or []), *(page.pointed or [])] + [row for card in page.groups or [] for row in card.rows]
    page.shown = sorted({line.pk for line in lines})


def tasks_of(member, roles, day, stand, counts, invitations, found):
    """Those who lead SEND see the whole school's register, so its standings are theirs."""
    tasks = failure_tasks(member, day, found)
    if roles & LEADS:
        tasks += family_tasks(counts, day) + proposal_tasks(counts, day)
        tasks += gap_tasks(stand, day)
    if roles & READS_ALL:
        tasks += reading_tasks(member, stand, day, found["marks"])
    if member.can(Permission.IMPORT_RUN):
        tasks += file_tasks(counts, day)
    if Role.OFFICE in roles:
        tasks += email_tasks(member.school_id, day)
    return tasks + (people_tasks(member, day, invitations) if invitations else [])


def state_of(page, member, roles, tasks, day):
    """(the sentence, the button)."""
    if page.bands is not None:
        return state_of_tasks(page, member, tasks, day)
    if page.pointed is not None:
        words = count_words(page.pointed_total, "pupil", "pupils")
        return f"Staff are asked to speak to you about {words}.", ("See the pupils", reverse("pupils:pupil-list"))
    if page.groups is not None:
        return state_of_pupils(page, roles)
    return page.register.sentence, ("Who is on the register", reverse("pupils:register-show"))


def state_of_tasks(page, member, tasks, day):
    """What waits for the SENDCO counts for whoever only knows of it. With tasks of one's own, the first one's button is
    the filled one, so the heading has none."""
    if page.register is not None and not page.register.roll:
        page.nothing = "This fills when the first file is in."
        to_files = address(("pupils:import-list",)) if member.can(Permission.IMPORT_RUN) else ""
        return NO_PUPILS, ("Bring in a file", to_files) if to_files and not page.bands else ()
    sentence = rules.state([task.deadline for task in tasks], day)
    if page.bands:
        return sentence, ()
    if not tasks and page.register is not None:
        sentence = f"{sentence} {capital(count_words(page.register.total, 'pupil', 'pupils'))} on the register."
    if not member.can(Permission.PUPIL_LIST):
        return sentence, ("Requests, breaches and complaints", reverse("rights:rights-home"))
    return sentence, ("See the pupils", reverse("pupils:pupil-list"))


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
