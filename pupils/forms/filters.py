"""What may be asked of the list: each word in the query string is a field here, or it does not count.

Fields that a member may not use are taken away, so a hidden fact can not be guessed by address.
"""

from dataclasses import dataclass
from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html

from pupils.models import SENRecord
from pupils.queries.facts import EVERYONE, NOBODY, REGISTER
from sendhub.access import Permission, Scope
from sendhub.many import filled
from sendhub.rules.codes import NEED_TYPES

ANY = [("", "Any")]
PROVISIONS = [
    (REGISTER, "On the register"),
    (SENRecord.Provision.SUPPORT, "SEN Support"),
    (SENRecord.Provision.PLAN, "EHC plan"),
    (NOBODY, "Not on the register"),
    (EVERYONE, "Everyone"),
]
NEEDS = ANY + [(need.code, need.label) for need in NEED_TYPES]
CIRCUMSTANCES = {"premium": "Pupil premium", "fsm": "Free meals", "care": "In care"}
SEN_GAPS = ("first_line", "key_adult", "need")


OPTION, CHOSEN = '<option value="{value}">{words}</option>', '<option value="{value}" selected>{words}</option>'


class PlainSelect(forms.Select):
    """A select whose options are written in one go: a template for each of sixty options costs more than the list."""

    def drawn(self, name, value, choices, attrs):
        chosen = "" if value is None else str(value)
        rows = [{"value": code, "words": words} for code, words in choices]
        at = next((place for place, row in enumerate(rows) if str(row["value"]) == chosen), len(rows))
        options = filled(OPTION, rows[:at]) + filled(CHOSEN, rows[at : at + 1]) + filled(OPTION, rows[at + 1 :])
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", attributes, options)


class PlainTick(forms.CheckboxInput):
    """A tick box, likewise without a template."""

    def render(self, name, value, attrs=None, renderer=None):
        ticked = {"checked": True} if self.check_test(value) else {}
        attributes = {"type": "checkbox", **self.build_attrs(self.attrs, attrs), "name": name, **ticked}
        return format_html("<input{}>", flatatt(attributes))


class FilterForm(forms.Form):
    """What may be asked. A query is read by `wanted_of` and drawn by `controls`, both without an instance: a form
    copies every field that it has, and the list asks this of each of its pills."""

    year = forms.CharField(required=False, max_length=3, label="Year", widget=PlainSelect)
    form = forms.CharField(required=False, max_length=20, label="Form", widget=PlainSelect)
    provision = forms.ChoiceField(required=False, choices=PROVISIONS, label="Register", widget=PlainSelect)
    need = forms.ChoiceField(required=False, choices=NEEDS, label="Main need", widget=PlainSelect)
    premium = forms.BooleanField(required=False, label=CIRCUMSTANCES["premium"], widget=PlainTick)
    fsm = forms.BooleanField(required=False, label=CIRCUMSTANCES["fsm"], widget=PlainTick)
    care = forms.BooleanField(required=False, label=CIRCUMSTANCES["care"], widget=PlainTick)
    gap = forms.CharField(required=False, widget=forms.HiddenInput)


def begun(data, member):
    """The words asked (name to value), with the member's own beginning where the register is not asked about."""
    if data.get("provision") in dict(PROVISIONS):
        return data
    return {**data, "provision": EVERYONE if data.get("gap") == "email" else beginning(member)}


def wanted_of(data, member):
    """What a query (QueryDict) asks of the list, cleaned: the words that say something. A value that is no choice, or
    a word that the member may not use, counts as not given."""
    data, hidden, gaps = begun(data.dict(), member), hidden_fields(member), gaps_for(member)
    wanted = {}
    for name, field in FilterForm.base_fields.items():
        if name in hidden:
            continue
        value = field.widget.value_from_datadict(data, {}, name)
        if name == "gap":
            value = value if value in gaps else ""
        else:
            try:
                value = field.clean(value)
            except forms.ValidationError:
                continue
        if value:
            wanted[name] = value
    return wanted


@dataclass(frozen=True, slots=True)
class Control:
    """One filter, ready to print."""

    id: str
    label: str
    html: str
    hidden: bool
    tick: bool


def controls(wanted, member, choices):
    """The filters that this member may use, as `wanted` sets them. `choices`: {name: [(value, words)]} of those that
    depend on the school. A gap is asked for by its pill, and only then carried along."""
    hidden = hidden_fields(member)
    return [
        control(name, field, wanted.get(name), choices.get(name))
        for name, field in FilterForm.base_fields.items()
        if name not in hidden and (name != "gap" or "gap" in wanted)
    ]


def control(name, field, value, choices):
    widget, own = field.widget, {"id": f"id_{name}"}
    if isinstance(widget, PlainSelect):
        html = widget.drawn(name, value, ANY + choices if choices is not None else widget.choices, own)
    else:
        html = widget.render(name, value, own)
    return Control(own["id"], field.label, html, widget.is_hidden, isinstance(widget, PlainTick))


def beginning(member):
    """Whom the list shows when nothing is asked: the register to those who lead it, their own pupils to others."""
    return REGISTER if member.scope == Scope.ALL and member.can(Permission.PUPIL_RECORD) else EVERYONE


def hidden_fields(member):
    """The filters that would tell this member something that they may not know."""
    hidden = set()
    if not member.can(Permission.PUPIL_RECORD):
        hidden |= {"provision", "need"}
    if not member.can(Permission.CIRCUMSTANCE_VIEW):
        hidden |= set(CIRCUMSTANCES)
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
    return urlencode(
        {name: "1" if wanted[name] is True else wanted[name] for name in FilterForm.base_fields if wanted.get(name)}
    )
