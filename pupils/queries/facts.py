"""What the filters look at, of every pupil whom a member sees, held in memory for one request.

A school has one or two thousand pupils: reading these few columns of all takes a few milliseconds, and every pill's
count, the filters' choices, the order and the page then cost nothing more. A count in SQL for each pill took four
times as long (measured). What a member may filter by is decided by `pupils.forms.filters`.
"""

from functools import cached_property
from operator import itemgetter

from django.utils import timezone

from pupils.models import Contact, Pupil, SENRecord
from pupils.queries.standings import LACKS, standings
from pupils.words import PROVISIONS, since_short, year_words
from sendhub.rules.codes import NEED_BY_CODE

REGISTER, NOBODY, EVERYONE = "register", "none", "all"
CIRCUMSTANCES = {"premium": "pupil_premium", "fsm": "fsm", "care": "in_care"}
GAP_WORDS = {
    "first_line": "Nothing to know yet",
    "key_adult": "No key adult",
    "need": "No need recorded",
    "email": "No family e-mail",
}
COLUMNS = ("pk", "surname", "forename", "year_code", "year_sort", "form", "first_line")
AT = {name: place for place, name in enumerate(COLUMNS)}  # where a column stands in a row of `Facts.pupils`
EQUALS = {"year": "year_code", "form": "form"}
SORTS = {
    "name": "name",
    "form": "form",
    "provision": "place on the register",
    "since": "time on the register",
}


class Facts:
    """One query for the pupils, one more for each kind of fact when it is first asked for."""

    def __init__(self, member, day=None):
        self.member, self.day = member, day or timezone.localdate()

    @cached_property
    def pupils(self):
        """{pupil: COLUMNS of them}, by name."""
        rows = Pupil.objects.visible_to(self.member, self.day).on_roll().order_by("sort_name", "id")
        return {row[0]: row for row in rows.values_list(*COLUMNS)}

    @cached_property
    def circumstances(self):
        """{pupil: {column: yes, no or not known}}: read only when somebody who may asks for them."""
        pupils = Pupil.objects.filter(school_id=self.member.school_id).on_roll().order_by()
        return {row["pk"]: row for row in pupils.values("pk", *CIRCUMSTANCES.values())}

    @cached_property
    def standings(self):
        """{pupil: Standing} of the whole school's, whoever is seen."""
        return standings(self.member.school_id, self.day)

    @cached_property
    def register(self):
        """{pupil: Standing} of those on the register whom the member sees, by name."""
        held = {pk for pk, standing in self.standings.items() if standing.provision}
        return {pk: self.standings[pk] for pk in self.pupils if pk in held}

    @cached_property
    def without_email(self):
        reached = Contact.objects.filter(school_id=self.member.school_id).exclude(email="").order_by()
        pupils = (
            Pupil.objects.filter(school_id=self.member.school_id).on_roll().exclude(pk__in=reached.values("pupil_id"))
        )
        return set(pupils.order_by().values_list("pk", flat=True))

    def matching(self, wanted):
        """The ids of those whom `wanted` (cleaned filter words) asks for, by name."""
        ids = self._in_provision(wanted.get("provision", EVERYONE))
        if wanted.get("ids") is not None:
            chosen = set(wanted["ids"])
            ids = [pk for pk in ids if pk in chosen]
        for word, column in EQUALS.items():
            if wanted.get(word):
                value, place = wanted[word], AT[column]
                ids = [pk for pk in ids if self.pupils[pk][place] == value]
        ticked = [column for word, column in CIRCUMSTANCES.items() if wanted.get(word)]
        if ticked:
            ids = [pk for pk in ids if all(self.circumstances[pk][column] for column in ticked)]
        if wanted.get("need"):
            ids = [pk for pk in ids if pk in self.standings and self.standings[pk].main_need == wanted["need"]]
        return self._with_gap(ids, wanted["gap"]) if wanted.get("gap") else ids

    def _in_provision(self, provision):
        """On the register, not on it, or holding one provision; all of them for anything else."""
        if provision == REGISTER:
            return list(self.register)
        if provision == NOBODY:
            return [pk for pk in self.pupils if pk not in self.register]
        if provision in SENRecord.Provision.values:
            return [pk for pk, standing in self.register.items() if standing.provision == provision]
        return list(self.pupils)

    def _with_gap(self, ids, gap):
        """The gaps of the register are about those on it; an e-mail address is about everyone."""
        if gap == "email":
            return [pk for pk in ids if pk in self.without_email]
        return [pk for pk in ids if pk in self.register and LACKS[gap](self.register[pk])]

    def in_order(self, ids, sort):
        """`ids` (which come by name) sorted by a column of SORTS, "-" in front for the other way round. Those of whom
        the column says nothing, or an unknown start, come last either way."""
        column, turned = sort.removeprefix("-"), sort.startswith("-")
        if column == "name":
            return ids[::-1] if turned else ids
        if column == "form":
            place = itemgetter(AT["year_sort"], AT["form"])
            return sorted(ids, key=lambda pk: place(self.pupils[pk]), reverse=turned)
        told = {pk for pk in ids if pk in self.register and (column == "provision" or self.register[pk].since_known)}
        has, rest = [pk for pk in ids if pk in told], [pk for pk in ids if pk not in told]
        return sorted(has, key=lambda pk: getattr(self.register[pk], column), reverse=turned) + rest

    def provision_words(self, pk):
        """("SEN Support", "3 Sep"), or ("Not on the register", "")."""
        standing = self.register.get(pk)
        if standing is None:
            return PROVISIONS[None], ""
        return PROVISIONS[standing.provision], since_short(standing.since, standing.since_known, self.day)

    def need_words(self, pk):
        standing = self.standings.get(pk)
        return ", ".join(map(need_words, standing.needs)) if standing and standing.needs else ""

    def choices(self):
        """{"year": [(year, words)], "form": [(form, form)]} of the pupils seen, youngest year first."""
        found = sorted(set(map(itemgetter(AT["year_sort"], AT["year_code"], AT["form"]), self.pupils.values())))
        years = dict.fromkeys(code for _, code, _ in found if code)
        forms = dict.fromkeys(form for _, _, form in found if form)
        return {"year": [(code, year_words(code)) for code in years], "form": [(form, form) for form in forms]}


def need_words(code):
    """A type of need by its name; the code itself when the census does not know it."""
    need = NEED_BY_CODE.get(code)
    return need.label if need else code
