"""What the forms about things kept on a record share: their pupil, the row that is changed, and the version seen."""

from django import forms
from django.utils import timezone

from pupils.forms.moves import day_field

PAST = "Choose today or a day before."


def words_field(model, column, label, help_text="", **options):
    """One line of text as long as its column."""
    return forms.CharField(
        label=label, help_text=help_text, max_length=model._meta.get_field(column).max_length, **options
    )


class KeptForm(forms.Form):
    """`row` is the one that is changed, None for a new one. A row that changes carries the version that was seen: a
    change in between is shown, never overwritten."""

    past: tuple[str, ...] = ()  # days that cannot lie in the future

    def __init__(self, *args, pupil=None, row=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil, self.row = pupil, row
        if row is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)
            begun = {name: getattr(row, name) for name in self.fields if hasattr(row, name)}
            self.initial = {**begun, **self.initial}
        elif "starts_on" in self.fields:
            self.initial.setdefault("starts_on", timezone.localdate())

    def clean(self):
        data = super().clean()
        for name, value in data.items():
            if isinstance(value, str) and not isinstance(self.fields[name].widget, forms.Textarea):
                data[name] = " ".join(value.split())
        for name in self.past:
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, PAST)
        first, last = data.get("starts_on"), getattr(self.row, "ends_on", None)
        if first and last and first > last:
            self.add_error("starts_on", "It would begin after its last day. Choose an earlier day.")
        return data


class KeptEndForm(forms.Form):
    """The last day. Of what has ended it may be emptied: then it holds again."""

    ends_on = day_field("Last day", error_messages={"required": "Choose the last day."})

    def __init__(self, *args, row, **kwargs):
        super().__init__(*args, **kwargs)
        self.row = row
        field = self.fields["ends_on"]
        field.initial = row.ends_on or timezone.localdate()
        if row.ends_on is not None:
            field.required, field.help_text = False, "Empty it, and it holds again."

    def clean_ends_on(self):
        last, first = self.cleaned_data["ends_on"], getattr(self.row, "starts_on", None)
        if last and first and last < first:
            raise forms.ValidationError("That is before it began. Choose a later day.")
        return last
