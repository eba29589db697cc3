"""Forms of the file for the next school."""

import uuid

from django import forms
from django.utils import timezone

from sendhub.desk.models import LeavingFile
from sendhub.desk.rights.forms.fields import day_field, line_field


class ChooseForm(forms.Form):
    """`parts` are [(name of a table, its title and how many rows)]; `may_restricted` says whether this person may let
    what is restricted go."""

    parts = forms.MultipleChoiceField(
        label="What goes?", widget=forms.CheckboxSelectMultiple, error_messages={"required": "Choose what goes."}
    )
    with_restricted = forms.BooleanField(label="Also what is restricted", required=False)
    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def __init__(self, *args, parts, may_restricted, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["parts"].choices = parts
        self.fields["parts"].initial = [name for name, _ in parts]
        if not may_restricted:
            del self.fields["with_restricted"]


class SendForm(forms.Form):
    sent_on = day_field("When did it go?", error_messages={"required": "Say on which day."})
    sent_to = line_field("To which school, and whom there?", 120, error_messages={"required": "Say to whom."})
    sent_how = forms.ChoiceField(
        label="How?", choices=LeavingFile.How.choices, widget=forms.RadioSelect,
        error_messages={"required": "Say how it went."},
    )  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["sent_on"].initial = timezone.localdate()
