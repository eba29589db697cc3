"""The school's year: one page with all of it, and a form each for half terms and for closures."""

from datetime import timedelta

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from sendhub.access import Permission, require
from sendhub.rules.school_calendar import academic_year
from staff import actions
from staff.forms.year import ClosuresForm, TermsForm
from staff.year_plan import plans, proposed_closures, proposed_terms, span

AHEAD_DAYS = 90  # so long before this year's last half term ends, next year's dates are asked for


def offered(day):
    """Last year, this one and the two after it."""
    return range(academic_year(day) - 1, academic_year(day) + 3)


def plan_and_before(request, starts):
    """The plan of this year and the one before it. 404 for a year that nobody plans."""
    if starts not in offered(timezone.localdate()):
        raise Http404
    found = plans(request.school, [starts - 1, starts])
    return found[starts], found[starts - 1]


def year_url(starts):
    return f"{reverse('staff:year-plan')}?year={starts}"


@require_safe
@require(Permission.YEAR_SET)
def year_plan(request):
    day = timezone.localdate()
    this, asked = academic_year(day), request.GET.get("year", "")
    starts = next((year for year in offered(day) if str(year) == asked), this)
    found = plans(request.school, offered(day))
    plan, following = found[starts], found[this + 1]
    ends = max((term.last for term in found[this].terms), default=None)
    context = {
        "plan": plan,
        "years": [
            {"url": year_url(year), "label": found[year].name, "current": year == starts, "count": None}
            for year in offered(day)
        ],
        "chart": plan.chart(),
        "following": following,
        "following_url": reverse("staff:year-terms", args=[following.starts]),
        "ask_following": bool(ends) and not following.terms and day >= ends - timedelta(days=AHEAD_DAYS),
        "past": starts < this,
    }
    return render(request, "staff/year_plan.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.YEAR_SET)
def year_terms(request, starts):
    plan, before = plan_and_before(request, starts)
    terms, source = (plan.terms, "") if plan.terms else proposed_terms(starts, before)
    form = TermsForm(request.POST if request.method == "POST" else None, terms=terms)
    if request.method == "POST" and form.is_valid():
        actions.set_terms(school=request.school, starts=starts, terms=form.terms, by=request.member)
        messages.success(request, f"Saved the half terms of {plan.name}.")
        return redirect(year_url(starts))
    context = {"form": form, "plan": plan, "source": source, "back": year_url(starts)}
    return render(request, "staff/year_terms.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.YEAR_SET)
def year_closures(request, starts):
    plan, before = plan_and_before(request, starts)
    closures, source = (plan.closures, "") if plan.closures else proposed_closures(starts, before)
    form = ClosuresForm(request.POST if request.method == "POST" else None, starts=starts, closures=closures)
    if request.method == "POST" and form.is_valid():
        first, last = span(starts)
        actions.set_closures(school=request.school, first=first, last=last, closures=form.closures, by=request.member)
        messages.success(request, f"Saved the training days and closures of {plan.name}.")
        return redirect(year_url(starts))
    context = {"form": form, "plan": plan, "source": source, "back": year_url(starts)}
    return render(request, "staff/year_closures.html", context, status=422 if form.errors else 200)
