"""What the filters look at, of every pupil whom a member sees, held in memory for one request.

A school has one or two thousand pupils: reading these few columns of all takes a few milliseconds, and every pill's
count, the filters' choices, the order and the page then cost nothing more. A count in SQL for each pill took four
times as long (measured). What a member may filter by is decided by `pupils.forms.filters`.
"""

import datetime as dt
from functools import cached_property
from operator import itemgetter

from django.utils import timezone

from pupils.models import AttendanceSnapshot, Contact, GroupPupil, Pupil, RegisterMove, SENRecord
from pupils.queries.standings import LACKS, NOWHERE, standings, unknown_before
from pupils.words import PROVISIONS, since_short, year_words
from sendhub.access import Permission
from sendhub.rules.attendance import band_of, percent
from sendhub.rules.codes import NEED_BY_CODE
from sendhub.rules.pupil_age import year_group_before
from sendhub.rules.school_calendar import academic_year
from staff.models import TeachingGroup

REGISTER, NOBODY, EVERYONE = "register", "none", "all"
TICKS = {"premium": "pupil_premium", "fsm": "fsm", "care": "in_care", "eal": "eal"}
GAP_WORDS = {
    "first_line": "Nothing to know yet",
    "key_adult": "No key adult",
    "need": "No need recorded",
    "email": "No family e-mail",
}
COLUMNS = ("pk", "surname", "forename", "year_code", "year_sort", "form", "first_line")
LEFT_ON = len(COLUMNS)  # one column more in an earlier register: when they left, if they have since
AT = {name: place for place, name in enumerate(COLUMNS)}  # where a column stands in a row of `Facts.pupils`
EQUALS = {"year": AT["year_code"], "form": AT["form"]}
BESIDE = {"provision", "at"}  # words that `matching` does not test one by one
SORTS = {
    "name": "name",
    "form": "form",
    "provision": "place on the register",
    "since": "time on the register",
    "need": "main need",
    "here": "attendance",
}


