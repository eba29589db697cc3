"""What may be asked of the list: each word in the query string is a field here, or it does not count.

Fields that a member may not use are taken away, so a hidden fact can not be guessed by address.
"""

from urllib.parse import urlencode

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from pupils.models import SENRecord
from pupils.queries.facts import EVERYONE, GAP_WORDS, NOBODY, REGISTER
from sendhub.access import Permission, Scope
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


class PlainSelect(forms.Select):
    """A select whose options are written in one go: a template for each of sixty options costs more than the list."""

    def render(self, name, value, attrs=None, renderer=None):
        chosen = "" if value is None else str(value)
        options = format_html_join(
            "",
            "<option{}>{}</option>",
            ((flatatt({"value": code, "selected": str(code) == chosen}), words) for code, words in self.choices),
        )
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", attributes, options)


class PlainTick(forms.CheckboxInput):
    """A tick box, likewise without a template."""

    def render(self, name, value, attrs=None, renderer=None):
        ticked = {"checked": True} if self.check_test(value) else {}
        attributes = {"type": "checkbox", **self.build_attrs(self.attrs, attrs), "name": name, **ticked}
        return format_html("<input{}>", flatatt(attributes))


class FilterForm(forms.Form):
    """The filters as they are shown. What a query asks is read by `wanted_of`."""

    year = forms.CharField(required=False, max_length=3, label="Year", widget=PlainSelect)
    form = forms.CharField(required=False, max_length=20, label="Form", widget=PlainSelect)
    provision = forms.ChoiceField(required=False, choices=PROVISIONS, label="Register", widget=PlainSelect)
    need = forms.ChoiceField(required=False, choices=NEEDS, label="Main need", widget=PlainSelect)
    premium = forms.BooleanField(required=False, label=CIRCUMSTANCES["premium"], widget=PlainTick)
    fsm = forms.BooleanField(required=False, label=CIRCUMSTANCES["fsm"], widget=PlainTick)
    care = forms.BooleanField(required=False, label=CIRCUMSTANCES["care"], widget=PlainTick)
    gap = forms.ChoiceField(required=False, widget=forms.HiddenInput)

    def __init__(self, data, *, member, choices):
        """`data` is a QueryDict, `choices` the years and forms of Facts."""
        super().__init__(self.begun(data, member))
        for name in hidden_fields(member):
            self.fields.pop(name, None)
        if "gap" in self.fields:
            self.fields["gap"].choices = [(gap, GAP_WORDS[gap]) for gap in gaps_for(member)]
        self.fields["year"].widget.choices = ANY + choices[0]
        self.fields["form"].widget.choices = ANY + choices[1]

    @staticmethod
    def begun(data, member):
        """The data with the member's own beginning where the register is not asked about."""
        data = data.copy()
        if data.get("provision") not in dict(PROVISIONS):
            data["provision"] = EVERYONE if data.get("gap") == "email" else beginning(member)
        return data


def wanted_of(data, member):
    """What a query (QueryDict) asks of the list, cleaned: the words that say something. A value that is no choice, or
    a word that the member may not use, counts as not given. Without a form: a form copies every field that it has,
    and the list asks this of each of its pills."""
    data, hidden, gaps = FilterForm.begun(data, member), hidden_fields(member), gaps_for(member)
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
