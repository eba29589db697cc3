"""Input for the school's own choices and the dates of its years."""

from django import forms

from sendhub.rules.provisions import provision
from staff.models import School, SchoolYear


class DateInput(forms.DateInput):
    input_type = "date"

    def __init__(self, **kwargs):
        super().__init__(format="%Y-%m-%d", **kwargs)


class SchoolForm(forms.ModelForm):
    """What the trust's SEND lead sees, and from how small a number groups are hidden."""

    class Meta:
        model = School
        fields = ["trust_sees", "small_number", "photos"]
        widgets = {"trust_sees": forms.RadioSelect}
        help_texts = {
            "photos": "Only where the school wishes it and families know. Photos that are there are not shown while "
            "this is off."
        }
        labels = {
            "trust_sees": "What the trust's SEND lead sees here",
            "small_number": "Hide groups smaller than",
            "photos": "Show a photo of each pupil on their record",
        }

    def __init__(self, *args, today, **kwargs):
        super().__init__(*args, **kwargs)
        usual = provision("small_number_threshold", today)
        self.fields[
            "small_number"
        ].help_text = f"In every count that leaves the people who work with a child. Empty means {usual.value}."

    def clean_small_number(self):
        number = self.cleaned_data["small_number"]
        if number is not None and not 3 <= number <= 50:
            raise forms.ValidationError("Type a number from 3 to 50, or leave it empty.")
        return number


class YearForm(forms.ModelForm):
    """From when until when the year's classes let their staff see the pupils in them."""

    class Meta:
        model = SchoolYear
        fields = ["groups_from", "groups_until"]
        widgets = {"groups_from": DateInput, "groups_until": DateInput}
        labels = {"groups_from": "Staff see their pupils from", "groups_until": "and until the end of"}

    def clean(self):
        data = super().clean()
        first, last = data.get("groups_from"), data.get("groups_until")
        if first and last and last < first:
            self.add_error("groups_until", "This day is before the first one.")
        return data
