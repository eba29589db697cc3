"""The list of pupils: one page of rows, the counts on the saved views, and the choices in the filters.

The number of queries is the same for one row and for 250 (a test counts them).
"""

from dataclasses import dataclass

from django.db.models import Count, F, IntegerField, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from pupils.models import Pupil, SENRecord
from pupils.queries.filters import filtered, needs_on
from pupils.words import PROVISIONS, since_words
from sendhub.access import Permission
from sendhub.rules.codes import NEED_BY_CODE
from staff.models import School

PLAIN_SORTS = {"name": ("sort_name", "id"), "form": ("year_sort", "form", "sort_name", "id")}
SEN_SORTS = {"provision", "since"}
SORT_WORDS = {"name": "name", "form": "form", "provision": "place on the register", "since": "time on the register"}


@dataclass(slots=True)
class PupilRow:
    """One line of the list, in words ready to print. SEN words are "" for whoever may not open records."""

    pk: int
    href: str
    name: str
    form: str
    year: str
    first_line: str = ""
    provision: str = ""
    since: str = ""
    needs: str = ""


def sorted_pupils(pupils, member, sort, day):
    """`sort` is a column, with "-" in front for the other way round; an unknown or hidden one sorts by name."""
    column, turned = sort.lstrip("-"), sort.startswith("-")
    if column in SEN_SORTS and member.can(Permission.PUPIL_RECORD):
        held = SENRecord.objects.at(day).filter(school_id=member.school_id, pupil_id=OuterRef("pk"))
        field = "provision" if column == "provision" else "starts_on"
        pupils = pupils.annotate(sort_by=Subquery(held.values(field)[:1]))
        key = F("sort_by").desc(nulls_last=True) if turned else F("sort_by").asc(nulls_last=True)
        return pupils.order_by(key, "sort_name", "id")
    names = PLAIN_SORTS.get(column, PLAIN_SORTS["name"])
    return pupils.order_by(*(f"-{name}" if turned else name for name in names))


def page_of_rows(member, pupils, first, size, day=None):
    """The rows `first` to `first + size` of an ordered queryset: 1 query, and 2 more for those who see SEN facts."""
    day = day or timezone.localdate()
    columns = ("pk", "forename", "surname", "form", "year_code", "first_line")
    found = list(pupils.values_list(*columns)[first : first + size])
    sees_sen = member.can(Permission.PUPIL_RECORD)
    held, needs = sen_words(member, [row[0] for row in found], day) if sees_sen else ({}, {})
    start = reverse("pupils:pupil-list")
    end = "" if sees_sen else "contacts/"
    rows = []
    for pk, forename, surname, form, year, first_line in found:
        row = PupilRow(pk, f"{start}{pk}/{end}", f"{surname}, {forename}", form, year)
        if sees_sen:
            row.first_line = first_line
            row.provision, row.since = held.get(pk, (PROVISIONS[None], ""))
            row.needs = ", ".join(needs.get(pk, ()))
        rows.append(row)
    return rows


def sen_words(member, ids, day):
    """Two dicts by pupil: (provision, since when) in words, and the needs' names in their order. Two queries."""
    records = SENRecord.objects.at(day).filter(school_id=member.school_id, pupil_id__in=ids).order_by()
    held = {
        pupil: (PROVISIONS[provision], since_words(starts_on, known, day))
        for pupil, provision, starts_on, known in records.values_list(
            "pupil_id", "provision", "starts_on", "start_known"
        )
    }
    needs = {}
    for pupil, code in needs_on(member, day).filter(pupil_id__in=ids).values_list("pupil_id", "code"):
        needs.setdefault(pupil, []).append(need_words(code))
    return held, needs


def need_words(code):
    """A type of need by its name; the code itself when the census does not know it."""
    need = NEED_BY_CODE.get(code)
    return need.label if need else code


def counts_of(member, asked, day=None):
    """How many pupils each of several filters holds: {key: number} for {key: cleaned filter words}. One query."""
    if not asked:
        return {}
    day = day or timezone.localdate()
    columns = {f"n{place}": count_of(filtered(member, wanted, day)) for place, wanted in enumerate(asked.values())}
    found = School.objects.filter(pk=member.school_id).values(**columns).get()
    return {key: found[f"n{place}"] for place, key in enumerate(asked)}


def count_of(pupils):
    """A sub-select that counts a queryset of pupils of one school."""
    total = pupils.order_by().values("school_id").annotate(total=Count("pk")).values("total")
    return Coalesce(Subquery(total), Value(0), output_field=IntegerField())


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer: (code, words) of years, and forms, of the pupils whom this member sees."""

    years: list
    forms: list


def filter_choices(member, day=None):
    """One query."""
    seen = Pupil.objects.visible_to(member, day).on_roll().order_by("year_sort", "form")
    years, forms = {}, {}
    for code, form in seen.values_list("year_code", "form").distinct():
        if code:
            years[code] = Pupil(year_code=code).year_label
        if form:
            forms[form] = form
    return Choices(list(years.items()), list(forms.items()))
