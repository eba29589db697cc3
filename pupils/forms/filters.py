"""What may be asked of the list: each word in the query string is a field here, or it does not count.

Fields that a member may not use are taken away, so a hidden fact can not be guessed by address. How a filter is drawn
is in `drawn`.
"""

import datetime as dt
from functools import lru_cache
from urllib.parse import urlencode

from django import forms
from django.utils import timezone

from pupils.forms.drawn import ANY, PlainDate, PlainHidden, PlainInput, PlainSelect, PlainTick, drawn, whole
from pupils.models import PupilFlag, SENRecord
from pupils.queries.facts import EVERYONE, GAP_WORDS, NOBODY, REGISTER
from pupils.words import day_words
from sendhub.access import Permission, Scope
from sendhub.rules.attendance import Band, band_words
from sendhub.rules.codes import NEED_TYPES, Area

PROVISIONS = [
    (REGISTER, "On the register"),
    (SENRecord.Provision.SUPPORT, "SEN Support"),
    (SENRecord.Provision.PLAN, "EHC plan"),
    (NOBODY, "Not on the register"),
    (EVERYONE, "Everyone"),
]
NEEDS = [(need.code, need.label) for need in NEED_TYPES]
AREAS = [(area.name.lower(), area.value) for area in Area]
BANDS = [(band.value, band.value) for band in Band]  # their words depend on the day's numbers: see choices_of
FIRST = ("year", "form", "provision", "need")  # always shown; the others are behind "More filters"
CIRCUMSTANCES = {"premium", "fsm", "care"}
OF_RECORDS = {"provision", "need", "area", "adult", "flag", "here", "at"}
SEN_GAPS = ("first_line", "key_adult", "need")


class FilterForm(forms.Form):
    """What may be asked. A query is read by `wanted_of` and drawn by `controls`, both without an instance: a form
    copies every field that it has, and the list asks this of each of its pills."""

    year = forms.CharField(required=False, max_length=3, label="Year", widget=PlainSelect)
    form = forms.CharField(required=False, max_length=20, label="Form", widget=PlainSelect)
    provision = forms.ChoiceField(required=False, choices=PROVISIONS, label="Register", widget=PlainSelect)
    need = forms.ChoiceField(required=False, choices=NEEDS, label="Main need", widget=PlainSelect)
    area = forms.ChoiceField(required=False, choices=AREAS, label="Broad area", widget=PlainSelect)
    adult = forms.CharField(required=False, max_length=19, label="Key adult", widget=PlainSelect)
    group = forms.CharField(required=False, max_length=40, label="Class, such as 9C/En", widget=PlainInput)
    here = forms.ChoiceField(required=False, choices=BANDS, label="Attendance", widget=PlainSelect)
    flag = forms.ChoiceField(
        required=False, choices=PupilFlag.Kind.choices, label="Beside the register", widget=PlainSelect
    )
    at = forms.DateField(required=False, label="As it stood on", widget=PlainDate)
    premium = forms.BooleanField(required=False, label="Pupil premium", widget=PlainTick)
    fsm = forms.BooleanField(required=False, label="Free meals", widget=PlainTick)
    eal = forms.BooleanField(required=False, label="Another language at home", widget=PlainTick)
    care = forms.BooleanField(required=False, label="In care", widget=PlainTick)
    told = forms.BooleanField(required=False, label="Cannot tell if the family was told", widget=PlainTick)
    gap = forms.ChoiceField(required=False, choices=list(GAP_WORDS.items()), label="Missing", widget=PlainHidden)


FIELDS = FilterForm.base_fields


def begun(data, member):
    """The words asked (name to value), with the member's own beginning where the register is not asked about. Those
    who are named one by one are meant wherever they stand."""
    if data.get("provision") in dict(PROVISIONS):
        return data
    anybody = data.get("gap") == "email" or "ids" in data
    return {**data, "provision": EVERYONE if anybody else beginning(member)}


