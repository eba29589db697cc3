"""The three lists of pupils who are not in school as others are: suspended, on a reduced timetable, somewhere else."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse

from sendhub.audit import log_access

SIZE = 100
LISTS = (
    ("suspension", "Suspended", "pupil-suspensions"),
    ("timetable", "Reduced timetables", "pupil-timetables"),
    ("placement", "Learning somewhere else", "pupil-placements"),
)


def away_list(request, name, rows, *, heading, head, empty):
    """`rows` are {pupil, cells, alert, more}; each leads to the pupil's own page of that noun."""
    page = Paginator(rows, SIZE).get_page(request.GET.get("page"))
    shown = list(page.object_list)
    route = next(route for key, _, route in LISTS if key == name)
    for row in shown:
        row["url"] = reverse(f"pupils:{route}", args=[row["pupil"].pk])
    log_access(
        request.member,
        f"{name}.list",
        school_id=request.member.school_id,
        request_id=request.id,
        ids=[row["pupil"].pk for row in shown],
    )
    tabs = [
        {"url": reverse(f"pupils:{key}-list"), "label": label, "current": key == name, "count": None}
        for key, label, _ in LISTS
    ]
    context = {"rows": shown, "page": page, "heading": heading, "head": head, "empty": empty, "tabs": tabs}
    return render(request, "pupils/away_list.html", context)
