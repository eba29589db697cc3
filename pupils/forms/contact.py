"""An adult of a pupil's family, entered or put right by hand."""

from django import forms

from pupils.forms.pupil import name_field
from pupils.models import Contact

KNOWN = {"yes": True, "no": False, "": None}
FIELDS = ("forename", "surname", "relationship", "email", "phone", "language", "interpreter", "parental_responsibility")


def text_field(column, label, **options):
    return forms.CharField(
        label=label, max_length=Contact._meta.get_field(column).max_length, required=False, **options
    )


class ContactForm(forms.Form):
    """What a court has ordered is not entered here: it comes with the school's own file."""

    forename = name_field("forename", "First name", error_messages={"required": "Enter the first name."})
    surname = name_field("surname", "Surname", error_messages={"required": "Enter the surname."})
    relationship = text_field("relationship", "Who they are to the pupil", help_text="Such as mother or foster carer.")
    email = forms.EmailField(
        label="E-mail",
        required=False,
        max_length=254,
        error_messages={"invalid": "This is not an e-mail address. Check it with them."},
    )
    phone = text_field("phone", "Phone")
    language = text_field("language", "Language, if not English")
    interpreter = forms.ChoiceField(
        label="Do they need an interpreter?",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not known")],
        required=False,
        widget=forms.RadioSelect,
    )
    parental_responsibility = forms.ChoiceField(
        label="Do they have parental responsibility?",
        help_text="Only who has it may be told and asked about the child.",
        choices=[("yes", "Yes"), ("no", "No"), ("", "Not known")],
        required=False,
        widget=forms.RadioSelect,
    )

    def clean_parental_responsibility(self):
        return KNOWN[self.cleaned_data["parental_responsibility"]]

    def clean_interpreter(self):
        return KNOWN[self.cleaned_data["interpreter"]]

    def clean(self):
        data = super().clean()
        for name in FIELDS:
            if isinstance(data.get(name), str):
                data[name] = " ".join(data[name].split())
        return data


def stored(contact):
    """The contact as the form begins with it."""
    said = {known: word for word, known in KNOWN.items()}
    return {
        **{name: getattr(contact, name) for name in FIELDS},
        **{name: said[getattr(contact, name)] for name in ("interpreter", "parental_responsibility")},
    }
