"""Numbers about the register, by need, with small ones hidden where they must be. No names come out."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from pupils.models import Pupil
from pupils.queries.facts import need_words
from pupils.queries.standings import standings, unknown_before
from pupils.words import count_words, day_words
from sendhub.access import Permission, Scope
from sendhub.asking import ask
from sendhub.rules.disclosure import hide_small
from sendhub.rules.provisions.book import provision

NO_NEED = "No need recorded"


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One line of "who is on the register": pupils by main need. None: a small number, hidden."""

    words: str
    support: int | None
    plan: int | None


@dataclass(frozen=True, slots=True)
class Register:
    """The register of one school on one day. `hidden` when small numbers are left out, with the size meant; `then` the
    day when it is an earlier one."""

    roll: int
    support: int | None
    plan: int | None
    rows: list
    hidden: bool
    threshold: int
    then: date | None = None
    unknown: int = 0  # of an earlier day: those of whom nobody can tell whether they were on it

    @property
    def total(self):
        return None if self.support is None or self.plan is None else self.support + self.plan

    @property
    def share(self):
        """The register as a percentage of the roll, to one place; None when it can not be told or shown."""
        return None if not self.roll or self.total is None else round(100 * self.total / self.roll, 1)

    @property
    def sentence(self):
        """The state in one sentence."""
        on = f"On {day_words(self.then)} " if self.then else ""
        if self.total is None:
            words = f"{on}the numbers on the register {'were' if on else 'are'} too small to show."
        else:
            are = count_words(self.total, *(("pupil was", "pupils were") if on else ("pupil is", "pupils are")))
            share = f", {self.share}% of the roll" if self.total else ""
            words = f"{on}{are} on the register{share}."
        return f"{words[:1].upper()}{words[1:]}"


def sees_small(member):
    """Whoever may open every record may count it too; all others get counts with small numbers hidden."""
    return member.scope == Scope.ALL and member.throughout().can(Permission.PUPIL_RECORD)


def small_number(school, on):
    own = {"small_number_threshold": school.small_number} if school.small_number else None
    return provision("small_number_threshold", on, own).value


# As PupilQuerySet.on_roll has it; in SQL, since Today is opened all day.
ROLL = """
SELECT count(*) AS number FROM pupils_pupil
WHERE school_id = %(school)s AND left_on IS NULL AND merged_into_id IS NULL
"""


def register_counts(school, hide, on=None, stand=None, roll=None):
    """Pupils on roll by provision and main need, as they stand today or stood `on` an earlier day. Needs the school's
    context; two queries, or one when `stand` (the school's standings of that day) is read already, none when `roll` is
    known too.

    With `hide`, each cell is kept from being worked out: the table is made safe as one list of cells, so no sum of
    what is shown gives a hidden one away.
    """
    day = on or timezone.localdate()
    threshold = small_number(school, day)
    then, pupils = day < timezone.localdate(), Pupil.objects.filter(school=school)
    if roll is None:
        roll = pupils.on_roll_at(day).count() if then else ask({"roll": ROLL}, school=school.pk)["roll"][0]["number"]
    cells = register_cells(standings(school.pk, day, then) if stand is None else stand)
    by_provision = {code: sum(n for (held, _), n in cells.items() if held == code) for code in ("K", "E")}
    if hide:
        by_provision = dict(hide_small(by_provision, threshold).cells)
        cells = dict(hide_cells(cells, by_provision, threshold))
    codes = sorted({need for _, need in cells}, key=lambda need: (need is None, need_order(cells, need), need or ""))
    rows = [
        NeedLine(need_words(need) if need else NO_NEED, cells.get(("K", need), 0), cells.get(("E", need), 0))
        for need in codes
    ]
    return Register(roll, by_provision["K"], by_provision["E"], rows, hide, threshold, *past(school, day, then))


def past(school, day, then):
    """What is said of an earlier day alone: the day, and of how many nobody can tell. One query."""
    return (day, len(unknown_before(school.pk, day))) if then else (None, 0)


def register_cells(stand):
    """{(provision, main need or None): pupils}."""
    return dict(Counter((each.provision, each.main_need) for each in stand.values() if each.provision))


def hide_cells(cells, totals, threshold):
    """Each column is a list with its own total; rows carry no total, so columns are safe one by one."""
    safe = {}
    for code in ("K", "E"):
        column = {key: number for key, number in cells.items() if key[0] == code}
        if totals[code] is None:
            safe.update(dict.fromkeys(column, None))
        else:
            safe.update(hide_small(column, threshold).cells)
    return safe


def need_order(cells, need):
    return -sum(cells.get((code, need)) or 0 for code in ("K", "E"))
