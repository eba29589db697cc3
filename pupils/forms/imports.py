"""What an import asks of a person: the file, what its columns mean, how to take it, doubts, and who has left."""

from django import forms
from django.utils import timezone

from pupils.forms.filters import PlainSelect
from pupils.models import ImportLine
from sendhub.uploads import MOST

TOO_LARGE = (
    "The file is larger than 10 MB. Remove pictures and sheets that are not needed, or split it into smaller files."
)
SHOWN = "shown"  # says that a form was sent, so that a tick taken away is not a tick never asked about
CHOICES = {  # which kinds are asked what
    "whole_roll": {"pupils"},
    "take_names": {"pupils", "transfer", "contacts", "staff"},
    "take_blanks": {"pupils", "contacts", "staff"},
    "taken_on": {"attendance"},
}
Decision = ImportLine.Decision


class UploadForm(forms.Form):
    """One file. What is in it the import looks at; here only its size counts."""

    file = forms.FileField(
        label="The file",
        help_text="CSV, Excel (.xlsx) or a transfer file (.xml), 10 MB at most. Choose it, or drag it on to the field.",
        allow_empty_file=True,  # the reader says what to do about it
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,.tsv,.xlsx,.xml", "class": "drop", "data-most": MOST}),
        error_messages={"required": "Choose a file first.", "missing": "Choose a file first."},
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MOST:
            raise forms.ValidationError(TOO_LARGE)
        return file


class ChoicesForm(forms.Form):
    """How to take a file that was read. Only what its kind asks is a field."""

    whole_roll = forms.BooleanField(
        required=False,
        label="This file lists every pupil on our roll",
        help_text="Only then does it count who is missing from it. Leave it open for one year group, a SEN list or "
        "a list of joiners.",
    )
    take_names = forms.BooleanField(
        required=False,
        label="Take every name as the file writes it",
        help_text="Otherwise a name that lost its accents never replaces one that has them.",
    )
    take_blanks = forms.BooleanField(
        required=False,
        label="Let an empty cell empty what we hold",
        help_text="Otherwise a blank changes nothing.",
    )
    taken_on = forms.DateField(
        label="Attendance up to which day",
        help_text="The last day that the totals in the file count.",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say up to which day the totals count.", "invalid": "Write a date: 20/11/2026."},
    )
    shown = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)

    def __init__(self, *args, batch, draft=None, **kwargs):
        """`draft` is what this person has chosen and not sent yet."""
        held = {"taken_on": timezone.localdate(), **{k: v for k, v in batch.choices.items() if v is not None}}
        if draft:
            held = {name: draft.get(name) for name in CHOICES}
        super().__init__(*args, initial=held, **kwargs)
        self.batch = batch
        for name, kinds in CHOICES.items():
            if batch.kind not in kinds:
                del self.fields[name]

    @property
    def asks(self):
        return len(self.fields) > 1

    def clean_taken_on(self):
        day = self.cleaned_data["taken_on"]
        if day > timezone.localdate():
            raise forms.ValidationError("That day has not come yet.")
        return day

    def chosen(self):
        """All four choices: those not asked stay as they stand."""
        held = {name: None if name == "taken_on" else False for name in CHOICES} | self.batch.choices
        return {name: self.cleaned_data.get(name, held[name]) for name in CHOICES}


class ColumnsForm(forms.Form):
    """What each column of the file holds: a select a header, those that nobody knows first."""

    def __init__(self, *args, batch, fields, draft=None, **kwargs):
        """`fields` are [(name, words)] that a column of this kind can be."""
        super().__init__(*args, **kwargs)
        self.batch = batch
        choices = [("", "Not read"), *sorted(fields, key=lambda pair: pair[1].casefold())]
        for at, (header, field) in sorted(self.named(), key=lambda pair: bool(pair[1][1])):
            begin = draft.get(f"column_{at}", "") if draft else field
            self.fields[f"column_{at}"] = forms.ChoiceField(
                label=header,
                choices=choices,
                required=False,
                initial=begin,
                widget=PlainSelect,
            )
        self.fields[SHOWN] = forms.CharField(required=False, initial="1", widget=forms.HiddenInput)

    @property
    def unknown(self):
        return [self[f"column_{at}"] for at, (_, field) in self.named() if not field]

    @property
    def read(self):
        return [self[f"column_{at}"] for at, (_, field) in self.named() if field]

    def columns(self):
        """{header: field or ""} of the columns that are to be read in another way."""
        asked = ((header, field, self.cleaned_data[f"column_{at}"]) for at, (header, field) in self.named())
        return {header: wanted for header, field, wanted in asked if wanted != field}

    def named(self):
        return [(at, pair) for at, pair in enumerate(self.batch.columns) if pair[0]]


class DoubtsForm(forms.Form):
    """One decision a doubtful row: "same:12" (our pupil 12), "new", "leave", or nothing yet."""

    def __init__(self, *args, lines, sides, **kwargs):
        """`sides` gives, by line, [(pupil id or "", name)]: whom the row may be about."""
        super().__init__(*args, **kwargs)
        self.lines = {line.pk: line for line in lines}
        for line in lines:
            choices = [(f"same:{pk}", words) for pk, words in sides[line.pk]]
            choices += [(Decision.NEW.value, "Somebody new"), (Decision.LEAVE.value, "Leave it out"), ("", "Not yet")]
            self.fields[f"line-{line.pk}"] = forms.ChoiceField(
                label=f"Row {line.row}: {line.name}" if line.name else f"Row {line.row}",
                choices=choices,
                required=False,
                initial=self.begin(line, choices),
                widget=forms.RadioSelect,
            )

    @staticmethod
    def begin(line, choices):
        if line.decision != Decision.SAME:
            return line.decision
        mine = f"same:{line.pupil_id or ''}"
        return mine if mine in dict(choices) else choices[0][0]

    def decisions(self):
        """[(line, decision, pupil id or None)] of what this person has decided. "was-12" is what they saw for line 12:
        what they left as they saw it is not theirs, though somebody else may have changed it since."""
        found = []
        for pk, line in self.lines.items():
            name = f"line-{pk}"
            if name not in self.data or name not in self.changed_data or self.data.get(f"was-{pk}") == self.data[name]:
                continue
            decision, _, pupil = self.cleaned_data[name].partition(":")
            found.append((line, decision, int(pupil) if pupil else None))
        return found


class TickedForm(forms.Form):
    """Ticked rows of a list; each must be one of `allowed`."""

    ids = forms.TypedMultipleChoiceField(
        coerce=int, label="Who", error_messages={"required": "Tick at least one first."}
    )

    def __init__(self, *args, allowed, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ids"].choices = [(pk, str(pk)) for pk in allowed]


class LeaversForm(TickedForm):
    """Absent pupils who have left, by the lines that name them, and their last day."""

    last_day = forms.DateField(
        label="Their last day here",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": "Say which day was their last.", "invalid": "Write a date: 20/11/2026."},
    )

    def __init__(self, *args, lines, **kwargs):
        super().__init__(*args, allowed=[line.pk for line in lines], **kwargs)
        self.lines = {line.pk: line for line in lines}
        self.fields["last_day"].initial = timezone.localdate()

    def clean(self):
        data = super().clean()
        day, chosen = data.get("last_day"), [self.lines[pk] for pk in data.get("ids", ())]
        if day and day > timezone.localdate():
            self.add_error("last_day", "That day has not come yet. Mark them when it has.")
        elif day and any(line.pupil.joined_on and line.pupil.joined_on > day for line in chosen):
            self.add_error("last_day", "One of them came after that day. Choose a later one, or take off the tick.")
        return {**data, "lines": chosen}
