"""Forms of the register: a move of one pupil or of many, with the family told or written to; what a family was told."""

from django import forms
from django.utils import timezone

from pupils.actions.letters import Letter
from pupils.forms.record import staff_words
from pupils.letters import MOST, standard
from pupils.models import RegisterMove
from pupils.queries.moving import may_be_written_to
from sendhub.rules.register_moves import Kind
from staff.models import StaffMember

TOLD, LETTER = "told", "letter"


def day_field(label, help_text="", **options):
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, help_text=help_text, widget=widget, **options)


def staff_field(label, needed):
    """Who did it; `needed` is what the form says when nobody is chosen."""
    return forms.ModelChoiceField(
        label=label,
        queryset=StaffMember.objects.none(),
        empty_label="Choose a person",
        error_messages={"required": needed},
    )


def fill_staff(field, member):
    """Those who work here, oneself chosen."""
    today = timezone.localdate()
    field.queryset = StaffMember.objects.filter(school_id=member.school_id).exclude(ended_on__lt=today)
    field.label_from_instance = staff_words
    field.initial = member.staff_id


class ToldForm(forms.Form):
    """When, how and by whom families were told."""

    told_on = day_field("When", error_messages={"required": "Say on which day."})
    told_how = forms.ChoiceField(
        label="How",
        choices=RegisterMove.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how: at a meeting, by phone, by letter or by e-mail."},
    )
    told_by = staff_field("By whom", "Choose who told them.")

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        fill_staff(self.fields["told_by"], member)
        self.fields["told_on"].initial = timezone.localdate()

    def clean_told_on(self):
        return not_ahead(self.cleaned_data["told_on"])


def not_ahead(day):
    if day and day > timezone.localdate():
        raise forms.ValidationError("This day has not come yet. Give the day on which it happened.")
    return day


class TellingForm(forms.Form):
    """How the family comes to know of a move: told, or a letter. One of the two."""

    tell = forms.ChoiceField(
        label="Does the family know?",
        choices=[(TOLD, "They have been told"), (LETTER, "Write them a letter")],
        widget=forms.RadioSelect,
        error_messages={"required": "Say that the family was told, or write them a letter."},
    )
    told_on = day_field("When were they told?", error_messages={"required": "Say on which day they were told."})
    told_how = forms.ChoiceField(
        label="How?",
        choices=RegisterMove.How.choices,
        widget=forms.RadioSelect,
        error_messages={"required": "Say how they were told."},
    )
    told_by = staff_field("By whom?", "Choose who told them.")
    letter = forms.CharField(
        label="The letter",
        help_text="Change the words as you like. Where it says [name] and [day], the child’s name and the first day are"
        " put in.",
        max_length=MOST,
        widget=forms.Textarea(attrs={"rows": 14}),
        error_messages={"required": "Write the letter, or say that they have been told."},
    )
    print_all = forms.BooleanField(
        label="Print it for everyone, and send no e-mail",
        help_text="Otherwise an adult with an e-mail address is asked to ring you. What it is about is never in an"
        " e-mail.",
        required=False,
    )

    halves = {TOLD: ("told_on", "told_how", "told_by"), LETTER: ("letter",)}

    def __init__(self, *args, **kwargs):
        """Each half is needed when it is the one that was chosen."""
        super().__init__(*args, **kwargs)
        if self.is_bound:
            for half, names in self.halves.items():
                for name in names:
                    self.fields[name].required = self.data.get("tell") == half

    def clean_told_on(self):
        return not_ahead(self.cleaned_data["told_on"])

    def telling(self, readers):
        """What the action needs to know: told, or the letter to `readers` ({pupil id: [Contact]})."""
        data = self.cleaned_data
        if data["tell"] == LETTER:
            return {"letter": Letter(data["letter"], readers, data["print_all"])}
        return {name: data[name] for name in ("told_on", "told_how", "told_by")}


