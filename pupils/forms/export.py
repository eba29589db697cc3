"""What a download of the list needs to be told: which pupils, and CSV or XLSX."""

import uuid

from django import forms

MOST = 5000


class ExportForm(forms.Form):
    """`ids` empty: everyone in the filter. `form_id` makes a double press one download."""

    file = forms.ChoiceField(
        label="What kind of file",
        choices=[("xlsx", "Excel (XLSX)"), ("csv", "CSV, for another system")],
        initial="xlsx",
        widget=forms.RadioSelect,
    )
    ids = forms.CharField(required=False, widget=forms.HiddenInput)
    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)

    def clean_ids(self):
        return read_ids(self.cleaned_data["ids"].split(","))


def read_ids(texts):
    """The numbers among the texts, each once, at most MOST; None for none: the whole filter is meant."""
    ids = list(dict.fromkeys(int(text) for text in texts if text.isdecimal() and len(text) < 19))
    return ids[:MOST] or None
