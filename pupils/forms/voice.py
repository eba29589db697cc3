"""What the child says and is good at; the photo."""

from django import forms
from django.utils import timezone

from pupils.forms.files import CheckedFileField, CheckedFilesField
from pupils.forms.notes import DAY, NOT_YET
from pupils.forms.record import staff_words
from pupils.models import AboutMe, PupilVoice
from staff.models import StaffMember

How = PupilVoice.How
WORDS_OR_PICTURE = "Write the words, or choose a picture of what was drawn or shown with symbols."
PHOTO_SIDE = 512


class VoiceForm(forms.Form):
    words = forms.CharField(
        label="Their own words",
        help_text="As they said or wrote it, not as we would say it. Leave it empty for a drawing without words.",
        required=False,
        max_length=PupilVoice.LONGEST,
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    how = forms.ChoiceField(
        label="How they told us",
        choices=How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose how they told us."},
    )
    said_on = forms.DateField(
        label="When", error_messages={"required": "Say when.", "invalid": "Write a date: 20/11/2026."}, **DAY
    )
    taken_by = forms.ModelChoiceField(
        label="Who took it down",
        queryset=StaffMember.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": "Choose who took it down."},
    )

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["taken_by"].queryset = StaffMember.objects.filter(school_id=member.school_id).exclude(
            ended_on__lt=today
        )
        self.fields["taken_by"].label_from_instance = lambda staff: staff_words(staff)
        self.fields["said_on"].widget.attrs["max"] = today.isoformat()

    def clean_said_on(self):
        day = self.cleaned_data["said_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def clean_words(self):
        return self.cleaned_data["words"].replace("\r\n", "\n")

    def clean(self):
        data = super().clean()
        if {"words", "how"} <= data.keys() and not data["words"] and not self.without_words(data):
            self.add_error("words", WORDS_OR_PICTURE)
        return data

    def without_words(self, data):
        return data["how"] in {How.DRAWN, How.SYMBOLS}


class VoiceAddForm(VoiceForm):
    files = CheckedFilesField(
        label="Pictures", help_text="Of a drawing, a model, symbols. Up to 5, 10 MB together.", only_pictures=True
    )

    def without_words(self, data):
        return super().without_words(data) and data.get("files") != []


class VoiceChangeForm(VoiceForm):
    """`version` is the one that the writer saw: a change in between is shown, never overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class PicturesForm(forms.Form):
    files = CheckedFilesField(label="Pictures", help_text="Up to 5, 10 MB together.", required=True, only_pictures=True)


class LinesField(forms.CharField):
    """A few short lines, one a row: empty ones go."""

    def __init__(self, **kwargs):
        super().__init__(required=False, widget=forms.Textarea(attrs={"rows": AboutMe.MOST_LINES}), **kwargs)

    def clean(self, value):
        lines = [" ".join(line.split()) for line in super().clean(value).splitlines()]
        lines = [line for line in lines if line]
        if len(lines) > AboutMe.MOST_LINES:
            raise forms.ValidationError(f"{AboutMe.MOST_LINES} lines at most: keep those that matter most.")
        if any(len(line) > AboutMe.LONGEST_LINE for line in lines):
            raise forms.ValidationError(f"Make each line {AboutMe.LONGEST_LINE} letters or shorter.")
        return "\n".join(lines)


class AboutForm(forms.Form):
    strengths = LinesField(
        label="Good at", help_text="One thing a line, five at most: “Looks after the younger ones”. Ask them first."
    )
    matters = LinesField(label="What matters to them", help_text="One thing a line, five at most, in their own words.")
    version = forms.IntegerField(widget=forms.HiddenInput)


class PhotoForm(forms.Form):
    file = CheckedFileField(
        label="The photo",
        help_text="JPEG, PNG or HEIC, 10 MB at most. It is cut to a square from its middle.",
        only_pictures=True,
        square=PHOTO_SIDE,
        error_messages={"required": "Choose a photo first."},
    )
