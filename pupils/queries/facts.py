"""What the filters look at, of every pupil whom a member sees, held in memory for one request.

A school has one or two thousand pupils: reading these few columns of all takes a few milliseconds, and every pill's
count, the filters' choices, the order and the page then cost nothing more. A count in SQL for each pill took four
times as long (measured). What a member may filter by is decided by `pupils.forms.filters`.
"""

from functools import cached_property
from operator import itemgetter

from django.utils import timezone

from pupils.models import Contact, Pupil, PupilAdult, SENNeed, SENRecord
from pupils.words import PROVISIONS, since_short
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
    """One query for the pupils, one more for each kind of fact when it is first asked for.

    `register_only` leaves out everybody who is not on the register, where nobody asks about them.
    """

    def __init__(self, member, day=None, register_only=False):
        self.member, self.day = member, day or timezone.localdate()
        rows = Pupil.objects.visible_to(member, self.day).on_roll().order_by("sort_name", "id")
        if register_only:
            held = SENRecord.objects.at(self.day).filter(school_id=member.school_id).order_by()
            rows = rows.filter(pk__in=held.values("pupil_id"))
        self.pupils = {row[0]: row for row in rows.values_list(*COLUMNS)}

    @cached_property
    def circumstances(self):
        """{pupil: {column: yes, no or not known}}: read only when somebody who may asks for them."""
        pupils = Pupil.objects.filter(school_id=self.member.school_id).on_roll().order_by()
        return {row["pk"]: row for row in pupils.values("pk", *CIRCUMSTANCES.values())}

    @cached_property
    def held(self):
        """{pupil: (provision, since, whether the start is known)} of those on the register."""
        records = SENRecord.objects.at(self.day).filter(school_id=self.member.school_id).order_by()
        rows = records.values_list("pupil_id", "provision", "starts_on", "start_known")
        return {pk: rest for pk, *rest in rows if pk in self.pupils}

    @cached_property
    def needs(self):
        """{pupil: [(rank, code)]}, the main one first."""
        rows = SENNeed.objects.at(self.day).filter(school_id=self.member.school_id).order_by("rank", "id")
        found = {}
        for pk, rank, code in rows.values_list("pupil_id", "rank", "code"):
            found.setdefault(pk, []).append((rank, code))
        return found

    @cached_property
    def with_key_adult(self):
        ties = PupilAdult.objects.on(self.day).filter(school_id=self.member.school_id, part=PupilAdult.Part.KEY_ADULT)
        return set(ties.order_by().values_list("pupil_id", flat=True))

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
            main = (1, wanted["need"])
            ids = [pk for pk in ids if main in self.needs.get(pk, ())]
        return self._with_gap(ids, wanted["gap"]) if wanted.get("gap") else ids

    def _in_provision(self, provision):
        """On the register, not on it, or holding one provision; all of them for anything else."""
        if provision == REGISTER:
            return self.register
        if provision == NOBODY:
            return [pk for pk in self.pupils if pk not in self.held]
        if provision in SENRecord.Provision.values:
            return [pk for pk in self.register if self.held[pk][0] == provision]
        return list(self.pupils)

    @cached_property
    def register(self):
        return [pk for pk in self.pupils if pk in self.held]

    def _with_gap(self, ids, gap):
        """The gaps of the register are about those on it; an e-mail address is about everyone."""
        if gap == "email":
            return [pk for pk in ids if pk in self.without_email]
        ids = [pk for pk in ids if pk in self.held]
        if gap == "first_line":
            return [pk for pk in ids if not self.pupils[pk][AT["first_line"]]]
        filled = self.with_key_adult if gap == "key_adult" else self.needs
        return [pk for pk in ids if pk not in filled]

    def in_order(self, ids, sort):
        """`ids` (which come by name) sorted by a column of SORTS, "-" in front for the other way round. Those of whom
        the column says nothing, or an unknown start, come last either way."""
        column, turned = sort.removeprefix("-"), sort.startswith("-")
        if column == "name":
            return ids[::-1] if turned else ids
        if column == "form":
            place = itemgetter(AT["year_sort"], AT["form"])
            return sorted(ids, key=lambda pk: place(self.pupils[pk]), reverse=turned)
        place = 0 if column == "provision" else 1
        told = {pk for pk in ids if pk in self.held and (place == 0 or self.held[pk][2])}
        has, rest = [pk for pk in ids if pk in told], [pk for pk in ids if pk not in told]
        return sorted(has, key=lambda pk: self.held[pk][place], reverse=turned) + rest

    def provision_words(self, pk):
        """("SEN Support", "3 Sep"), or ("Not on the register", "")."""
        if pk not in self.held:
            return PROVISIONS[None], ""
        provision, starts_on, known = self.held[pk]
        return PROVISIONS[provision], since_short(starts_on, known, self.day)

    def need_words(self, pk):
        return ", ".join(need_words(code) for _, code in self.needs.get(pk, ()))

    def choices(self):
        """([(year, words)], [(form, form)]) of the pupils seen, youngest year first."""
        years = set(map(itemgetter(AT["year_sort"], AT["year_code"]), self.pupils.values()))
        forms = set(map(itemgetter(AT["year_sort"], AT["form"]), self.pupils.values()))
        return (
            [(code, Pupil(year_code=code).year_label) for _, code in sorted(years) if code],
            [(form, form) for form in dict.fromkeys(form for _, form in sorted(forms)) if form],
        )


def need_words(code):
    """A type of need by its name; the code itself when the census does not know it."""
    need = NEED_BY_CODE.get(code)
    return need.label if need else code
