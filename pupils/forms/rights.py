"""Forms of what a family says is wrong, and of a record that is not to be used."""

from django import forms
from django.utils import timezone

from pupils.forms.moves import day_field, not_ahead
from pupils.models import Correction

FACTS = ("about", "said", "said_by", "said_on", "outcome", "why", "decided_on")


class CorrectionForm(forms.Form):
    about = forms.CharField(
        label="Which fact is it about?", max_length=120, help_text="Such as: the date of the first concern.",
        error_messages={"required": "Say which fact it is about."},
    )  # fmt: skip
    said = forms.CharField(
        label="What do they say? In their own words", max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4, "data-count": "2000"}),
        error_messages={"required": "Write down what they say."},
    )  # fmt: skip
    said_by = forms.CharField(label="Who says it?", max_length=120, error_messages={"required": "Say who says it."})
    said_on = day_field("When did they say it?", error_messages={"required": "Say on which day."})
    outcome = forms.ChoiceField(
        label="What did you decide?", choices=[("", "Nothing yet"), *Correction.Outcome.choices], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip
    why = forms.CharField(
        label="Why?", max_length=1000, required=False, widget=forms.Textarea(attrs={"rows": 3, "data-count": "1000"})
    )
    decided_on = day_field("When did you decide it, and tell them?", required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def clean_said_on(self):
        return not_ahead(self.cleaned_data["said_on"])

    def clean(self):
        data = super().clean()
        outcome, decided = data.get("outcome"), data.get("decided_on")
        if outcome and not decided and "decided_on" not in self.errors:
            self.add_error("decided_on", "Say on which day.")
        if decided and not outcome:
            self.add_error("outcome", "Say what you decided.")
        if decided and decided > timezone.localdate():
            self.add_error("decided_on", "This day is still to come.")
        if decided and data.get("said_on") and decided < data["said_on"]:
            self.add_error("decided_on", "This is before they said it.")
        if outcome in {"kept", "part"} and not data.get("why"):
            self.add_error("why", "Say why it stays. They may ask, and so may the ICO.")
        return data

    def facts(self):
        return {name: self.cleaned_data[name] for name in FACTS}


class RestrictionForm(forms.Form):
    reason = forms.CharField(
        label="Why is the record not to be used?", max_length=300,
        help_text="Everybody who opens the record reads this.", error_messages={"required": "Say why."},
    )  # fmt: skip
    ends_on = day_field("Until when? Leave it empty if nobody can tell yet", required=False)

    def clean_ends_on(self):
        day = self.cleaned_data["ends_on"]
        if day and day < timezone.localdate():
            raise forms.ValidationError("This day has gone.")
        return day
