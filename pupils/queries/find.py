"""Find a pupil by any of their names or their form: "sana", "iqbal", "sana 10m". Accents and case do not matter.

Who has left is found only by somebody who says so ("left sana"); a record that became part of another never is.
"""

import re
from dataclasses import dataclass

from django.db.models import F, FloatField, Func, Q, Value
from django.urls import reverse
from django.utils import timezone

from pupils.models import Pupil
from pupils.words import day_words, year_words
from sendhub.access import Permission
from sendhub.audit import actor_key
from sendhub.audit.models import AccessLog
from sendhub.rules.names import plain

MOST = 10
RECENT, LOOKED_BACK = 5, 60
OPENED = ("pupil.open", "pupil.read", "pupil.contacts", "pupil.history", "pupil.page")
LEFT = "left"
YEAR = re.compile(r"\b(?:year|yr|y)\s*(?=\d)")  # "year 10" is "10"
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
    pk: int
    href: str
    name: str
    place: str  # "10M, Year 10", or when they left


def find_pupils(member, text, on=None):
    """Pupils on roll, in scope, who fit every word of `text`, and leavers if one word is "left"; those with a
    like-sounding name when none fits. One query, or two when nothing fits."""
    words = re.findall(r"[^\s,\0]+", YEAR.sub("", plain(text)))[:6]
    if not words:
        return Found([])
    day = on or timezone.localdate()
    pupils, here = Pupil.objects.visible_to(member, day).filter(merged_into=None), Q(left_on=None)
    wanted, rest = here & all_fit(words), [word for word in words if word != LEFT]
    if len(rest) < len(words):  # somebody may be called so
        wanted |= ~here & all_fit(rest)
    found = take(member, pupils.filter(wanted).order_by(F("left_on").desc(nulls_first=True), "sort_name", "id"), day)
    if found:
        return Found(found[:MOST], more=len(found) > MOST)
    pupils, words = (pupils.exclude(here), rest) if len(rest) < len(words) else (pupils.filter(here), words)
    likeness = Func(Value(" ".join(words)), F("sort_name"), function="word_similarity", output_field=FloatField())
    near = pupils.annotate(like=likeness).filter(like__gte=CLOSE_ENOUGH).order_by("-like", "sort_name", "id")
    found = take(member, near, day)
    return Found(found[:MOST], more=len(found) > MOST, near=bool(found))


def recent_pupils(member, on=None):
    """Whom this person opened last, newest first, as far as they may still see them. Two queries."""
    day = on or timezone.localdate()
    looks = AccessLog.objects.filter(school_id=member.school_id, actor=actor_key(member), verb__in=OPENED)
    looks = looks.order_by("-at", "-id").values_list("pupil_id", flat=True)[:LOOKED_BACK]
    ids = list(dict.fromkeys(looks))[:RECENT]
    pupils = Pupil.objects.visible_to(member, day).on_roll().filter(pk__in=ids)
    found = {hit.pk: hit for hit in take(member, pupils, day)}
    return [found[pk] for pk in ids if pk in found]


def all_fit(words):
    """No word asks for nobody in particular."""
    wanted = Q()
    for word in words:
        wanted &= fits(word)
    return wanted


def fits(word):
    """A word fits the beginning of any part of a name, spoken or legal (`sort_name` holds both); one that starts with
    a digit fits a form or a year."""
    if word[0].isdigit():
        return Q(form__istartswith=word) | Q(year_code=word)
    return Q(sort_name__regex=rf"\m{re.escape(word)}") | Q(form__iexact=word)


def take(member, pupils, day):
    start, end = reverse("pupils:pupil-list"), "" if member.throughout().can(Permission.PUPIL_RECORD) else "contacts/"
    columns = ("pk", "forename", "surname", "form", "year_code", "left_on")
    return [
        Hit(pk, f"{start}{pk}/{end}", f"{forename} {surname}", place_words(form, year, left_on, day))
        for pk, forename, surname, form, year, left_on in pupils.values_list(*columns)[: MOST + 1]
    ]


def place_words(form, year, left_on, day):
    if left_on is not None:
        return f"Left {day_words(left_on, day)}"
    return ", ".join(filter(None, (form, year and year_words(year))))
