"""On which day the register is looked at."""

from django import forms
from django.utils import timezone

from pupils.words import day_words
from sendhub.rules.census import censuses

YEARS = 3  # of census days that are offered


class RegisterDayForm(forms.Form):
    """Any day that has been, for whoever sees every pupil. Who sees counts alone chooses among census days: two days
    that lie side by side would tell who came on to the register between them, however small numbers are hidden."""

    at = forms.DateField(required=False, label="As it stood on", widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, data, *, counts_only):
        super().__init__(data)
        if counts_only:
            days = [("", "Today"), *((day.isoformat(), day_words(day)) for day in census_days())]
            self.fields["at"].widget = forms.Select(choices=days)
        self.counts_only = counts_only

    def clean_at(self):
        day = self.cleaned_data["at"]
        if day is None or day >= timezone.localdate() or (self.counts_only and day not in census_days()):
            return None
        return day

    @property
    def day(self):
        """The day asked for; None for today, and for a day that is none."""
        return self.cleaned_data.get("at") if self.is_valid() else None


def census_days():
    """The census days that have been, newest first."""
    today = timezone.localdate()
    years = range(today.year - YEARS, today.year + 1)
    days = [census.day for year in years for census in censuses(year) if census.day < today]
    return sorted(days, reverse=True)
