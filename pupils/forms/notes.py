"""Notes: written and revised, found again, pinned; and files that are added to one."""

from django import forms
from django.utils import timezone

from pupils.forms.files import CheckedFilesField
from pupils.models import Note

DAY = {"widget": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}
NOT_YET = "That day has not come yet."


class NoteForm(forms.Form):
    """`restricts` says whether its writer may restrict: others are not asked."""

    kind = forms.ChoiceField(
        label="What kind of note",
        choices=Note.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what kind of note this is."},
    )
    on = forms.DateField(
        label="Which day it is about",
        error_messages={"required": "Say which day it is about.", "invalid": "Write a date: 20/11/2026."},
        **DAY,
    )
    text = forms.CharField(
        label="The note",
        help_text="What was said or seen, in plain words. The family may ask to read it.",
        max_length=Note.LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        error_messages={"required": "Write the note first."},
    )
    pinned = forms.BooleanField(required=False, label="Keep it at the top")
    restricted = forms.BooleanField(
        required=False,
        label="Restricted",
        help_text="Only the SENDCO, their assistant, the head and the safeguarding lead see that there is such a note.",
    )

    def __init__(self, *args, restricts, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["on"].widget.attrs["max"] = timezone.localdate().isoformat()
        if not restricts:
            del self.fields["restricted"]

    def clean_on(self):
        day = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise forms.ValidationError(NOT_YET)
        return day

    def clean_text(self):
        return self.cleaned_data["text"].replace("\r\n", "\n")


class NoteAddForm(NoteForm):
    files = CheckedFilesField(label="Files")


class NoteChangeForm(NoteForm):
    """`version` is the one that the writer saw: a change in between is shown, never overwritten."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class FilesForm(forms.Form):
    files = CheckedFilesField(label="Files", required=True)


class NoteFindForm(forms.Form):
    """What somebody looks for among a pupil's notes. What does not make sense counts as not asked."""

    kind = forms.ChoiceField(label="Kind", required=False, choices=[("", "Every kind"), *Note.Kind.choices])
    words = forms.CharField(label="Words in it", required=False, max_length=100)
    state = forms.ChoiceField(
        label="Which", required=False, choices=[("", "In the record"), ("withdrawn", "Withdrawn")]
    )
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args, history, **kwargs):
        super().__init__(*args, **kwargs)
        if not history:
            del self.fields["state"]

    def asked(self):
        self.is_valid()  # what is left in cleaned_data makes sense
        given = self.cleaned_data
        return {
            "kind": given.get("kind", ""),
            "words": given.get("words", ""),
            "withdrawn": given.get("state") == "withdrawn",
            "number": given.get("page") or 1,
        }


class PinForm(forms.Form):
    pinned = forms.ChoiceField(choices=[("yes", "yes"), ("no", "no")])
