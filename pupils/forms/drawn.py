"""The controls of the filters, drawn in one go: a template for each of sixty options costs more than the list."""

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


FIELD = '<div class="field"><label for="{id}">{label}</label>{control}</div>\n'
TICK = '<div class="field"><label class="choice" for="{id}">{control} <span>{label}</span></label></div>\n'


def drawn(name, field, value, choices):
    """The filter with its label, set to `value`. `choices`: those of a select."""
    widget, own = field.widget, f"id_{name}"
    control = widget.drawn(name, value, choices, {"id": own})
    if widget.is_hidden:
        return control
    words = TICK if isinstance(widget, PlainTick) else FIELD
    return filled(words, [{"id": own, "label": field.label, "control": control}])


def whole(parts):
    """Drawn filters, one after the other."""
    return filled("{part}", [{"part": part} for part in parts])
