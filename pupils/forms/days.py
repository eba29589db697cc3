"""The first and last day of each provision that a pupil has had, in one form."""

from django import forms
from django.utils import timezone

from pupils.forms.moves import day_field, not_ahead
from pupils.words import PROVISIONS, day_words
from sendhub.rules.census_faults import Spell, overlap

STAYS = "What holds today stays as it is here. To change that, move the pupil on the register: their family is told."


class DaysForm(forms.Form):
    """`records`: the pupil's SENRecord rows, the oldest first. A first day that nobody knows stands empty, and may be
    left so. Of what alone holds today only the first day is asked. Gives `days` and `gone` as actions.change_days
    takes them."""

    def __init__(self, *args, records, **kwargs):
        super().__init__(*args, **kwargs)
        self.records, today = records, timezone.localdate()
        now = [record for record in records if holds(record.starts_on, record.ends_on, today)]
        for record in records:
            known = record.start_known
            self.fields[f"starts_{record.pk}"] = day_field(
                "First day",
                "" if known else f"Not known: first seen in a file of {day_words(record.starts_on)}.",
                required=known,
                error_messages={"required": "Give the first day."},
            )
            self.initial |= {f"starts_{record.pk}": record.starts_on if known else None}
            if now != [record]:
                self.fields[f"ends_{record.pk}"] = day_field("Last day", required=False)
                self.fields[f"gone_{record.pk}"] = forms.BooleanField(
                    label="This never was: take it away", required=False
                )
                self.initial |= {f"ends_{record.pk}": record.ends_on}

    @property
    def parts(self):
        """[(what, its fields)] for the template."""
        names = ("starts", "ends", "gone")
        return [
            (
                PROVISIONS[record.provision],
                [self[f"{name}_{record.pk}"] for name in names if f"{name}_{record.pk}" in self.fields],
            )
            for record in self.records
        ]

    def clean(self):
        data = super().clean()
        self.days, self.gone = {}, []
        for record in self.records:
            if data.get(f"gone_{record.pk}"):
                self.gone.append(record)
            else:
                self.days[record] = self.days_of(record, data)
        if not self.errors:
            self.fit_together()
        return data

    def days_of(self, record, data):
        first, last = data.get(f"starts_{record.pk}") or record.starts_on, record.ends_on
        if f"ends_{record.pk}" in self.fields:
            last = data.get(f"ends_{record.pk}")
        try:
            not_ahead(first)
        except forms.ValidationError as error:
            self.add_error(f"starts_{record.pk}", error)
        if not record.start_known and first > record.starts_on:
            seen = day_words(record.starts_on)
            self.add_error(f"starts_{record.pk}", f"The file of {seen} says it already. Choose that day or an earlier.")
        if last and last < first:
            self.add_error(f"ends_{record.pk}", "The last day is before the first.")
        return first, last

    def fit_together(self):
        """One provision on any day, and today the one that was."""
        if overlap([Spell(first, last) for first, last in self.days.values()]):
            self.add_error(None, "Two of these still hold on one day. One ends before the next begins.")
        today = timezone.localdate()
        before = {record.provision for record in self.records if holds(record.starts_on, record.ends_on, today)}
        after = {record.provision for record, days in self.days.items() if holds(*days, today)}
        if not (after <= before and bool(after) is bool(before)):
            self.add_error(None, STAYS)


def holds(first, last, day):
    return first <= day and (last is None or last >= day)
