"""Forms of a request for a child's data: whose and who asks, the days on its way, the ticks."""

from django import forms
from django.utils import timezone

from pupils.models import Contact
from sendhub.desk.models import AccessRequest, AccessTick
from sendhub.desk.rights.forms.fields import VersionedForm, day_field, line_field
from sendhub.rules.data_rights import Pause, may_ask_themselves, subject_access
from sendhub.rules.pupil_age import is_young_person

Who = AccessRequest.Who
# Who asks for themselves, and whether they are old enough for it. That they understand it, a person judges.
SELF = {Who.PUPIL: may_ask_themselves, Who.YOUNG: is_young_person}


class FindForm(forms.Form):
    name = line_field("The child’s name, or a part of it", 80, error_messages={"required": "Enter a name."})


class RequestAddForm(forms.Form):
    """`pupil` is chosen already; its family are those who may ask as parents."""

    who = forms.ChoiceField(
        label="Who asks?", choices=Who.choices, widget=forms.RadioSelect, error_messages={"required": "Say who asks."}
    )
    contact = forms.ModelChoiceField(
        label="Which parent or carer?", queryset=Contact.objects.none(), required=False, empty_label="Nobody of these"
    )
    asked_by = line_field("The name of anybody else", 120, required=False)
    asked_on = day_field("When did they ask?", error_messages={"required": "Say on which day."})
    wants_record = forms.BooleanField(
        label="They ask for the educational record, and we are a maintained school", required=False
    )

    def __init__(self, *args, pupil, **kwargs):
        super().__init__(*args, **kwargs)
        self.pupil = pupil
        self.fields["contact"].queryset = pupil.contacts.filter(school_id=pupil.school_id)
        self.fields["contact"].label_from_instance = contact_words
        self.fields["asked_on"].initial = timezone.localdate()

    def clean(self):
        data = super().clean()
        who, contact = data.get("who"), data.get("contact")
        if who == Who.PARENT:
            if contact is None:
                self.add_error(
                    "contact", "Choose the parent or carer. Add them to the record first if they are missing."
                )
            elif contact.parental_responsibility is not True or contact.court_order:
                self.add_error(
                    "contact",
                    "The record does not say that they have parental responsibility and no court order. Settle that, "
                    "put it right in the record, or write the request down as from someone else.",
                )
        elif who in SELF and not SELF[who](self.pupil.born_on, data.get("asked_on") or timezone.localdate()):
            self.add_error("who", "They are too young to ask in this way. Look at the date of birth.")
        elif who == Who.OTHER and not data.get("asked_by"):
            self.add_error("asked_by", "Say who asks.")
        if who and who != Who.PARENT:
            data["contact"] = None
        if who and who != Who.OTHER:
            data["asked_by"] = ""
        return data


def contact_words(contact):
    """ "Parent Khan, mother: parental responsibility"."""
    words = {True: "parental responsibility", False: "no parental responsibility", None: "not known if responsible"}
    said = f"{contact.name}{f', {contact.relationship.lower()}' if contact.relationship else ''}"
    return f"{said}: {words[contact.parental_responsibility]}{', court order' if contact.court_order else ''}"


class RequestForm(VersionedForm):
    """The days on its way. `asked` is the request as it is stored."""

    settled_on = day_field("When did you know who asks, and that they may?", required=False)
    settled_how = line_field("How do you know?", help_text="Such as: known to the office, signed form.", required=False)
    paused_from = day_field("When did you ask what they mean?", "The clock stands still from here.", required=False)
    paused_until = day_field("When did they answer?", required=False)
    extended_on = day_field("When did you tell them that it takes two months more?", required=False)
    extended_why = line_field("Why is it difficult?", required=False)
    wants_record = forms.BooleanField(
        label="They ask for the educational record, and we are a maintained school", required=False
    )
    answered_on = day_field("When did you give them the archive?", required=False)
    answered_how = line_field("How did you give it to them?", required=False)
    withdrawn_on = day_field("When did they take the request back, or did you refuse it?", required=False)
    withdrawn_why = line_field("Why?", required=False)

    def __init__(self, *args, asked, **kwargs):
        super().__init__(*args, **kwargs)
        self.asked = asked

    def clean(self):
        data = super().clean()
        for day, words, need in (
            ("settled_on", "settled_how", "Say how you know."),
            ("extended_on", "extended_why", "Say why it is difficult."),
            ("answered_on", "answered_how", "Say how you gave it to them."),
            ("withdrawn_on", "withdrawn_why", "Say why."),
        ):
            if data.get(day):
                self.needs(words, need)
            elif data.get(words):
                self.needs(day, "Say on which day.")
        if data.get("paused_until") and not data.get("paused_from"):
            self.needs("paused_from", "Say when you asked.")
        self.in_order(data)
        return data

    def in_order(self, data):
        for name in ("paused_from", "extended_on", "answered_on", "withdrawn_on"):
            if data.get(name) and data[name] < self.asked.asked_on:
                self.add_error(name, "This is before they asked.")
        if data.get("paused_from") and data.get("paused_until") and data["paused_until"] < data["paused_from"]:
            self.add_error("paused_until", "They answered before you asked?")
        if data.get("answered_on") and data.get("withdrawn_on"):
            self.add_error("withdrawn_on", "It was answered, or it was taken back: not both.")
        if data.get("answered_on"):
            self.needs("settled_on", "First say when you knew who asks.")
            if self.asked.archived_at is None:
                self.add_error("answered_on", "The archive is not made yet. Look through it, then make it.")
        limit = self.limit(data)
        if data.get("extended_on") and limit and data["extended_on"] > limit:
            self.add_error("extended_on", "It has to be said within the first month. After that the month stands.")

    def limit(self, data):
        """The last day of the first month, on which one may still say that it takes longer."""
        pause = Pause(data["paused_from"], data.get("paused_until")) if data.get("paused_from") else None
        return subject_access(self.asked.asked_on, data.get("settled_on"), pause, today=timezone.localdate()).extend


class TickForm(forms.Form):
    """What is decided about the chosen things. `flags` are those on the page that this person may decide, by text."""

    keys = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput, error_messages={"required": "Choose what you have looked at."}
    )
    decision = forms.ChoiceField(
        choices=AccessTick.Decision.choices, error_messages={"required": "Say what happens with it."}
    )
    reason = forms.CharField(max_length=200, required=False)

    def __init__(self, *args, flags, **kwargs):
        super().__init__(*args, **kwargs)
        self.flags = flags
        self.fields["keys"].choices = [(text, text) for text in flags]

    def clean(self):
        data = super().clean()
        if data.get("decision") in {"black_out", "leave_out"} and not data.get("reason"):
            self.add_error("reason", "Say why it is not given as it is. They may ask, and so may the ICO.")
        return data

    def chosen(self):
        return [self.flags[text].key for text in self.cleaned_data["keys"]]
