"""A pupil's healthcare plans: where each is, whom to ask, what to know at once. The plans are not here."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.cards.medical import mark_of
from pupils.forms.support import MedicalForm
from pupils.models import MedicalPointer
from pupils.queries.gather import About, gather
from pupils.views import keep
from pupils.views.fetch import pupil_for
from pupils.words import day_words
from sendhub.access import Permission, require

MEDICAL = keep.Noun(
    model=MedicalPointer,
    form=MedicalForm,
    name="medical",
    add=actions.add_medical,
    change=actions.change_medical,
    end=actions.end_medical,
    heads=("A healthcare plan of {name}", "{name}’s healthcare plan", "Until when does {name}’s plan hold?"),
    saved=("Saved: the healthcare plan is noted.", "Saved: the healthcare plan.", "Saved: until when the plan holds."),
    lead="Every adult who may open the record reads this. What the condition is stays in the plan itself.",
    end_lead="The plan itself stays where it is kept.",
)
PARTS = {"plans": About(MedicalPointer)}


@require_safe
@require(Permission.PUPIL_RECORD)
def medical_list(request, pk):
    pupil, day = pupil_for(request, pk, Permission.PUPIL_RECORD), timezone.localdate()
    rows = [kept(request, row, pupil, day) for row in gather(pupil, PARTS, day)["plans"]]
    holds = sum(1 for row in rows if not row.ended)
    title = f"{pupil.forename} has a healthcare plan" if holds else f"No healthcare plan of {pupil.forename} is noted"
    lead = "The plan is not here: ask whoever is named."
    return keep.own_page(request, pupil, MEDICAL, "medical.open", title=title, lead=lead, rows=rows, one="a plan")


def kept(request, row, pupil, day):
    row.pupil = pupil
    ended, ways = keep.ended_words(row, day), keep.addresses(request, MEDICAL, row)
    mark, words = ("", "") if ended else mark_of(row, day)
    reviewed = [(reverse("pupils:medical-review", args=[row.pk]), "It was looked at today", row.kept_at)]
    return keep.Kept(
        pk=row.pk,
        title=f"Ask {row.ask}",
        mark=mark,
        mark_words=words,
        text=(("At once", row.at_once),) if row.at_once else (),
        facts=(
            ("Where it is kept", row.kept_at),
            ("Since", day_words(row.starts_on, day)),
            ("Last looked at", day_words(row.reviewed_on, day) or "Nobody can tell"),
        ),
        presses=tuple(reviewed) if ways and not ended else (),
        ended=ended,
        **ways,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def medical_add(request, pk):
    return keep.add(request, pk, MEDICAL)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def medical_change(request, pk):
    return keep.change(request, pk, MEDICAL)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def medical_end(request, pk):
    return keep.end(request, pk, MEDICAL)


@require_POST
@require(*keep.KEEPS)
def medical_review(request, pk):
    act = partial(actions.review_medical, on=timezone.localdate())
    return keep.press(request, pk, MEDICAL, act, "Saved: the plan was looked at today.")
