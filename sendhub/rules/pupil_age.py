"""How old a pupil is, which year group that is, and when rights pass to the young person.

A year group that the school's own system gives always wins over the one worked out from a birthday. What does not live
here: the school calendar, and what each year group means for a review.
"""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import academic_year

FRIDAY = 4


@dataclass(frozen=True, slots=True)
class YearGroup:
    """A national curriculum year group: its census code, its place in a list, and what a screen says."""

    code: str
    sort: int
    label: str


NOT_FOLLOWED = YearGroup("X", 15, "Not in a year group")

YEAR_GROUPS: tuple[YearGroup, ...] = (
    YearGroup("E1", -4, "Early years, first year"),
    YearGroup("E2", -3, "Early years, second year"),
    YearGroup("N1", -2, "Nursery, first year"),
    YearGroup("N2", -1, "Nursery, second year"),
    YearGroup("R", 0, "Reception"),
    *(YearGroup(str(year), year, f"Year {year}") for year in range(1, 15)),
    NOT_FOLLOWED,
)
_BY_CODE = {group.code: group for group in YEAR_GROUPS}
_BY_SORT = {group.sort: group for group in YEAR_GROUPS if group is not NOT_FOLLOWED}

# What is left of a spelling once "Year", spaces and leading noughts are gone.
# A plain "Nursery" is the year before Reception.
_WORDS = {
    "reception": "R",
    "rec": "R",
    "0": "R",
    "nursery": "N2",
    "nursery1": "N1",
    "nursery2": "N2",
    "n": "N2",
    "notfollowed": "X",
}


def parse_year_group(text: str) -> YearGroup | None:
    """Reads "Year 4", "Y4", "4", "4.0", "Yr 04", "R", "Reception", "N1", "Nursery", "X"; None for anything else."""
    squeezed = re.sub(r"[\s_]+", "", text).casefold()
    squeezed = re.sub(r"(?<=[a-z])-", "", squeezed)
    squeezed = re.sub(r"^nc(?=y)", "", squeezed)
    squeezed = re.sub(r"^(year|yr|y)(group|grp)?(?=.)", "", squeezed)
    squeezed = re.sub(r"year$", "", squeezed)
    squeezed = re.sub(r"\.0$", "", squeezed)
    squeezed = re.sub(r"^0+(?=\d)", "", squeezed)
    return _BY_CODE.get(_WORDS.get(squeezed, squeezed.upper()))


def year_group_before(code: str, years: int) -> YearGroup | None:
    """The year group of so many school years earlier: "9" two years before is Year 7. None before the first one, and
    for a code that is not one; who is not in a year group was not in one then."""
    group = _BY_CODE.get(code)
    if group is None or group is NOT_FOLLOWED:
        return group
    return _BY_SORT.get(group.sort - years)


def nc_year(born: date, on: date) -> int:
    """The year group number by birthday alone: 3 is Year 3, 0 Reception, below 0 nursery. Cut-off 1 September."""
    return academic_year(on) - academic_year(born) - 5


def year_group_by_age(born: date, on: date) -> YearGroup | None:
    """The year group by birthday alone, from E1 to Year 14; None when too young or too old for one."""
    return _BY_SORT.get(nc_year(born, on))


@dataclass(frozen=True, slots=True)
class Age:
    """Whole years and whole months past the birthday."""

    years: int
    months: int

    @property
    def in_months(self) -> int:
        return self.years * 12 + self.months


def age(born: date, on: date) -> Age:
    """Age on a day. Someone born on 29 February has their birthday on 1 March in other years.

    Raises ValueError if the day is before the birth.
    """
    if on < born:
        raise ValueError("the day is before the birth")
    months = (on.year - born.year) * 12 + on.month - born.month - (on.day < born.day)
    return Age(*divmod(months, 12))


def end_of_compulsory_school_age(born: date) -> date:
    """The last day of compulsory school age: the last Friday of June in the school year in which they turn 16.

    Source: Education Act 1996 s.8. Raises NotInForce for someone who left before 1998.
    """
    year = academic_year(born) + 1
    years = provision("school_leaving_age", date(year + 16, 6, 1)).value
    last = date(year + years, 6, 30)
    return last - timedelta(days=(last.weekday() - FRIDAY) % 7)


def is_young_person(born: date, on: date) -> bool:
    """Over compulsory school age, so that letters and consent go to the young person: from the day after it ends."""
    return on > end_of_compulsory_school_age(born)
