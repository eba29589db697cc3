"""Forms of access arrangements, and of the school's own list of them."""

from django import forms
from django.utils import timezone

from pupils.forms.kept import KeptForm, words_field
from pupils.forms.moves import day_field
from pupils.models import AccessArrangement, ArrangementKind
from pupils.models.arrangements import APPROVALS, SCHEMES
from pupils.queries.arrangements import kinds_offered


class ArrangementForm(KeptForm):
    """What an arrangement is called is chosen from the school's list; who approves it follows from there."""

    past = ("evidence_on", "applied_on", "approved_on")

    name = forms.ChoiceField(label="Arrangement", error_messages={"required": "Choose an arrangement."})
    scheme = forms.ChoiceField(label="For", choices=SCHEMES, widget=forms.RadioSelect, initial=SCHEMES[0][0])
    starts_on = day_field("Given from", error_messages={"required": "Choose a day."})
    evidence = words_field(
        AccessArrangement, "evidence", "Evidence", "What shows the need, such as: Form 8, writing speed 78.",
        required=False,
    )  # fmt: skip
    evidence_on = day_field("Evidence of", required=False)
    evidence_by = words_field(AccessArrangement, "evidence_by", "Evidence by", "Who assessed or wrote.", required=False)
    applied_on = day_field("Applied for on", required=False)
    approved_on = day_field("Approved on", required=False)
    expires_on = day_field("Runs out on", "Only if the approval names a day; else we count it.", required=False)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.kinds = dict(kinds_offered(self.pupil.school_id, timezone.localdate()))
        if self.row is not None:
            self.kinds.setdefault(self.row.name, self.row.approval)
        self.fields["name"].choices = [("", "Choose one"), *((name, name) for name in self.kinds)]

    def clean(self):
        data = super().clean()
        applied, approved, expires = (data.get(name) for name in ("applied_on", "approved_on", "expires_on"))
        if applied and approved and approved < applied:
            self.add_error("approved_on", "That is before it was applied for. Choose a later day.")
        if expires and not approved and "approved_on" not in self.errors:
            self.add_error("approved_on", "Say when it was approved.")
        if expires and approved and expires < approved:
            self.add_error("expires_on", "That is before it was approved. Choose a later day.")
        if data.get("evidence_on") and not data.get("evidence"):
            self.add_error("evidence", "Say what the evidence is.")
        kept = self.row is not None and self.row.name == data.get("name")
        data["approval"] = self.row.approval if kept else self.kinds.get(data.get("name"))
        return data


class KindForm(forms.Form):
    """One line of the school's list."""

    name = words_field(
        ArrangementKind, "name", "Arrangement", error_messages={"required": "Say what the arrangement is."}
    )
    approval = forms.ChoiceField(
        label="Who approves it", choices=APPROVALS, widget=forms.RadioSelect,
        error_messages={"required": "Choose who approves it."},
    )  # fmt: skip

    def __init__(self, *args, school_id, kind=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.others = ArrangementKind.objects.filter(school_id=school_id).exclude(pk=kind and kind.pk)

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if self.others.filter(name=name).exists():
            raise forms.ValidationError("This is on the list already. Choose another name.")
        return name
