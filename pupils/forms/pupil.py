"""Forms about who a pupil is: added by hand, changed, left, came back."""

import datetime as dt

from django import forms
from django.utils import timezone

from pupils.models import Pupil
from sendhub.rules import upn as upn_rules
from sendhub.rules.pupil_age import YEAR_GROUPS

OLDEST, YOUNGEST = 26, 1  # years; a birthday outside is a slip of the keyboard
DETAILS = (
    "forename", "surname", "legal_forename", "legal_surname", "born_on", "sex", "upn", "year_code", "form", "joined_on",
)  # fmt: skip
DATE = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}


def name_field(column, label, **options):
    return forms.CharField(label=label, max_length=Pupil._meta.get_field(column).max_length, **options)


class PupilForm(forms.Form):
    """`seen` are pupils who may be this one: shown once, then overruled with `sure`. So is a UPN that does not fit."""

    forename = name_field("forename", "First name, as spoken", error_messages={"required": "Enter the first name."})
    surname = name_field("surname", "Surname, as spoken", error_messages={"required": "Enter the surname."})
    legal_forename = name_field(
        "legal_forename", "Legal first name", required=False, help_text="Only if it differs from the one as spoken."
    )
    legal_surname = name_field("legal_surname", "Legal surname", required=False, help_text="Only if it differs.")
    born_on = forms.DateField(label="Date of birth", error_messages={"required": "Enter the date of birth."}, **DATE)
    sex = forms.ChoiceField(
        label="Sex", choices=[*Pupil.Sex.choices, ("", "Not recorded")], required=False, widget=forms.RadioSelect
    )
    upn = forms.CharField(
        label="Unique pupil number (UPN)",
        required=False,
        max_length=30,
        help_text="13 characters. Leave it empty if you do not have it yet.",
    )
    year_code = forms.ChoiceField(
        label="Year",
        choices=[("", "Choose a year"), *((group.code, group.label) for group in YEAR_GROUPS)],
        error_messages={"required": "Choose the year."},
    )
    form = name_field("form", "Form or class", required=False, help_text="Such as 9C.")
    joined_on = forms.DateField(label="First day here", required=False, **DATE)
    sure = forms.BooleanField(label="I have looked. Save it as it is", required=False)

    def __init__(self, *args, pupil=None, doubles=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil, self.doubles, self.seen, self.warnings = pupil, doubles, [], []

    def clean(self):
        data = super().clean()
        for name in ("forename", "surname", "legal_forename", "legal_surname", "form"):
            if name in data:
                data[name] = " ".join(data[name].split())
        data["legal_forename"] = data.get("legal_forename") or data.get("forename", "")
        data["legal_surname"] = data.get("legal_surname") or data.get("surname", "")
        if not self.errors:
            self.warn(data)
        return data

    def clean_born_on(self):
        born = self.cleaned_data["born_on"]
        if not YOUNGEST <= timezone.localdate().year - born.year <= OLDEST:
            raise forms.ValidationError("This is not the birthday of a pupil. Check the year.")
        return born

    def clean_upn(self):
        upn = upn_rules.validate(self.cleaned_data["upn"]).upn
        if len(upn) > upn_rules.LENGTH:
            raise forms.ValidationError(f"A UPN has 13 characters; this one has {len(upn)}.")
        return upn

    def clean_joined_on(self):
        joined, born = self.cleaned_data["joined_on"], self.cleaned_data.get("born_on")
        if joined and born and joined <= born:
            raise forms.ValidationError("The first day is before the birthday.")
        if joined and joined > timezone.localdate() + dt.timedelta(days=400):
            raise forms.ValidationError("This day is more than a year away. Check the year.")
        return joined

    def warn(self, data):
        """What somebody should look at before it is saved."""
        verdict = upn_rules.validate(data["upn"])
        if data["upn"] and not verdict.ok and (self.pupil is None or self.pupil.upn != data["upn"]):
            self.warnings.append(verdict.message)
        if self.doubles:
            self.seen = self.doubles(Pupil(**{name: data[name] for name in DETAILS}))
        if (self.warnings or self.seen) and not data["sure"]:
            self.add_error("sure", "Look at the warnings in the yellow box, then tick this to save all the same.")

    def details(self):
        return {name: self.cleaned_data[name] for name in DETAILS}


class PupilChangeForm(PupilForm):
    """On top of the version that its writer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class LeaveForm(forms.Form):
    left_on = forms.DateField(
        label="Last day here", error_messages={"required": "Enter the last day."}, **DATE,
        help_text="Today or earlier. A day that is still to come can be entered when it comes.",
    )  # fmt: skip

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil = pupil
        self.fields["left_on"].initial = timezone.localdate()

    def clean_left_on(self):
        day = self.cleaned_data["left_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("This day is still to come. Until then the pupil is here.")
        if self.pupil.joined_on and day < self.pupil.joined_on:
            raise forms.ValidationError("This is before the first day here.")
        return day


class BackForm(forms.Form):
    """Nothing to fill in but that one means it."""

    back = forms.BooleanField(widget=forms.HiddenInput, initial=True)
