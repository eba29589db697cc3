"""A pupil's reasonable adjustments: what is done and why, and one press to say that it is still needed."""

from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.cards.adjustments import mark_of
from pupils.forms.support import AdjustmentForm
from pupils.models import Adjustment
from pupils.queries.gather import STAFF_NAME, About, gather
from pupils.views import keep
from pupils.views.fetch import pupil_for
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.rules.support import adjustment_check

ADJUSTMENT = keep.Noun(
    model=Adjustment,
    form=AdjustmentForm,
    name="adjustment",
    add=actions.add_adjustment,
    change=actions.change_adjustment,
    end=actions.end_adjustment,
    heads=("A reasonable adjustment for {name}", "Change the adjustment for {name}", "Until when is it needed?"),
    saved=("Saved: the adjustment is noted.", "Saved: the adjustment.", "Saved: until when it holds."),
    lead="What the school does so that a disability does not hold the pupil back.",
    end_lead="What was done stays on the record.",
)
PARTS = {"adjustments": About(Adjustment, extra={"confirmed_name": STAFF_NAME.format("confirmed_by_id")})}


@require_safe
@require(Permission.PUPIL_RECORD)
def adjustment_list(request, pk):
    pupil, day = pupil_for(request, pk, Permission.PUPIL_RECORD), timezone.localdate()
    rows = [kept(request, row, pupil, day) for row in gather(pupil, PARTS, day)["adjustments"]]
    holds = count_words(sum(1 for row in rows if not row.ended), "reasonable adjustment", "reasonable adjustments")
    title = f"{pupil.forename} has {holds}"
    lead = "The Equality Act asks for them. Once a year somebody says whether each is still needed."
    return keep.own_page(
        request, pupil, ADJUSTMENT, "adjustment.open", title=title, lead=lead, rows=rows, one="an adjustment"
    )


def kept(request, row, pupil, day):
    row.pupil = pupil
    ended, ways = keep.ended_words(row, day), keep.addresses(request, ADJUSTMENT, row)
    mark, words = ("", "") if ended else mark_of(row, day)
    due = adjustment_check(row.starts_on, row.confirmed_on, row.look_on, day).due
    said = day_words(row.confirmed_on, day) + (f", {row.confirmed_name}" if row.confirmed_name else "")
    needed = (reverse("pupils:adjustment-confirm", args=[row.pk]), "It is still needed", row.what)
    return keep.Kept(
        pk=row.pk,
        title=row.what,
        mark=mark,
        mark_words=words,
        text=(("Why", row.why),),
        facts=(
            ("Since", day_words(row.starts_on, day)),
            ("Still needed, said", said or "Not yet"),
            ("Ask again by", day_words(due, day)),
        ),
        presses=(needed,) if ways and not ended else (),
        ended=ended,
        **ways,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def adjustment_add(request, pk):
    return keep.add(request, pk, ADJUSTMENT)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def adjustment_change(request, pk):
    return keep.change(request, pk, ADJUSTMENT)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def adjustment_end(request, pk):
    return keep.end(request, pk, ADJUSTMENT)


@require_POST
@require(*keep.KEEPS)
def adjustment_confirm(request, pk):
    act = partial(actions.confirm_adjustment, on=timezone.localdate())
    return keep.press(request, pk, ADJUSTMENT, act, "Saved: it is still needed.")
