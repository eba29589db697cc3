"""Suspensions: a pupil's own page with its counters and alerts, the forms, and who was suspended this year."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from pupils import actions
from pupils.away_words import (
    CANNOT_TELL,
    NO_TERMS,
    days_words,
    suspension_standing,
    suspension_when,
    suspension_words,
    worst,
)
from pupils.forms.away import CancelForm, SuspensionForm
from pupils.models import Suspension
from pupils.queries.away import SUSPENSIONS, away_of, calendar_in, read, seen_by, standing
from pupils.views.away import KEEP, Noun, adds, changes, ends, keeper, row_for
from pupils.views.away_lists import away_list
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from pupils.words import PROVISIONS, count_words, day_words, sentence_list
from sendhub.access import Permission, require
from sendhub.rules.school_calendar import academic_year, academic_year_name

P = Permission
PAGE = "pupils/pupil_suspensions.html"
DAYS = (  # what happened after it, by the column of its day
    ("family_on", "Family told"),
    ("council_on", "Council told"),
    ("social_worker_on", "Social worker told"),
    ("virtual_head_on", "Virtual school head told"),
    ("taught_from", "Taught from"),
    ("governors_on", "Governors looked at it"),
    ("cancelled_on", "Taken back by the head"),
)
WANTED = {"family_on", "council_on"}  # said to be missing where they are


def show(pupil, member, day):
    """The page's context. One query."""
    found = read(pupil, SUSPENSIONS, day)["suspensions"]
    calendar, counted = calendar_in(found), standing(found)
    stand = suspension_standing(counted, calendar, day, found[0].provision if found else None)
    cares = member.can(P.CIRCUMSTANCE_VIEW)
    return {
        "pupil": pupil,
        "title": title_of(pupil, counted, stand, day),
        "facts": facts_of(stand, day) if counted else [],
        "alerts": stand.alerts,
        "no_terms": NO_TERMS if counted and stand.this_year == CANNOT_TELL else "",
        "rows": [row_of(row, calendar, day, cares) for row in found],
        "may_keep": member.can(P.AWAY_KEEP) and pupil.left_on is None,
    }


def title_of(pupil, counted, stand, day):
    """The state in a sentence."""
    if any(row.kind == Suspension.Kind.PERMANENT and row.cancelled_on is None for row in counted):
        return f"{pupil.forename} is permanently excluded"
    if not counted:
        return f"{pupil.forename} has not been suspended here"
    if stand.this_year == CANNOT_TELL:
        return f"Nobody can tell how many days {pupil.forename} was suspended this year"
    if not stand.counters.this_year:
        return f"{pupil.forename} has not been suspended this school year"
    return f"{pupil.forename}: {days_words(stand.counters.this_year)} of suspension this school year"


def facts_of(stand, day):
    term = f"This term ({stand.term})" if stand.term else "This term"
    year = academic_year_name(academic_year(day))
    return [
        (f"School days in {year}", stand.this_year),
        (term, stand.this_term),
        ("Longest row of school days", stand.row),
    ]


def row_of(row, calendar, day, cares):
    """One suspension in words. Whoever may not know of care does not learn who was told because of it."""
    told = [
        (label, day_words(getattr(row, name), day) or "Not recorded")
        for name, label in DAYS
        if (getattr(row, name) or name in WANTED) and (cares or name not in Suspension.CIRCUMSTANCES)
    ]
    return {
        "pk": row.pk,
        "what": suspension_words(row),
        "when": suspension_when(row, calendar, day),
        "why": f"{sentence_list(row.reason_words)}.",
        "told": told,
        "withdrawn": day_words(row.withdrawn_on, day),
    }


NOUN = Noun(
    name="suspension",
    word="a suspension",
    model=Suspension,
    form=SuspensionForm,
    add=actions.add_suspension,
    change=actions.change_suspension,
    page="pupils:pupil-suspensions",
    template=PAGE,
    show=show,
)


@require_safe
@require(P.PUPIL_RECORD, P.AWAY_VIEW)
def pupil_suspensions(request, pk):
    pupil = pupil_for(request, pk, P.PUPIL_RECORD, P.AWAY_VIEW)
    why = logged(request, pupil, "pupil.suspensions")
    return render(request, PAGE, {**show(pupil, request.member, timezone.localdate()), "why": why})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def suspension_add(request, pk):
    pupil = keeper(request, pk)
    return adds(request, NOUN, pupil, {"pupil": pupil})


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def suspension_change(request, pk):
    return changes(request, NOUN, *row_for(request, Suspension, pk))


@require_http_methods(["GET", "HEAD", "POST"])
@require(*KEEP)
def suspension_end(request, pk):
    row, pupil = row_for(request, Suspension, pk)
    hint = "Days before this one still count towards the year’s."
    form = CancelForm(request.POST or None, held=row, ended="The head took it back", hint=hint)

    def act(said):
        if said["how"] == "mistake":
            actions.withdraw_suspension(suspension=row, on=timezone.localdate(), by=request.member)
            return "Saved: it was a mistake, and counts no more."
        actions.cancel_suspension(suspension=row, on=said["on"], by=request.member)
        return "Saved: the head took it back."

    return ends(request, NOUN, row, pupil, form, act, f"Take back: {suspension_words(row).lower()}")


@require_safe
@require(P.PUPIL_RECORD, P.AWAY_VIEW)
def suspension_list(request):
    """Everybody who was suspended in this school year, those first of whom something is to be done."""
    member, day = request.member, timezone.localdate()
    away = away_of(member.school_id, day)
    pupils = seen_by(member, [row.pupil_id for row in away.suspensions], day)
    rows = []
    for pk, found in away.by_pupil().items():
        if pk in pupils and any(academic_year(row.starts_on) == academic_year(day) for row in found):
            found.sort(key=lambda row: (row.starts_on, row.pk), reverse=True)
            rows.append(list_row(pupils[pk], found, away.calendar, day))
    rows.sort(key=lambda row: (row["alert"] is None, row["pupil"].sort_name, row["pupil"].pk))
    many = count_words(len(rows), "pupil has been suspended", "pupils have been suspended")
    return away_list(
        request,
        "suspension",
        rows,
        heading=f"{many[:1].upper()}{many[1:]} this school year",
        head=("Register", "Days this year", "This term", "Newest"),
        empty=("Nobody has been suspended this school year", "A suspension is recorded on the pupil’s record."),
    )


def list_row(pupil, found, calendar, day):
    provision_now = found[0].provision
    stand = suspension_standing(found, calendar, day, provision_now)
    cells = (PROVISIONS[provision_now], stand.this_year, stand.this_term, newest_words(found[0], day))
    return {"pupil": pupil, "cells": cells, "alert": worst(stand.alerts), "more": len(stand.alerts) - 1}


def newest_words(row, day):
    """ "2 days from 12 November", "Permanent, from 12 November"."""
    days = "Permanent," if row.days is None else days_words(row.days)
    return f"{days} from {day_words(row.starts_on, day)}"