class MoveForm(TellingForm):
    """`move` is the step of the rules; a plan's day is the council's, so there is one date either way."""

    after = forms.CharField(widget=forms.HiddenInput)
    on = day_field(
        "From which day?",
        "The first day of what holds from now on.",
        error_messages={"required": "Say from which day."},
    )
    council_on = day_field("The council’s date", "Only the council starts and ends an EHC plan. It is in its letter.")
    reason = forms.CharField(
        label="Why?",
        help_text="In a few words, for the record. It is not put in the letter.",
        max_length=RegisterMove._meta.get_field("reason").max_length,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": "Say why in a few words."},
    )

    def __init__(self, *args, member, kind, council, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields.pop("on" if council else "council_on")
        if not council:
            self.fields["on"].initial = today
        else:
            self.fields["council_on"].error_messages["required"] = (
                "Give the date in the council’s letter. Without one, wait for it."
            )
        fill_staff(self.fields["told_by"], member)
        self.fields["told_on"].initial = today
        self.fields["letter"].initial = standard(Kind(kind), sender=member.name, school=member.school.name, on=today)

    def days(self):
        """{on, council_on} for the action."""
        data = self.cleaned_data
        return {"on": data.get("on") or data["council_on"], "council_on": data.get("council_on")}

    def refuse(self, error):
        """Put what the action refused beside the fields that this form has."""
        for name, words in error.message_dict.items():
            place = "council_on" if name == "on" and "on" not in self.fields else name
            shown = place in self.fields and not self.fields[place].widget.is_hidden
            self.add_error(place if shown else None, words)


class PupilMoveForm(MoveForm):
    """A move of one pupil: one says to whom a letter goes."""

    contacts = forms.MultipleChoiceField(
        label="To whom",
        help_text="Ticked already: adults with parental responsibility and no court order. Tick another only when you"
        " have read why it is not ticked, and are sure.",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose who gets the letter."},
    )

    halves = {**MoveForm.halves, LETTER: ("letter", "contacts")}

    def __init__(self, *args, contacts, **kwargs):
        super().__init__(*args, **kwargs)
        self.people = contacts
        self.fields["contacts"].choices = [(str(contact.pk), contact_words(contact)) for contact in contacts]
        self.fields["contacts"].initial = [str(contact.pk) for contact in contacts if may_be_written_to(contact)]

    def readers(self, pupil):
        chosen = set(self.cleaned_data["contacts"])
        return {pupil.pk: [contact for contact in self.people if str(contact.pk) in chosen]}


def contact_words(contact):
    """Who it is, which way a letter goes, and what speaks against one."""
    words = f"{contact.name}, {contact.relationship}" if contact.relationship else contact.name
    words += " (e-mail)" if contact.email else " (print)"
    if contact.court_order:
        return f"{words}. Court order, read it first: {contact.court_order}"
    if contact.parental_responsibility is False:
        return f"{words}. Has no parental responsibility"
    if contact.parental_responsibility is None:
        return f"{words}. Not known whether they have parental responsibility"
    return words


class PostForm(forms.Form):
    """When letters went into the post, and who answers for it."""

    posted_on = day_field("When were they posted?", error_messages={"required": "Say on which day."})
    told_by = staff_field("By whom?", "Choose who posted them.")

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        fill_staff(self.fields["told_by"], member)
        self.fields["posted_on"].initial = timezone.localdate()

    def clean_posted_on(self):
        return not_ahead(self.cleaned_data["posted_on"])


class PlaceForm(forms.Form):
    """The filters of a list of families: year and form."""

    year = forms.CharField(required=False, max_length=3, label="Year", widget=forms.Select)
    form = forms.CharField(required=False, max_length=20, label="Form", widget=forms.Select)

    def __init__(self, *args, choices, **kwargs):
        """`choices`: ([(year, words)], [(form, form)])."""
        super().__init__(*args, **kwargs)
        for name, found in zip(("year", "form"), choices, strict=True):
            self.fields[name].widget.choices = [("", "Any"), *found]

    def wanted(self):
        """The filters that say something and can be met."""
        asked = self.cleaned_data if self.is_valid() else {}
        return {name: asked[name] for name in asked if asked[name]}
