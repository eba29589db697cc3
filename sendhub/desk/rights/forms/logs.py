"""Forms of the two logs: a breach, a complaint."""

from django import forms

from sendhub.desk.models import Breach
from sendhub.desk.rights.forms.fields import VersionedForm, day_field, line_field, moment_field, text_field


class BreachForm(VersionedForm):
    aware_at = moment_field(
        "When did the school know of it?",
        "The 72 hours run from here, also at the weekend.",
        error_messages={"required": "Say when the school knew. The hours run from there."},
    )
    what = text_field(
        "What happened?", 4000, "Say what and how, without names where it goes without them.",
        error_messages={"required": "Say what happened."},
    )  # fmt: skip
    kinds = line_field("Which data, and whose?", required=False)
    people = forms.IntegerField(label="How many people’s data?", required=False, min_value=0, max_value=1_000_000)
    risk = forms.ChoiceField(
        label="What does it mean for those people?",
        choices=[("", "Not judged yet"), *Breach.RISKS],
        widget=forms.RadioSelect,
        required=False,
    )
    risk_why = text_field("Why do you judge it so?", 2000, rows=3, required=False)
    ico_told_at = moment_field("When was the ICO told?", required=False)
    ico_reference = line_field("The ICO’s reference", 40, required=False)
    late_why = line_field("If it was after 72 hours: why?", required=False)
    people_told_on = day_field("When were the people told?", required=False)
    people_told_how = line_field("How were they told?", required=False)
    done = text_field("What is done, so that it does not happen again?", 2000, rows=3, required=False)
    closed_on = day_field("Closed on", required=False)

    def clean(self):
        data = super().clean()
        if data.get("risk"):
            self.needs("risk_why", "Say why you judge it so. The ICO may ask.")
        if data.get("closed_on"):
            self.needs("risk", "Judge the risk before you close it.")
        aware, told = data.get("aware_at"), data.get("ico_told_at")
        if aware and told and told < aware:
            self.add_error("ico_told_at", "This is before the school knew of it.")
        return data


class ComplaintForm(VersionedForm):
    received_on = day_field(
        "When did it arrive?",
        "By letter, e-mail, phone or at the door.",
        error_messages={"required": "Say on which day."},
    )
    who = line_field("Who complains?", 120, error_messages={"required": "Say who complains."})
    about = text_field("What about?", 4000, error_messages={"required": "Say what the complaint is about."})
    acknowledged_on = day_field("When did you tell them that it arrived?", required=False)
    answered_on = day_field("When did you answer it?", required=False)
    outcome = text_field("What did you answer?", 2000, rows=3, required=False)

    def clean(self):
        data = super().clean()
        received = data.get("received_on")
        for name in ("acknowledged_on", "answered_on"):
            if received and data.get(name) and data[name] < received:
                self.add_error(name, "This is before it arrived.")
        if data.get("answered_on"):
            self.needs("outcome", "Say what you answered.")
        elif data.get("outcome"):
            self.needs("answered_on", "Say when you answered.")
        return data
