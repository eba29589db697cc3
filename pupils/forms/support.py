"""Forms of what supports a pupil: healthcare plan, reasonable adjustment, risk plan."""

from django import forms
from django.utils import timezone

from pupils.forms.kept import KeptForm, words_field
from pupils.forms.moves import day_field
from pupils.models import Adjustment, MedicalPointer, RiskPlan
from sendhub.rules.support import first_risk_review


class MedicalForm(KeptForm):
    past = ("starts_on", "reviewed_on")

    at_once = words_field(
        MedicalPointer, "at_once", "What an adult must know at once",
        "One line for an emergency, such as where the adrenaline pen is. Not the story.", required=False,
    )  # fmt: skip
    ask = words_field(
        MedicalPointer, "ask", "Whom to ask", initial="the school nurse",
        error_messages={"required": "Say whom to ask, such as the school nurse."},
    )  # fmt: skip
    kept_at = words_field(
        MedicalPointer, "kept_at", "Where the plan is kept", "Such as: medical room, red folder.",
        error_messages={"required": "Say where the plan is kept."},
    )  # fmt: skip
    starts_on = day_field("There is a plan since", error_messages={"required": "Choose a day."})
    reviewed_on = day_field("Last looked at on", "Leave it empty if nobody can tell.", required=False)


class AdjustmentForm(KeptForm):
    what = words_field(
        Adjustment, "what", "What we do", "Such as: leaves lessons five minutes early.",
        error_messages={"required": "Say what you do."},
    )  # fmt: skip
    why = words_field(
        Adjustment, "why", "Why", "What would hold the pupil back without it.",
        error_messages={"required": "Say why."},
    )  # fmt: skip
    starts_on = day_field("Since", error_messages={"required": "Choose a day."})
    look_on = day_field("Ask again whether it is needed on", "Leave it empty: then once a year.", required=False)

    def clean(self):
        data = super().clean()
        first, look = data.get("starts_on"), data.get("look_on")
        if first and look and look <= first:
            self.add_error("look_on", "Choose a day after it began.")
        return data


def text_field(column, label, help_text, needed, rows):
    limit = RiskPlan._meta.get_field(column).max_length
    return forms.CharField(
        label=label, help_text=help_text, max_length=limit, error_messages={"required": needed},
        widget=forms.Textarea(attrs={"rows": rows}),
    )  # fmt: skip


class RiskForm(KeptForm):
    past = ("starts_on",)

    may_happen = text_field(
        "may_happen", "What may happen", "Plainly, and when it is likely.", "Say what may happen.", 3
    )
    we_do = text_field("we_do", "What we do", "Before, during and after.", "Say what you do.", 6)
    who = words_field(
        RiskPlan, "who", "Who does it", "By name or by part, such as: whoever teaches; then the duty lead.",
        error_messages={"required": "Say who does it."},
    )  # fmt: skip
    starts_on = day_field("Made on", error_messages={"required": "Choose a day."})
    review_on = day_field("Look at it again on", error_messages={"required": "Choose a day."})

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.initial.setdefault("review_on", first_risk_review(today, today))

    def clean(self):
        data = super().clean()
        made, review = data.get("starts_on"), data.get("review_on")
        if made and review and review < made:
            self.add_error("review_on", "Choose a day after the plan was made.")
        return data
