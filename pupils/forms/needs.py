"""Forms of needs in their order, of the flags beside the register, and of a proposal that is set aside."""

from django import forms
from django.utils import timezone

from pupils.forms.export import read_ids
from pupils.forms.moves import day_field, not_ahead
from pupils.models import ProvisionProposal, PupilFlag
from pupils.words import day_words
from sendhub.rules.codes import NEED_BY_CODE, NEED_TYPES

PLACES = ("The main need", "Second", "Third", "Fourth", "Fifth")
DAY_NEEDED = {"required": "Say from which day."}


class NeedsForm(forms.Form):
    """Up to five needs in their order. A place left empty closes up; a need that is no longer named ends."""

    on = day_field("From which day?", "What stood before ends the day before.", error_messages=DAY_NEEDED)

    def __init__(self, *args, held, provision, **kwargs):
        """`held`: the open SENNeed rows in their order; `provision` now, "N", "K" or "E"."""
        super().__init__(*args, **kwargs)
        self.held, self.provision = list(held), provision
        today = timezone.localdate()
        choices = [("", "None"), *((need.code, need.label) for need in NEED_TYPES if need.valid(today))]
        for number, label in enumerate(PLACES):
            code = self.held[number].code if number < len(self.held) else ""
            known = [] if code in dict(choices) else [(code, code)]
            self.fields[f"need_{number}"] = forms.ChoiceField(
                label=label, choices=choices + known, required=False, initial=code
            )
        self.fields["on"].initial = today

    @property
    def places(self):
        return [self[f"need_{number}"] for number in range(len(PLACES))]

    def clean_on(self):
        day = not_ahead(self.cleaned_data["on"])
        newest = max((need.starts_on for need in self.held), default=day)
        if day < newest:
            since = day_words(newest)
            raise forms.ValidationError(f"The needs on the record began on {since}. Choose that day or a later one.")
        return day

    def clean(self):
        data = super().clean()
        codes = [data.get(f"need_{number}", "") for number in range(len(PLACES))]
        for number, code in enumerate(codes):
            if code and code in codes[:number]:
                self.add_error(f"need_{number}", "This need has a place already. Choose each need once.")
            only_with = NEED_BY_CODE[code].only_with if code in NEED_BY_CODE else None
            if only_with and only_with != self.provision:
                self.add_error(f"need_{number}", "This one is for SEN Support only. Choose the need that is known.")
        data["codes"] = [code for code in codes if code]
        return data


class FlagForm(forms.Form):
    """A concern, or the council's assessment under way."""

    kind = forms.ChoiceField(
        label="Which flag?",
        choices=PupilFlag.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose concern or being assessed."},
    )
    starts_on = day_field("From which day?", error_messages=DAY_NEEDED)
    note = forms.CharField(label="Note", max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate()

    def clean_starts_on(self):
        return not_ahead(self.cleaned_data["starts_on"])


class FlagEndForm(forms.Form):
    ends_on = day_field("Last day", error_messages={"required": "Say which day was the last."})
    note = forms.CharField(
        label="Note",
        help_text="What came of it. Left empty, the note that stands is kept.",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].initial = timezone.localdate()

    def clean_ends_on(self):
        return not_ahead(self.cleaned_data["ends_on"])


class FlagManyForm(FlagForm):
    """The same for chosen pupils: set, or end."""

    do = forms.ChoiceField(
        label="What to do",
        choices=[("set", "Set the flag"), ("end", "End the flag")],
        widget=forms.RadioSelect,
        initial="set",
    )


class AsideForm(forms.Form):
    note = forms.CharField(
        label="Why does the register stay as it is?",
        max_length=ProvisionProposal._meta.get_field("note").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why in a few words, so that the next reader knows."},
    )


class IdsForm(forms.Form):
    """Which rows: numbers, as chosen on a page before or listed in a hidden field."""

    ids = forms.CharField(required=False)

    @classmethod
    def read(cls, data, name="ids"):
        """The numbers under `name` in a QueryDict, as several values or one list with commas; empty for none."""
        texts = [part for value in data.getlist(name) for part in cls(data={"ids": value}).texts()]
        return read_ids(texts) or []

    def texts(self):
        return self.cleaned_data["ids"].split(",") if self.is_valid() else []
