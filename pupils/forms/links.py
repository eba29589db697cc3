"""Forms that link many at once: one adult and the pupils ticked, the suggestions accepted, an adult for each form."""

from django import forms
from django.forms.utils import flatatt
from django.utils.html import format_html, format_html_join

from pupils.forms.filters import ANY, PlainSelect
from pupils.forms.record import staff_words
from pupils.queries.facts import EVERYONE, REGISTER
from pupils.queries.links import WITHOUT

TODAY, NEXT = "today", "next"
WHO = {"key_adult": "No key adult yet", "ta": "No assistant yet"}


def optional_day(label, help_text, **attrs):
    return forms.DateField(
        label=label, help_text=help_text, widget=forms.DateInput(attrs={"type": "date", **attrs}, format="%Y-%m-%d")
    )


def ids_of(values):
    """The whole numbers among what was posted; anything else is nobody."""
    return {int(value) for value in values if value.isascii() and value.isdigit() and len(value) < 18}


class QuickSelect(PlainSelect):
    """The list's own select, as a widget of a form."""

    def render(self, name, value, attrs=None, renderer=None):
        return self.drawn(name, value, self.choices, attrs)


class StaffSelect(PlainSelect):
    """A select of all staff, written once and shared by every form or year on the page."""

    def __init__(self, shared, blank):
        super().__init__()
        self.shared, self.blank = shared, blank

    def render(self, name, value, attrs=None, renderer=None):
        chosen = format_html("{}", "")
        if value and str(value) in self.shared.words:
            chosen = format_html('<option value="{}" selected>{}</option>', value, self.shared.words[str(value)])
        attributes = flatatt({**self.build_attrs(self.attrs, attrs), "name": name})
        blank = format_html('<option value="">{}</option>', self.blank)
        return format_html("<select{}>{}{}{}</select>", attributes, chosen, blank, self.shared.options)


class SharedStaff:
    """The options for StaffSelect: {id: words}, and the HTML of all of them."""

    def __init__(self, staff):
        self.words = {str(person.pk): staff_words(person) for person in staff}
        self.by_id = {str(person.pk): person for person in staff}
        self.options = format_html_join("", '<option value="{}">{}</option>', self.words.items())


class FromField(forms.ChoiceField):
    """Today, or the day on which next year's groups begin to count, where that is still to come."""

    def __init__(self, following, day_words):
        choices = [(TODAY, "Today")]
        if following:
            choices.append((NEXT, f"Next year’s classes, {day_words(following.groups_from)}"))
        super().__init__(label="From", choices=choices, initial=TODAY, widget=QuickSelect)


class PupilLinksForm(forms.Form):
    """Who, from when, and which filters are set. The ticks are read by `ids`, since each is a row of the table."""

    staff = forms.ChoiceField(label="Who", widget=QuickSelect, error_messages={"required": "Choose a person."})
    year = forms.CharField(required=False, max_length=3, label="Year", widget=QuickSelect)
    form = forms.CharField(required=False, max_length=20, label="Form", widget=QuickSelect)
    who = forms.CharField(required=False, max_length=10, label="Pupils", widget=QuickSelect)
    field_order = ["staff", "starts"]

    def __init__(self, data, *, part, staff, pupils, choices, following, day_words, initial):
        super().__init__(data, initial=initial)
        self.staff_by_id = {str(person.pk): person for person in staff}
        self.pupils, self.following = pupils, following
        people = [(pk, staff_words(person)) for pk, person in self.staff_by_id.items()]
        self.fields["staff"].choices = [("", "Choose a person"), *people]
        self.fields["starts"] = FromField(following, day_words)
        self.order_fields(self.field_order)
        self.fields["year"].widget.choices = ANY + choices["year"]
        self.fields["form"].widget.choices = ANY + choices["form"]
        self.fields["who"].widget.choices = [
            (WITHOUT, WHO[part]), (REGISTER, "On the register"), (EVERYONE, "Everyone")
        ]  # fmt: skip

    @property
    def ids(self):
        """The pupils ticked, so far as this person sees them."""
        return ids_of(self.data.getlist("ids")) & self.pupils if self.is_bound else set()

    def clean(self):
        data = super().clean()
        if not self.ids:
            raise forms.ValidationError("Tick at least one pupil in the list.")
        return data

    @property
    def pairs(self):
        return {(int(self.cleaned_data["staff"]), pupil) for pupil in self.ids}

    @property
    def filters(self):
        """What is set in the filters, whether or not the rest of the form is right."""
        given = self.data if self.is_bound else self.initial
        return {name: given.get(name, "") for name in ("year", "form", "who")}


class AcceptForm(forms.Form):
    """The suggestions still ticked, each "staff:pupil". Somebody who has left meanwhile, or is out of sight, is an
    error and not left out in silence."""

    def __init__(self, data, *, staff, pupils, following, day_words):
        super().__init__(data, auto_id="accept_%s")
        self.staff, self.pupils = {person.pk for person in staff}, pupils
        self.fields["starts"] = FromField(following, day_words)

    def clean(self):
        self.pairs = set()
        for value in self.data.getlist("pairs"):
            adult, _, pupil = value.partition(":")
            pair = (next(iter(ids_of([adult])), 0), next(iter(ids_of([pupil])), 0))
            if pair[0] not in self.staff or pair[1] not in self.pupils:
                raise forms.ValidationError("Somebody in the list is no longer here. Look through it again.")
            self.pairs.add(pair)
        if not self.pairs:
            raise forms.ValidationError("Leave at least one pupil ticked.")
        return super().clean()


class GroupLinksForm(forms.Form):
    """One adult a form or year; an empty one changes nothing."""

    both = forms.BooleanField(required=False, label="Whoever has it now stays as well")

    def __init__(self, data, *, rows, staff):
        super().__init__(data)
        shared = SharedStaff(staff)
        self.shared, self.rows = shared, rows
        for at, row in enumerate(rows):
            field = forms.ChoiceField(
                required=False,
                label=row.name,
                choices=[("", ""), *shared.words.items()],
                initial=str(row.suggested.pk) if row.suggested else "",
                widget=StaffSelect(shared, "No change" if row.ties else "Nobody yet"),
            )
            field.widget.choices = ()
            self.fields[f"group-{row.group.pk if row.group else f'new-{at}'}"] = field

    @property
    def pairs(self):
        """[(row, its bound field)] for the page."""
        fields = [self[name] for name in self.fields if name != "both"]
        return list(zip(self.rows, fields, strict=True))

    def clean(self):
        data = super().clean()
        self.chosen = [(row, self.shared.by_id[data[field.name]]) for row, field in self.pairs if data.get(field.name)]
        if not self.errors and not self.chosen:
            raise forms.ValidationError("Choose somebody for at least one of them.")
        return data


class LinksEndForm(forms.Form):
    """The last day of the links that are ticked."""

    last_day = optional_day("Last day", "After this day the link no longer lets them open the records.")

    def __init__(self, data, *, ties, today):
        super().__init__(data)
        self.ties = {tie.pk: tie for tie in ties}
        self.fields["last_day"].initial = today

    @property
    def ids(self):
        return ids_of(self.data.getlist("ids")) & set(self.ties) if self.is_bound else set()

    def clean(self):
        data = super().clean()
        if not self.ids:
            raise forms.ValidationError("Tick at least one link.")
        return data

    @property
    def chosen(self):
        return [self.ties[pk] for pk in sorted(self.ids)]
