"""Forms of agencies and professionals, of their ties to pupils and of each contact."""

from django import forms
from django.utils import timezone

from pupils.forms.kept import KeptForm, words_field
from pupils.forms.moves import day_field, fill_staff, staff_field
from pupils.models import Agency, AgencyContact, AgencyTie, Professional

EMAIL = {"invalid": "This is not an e-mail address. Check it with them."}


def email_field():
    return forms.EmailField(label="E-mail", required=False, max_length=254, error_messages=EMAIL)


class AgencyForm(KeptForm):
    name = words_field(Agency, "name", "Name", error_messages={"required": "Enter the agency’s name."})
    does = words_field(Agency, "does", "What they do", "Such as: speech and language therapy.", required=False)
    phone = words_field(Agency, "phone", "Phone", required=False)
    email = email_field()

    def __init__(self, *args, school_id, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = Agency.objects.filter(school_id=school_id).exclude(pk=self.row and self.row.pk)

    def clean(self):
        data = super().clean()
        if data.get("name") and self.others.filter(name=data["name"]).exists():
            self.add_error("name", "This agency is in the directory already.")
        return data


class ProfessionalForm(KeptForm):
    name = words_field(Professional, "name", "Name", error_messages={"required": "Enter the name."})
    job = words_field(Professional, "job", "Job title", required=False)
    phone = words_field(Professional, "phone", "Phone", required=False)
    email = email_field()


class AgencyTieForm(KeptForm):
    """An agency, or one of its people, from the school's directory."""

    past = ("starts_on",)

    who = forms.ChoiceField(
        label="Who", help_text="From the school’s directory of agencies.",
        error_messages={"required": "Choose an agency or one of its people."},
    )  # fmt: skip
    about = words_field(
        AgencyTie, "about", "What they work on", "Such as: speech sounds, weekly.",
        error_messages={"required": "Say what they work on."},
    )  # fmt: skip
    starts_on = day_field("Since", error_messages={"required": "Choose a day."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today, school_id = timezone.localdate(), self.pupil.school_id
        held = self.row.who if self.row else ""
        choices, self.people = {}, {}
        for agency in Agency.objects.filter(school_id=school_id).prefetch_related("professionals"):
            if agency.ends_on is None or agency.ends_on >= today or held == f"a{agency.pk}":
                choices[f"a{agency.pk}"] = agency.name
            for person in agency.professionals.all():
                self.people[f"p{person.pk}"] = agency.pk
                gone = any(each.ends_on and each.ends_on < today for each in (agency, person))
                if not gone or held == f"p{person.pk}":
                    choices[f"p{person.pk}"] = f"{agency.name}: {person.name}"
        self.fields["who"].choices = [("", "Choose one"), *choices.items()]

    def clean(self):
        data = super().clean()
        who = data.pop("who", "")
        if who:
            person = who.startswith("p")
            data["agency_id"] = self.people[who] if person else int(who[1:])
            data["professional_id"] = int(who[1:]) if person else None
        return data


class AgencyContactForm(KeptForm):
    past = ("on",)

    on = day_field("Day", error_messages={"required": "Choose the day."})
    how = forms.ChoiceField(
        label="How", choices=AgencyContact.How.choices, widget=forms.RadioSelect,
        error_messages={"required": "Choose how."},
    )  # fmt: skip
    about = words_field(
        AgencyContact, "about", "What about, in a line", error_messages={"required": "Say what it was about."}
    )
    staff = staff_field("Who of the school", "Choose who it was.")

    def __init__(self, *args, member, **kwargs):
        super().__init__(*args, **kwargs)
        fill_staff(self.fields["staff"], member)
        self.initial.setdefault("on", timezone.localdate())

    def clean(self):
        data = super().clean()
        if "staff" in data:
            data["staff_id"] = data.pop("staff").pk
        return data
