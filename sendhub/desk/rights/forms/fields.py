"""The fields that these forms share: a day that has been, a moment that has been, long text."""

import datetime as dt

from django import forms
from django.utils import timezone

OLDEST = dt.timedelta(days=365 * 5)


def day_field(label, help_text="", **options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, validators=[not_ahead], **options)


def moment_field(label, help_text="", **options):
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, help_text=help_text, widget=widget, validators=[not_ahead], **options)


def text_field(label, most, help_text="", rows=4, **options):
    widget = forms.Textarea(attrs={"rows": rows, "data-count": str(most)})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=widget, **options)


def line_field(label, most=200, help_text="", **options):
    widget = forms.TextInput(attrs={"class": "input", "autocomplete": "off"})
    return forms.CharField(label=label, help_text=help_text, max_length=most, widget=widget, **options)


def not_ahead(value):
    """A day or a moment that has been, and within the last five years."""
    now = timezone.now() if isinstance(value, dt.datetime) else timezone.localdate()
    if value > now:
        raise forms.ValidationError("This is still to come.")
    if value < now - OLDEST:
        raise forms.ValidationError("This is more than five years ago. Check the year.")


class VersionedForm(forms.Form):
    """On top of the version that the writer saw. `stored(obj)` is what a form of that object begins with; `facts()`
    what the action takes."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    @classmethod
    def stored(cls, obj):
        names = [name for name in cls.base_fields if hasattr(obj, name)]
        return {name: getattr(obj, name) for name in names}

    def facts(self):
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def needs(self, name, words):
        """An error at a field that is empty though another one asks for it."""
        if not self.cleaned_data.get(name) and name not in self.errors:
            self.add_error(name, words)
