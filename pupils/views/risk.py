"""A pupil's risk plans, and who of the adults linked to the pupil has read each as it now stands."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from pupils import actions
from pupils.due import due_mark
from pupils.forms.support import RiskForm
from pupils.models import RiskPlan, RiskReading
from pupils.queries.gather import STAFF_NAME, About, gather
from pupils.queries.linked import linked_adults
from pupils.views import keep
from pupils.views.fetch import pupil_for
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.rules.support import risk_review
from staff.models import StaffMember

RISK = keep.Noun(
    model=RiskPlan,
    form=RiskForm,
    name="risk",
    add=actions.add_risk,
    change=actions.change_risk,
    end=actions.end_risk,
    heads=("A risk plan for {name}", "Change {name}’s risk plan", "Until when does the plan hold?"),
    saved=(
        "Saved: the risk plan. The adults linked to the pupil are asked to read it.",
        "Saved: the risk plan. If its words changed, everybody is asked to read it again.",
        "Saved: until when the plan holds.",
    ),
    lead="Every adult linked to the pupil is asked to read it.",
    end_lead="The plan and who read it stay on the record.",
)
PARTS = {
    "plans": About(RiskPlan),
    "readings": About(RiskReading, order="t.read_on, t.id", extra={"staff_name": STAFF_NAME.format("staff_id")}),
}


@require_safe
@require(Permission.PUPIL_RECORD)
def risk_list(request, pk):
    pupil, day = pupil_for(request, pk, Permission.PUPIL_RECORD), timezone.localdate()
    found = gather(pupil, PARTS, day)
    adults = linked_adults(pupil, day)
    rows = [kept(request, row, pupil, day, found["readings"], adults) for row in found["plans"]]
    holds = sum(1 for row in rows if not row.ended)
    asked = next((row.extra for row in rows if row.extra and row.extra["press"]), None)
    if asked:
        asked["first"] = True
    title, one = f"{pupil.forename} has {count_words(holds, 'risk plan', 'risk plans')}", "a risk plan"
    return keep.own_page(request, pupil, RISK, "risk.open", title=title, lead="", rows=rows, one=one, asked=asked)


def kept(request, row, pupil, day, readings, adults):
    row.pupil = pupil
    ended, ways = keep.ended_words(row, day), keep.addresses(request, RISK, row)
    mark, words = ("", "") if ended else due_mark(risk_review(row.review_on, day), day)
    mine = [each for each in readings if each.plan_id == row.pk and each.edition == row.edition]
    return keep.Kept(
        pk=row.pk,
        title="Risk plan",
        mark=mark,
        mark_words=words,
        text=(("What may happen", row.may_happen), ("What we do", row.we_do), ("Who", row.who)),
        facts=(
            ("Made on", day_words(row.starts_on, day)),
            ("Words of", day_words(row.edition_on, day)),
            ("Look at it again on", day_words(row.review_on, day)),
        ),
        ended=ended,
        extra=None if ended else reading(request.member, row, mine, adults, day, bool(ways)),
        **ways,
    )


def reading(member, row, readings, adults, day, keeps):
    """Who has read this edition and who has not; `press` is the address for a reader who has not said so. Of an adult
    without an account somebody who keeps the plan says it."""
    read = {each.staff_id for each in readings}
    left = [adult for adult in adults if adult.pk not in read]
    asked = len(adults) + len(read - {adult.pk for adult in adults})
    mine = member.staff_id is not None and member.staff_id not in read and row.pupil.left_on is None
    return {
        "kind": "readers",
        "title": f"{len(read)} of {asked} have read it" if asked else "No adult is linked to the pupil",
        "read": [(each.staff_name, day_words(each.read_on, day)) for each in readings],
        "left": [(adult, reverse("pupils:risk-read-for", args=[row.pk, adult.pk]) if keeps else "") for adult in left],
        "first": False,
        "press": reverse("pupils:risk-read", args=[row.pk]) if mine else "",
    }


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def risk_add(request, pk):
    return keep.add(request, pk, RISK)


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def risk_change(request, pk):
    return keep.change(request, pk, RISK, on=timezone.localdate())


@require_http_methods(["GET", "HEAD", "POST"])
@require(*keep.KEEPS)
def risk_end(request, pk):
    return keep.end(request, pk, RISK)


@require_POST
@require(Permission.PUPIL_RECORD)
def risk_read(request, pk):
    """ "I have read this", by anybody who works here and may open the record."""
    held = get_object_or_404(RiskPlan, school_id=request.member.school_id, pk=pk)
    pupil = pupil_for(request, held.pupil_id, Permission.PUPIL_RECORD)
    if request.member.staff_id is None or pupil.left_on is not None:
        raise Http404
    actions.read_risk(row=held, staff=request.member.staff, on=timezone.localdate(), by=request.member)
    messages.success(request, "Saved: you have read it.")
    return redirect(reverse("pupils:risk-list", args=[pupil.pk]))


@require_POST
@require(*keep.KEEPS)
def risk_read_for(request, pk, staff):
    """An adult linked to the pupil has read the plan on paper, says who keeps it."""
    pupil, held = keep.kept_row(request, RiskPlan, pk)
    day = timezone.localdate()
    if staff not in {adult.pk for adult in linked_adults(pupil, day)}:
        raise Http404
    reader = StaffMember.objects.get(school_id=pupil.school_id, pk=staff)
    actions.read_risk(row=held, staff=reader, on=day, by=request.member)
    return keep.saved(request, keep.home(RISK, pupil), f"Saved: {reader.name} has read it.")
