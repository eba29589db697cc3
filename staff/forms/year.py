"""A school year's half terms, and its training days and closures: a table of lines, saved whole."""

from django import forms

from staff.forms.school import DateInput
from staff.year_plan import span

SPARE_TERMS, SPARE_CLOSURES = 1, 3
MOST = 60


def line_count(data, held, spare, least=0):
    """As many lines as came in, or as are held, with a few empty ones; never more than MOST."""
    sent = sum(1 for name in data if name.startswith("first-")) if data is not None else 0
    return min(max(sent, held + spare, least), MOST)


class LinesForm(forms.Form):
    """Lines of fields named field-0, field-1 and so on. A line that is wholly empty is left out: so one is removed."""

    def add_line(self, at, **fields):
        for name, field in fields.items():
            self.fields[f"{name}-{at}"] = field

    @property
    def lines(self):
        """[[bound fields]] for the page."""
        return [[self[f"{name}-{at}"] for name in self.names] for at in range(self.count)]

    def given(self, data):
        """(line number, values) of the lines in which something stands."""
        for at in range(self.count):
            values = [data.get(f"{name}-{at}") for name in self.names]
            if any(values):
                yield at, values


class TermsForm(LinesForm):
    names = ("name", "first", "last")

    def __init__(self, data, *, terms):
        super().__init__(data)
        self.count = line_count(data, len(terms), SPARE_TERMS, least=7)
        for at in range(self.count):
            term = terms[at] if at < len(terms) else None
            self.add_line(
                at,
                name=forms.CharField(
                    label=f"Name, line {at + 1}", max_length=40, required=False, initial=term and term.name
                ),
                first=forms.DateField(
                    label=f"First day, line {at + 1}", required=False, widget=DateInput(), initial=term and term.first
                ),
                last=forms.DateField(
                    label=f"Last day, line {at + 1}", required=False, widget=DateInput(), initial=term and term.last
                ),
            )

    def clean(self):
        data, self.terms, seen = super().clean(), [], set()
        for at, (name, first, last) in self.given(data):
            if not name:
                self.add_error(f"name-{at}", "Give it a name, like Autumn 1.")
            elif name.casefold() in seen:
                self.add_error(f"name-{at}", f"There are two called {name}.")
            for field, value in (("first", first), ("last", last)):
                if not value and f"{field}-{at}" not in self.errors:
                    self.add_error(f"{field}-{at}", "Put in the day, or empty the whole line.")
            if first and last and last < first:
                self.add_error(f"last-{at}", "This day is before the first one.")
            seen.add((name or "").casefold())
            self.terms.append((name, first, last))
        if not self.terms and not self.errors:
            raise forms.ValidationError("Put in at least one half term.")
        return data


class ClosuresForm(LinesForm):
    names = ("first", "reason")

    def __init__(self, data, *, starts, closures):
        super().__init__(data)
        self.days = span(starts)
        self.count = line_count(data, len(closures), SPARE_CLOSURES)
        for at in range(self.count):
            each = closures[at] if at < len(closures) else None
            self.add_line(
                at,
                first=forms.DateField(
                    label=f"Day, line {at + 1}", required=False, widget=DateInput(), initial=each and each.on
                ),
                reason=forms.CharField(
                    label=f"Why, line {at + 1}", required=False, max_length=80, initial=each and each.reason
                ),
            )

    def clean(self):
        data, self.closures = super().clean(), {}
        for at, (on, reason) in self.given(data):
            if not on and f"first-{at}" not in self.errors:
                self.add_error(f"first-{at}", "Put in the day, or empty the whole line.")
            elif on and not self.days[0] <= on <= self.days[1]:
                self.add_error(f"first-{at}", "This day is not in the school year.")
            elif on in self.closures:
                self.add_error(f"first-{at}", "This day is there twice.")
            if not reason:
                self.add_error(f"reason-{at}", "Say why, like Training day.")
            if on:
                self.closures[on] = reason
        return data
