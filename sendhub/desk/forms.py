"""Input of the pages at the top: a step of the first hour that is left out, and why."""

from django import forms

from sendhub.desk.first_hour import KEYS


class SkipForm(forms.Form):
    step = forms.ChoiceField(choices=[(key, key) for key in KEYS], widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why do you leave it out?",
        max_length=200,
        error_messages={"required": "Say why, in a few words. Your colleagues will see it."},
        widget=forms.TextInput(attrs={"class": "input", "autocomplete": "off"}),
    )


class StepForm(forms.Form):
    step = forms.ChoiceField(choices=[(key, key) for key in KEYS])
