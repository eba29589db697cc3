"""Raise a concern, say what comes of one, say whom one is about."""

from django import forms
from django.utils import timezone

from pupils.models import Concern
from pupils.models.concerns import Stage
from sendhub.rules import concerns as rules
from sendhub.rules.deadline import add_months

# What a triager chooses, in their own words; the stage's words are for everybody.
CHOICES = {
    Stage.WATCH: "Watch, and look again on a day",
    Stage.FAMILY: "Talk to the family",
    Stage.SENDCO: "Pass to the SENDCO",
    Stage.STEP: "Set the concern flag beside the register",
    Stage.CLOSED: "No more needed",
}


class ConcernForm(forms.Form):
    """The buttons send it: each one says what it is about."""

    words = forms.CharField(
        label="A line, if you want",
        help_text="What you saw, and when. Nothing about safety.",
        max_length=600,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    form_id = forms.UUIDField(widget=forms.HiddenInput)
    about = forms.ChoiceField(
        label="What is it about?",
        choices=Concern.About.choices,
        error_messages={"required": "Tap what it is about."},
    )


class OtherConcernForm(ConcernForm):
    """About somebody who is not among one's own pupils: a name as text, that is matched with nobody here."""

    named = forms.CharField(label="Their name", max_length=120, error_messages={"required": "Type the name."})
    named_form = forms.CharField(label="Their form, if you know it", max_length=20, required=False)
    field_order = ["named", "named_form", "words", "form_id", "about"]


class ConcernFindForm(forms.Form):
    q = forms.CharField(label="Find a pupil by name or form", max_length=80, required=False)


class TriageForm(forms.Form):
    """`version` is the one that was seen."""

    after = forms.ChoiceField(
        label="What comes of it?", widget=forms.RadioSelect, error_messages={"required": "Choose what comes of it."}
    )
    look_on = forms.DateField(
        label="Look again on",
        help_text="Only if you watch.",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    words = forms.CharField(
        label="Why, in a line",
        help_text="The person who raised it reads this.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args, stages, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["after"].choices = [(stage, words) for stage, words in CHOICES.items() if stage in stages]
        if Stage.WATCH not in stages:
            del self.fields["look_on"]

    def clean(self):
        data = super().clean()
        after, today = data.get("after"), timezone.localdate()
        if after == Stage.WATCH and not self.errors.get("look_on"):
            look_on = data.get("look_on")
            if look_on is None:
                self.add_error("look_on", "Say on which day to look again.")
            elif not today < look_on <= add_months(today, 12):
                self.add_error("look_on", "Choose a day after today and within a year.")
        if after in rules.NEEDS_WORDS and not data.get("words"):
            self.add_error("words", "Say why no more is needed: the person who raised it is told.")
        return data


class MatchForm(forms.Form):
    pupil = forms.IntegerField(min_value=1, widget=forms.HiddenInput)


class WithdrawForm(forms.Form):
    back = forms.BooleanField(required=False, widget=forms.HiddenInput)
