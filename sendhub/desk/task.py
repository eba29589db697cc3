"""One line of Today: what waits, since when, by when and by whose rule, and the one verb that deals with it."""

from dataclasses import dataclass

from django.urls import reverse

from pupils.words import day_words
from sendhub.access import Permission
from sendhub.rules.deadline import Deadline
from sendhub.rules.provisions import Force
from sendhub.rules.today import Band, band_of

FORCES = {Force.MUST: "Must", Force.SHOULD: "Should", Force.CHOICE: "Our choice"}
BANDS = {
    Band.LATE: ("Late", "late", "triangle-alert"),
    Band.TODAY: ("Today", "due", "clock"),
    Band.WEEK: ("This week", "", ""),
    Band.LATER: ("Later, or when there is time", "", ""),
}
MARKS = {Band.LATE: "late-mark", Band.TODAY: "due-mark"}


@dataclass(frozen=True, slots=True)
class Task:
    """`needs` is the permission without which somebody can only know that it waits. `link` is a route's name, its
    arguments and a query string."""

    what: str
    why: str
    deadline: Deadline
    link: tuple
    verb: str
    icon: str
    needs: Permission | None = None

    @property
    def url(self):
        return address(self.link)


def address(link):
    """Of a link as a task has it: (route, arguments, query string), of which the last two may be left out."""
    name, args, query = (*link, (), "")[:3]
    found = reverse(name, args=args)
    return f"{found}?{query}" if query else found


@dataclass(frozen=True, slots=True)
class Line:
    """A task in words ready to print."""

    what: str
    why: str
    force: str
    rule: str
    url: str
    verb: str
    icon: str
    mark: str
    band: Band


def line_of(task, today):
    band = band_of(task.deadline, today)
    return Line(
        what=task.what,
        why=" ".join(filter(None, (task.why, limit_words(task.deadline, today)))),
        force=FORCES[task.deadline.force],
        rule=rule_words(task.deadline),
        url=task.url,
        verb=task.verb,
        icon=task.icon,
        mark=MARKS.get(band, "soft-mark"),
        band=band,
    )


def limit_words(deadline, today):
    """ "Limit was 7 November. 12 days late." """
    left = deadline.days_left(today)
    if left is None:
        return ""
    if left < 0:
        return f"Limit was {day_words(deadline.due, today)}. {-left} day{'' if left == -1 else 's'} late."
    return "The limit is today." if left == 0 else f"By {day_words(deadline.due, today)}."


def rule_words(deadline):
    """The rule behind it: the source, then how the day is counted."""
    return "; ".join(filter(None, (deadline.citation, deadline.basis)))


def lines_of(tasks, today):
    """Late first, then by the day; on one day a must before a choice."""
    bands, forces = list(Band), list(Force)

    def place(task):
        deadline = task.deadline
        due = deadline.due or today.max
        return bands.index(band_of(deadline, today)), due, forces.index(deadline.force)

    return [line_of(task, today) for task in sorted(tasks, key=place)]


def bands_of(tasks, today):
    """[(label, kind, icon, lines)], empty ones left out."""
    lines = lines_of(tasks, today)
    found = {band: [line for line in lines if line.band is band] for band in Band}
    return [(*BANDS[band], found[band]) for band in Band if found[band]]
