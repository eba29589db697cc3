"""Find a pupil by any of their names or their form: "sana", "iqbal", "sana 10m". Accents and case do not matter."""

import re
from dataclasses import dataclass

from django.db.models import F, FloatField, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from pupils.models import Pupil
from pupils.words import year_words
from sendhub.access import Permission
from sendhub.rules.names import plain

MOST = 10
CLOSE_ENOUGH = 0.4  # pg_trgm's word_similarity: "sanna" is 0.5 like "sana", "amy" nothing like it


@dataclass(frozen=True, slots=True)
class Found:
    """What one search gave: at most MOST links, whether there were more, and whether they are only near."""

    rows: list
    more: bool = False
    near: bool = False

    @property
    def sentence(self):
        if not self.rows:
            return "No pupil by that name or form whom you may see."
        number = f"{len(self.rows)}{' or more' if self.more else ''}"
        if self.near:
            return f"No exact match. {number} close: check before you open."
        return "1 pupil." if number == "1" else f"{number} pupils."


@dataclass(frozen=True, slots=True)
class Hit:
    href: str
    name: str
    form: str
    year: str


def find_pupils(member, text, on=None):
    """Pupils on roll, in scope, who fit every word of `text`; those with a like-sounding name when none fits.

    One query, or two when nothing fits.
    """
    words = re.findall(r"[^\s,\0]+", plain(text))[:6]
    if not words:
        return Found([])
    day = on or timezone.localdate()
    pupils = Pupil.objects.visible_to(member, day).on_roll()
    exact = pupils.filter(*(fits(word) for word in words)).order_by("sort_name", "id")
    found = take(member, exact)
    if found:
        return Found(found[:MOST], more=len(found) > MOST)
    likeness = Func(Value(" ".join(words)), F("sort_name"), function="word_similarity", output_field=FloatField())
    near = pupils.annotate(like=likeness).filter(like__gte=CLOSE_ENOUGH).order_by("-like", "sort_name", "id")
    found = take(member, near)
    return Found(found[:MOST], more=len(found) > MOST, near=bool(found))


def fits(word):
    """A word fits the beginning of any part of a name, spoken or legal (`sort_name` holds both); one that starts with
    a digit fits a form or a year."""
    if word[0].isdigit():
        return Q(form__istartswith=word) | Q(year_code=word)
    return Q(sort_name__regex=rf"\m{re.escape(word)}") | Q(form__iexact=word)


def take(member, pupils):
    start, end = reverse("pupils:pupil-list"), "" if member.throughout().can(Permission.PUPIL_RECORD) else "contacts/"
    columns = ("pk", "forename", "surname", "form", "year_code")
    return [
        Hit(f"{start}{pk}/{end}", f"{forename} {surname}", form, year_words(year) if year else "")
        for pk, forename, surname, form, year in pupils.values_list(*columns)[: MOST + 1]
    ]