class Facts:
    """One query for the pupils, one more for each kind of fact when it is first asked for.

    `at`: as they stood on that day, those who have left since among them; today when it is not given.
    """

    def __init__(self, member, at=None):
        self.member, self.today = member, timezone.localdate()
        self.day = at or self.today
        self.then = self.day < self.today

    def roll(self, pupils):
        return pupils.on_roll_at(self.day) if self.then else pupils.on_roll()

    @cached_property
    def pupils(self):
        """{pupil: COLUMNS of them}, by name."""
        pupils = self.roll(Pupil.objects.visible_to(self.member, self.today)).order_by("sort_name", "id")
        if self.then:
            rows = map(self.as_they_were, pupils.values_list(*COLUMNS, "left_on"))
        else:
            rows = pupils.values_list(*COLUMNS)
        return {row[0]: row for row in rows}

    def as_they_were(self, row):
        """The row with the year group of that day. The form is that of this school year (a leaver's, of their last):
        which one it was in an earlier year nobody has kept, so it stands empty."""
        last = min(self.today, row[LEFT_ON] or self.today)
        years = academic_year(last) - academic_year(self.day)
        if not years:
            return row
        group = year_group_before(row[AT["year_code"]], years)
        known = dict(zip(COLUMNS, row, strict=False))
        known |= {"year_code": group.code if group else "", "year_sort": group.sort if group else 99, "form": ""}
        return (*known.values(), row[LEFT_ON])

    @cached_property
    def ticks(self):
        """{pupil: {column: yes, no or not known}}: read only when somebody who may asks for them."""
        pupils = self.roll(Pupil.objects.filter(school_id=self.member.school_id)).order_by()
        return {row["pk"]: row for row in pupils.values("pk", *TICKS.values())}

    @cached_property
    def standings(self):
        """{pupil: Standing} of the whole school's, whoever is seen."""
        return standings(self.member.school_id, self.day, self.then)

    def standing(self, pk):
        return self.standings.get(pk, NOWHERE)

    @cached_property
    def register(self):
        """{pupil: Standing} of those on the register whom the member sees, by name."""
        held = {pk for pk, standing in self.standings.items() if standing.provision}
        return {pk: self.standings[pk] for pk in self.pupils if pk in held}

    @cached_property
    def unknown(self):
        """Those seen who stood in no register known of that day, and may have: their first day is not known."""
        return set(self.pupils) & unknown_before(self.member.school_id, self.day) - set(self.register)

    @cached_property
    def without_email(self):
        reached = Contact.objects.filter(school_id=self.member.school_id).exclude(email="").order_by()
        pupils = self.roll(Pupil.objects.filter(school_id=self.member.school_id))
        return set(pupils.exclude(pk__in=reached.values("pupil_id")).order_by().values_list("pk", flat=True))

    @cached_property
    def untold(self):
        """Those of whose newest move nobody can tell whether the family was told."""
        moves = RegisterMove.objects.filter(school_id=self.member.school_id, on__lte=self.day)
        newest = moves.order_by("pupil_id", "-on", "-id").distinct("pupil_id").values_list("pupil_id", "told")
        return {pk for pk, told in newest if told == RegisterMove.Told.CANNOT_TELL}

    @cached_property
    def attendance(self):
        """{pupil: (sessions attended, possible)} in the newest total of that school year."""
        begun = dt.date(academic_year(self.day), 9, 1)
        totals = AttendanceSnapshot.objects.filter(
            school_id=self.member.school_id, taken_on__lte=self.day, taken_on__gte=begun
        )
        newest = totals.order_by("pupil_id", "-taken_on").distinct("pupil_id")
        return {pk: rest for pk, *rest in newest.values_list("pupil_id", "attended", "possible")}

    def band(self, pk):
        return band_of(*self.attendance.get(pk, (None, None)), self.today)

    def in_class(self, name):
        """Those who sat in a class whose name begins so. One query."""
        places = GroupPupil.objects.on(self.day).filter(
            school_id=self.member.school_id,
            group__kind=TeachingGroup.Kind.CLASS,
            group__name__istartswith=name,
            group__year__groups_from__lte=self.day,
            group__year__groups_until__gte=self.day,
        )
        return set(places.values_list("pupil_id", flat=True))

    def matching(self, wanted):
        """The ids of those whom `wanted` (cleaned filter words) asks for, by name."""
        provision = wanted.get("provision", EVERYONE)
        ids = list(self.pupils) if provision == EVERYONE else self.by_provision[provision]
        for word, value in wanted.items():
            if word not in BESIDE and value not in (None, "", False):
                fits = self.test(word, value)
                ids = [pk for pk in ids if fits(pk)]
        return ids

    @cached_property
    def by_provision(self):
        """{filter: ids by name}: on the register, not on it, or holding one provision."""
        register = list(self.register)
        return {
            REGISTER: register,
            NOBODY: [pk for pk in self.pupils if pk not in self.register],
            **{
                provision: [pk for pk in register if self.register[pk].provision == provision]
                for provision in SENRecord.Provision.values
            },
        }

    def test(self, word, value):
        """What a pupil must fit of one word of the filter."""
        if word in EQUALS:
            place = EQUALS[word]
            return lambda pk: self.pupils[pk][place] == value
        if word in TICKS:
            column = TICKS[word]
            return lambda pk: self.ticks[pk][column]
        if word in ("ids", "group", "told", "gap"):
            return self.having(word, value).__contains__
        tests = {
            "need": lambda pk: self.standing(pk).main_need == value,
            "area": lambda pk: area_of(self.standing(pk).main_need) == value,
            "adult": lambda pk: value in map(str, self.standing(pk).adults),
            "flag": lambda pk: value in self.standing(pk).flags,
            "here": lambda pk: self.band(pk) == value,
        }
        return tests[word]

    def having(self, word, value):
        """Those whom a word of the filter means, as a set."""
        if word == "told":
            return self.untold
        if word == "group":
            return self.in_class(value)
        return self.with_gap(value) if word == "gap" else set(value)

    def with_gap(self, gap):
        """The gaps of the register are about those on it; an e-mail address is about everyone."""
        if gap == "email":
            return self.without_email
        return {pk for pk, standing in self.register.items() if LACKS[gap](standing)}

    def in_order(self, ids, sort):
        """`ids` (which come by name) sorted by a column of SORTS, "-" in front for the other way round. Those of whom
        the column says nothing, or an unknown start, come last either way."""
        column, turned = sort.removeprefix("-"), sort.startswith("-")
        if column == "name":
            return ids[::-1] if turned else ids
        places = {pk: self.place(pk, column) for pk in ids}
        has, rest = [pk for pk in ids if places[pk] is not None], [pk for pk in ids if places[pk] is None]
        return sorted(has, key=places.get, reverse=turned) + rest

    def place(self, pk, column):
        """What a pupil is sorted by in this column; None where it says nothing."""
        if column == "form":
            return self.pupils[pk][AT["year_sort"]], self.pupils[pk][AT["form"]]
        standing = self.standing(pk)
        if column == "here":
            attended, possible = self.attendance.get(pk, (0, 0))
            return attended / possible if possible else None
        if column == "need":
            return need_words(standing.main_need) if standing.main_need else None
        return standing.provision if column == "provision" else standing.since if standing.since_known else None

    def provision_words(self, pk):
        """("SEN Support", "3 Sep"), or ("Not on the register", "")."""
        standing = self.standing(pk)
        return PROVISIONS[standing.provision], since_short(standing.since, standing.since_known, self.day)

    def need_words(self, pk):
        return ", ".join(map(need_words, self.standing(pk).needs))

    def here_words(self, pk):
        """ "91.4% of 164", or "" where nothing is known: few sessions mislead, so they are said."""
        attended, possible = self.attendance.get(pk, (0, 0))
        return f"{percent(attended, possible)} of {possible}" if possible else ""

    def choices(self):
        """{filter: [(value, words)]} of those that depend on the pupils seen: years and forms, youngest first; and key
        adults by name, for whoever may open records."""
        found = sorted(set(map(itemgetter(AT["year_sort"], AT["year_code"], AT["form"]), self.pupils.values())))
        years = dict.fromkeys(code for _, code, _ in found if code)
        forms = dict.fromkeys(form for _, _, form in found if form)
        return {
            "year": [(code, year_words(code)) for code in years],
            "form": [(form, form) for form in forms],
            "adult": self.key_adults() if self.member.can(Permission.PUPIL_RECORD) else [],
        }

    def key_adults(self):
        """[(staff id, name)] of the key adults of those seen, by name."""
        found = {
            adult: name
            for pk, standing in self.standings.items()
            if standing.adults and pk in self.pupils
            for adult, name in standing.adults.items()
        }
        return sorted(((str(adult), name) for adult, name in found.items()), key=itemgetter(1))


def need_words(code):
    """A type of need by its name; the code itself when the census does not know it."""
    need = NEED_BY_CODE.get(code)
    return need.label if need else code


def area_of(code):
    """A need's broad area as a filter says it ("cognition"); None for no need, or one that the census does not know."""
    return NEED_BY_CODE[code].area.name.lower() if code in NEED_BY_CODE else None


def area_words(code):
    return NEED_BY_CODE[code].area.value if code in NEED_BY_CODE else ""
