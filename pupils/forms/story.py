"""The story of a case: for whom, since when, and what becomes of each name that stands in it."""

import uuid

from django import forms

from pupils.forms.moves import day_field
from sendhub.rules.audiences import AUDIENCES, Audience, Choice, choices_for

REST = "rest"


class StoryForm(forms.Form):
    audience = forms.ChoiceField(
        label="Who reads it?",
        choices=[(audience, f"{row.title}. {row.words}") for audience, row in AUDIENCES.items()],
        widget=forms.RadioSelect,
        initial=Audience.SCHOOL,
        error_messages={"required": "Choose who reads it."},
    )
    since = day_field("Begin with", "Leave it empty for everything.", required=False)
    restricted = forms.BooleanField(label="With restricted notes", required=False)

    def __init__(self, *args, may_restricted, **kwargs):
        super().__init__(*args, **kwargs)
        if not may_restricted:
            del self.fields["restricted"]

    def clean(self):
        data = super().clean()
        audience = data.get("audience")
        if data.get("restricted") and audience and not AUDIENCES[Audience(audience)].restricted:
            self.add_error("restricted", "Restricted notes are never part of a story for these readers.")
        return data


class NamesForm(forms.Form):
    """A choice a name. With the button `rest`, those that nobody has decided of are replaced."""

    form_id = forms.UUIDField(widget=forms.HiddenInput, initial=uuid.uuid4)
    rest = forms.CharField(required=False, max_length=4, widget=forms.HiddenInput)

    def __init__(self, *args, story, **kwargs):
        super().__init__(*args, **kwargs)
        self.story = story
        for key, flag in story.flags.items():
            offered = choices_for(story.audience, flag.person)
            words = {Choice.KEEP: "Keep it", Choice.PART: f"“{flag.part}”", Choice.REMOVE: "Take it out"}
            times = "once" if flag.times == 1 else f"{flag.times} times"
            self.fields[f"name_{key}"] = forms.ChoiceField(
                label=f"{flag.said}, {times}",
                choices=[(choice, words[choice]) for choice in offered],
                widget=forms.RadioSelect,
                required=not self.data.get("rest"),
                error_messages={
                    "required": "Say what becomes of this name.",
                    "invalid_choice": "For these readers, replace it or take it out.",
                },
            )

    def clean(self):
        data = super().clean()
        for name in self.names():
            if data.get("rest") and name not in self.errors:
                data[name] = data.get(name) or Choice.PART
        return data

    def names(self):
        return [name for name in self.fields if name.startswith("name_")]

    def choices(self):
        """{flag key: choice}; valid forms only."""
        return {name.removeprefix("name_"): str(self.cleaned_data[name]) for name in self.names()}

    def rows(self):
        return [self[name] for name in self.names()]
