"""Forms of suspensions, reduced timetables and places outside school. `columns()` gives what is saved.

A form is of somebody who may know of care (`cares`) or not; for the others the fields that would tell are not there.
"""

from datetime import timedelta
from decimal import Decimal

from django import forms
from django.utils import timezone

from pupils.forms.moves import day_field, fill_staff, not_ahead, staff_field
from pupils.models import Placement, PlacementVisit, ReducedTimetable, Suspension
from sendhub.rules.suspensions import MOST_DAYS, MOST_REASONS, REASONS

AHEAD_DAYS = 90
HALF = Decimal("0.5")
LINES = {"rows": 3}
FIRST_NEEDED = {"required": "Say on which day it begins."}


def words_field(model, column, label, help_text="", rows=0, **options):
    field = model._meta.get_field(column)
    widget = forms.Textarea(attrs={"rows": rows}) if rows else None
    return forms.CharField(label=label, help_text=help_text, max_length=field.max_length, widget=widget, **options)


def half_steps(number):
    if number % HALF:
        raise forms.ValidationError("Give whole and half numbers, such as 2 or 2.5.")
    return number


class AwayForm(forms.Form):
    """`version` is the one that the writer saw; a form that adds has none."""

    def __init__(self, *args, member, cares=True, held=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                fill_staff(field, member)
                field.initial = getattr(held, name) if held else field.initial
        if not cares:
            for name in Suspension.CIRCUMSTANCES:
                self.fields.pop(name, None)
        if held is not None:
            self.fields["version"] = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        data = super().clean()
        first = data.get("starts_on")
        for name in ("ends_on", "review_on"):
            if first and data.get(name) and data[name] < first:
                self.add_error(name, "This is before the first day. Choose that day or a later one.")
        for name in ("family_on", "council_on", "agreed_on", "check_on", "governors_on", "visited_on", *self.cared):
            if data.get(name) and data[name] > timezone.localdate():
                self.add_error(name, "This day has not come yet. Give the day on which it happened.")
        if first and first > timezone.localdate() + timedelta(days=AHEAD_DAYS):
            self.add_error("starts_on", "This is months ahead. Check the year.")
        return data

    @property
    def cared(self):
        return [name for name in Suspension.CIRCUMSTANCES if name in self.fields]

    def columns(self):
        """{column: value}: people by their id, codes as they are stored, text without stray spaces."""
        said = {name: value for name, value in self.cleaned_data.items() if name != "version"}
        for name, value in said.items():
            if name.endswith("_by_id"):
                said[name] = value.pk if value else None
            elif isinstance(value, list):
                said[name] = " ".join(value)
            elif isinstance(value, str):
                said[name] = value.strip()
        return said


class ReasonsField(forms.MultipleChoiceField):
    """Codes as ticks, or several in one value, as a page with both versions brings them back."""

    def to_python(self, value):
        return [code for each in super().to_python(value) for code in each.split()]

    def validate(self, value):
        super().validate(value)
        if len(value) > MOST_REASONS:
            raise forms.ValidationError("Choose three reasons at most: those that weighed most.")


class SuspensionForm(AwayForm):
    kind = forms.ChoiceField(
        label="What was decided?",
        choices=Suspension.Kind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what was decided."},
    )
    starts_on = day_field("First day", error_messages=FIRST_NEEDED)
    days = forms.DecimalField(
        label="How many school days?",
        help_text="Halves count. A lunchtime is half a day: three lunchtimes are 1.5. Empty if permanently excluded.",
        required=False,
        min_value=HALF,
        max_value=MOST_DAYS,
        decimal_places=1,
        error_messages={"max_value": f"A pupil may be suspended for {MOST_DAYS} school days in a year at most."},
    )
    reasons = ReasonsField(
        label="Why?",
        help_text="Up to three.",
        choices=list(REASONS.items()),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose at least one reason."},
    )
    family_on = day_field("Family told on", required=False)
    council_on = day_field("Council told on", required=False)
    social_worker_on = day_field("Social worker told on", "If the child has one.", required=False)
    virtual_head_on = day_field("Virtual school head told on", "If the child is in care.", required=False)
    taught_from = day_field("Taught from", "From the sixth school day in a row, somebody teaches them.", required=False)
    governors_on = day_field("Governors looked at it on", required=False)

    def clean_days(self):
        days = self.cleaned_data["days"]
        return None if days is None else half_steps(days)

    def clean(self):
        data = super().clean()
        permanent = data.get("kind") == Suspension.Kind.PERMANENT
        if permanent and data.get("days") is not None:
            self.add_error("days", "Leave this empty: a permanent exclusion has no last day.")
        elif data.get("kind") and not permanent and "days" in data and data["days"] is None:
            self.add_error("days", "Say for how many school days.")
        for name in ("taught_from", "governors_on"):
            if data.get(name) and data.get("starts_on") and data[name] < data["starts_on"]:
                self.add_error(name, "This is before the first day. Choose that day or a later one.")
        return data


class TimetableForm(AwayForm):
    hours = forms.DecimalField(
        label="Hours in school a week",
        help_text="Halves count: 12.5.",
        min_value=0,
        max_value=40,
        decimal_places=1,
        error_messages={"required": "Say how many hours a week they are in."},
    )
    reason = words_field(ReducedTimetable, "reason", "Why, and what it is for", rows=3)
    starts_on = day_field("First day", error_messages=FIRST_NEEDED)
    ends_on = day_field("Last day, as agreed", "It is for a short time: six weeks at most.", required=False)
    review_on = day_field("Looked at again on", required=False)
    agreed_on = day_field("Family agreed on", required=False)
    council_on = day_field("Council told on", required=False)


class PlacementForm(AwayForm):
    provider = words_field(Placement, "provider", "Where", "The provider’s name.")
    reason = words_field(Placement, "reason", "Why, and what it is for", rows=3)
    days = words_field(Placement, "days", "On which days", "Such as Mondays and Tuesdays, 9.30 to 2.30.")
    starts_on = day_field("First day", error_messages=FIRST_NEEDED)
    ends_on = day_field("Last day, as agreed", required=False)
    review_on = day_field("Looked at again on", required=False)
    check_on = day_field(
        "Safeguarding check seen on",
        "The provider’s letter that its staff are checked. Before the first day.",
        required=False,
    )
    check_by_id = staff_field("Seen by", "Choose who saw it.")
    attendance = words_field(
        Placement, "attendance", "How they tell us who came", "Such as a call by 10 each day.", required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["check_by_id"].required = False

    def clean(self):
        data = super().clean()
        if data.get("check_on") and "check_by_id" in data and not data["check_by_id"]:
            self.add_error("check_by_id", "Choose who saw it.")
        if not data.get("check_on"):
            data["check_by_id"] = None  # whoever fills the form is chosen already
        return data


class VisitForm(AwayForm):
    visited_on = day_field("When", error_messages={"required": "Say on which day."})
    visited_by_id = staff_field("By whom", "Choose who went.")
    findings = words_field(
        PlacementVisit, "findings", "What was found", "Safe? Learning? In? What the pupil said. What follows.", rows=5
    )


class EndForm(forms.Form):
    """It ends, or it never was. `ended` is what the first is called."""

    how = forms.ChoiceField(
        label="What happened?",
        widget=forms.RadioSelect,
        error_messages={"required": "Choose what happened."},
    )
    on = day_field("Which day?", required=False)

    def __init__(self, *args, held, ended, hint, **kwargs):
        super().__init__(*args, **kwargs)
        self.held = held
        self.fields["how"].choices = [("ended", ended), ("mistake", "It was put down by mistake")]
        self.fields["on"].help_text = hint
        self.fields["on"].initial = timezone.localdate()

    def clean(self):
        data = super().clean()
        if data.get("how") == "ended":
            if not data.get("on"):
                self.add_error("on", "Say on which day.")
            elif data["on"] < self.held.starts_on:
                self.add_error("on", "This is before the first day. Choose that day or a later one.")
        return data


class CancelForm(EndForm):
    """The head takes a suspension back, which is not done ahead."""

    def clean_on(self):
        return not_ahead(self.cleaned_data["on"])
