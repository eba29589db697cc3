"""Forms about who can sign in: the invitation, roles, the first password, the school's rules of sign-in."""

import re

from django import forms
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from sendhub.access import ROLES, Role, may_give
from staff.models import School, StaffMember, User

TENANT = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def text(**attrs):
    return forms.TextInput(attrs={"class": "input", **attrs})


def concealed(**attrs):
    return forms.PasswordInput(attrs={"class": "input", "autocomplete": "new-password", **attrs})


class StaffChoice(forms.ModelChoiceField):
    def label_from_instance(self, staff):
        return f"{staff.surname}, {staff.forename}" + (f" ({staff.job_title})" if staff.job_title else "")


class RolesField(forms.MultipleChoiceField):
    """Roles that `giver` may hand out, and those that the person holds already."""

    def __init__(self, **kwargs):
        super().__init__(label="What may they do?", widget=forms.CheckboxSelectMultiple, **kwargs)

    def offer(self, giver, held=()):
        roles = [role for role in Role if role in held or may_give(giver.roles, role)]
        self.choices = [(role.value, f"{ROLES[role].title}: {ROLES[role].words}") for role in roles]


class InviteForm(forms.Form):
    staff = StaffChoice(
        StaffMember.objects.none(),
        label="Who is it?",
        required=False,
        empty_label="Somebody who is not on the staff list",
        widget=forms.Select(attrs={"class": "input"}),
    )
    name = forms.CharField(
        label="Name",
        required=False,
        max_length=120,
        help_text="Only for somebody who is not on the list.",
        widget=text(autocomplete="off"),
    )
    email = forms.EmailField(
        label="E-mail address",
        help_text="The invitation works for this address only.",
        widget=forms.EmailInput(attrs={"class": "input", "autocomplete": "off"}),
    )
    roles = RolesField()

    def __init__(self, *args, member, staff, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["staff"].queryset = staff
        self.fields["roles"].offer(member)

    def clean(self):
        cleaned = super().clean()
        if not cleaned.get("staff") and not cleaned.get("name"):
            self.add_error("name", "Choose somebody from the list, or write a name.")
        elif cleaned.get("staff"):
            cleaned["name"] = cleaned["staff"].name
        return cleaned


class RolesForm(forms.Form):
    roles = RolesField()

    def __init__(self, *args, member, person, **kwargs):
        super().__init__(*args, initial={"roles": person.roles}, **kwargs)
        self.fields["roles"].offer(member, held=person.roles)


class JoinForm(forms.Form):
    """The first password of someone who has accepted an invitation."""

    name = forms.CharField(label="Your name", max_length=120, widget=text(autocomplete="name"))
    password1 = forms.CharField(
        label="Password",
        strip=False,
        max_length=128,
        help_text="At least 12 characters. Three or four words that do not belong together are easy to keep in mind.",
        widget=concealed(),
    )
    password2 = forms.CharField(label="The same password again", strip=False, max_length=128, widget=concealed())

    def __init__(self, *args, invitation, school, **kwargs):
        titles = {row.title for row in ROLES.values()}  # a new school's first invitation names no person
        known = "" if invitation.name in titles else invitation.name
        super().__init__(*args, initial={"name": known}, **kwargs)
        self.invitation, self.school = invitation, school

    def clean(self):
        cleaned = super().clean()
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", "The two passwords are not the same.")
        elif first:
            person = User(email=self.invitation.email, name=cleaned.get("name", ""))
            person.joining = self.school
            try:
                validate_password(first, person)
            except ValidationError as error:
                self.add_error("password1", error)
        return cleaned


class SecondFactorForm(forms.Form):
    second_factor = forms.ChoiceField(
        label="Who must use a second step when they sign in?",
        choices=School.SecondFactor.choices,
        widget=forms.RadioSelect,
    )


class GoogleForm(forms.Form):
    domain = forms.RegexField(
        r"^[a-z0-9-]+(\.[a-z0-9-]+)+$",
        label="Your Google domain",
        help_text="For example oakfield.sch.uk. Accounts of any other domain are refused.",
        widget=text(autocomplete="off"),
    )
    client_id = forms.CharField(label="Client ID", max_length=191, widget=text(autocomplete="off"))
    secret = forms.CharField(label="Client secret", required=False, max_length=191, widget=concealed())
    enforces_second_factor = forms.BooleanField(
        label="Our Google asks everybody for a second step, so SendHub need not ask again", required=False
    )

    def __init__(self, *args, row=None, **kwargs):
        super().__init__(*args, initial=self.start(row) if row else None, **kwargs)
        self.fields["secret"].required = row is None
        if row:
            self.fields["secret"].help_text = "Leave it empty to keep the one that is there."

    def start(self, row):
        kept = ("domain", "client_id", "enforces_second_factor")
        return {name: getattr(row, name) for name in kept}

    @property
    def issuer(self):
        return "https://accounts.google.com"


class MicrosoftForm(GoogleForm):
    domain = None
    tenant = forms.RegexField(
        TENANT,
        label="Your tenant ID",
        help_text="Found in the Entra admin centre. It looks like 00000000-0000-0000-0000-000000000000.",
        widget=text(autocomplete="off"),
    )
    field_order = ["tenant"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        label = "Our Microsoft 365 asks everybody for a second step, so SendHub need not ask again"
        self.fields["enforces_second_factor"].label = label

    def start(self, row):
        kept = ("client_id", "enforces_second_factor")
        return {"tenant": row.issuer.split("/")[3], **{name: getattr(row, name) for name in kept}}

    @property
    def issuer(self):
        return f"https://login.microsoftonline.com/{self.cleaned_data['tenant'].lower()}/v2.0"
