"""Forms of what is kept and what goes."""

from django import forms

from sendhub.desk.models.keeping import ACTIONS, ANCHORS
from sendhub.desk.rights.forms.fields import VersionedForm, line_field

MOST = 20  # records in one go: somebody looks at each


class RuleForm(VersionedForm):
    years = forms.IntegerField(
        label="How many years?", min_value=1, max_value=100, error_messages={"required": "Say how many years."}
    )
    anchor = forms.ChoiceField(label="Counted from what?", choices=ANCHORS, widget=forms.RadioSelect)
    action = forms.ChoiceField(label="What then?", choices=ACTIONS, widget=forms.RadioSelect)
    reason = line_field(
        "Why is it so here?", help_text="Such as: the trust’s own schedule of 2026.",
        error_messages={"required": "Say why the school departs from the default."},
    )  # fmt: skip


class HoldForm(forms.Form):
    reason = line_field(
        "Why must nothing go?", help_text="Such as: a claim, an inquiry, an appeal.",
        error_messages={"required": "Say why."},
    )  # fmt: skip


class ProposeForm(forms.Form):
    """`due` are the records that may be chosen, by the pupil's id."""

    ids = forms.MultipleChoiceField(
        widget=forms.MultipleHiddenInput, error_messages={"required": "Choose the records."}
    )
    why = line_field("Why may they go?", error_messages={"required": "Say why they may go."})

    def __init__(self, *args, due, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ids"].choices = [(str(each.pupil_id), "") for each in due if not each.held]

    def clean_ids(self):
        ids = [int(text) for text in self.cleaned_data["ids"]]
        if len(ids) > MOST:
            raise forms.ValidationError(f"Choose at most {MOST} at a time, so that each is looked at.")
        return ids
