"""Input of a drill."""

from django import forms

from sendhub.operate.models import RestoreDrill
from staff.forms.school import DateInput


class DrillForm(forms.ModelForm):
    held = forms.TypedChoiceField(
        label="Did it come back whole?",
        choices=[("yes", "Yes, all that was checked was right"), ("no", "No, something was wrong")],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = RestoreDrill
        fields = ["tried_on", "done_by", "backup_of", "held", "three_copies", "two_devices", "off_site", "note"]
        widgets = {"tried_on": DateInput, "backup_of": DateInput, "note": forms.Textarea(attrs={"rows": 3})}
        labels = {
            "tried_on": "The day on which it was tried",
            "done_by": "Who did it",
            "backup_of": "The day of the backup that was restored",
            "three_copies": "There are three copies of the backup",
            "two_devices": "They are on two devices at least",
            "off_site": "One of them is off the site",
            "note": "What was learned",
        }
        help_texts = {
            "done_by": "A name, or the firm’s. They need no place in SendHub.",
            "note": "Leave it empty if all went well. No pupil’s name.",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_tried_on(self):
        day = self.cleaned_data["tried_on"]
        if day > self.today:
            raise forms.ValidationError("This day is still to come. Note a drill once it has been done.")
        return day

    def clean(self):
        data = super().clean()
        tried, of = data.get("tried_on"), data.get("backup_of")
        if tried and of and of > tried:
            self.add_error("backup_of", "The backup is of a later day than the drill.")
        return data
