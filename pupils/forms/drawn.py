"""The controls of the filters, drawn in one go: a template for each of sixty options costs more than the list."""

from dataclasses import dataclass

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html

from sendhub.many import filled

OPTION, CHOSEN = '<option value="{value}">{words}</option>', '<option value="{value}" selected>{words}</option>'
ANY = [("", "Any")]


class PlainSelect(forms.Select):
    def drawn(self, name, value, choices, attrs):
        chosen = "" if value is None else str(value)
        rows = [{"value": code, "words": words} for code, words in choices]
        at = next((place for place, row in enumerate(rows) if str(row["value"]) == chosen), len(rows))
        options = filled(OPTION, rows[:at]) + filled(CHOSEN, rows[at : at + 1]) + filled(OPTION, rows[at + 1 :])
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        return format_html("<select{}>{}</select>", attributes, options)


class PlainInput(forms.TextInput):
    def drawn(self, name, value, choices, attrs):
        shown = {} if value is None else {"value": value}
        attributes = {"type": self.input_type, **self.build_attrs(self.attrs, attrs), "name": name, **shown}
        return format_html("<input{}>", flatatt(attributes))


class PlainDate(PlainInput):
    input_type = "date"


class PlainTick(forms.CheckboxInput):
    def drawn(self, name, value, choices, attrs):
        ticked = {"checked": True} if value else {}
        attributes = {"type": "checkbox", **self.build_attrs(self.attrs, attrs), "name": name, **ticked}
        return format_html("<input{}>", flatatt(attributes))


class PlainHidden(PlainInput, forms.HiddenInput):
    input_type = "hidden"


@dataclass(frozen=True, slots=True)
class Control:
    """One filter, ready to print. `set`: it asks for something."""

    id: str
    label: str
    html: str
    hidden: bool
    tick: bool
    set: bool


def control(name, field, value, choices):
    """`choices`: those of a select, without the "any" that stands before them."""
    widget, own = field.widget, {"id": f"id_{name}"}
    return Control(
        id=own["id"],
        label=field.label,
        html=widget.drawn(name, value, choices, own),
        hidden=widget.is_hidden,
        tick=isinstance(widget, PlainTick),
        set=bool(value),
    )
