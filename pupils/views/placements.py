"""Places outside school: a pupil's own page with visits, the forms, and all who learn somewhere else."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.away_words import placement_alerts, span_words, worst
from pupils.cards.placements import visits_in
from pupils.forms.away import EndForm, PlacementForm, VisitForm
from pupils.models import Placement, PlacementVisit
from pupils.queries.away import PLACEMENTS, away_of, calendar_in, read, seen_by
from pupils.views.away import KEEP, Noun, adds, changes, ends, keeper, row_for, withdraws
from pupils.views.away_lists import away_list
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import count_words, day_words, sentence_list
from sendhub.access import Permission, require

P = Permission
PAGE = "pupils/pupil_placements.html"


def show(pupil, member, day):
    """The page's context. One query."""
    found = read(pupil, PLACEMENTS, day)
    places, calendar = found["placements"], calendar_in(found["placements"])
    days, visits = visits_in(found["visits"]), {}
    for visit in found["visits"]:
        visits.setdefault(visit.placement_id, []).append(visit_row(visit, day))
    now = [row.provider for row in places if row.withdrawn_on is None and row.fact(()).runs(day)]
    return {
        "pupil": pupil,
        "title": f"{pupil.forename} learns at {sentence_list(now)}" if now else f"{pupil.forename} learns here alone",
        "rows": [row_of(row, days.get(row.pk, ()), visits.get(row.pk, ()), calendar, day) for row in places],
        "may_keep": member.can(P.AWAY_KEEP) and pupil.left_on is None,
    }


def row_of(row, days, visits, calendar, day):
    checked = f"{day_words(row.check_on, day)}, by {row.check_name}" if row.check_on else "Not recorded"
    return {
        "pk": row.pk,
        "provider": row.provider,
        "what": row.days,
        "when": f"{span_words(row, day)}.",
        "over": row.ends_on is not None and row.ends_on < day,
        "why": row.reason,
        "facts": [
            ("Safeguarding check seen", checked),
            ("Looked at again on", day_words(row.review_on, day) or "No day is set"),
            ("How they tell us who came", row.attendance or "Not agreed"),
        ],
        "alerts": [] if row.withdrawn_on else placement_alerts(row, days, calendar, day),
        "visits": visits,
        "withdrawn": day_words(row.withdrawn_on, day),
    }


def visit_row(visit, day):
    return {
        "pk": visit.pk,
        "when": day_words(visit.visited_on, day),
        "who": visit.visitor_name,
        "findings": visit.findings,
        "withdrawn": day_words(visit.withdrawn_on, day),
    }


NOUN = Noun(
    name="placement",
    word="a place outside school",
    model=Placement,
    form=PlacementForm,
    add=actions.add_placement,
    change=actions.change_placement,
    page="pupils:pupil-placements",
    template=PAGE,
    show=show,
)
VISIT = Noun(
    name="visit",
    word="a visit",
    model=PlacementVisit,
    form=VisitForm,
    add=actions.add_visit,
    change=actions.change_visit,
    page="pupils:pupil-placements",
    template=PAGE,
    show=show,
)


@require_safe
@require(P.PUPIL_RECORD, P.AWAY_VIEW)
def pupil_placements(request, pk):
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.AWAY_VIEW)
    why = logged(request, pupil, "pupil.placements")
    return render(request, PAGE, {**show(pupil, request.member, timezone.localdate()), "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def placement_add(request, pk):
    pupil = keeper(request, pk)
    return adds(request, NOUN, pupil, {"pupil": pupil})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def placement_change(request, pk):
    return changes(request, NOUN, *row_for(request, Placement, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def placement_end(request, pk):
    row, pupil = row_for(request, Placement, pk)
    form = EndForm(request.POST or None, held=row, ended="It ends", hint="The last day there.")

    def act(said):
        if said["how"] == "mistake":
            actions.withdraw_placement(placement=row, on=timezone.localdate(), by=request.member)
            return "Saved: it was a mistake, and counts no more."
        actions.end_placement(placement=row, on=said["on"], by=request.member)
        return "Saved: the last day there."

    return ends(request, NOUN, row, pupil, form, act, f"End {pupil.forename}’s place at {row.provider}")


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def visit_add(request, pk):
    """`pk` is the place that was visited."""
    places = Placement.objects.standing()
    placement = get_object_or_404(places, school_id=request.member.school_id, pk=pk)
    return adds(request, VISIT, keeper(request, placement.pupil_id), {"placement": placement})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def visit_change(request, pk):
    return changes(request, VISIT, *row_for(request, PlacementVisit, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def visit_end(request, pk):
    """A visit has no end: this is for one that was put down by mistake."""
    row, pupil = row_for(request, PlacementVisit, pk)

    def act():
        actions.withdraw_visit(visit=row, on=timezone.localdate(), by=request.member)
        return "Saved: the visit was a mistake, and counts no more."

    return withdraws(request, VISIT, row, pupil, act, f"The visit of {day_words(row.visited_on)} was a mistake")


@require_safe
@require(P.PUPIL_RECORD, P.AWAY_VIEW)
def placement_list(request):
    """Everybody who learns somewhere else now, or soon will; those first of whom something is to be done."""
    member, day = request.member, timezone.localdate()
    away = away_of(member.school_id, day)
    pupils = seen_by(member, [row.pupil_id for row in away.placements], day)
    rows = [list_row(pupils[row.pupil_id], row, away, day) for row in away.placements if row.pupil_id in pupils]
    rows.sort(key=lambda row: (row["alert"] is None, row["pupil"].sort_name, row["pupil"].pk))
    many = count_words(len(rows), "pupil learns", "pupils learn")
    return away_list(
        request,
        "placement",
        rows,
        heading=f"{many[:1].upper()}{many[1:]} somewhere else",
        head=("Where", "Days", "Last visit", "Looked at again"),
        empty=("Everybody learns here", "A place outside school is recorded on the pupil’s record."),
    )


def list_row(pupil, row, away, day):
    visits = away.visits.get(row.pk, ())
    alerts = placement_alerts(row, visits, away.calendar, day)
    cells = (
        row.provider,
        row.days,
        day_words(max(visits, default=None), day) or "None yet",
        day_words(row.review_on, day) or "No day",
    )
    return {"pupil": pupil, "cells": cells, "alert": worst(alerts), "more": len(alerts) - 1}
