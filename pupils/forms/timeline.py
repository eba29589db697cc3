"""What somebody looks for in a timeline: a kind, a school year, a page of it."""

from django import forms

from pupils.happened import KIND_WORDS

FIRST_YEAR, LAST_YEAR = 1990, 2200


class TimelineForm(forms.Form):
    """`kinds` and `years` are offered, where the page knows which of them hold something."""

    kind = forms.ChoiceField(label="What", required=False)
    year = forms.TypedChoiceField(label="School year", required=False, coerce=int, empty_value=None)
    page = forms.IntegerField(required=False, min_value=1, max_value=10_000, widget=forms.HiddenInput)

    def __init__(self, *args, kinds=None, years=None, **kwargs):
        super().__init__(*args, **kwargs)
        kinds = list(KIND_WORDS.items()) if kinds is None else kinds
        years = [(year, year) for year in range(FIRST_YEAR, LAST_YEAR)] if years is None else years
        self.fields["kind"].choices = [("", "Everything"), *kinds]
        self.fields["year"].choices = [("", "All years"), *years]
        if not self.is_bound:
            del self.fields["page"]  # another filter begins at its first page
