"""The school's own choices, and from when until when a year's classes count."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from sendhub.access import Permission, require
from staff import actions
from staff.forms.school import SchoolForm, YearForm
from staff.models import SchoolYear


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.SCHOOL_SET)
def school_edit(request):
    form = SchoolForm(request.POST or None, instance=request.school, today=timezone.localdate())
    if request.method == "POST" and form.is_valid():
        request.school.refresh_from_db()  # the form has written on the object: the action needs what stood there
        actions.change_school(school=request.school, by=request.member, **form.cleaned_data)
        messages.success(request, "Saved.")
        return redirect("staff:school-edit")
    years = SchoolYear.objects.filter(school=request.school).order_by("-starts")
    return render(request, "staff/school_edit.html", {"form": form, "years": years}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@require(Permission.YEAR_SET)
def year_edit(request, pk):
    year = get_object_or_404(SchoolYear, school=request.school, pk=pk)
    form = YearForm(request.POST or None, instance=year)
    if request.method == "POST" and form.is_valid():
        actions.set_year_dates(year=year, by=request.member, **form.cleaned_data)
        messages.success(request, f"Saved the dates of {year}.")
        return redirect(f"{reverse('staff:year-plan')}?year={year.starts}")
    return render(request, "staff/year_edit.html", {"form": form, "year": year}, status=422 if form.errors else 200)
