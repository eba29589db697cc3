"""Reduced timetables: a pupil's own page, the forms, and the register of all pupils who are on one."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.away_words import hours_words, span_words, timetable_alerts, worst
from pupils.forms.away import EndForm, TimetableForm
from pupils.models import ReducedTimetable
from pupils.queries.away import TIMETABLES, away_of, read, seen_by
from pupils.views.away import KEEP, Noun, adds, changes, ends, keeper, row_for
from pupils.views.away_lists import away_list
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import count_words, day_words
from sendhub.access import Permission, require

P = Permission
PAGE = "pupils/pupil_timetables.html"
SEES = (P.PUPIL_RECORD, P.ATTENDANCE_VIEW)
NOT_YET = "Not recorded"


def show(pupil, member, day):
    """The page's context; why, and who agreed, is for whoever may know. One query."""
    found = read(pupil, TIMETABLES, day)["timetables"]
    told = member.can(P.AWAY_VIEW)
    runs = [row for row in found if row.withdrawn_on is None and row.fact.runs(day)]
    return {
        "pupil": pupil,
        "title": f"{pupil.forename} is in school for {hours_words(runs[0]).replace(' in school', '')}"
        if runs
        else f"{pupil.forename} is in school for the whole week",
        "told": told,
        "rows": [row_of(row, day, told) for row in found],
        "may_keep": member.can(P.AWAY_KEEP) and pupil.left_on is None,
    }


def row_of(row, day, told):
    facts = [
        ("Family agreed", day_words(row.agreed_on, day) or NOT_YET),
        ("Looked at again on", day_words(row.review_on, day) or "No day is set"),
        ("Council told", day_words(row.council_on, day) or NOT_YET),
    ]
    return {
        "pk": row.pk,
        "what": hours_words(row),
        "when": f"{span_words(row, day)}.",
        "over": row.ends_on is not None and row.ends_on < day,
        "why": row.reason if told else "",
        "facts": facts if told else [],
        "alerts": timetable_alerts(row, day) if told and row.withdrawn_on is None else [],
        "withdrawn": day_words(row.withdrawn_on, day),
    }


NOUN = Noun(
    name="timetable",
    word="a reduced timetable",
    model=ReducedTimetable,
    form=TimetableForm,
    add=actions.add_timetable,
    change=actions.change_timetable,
    page="pupils:pupil-timetables",
    template=PAGE,
    show=show,
)


@require_safe
@require(*SEES)
def pupil_timetables(request, pk):
    pupil = pupil_for(request, pk, *SEES)
    why = logged(request, pupil, "pupil.timetables")
    return render(request, PAGE, {**show(pupil, request.member, timezone.localdate()), "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def timetable_add(request, pk):
    pupil = keeper(request, pk)
    return adds(request, NOUN, pupil, {"pupil": pupil})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def timetable_change(request, pk):
    return changes(request, NOUN, *row_for(request, ReducedTimetable, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def timetable_end(request, pk):
    row, pupil = row_for(request, ReducedTimetable, pk)
    form = EndForm(request.POST or None, held=row, ended="It ends", hint="The last day of shorter hours.")

    def act(said):
        if said["how"] == "mistake":
            actions.withdraw_timetable(timetable=row, on=timezone.localdate(), by=request.member)
            return "Saved: it was a mistake, and counts no more."
        actions.end_timetable(timetable=row, on=said["on"], by=request.member)
        return "Saved: the last day of the reduced timetable."

    return ends(request, NOUN, row, pupil, form, act, f"End a reduced timetable of {pupil.forename}")


@require_safe
@require(P.PUPIL_RECORD, P.AWAY_VIEW)
def timetable_list(request):
    """Everybody on one now, or soon to be; those first of whom something is to be done."""
    member, day = request.member, timezone.localdate()
    found = away_of(member.school_id, day).timetables
    pupils = seen_by(member, [row.pupil_id for row in found], day)
    rows = [list_row(pupils[row.pupil_id], row, day) for row in found if row.pupil_id in pupils]
    rows.sort(key=lambda row: (row["alert"] is None, row["pupil"].sort_name, row["pupil"].pk))
    many = count_words(len(rows), "pupil is on", "pupils are on")
    return away_list(
        request,
        "timetable",
        rows,
        heading=f"{many[:1].upper()}{many[1:]} a reduced timetable",
        head=("Hours a week", "From", "Last day", "Looked at again"),
        empty=("Nobody is on a reduced timetable", "One is recorded on the pupil’s record."),
    )


def list_row(pupil, row, day):
    alerts = timetable_alerts(row, day)
    last = day_words(row.ends_on, day) or "None agreed"
    cells = (
        hours_words(row).partition(" ")[0],
        day_words(row.starts_on, day),
        last,
        day_words(row.review_on, day) or "No day",
    )
    return {"pupil": pupil, "cells": cells, "alert": worst(alerts), "more": len(alerts) - 1}