def wanted_of(data, member):
    """What a query (QueryDict) asks of the list, cleaned: the words that say something. A value that is no choice, a
    day that has not been, or a word that the member may not use, counts as not given."""
    data, hidden = begun(data.dict(), member), hidden_fields(member)
    wanted = {}
    for name, field in FIELDS.items():
        if name in hidden or name not in data:
            continue
        try:
            value = field.clean(field.widget.value_from_datadict(data, {}, name))
        except forms.ValidationError:
            continue
        if value and not (name == "gap" and value not in gaps_for(member)):
            wanted[name] = value
    if wanted.get("at", dt.date.min) >= timezone.localdate():
        del wanted["at"]
    return wanted


def choices_of(name, choices):
    """[(value, words)] of a filter that has choices. `choices`: those that depend on the school, by filter."""
    if name == "here":
        return [(band.value, words) for band, words in band_words(timezone.localdate()).items()]
    return choices[name] if name in choices else getattr(FIELDS[name], "choices", ())


def controls(wanted, member, choices):
    """(the filters always shown, those behind "More filters", how many of the second are set) as far as this member
    may use them, set as `wanted` says. A gap is asked for by its pill, and only then carried along."""
    hidden = hidden_fields(member)
    shown = [name for name in FIELDS if name not in hidden and (name != "gap" or "gap" in wanted)]
    made = {name: control(name, wanted.get(name), choices) for name in shown}
    first, more = ([made[name] for name in shown if (name in FIRST) is early] for early in (True, False))
    number = sum(name in wanted for name in shown if name not in {*FIRST, "gap"})
    return whole(first), whole(more), number


def control(name, value, choices):
    """A filter as it is drawn. One whose choices are the same in every school is drawn once a process; what somebody
    has typed is not kept."""
    if name in choices:
        return drawn(name, FIELDS[name], value, [*ANY, *choices[name]])
    if isinstance(FIELDS[name].widget, PlainInput):
        return drawn(name, FIELDS[name], value, ())
    return constant(name, value, timezone.localdate())


@lru_cache(maxsize=256)
def constant(name, value, day):
    """`day`: the words of a band depend on it."""
    choices = choices_of(name, {})
    return drawn(name, FIELDS[name], value, choices if name == "provision" else [*ANY, *choices])


def words_of(wanted, choices):
    """The filter in words, as it stands on paper and over a download: ["On the register", "Year: Year 9"]."""
    said = []
    for name, value in wanted.items():
        field = FIELDS[name]
        if isinstance(field.widget, PlainTick):
            said.append(field.label)
        elif name == "at":
            said.append(f"As it stood on {day_words(value)}")
        elif name != "provision" or value != EVERYONE:
            words = dict(choices_of(name, choices)).get(value, value)
            said.append(words if name in {"year", "provision", "gap"} else f"{field.label.partition(',')[0]}: {words}")
    return said


def beginning(member):
    """Whom the list shows when nothing is asked: the register to those who lead it, their own pupils to others."""
    return REGISTER if member.scope == Scope.ALL and member.can(Permission.PUPIL_RECORD) else EVERYONE


def hidden_fields(member):
    """The filters that would tell this member something that they may not know."""
    hidden = set()
    if not member.can(Permission.PUPIL_RECORD):
        hidden |= OF_RECORDS
    if not member.can(Permission.ATTENDANCE_VIEW):
        hidden.add("here")
    if not member.can(Permission.CIRCUMSTANCE_VIEW):
        hidden |= CIRCUMSTANCES
    if not member.can(Permission.FAMILY_TELL):
        hidden.add("told")
    if not gaps_for(member):
        hidden.add("gap")
    return hidden


def gaps_for(member):
    """The gaps that this member can do something about."""
    if member.scope != Scope.ALL:
        return []
    if member.can(Permission.PUPIL_RECORD):
        return list(SEN_GAPS)
    return ["email"] if member.can(Permission.CONTACT_VIEW) else []


def query_of(wanted):
    """The filter as a query string, in the form's own order, without what stands empty."""
    return urlencode({name: "1" if wanted[name] is True else wanted[name] for name in FIELDS if wanted.get(name)})
