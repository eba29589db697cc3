"""Forms on a pupil's record: the first thing to know, the pointer to the safeguarding lead, the adults."""

from django import forms
from django.utils import timezone

from pupils.models import Pupil, PupilAdult
from staff.models import StaffMember


class FirstLineForm(forms.Form):
    """`version` is the one that the writer saw: a change in between is shown, never overwritten."""

    first_line = forms.CharField(
        label="The first thing to know",
        help_text="What an adult should know before they meet this pupil, in plain words. 200 letters at most.",
        max_length=Pupil._meta.get_field("first_line").max_length,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "data-count": "200"}),
    )
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean_first_line(self):
        return " ".join(self.cleaned_data["first_line"].split())


class AtForm(forms.Form):
    """The record as at another day: ?at=2026-09-01. Anything else, and a day to come, count as today."""

    at = forms.DateField(required=False)

    def day(self):
        asked = self.cleaned_data["at"] if self.is_valid() else None
        return asked if asked and asked < timezone.localdate() else None


class PointerForm(forms.Form):
    """Set or unset the pointer; what it points to stays in the safeguarding system."""

    speak_to_dsl = forms.BooleanField(required=False, label="Speak to the safeguarding lead about this pupil")


class AdultForm(forms.Form):
    staff = forms.ModelChoiceField(
        label="Who",
        queryset=StaffMember.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose a person."},
    )
    part = forms.ChoiceField(
        label="As what",
        choices=PupilAdult.Part.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose key adult or teaching assistant."},
    )
    starts_on = forms.DateField(
        label="From",
        help_text="From this day they can open the record.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil = pupil
        today = timezone.localdate()
        self.fields["staff"].queryset = StaffMember.objects.filter(school_id=pupil.school_id).exclude(
            ended_on__lt=today
        )
        self.fields["staff"].label_from_instance = lambda staff: staff_words(staff)
        self.fields["starts_on"].initial = today

    def clean(self):
        data = super().clean()
        if {"staff", "part"} <= data.keys() and PupilAdult.objects.filter(
            school_id=self.pupil.school_id, pupil=self.pupil, staff=data["staff"], part=data["part"], ends_on=None
        ).exists():
            self.add_error("staff", f"{data['staff'].name} has this part already.")
        return data


def staff_words(staff):
    return f"{staff.name}, {staff.job_title}" if staff.job_title else staff.name


class AdultEndForm(forms.Form):
    last_day = forms.DateField(
        label="Last day",
        help_text="After this day the link no longer lets them open the record.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
