"""The census check: what the school census would ask about, by rule, each pupil beside the way to mend it."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.queries.census import census_check as check
from pupils.views.pupil import home_of
from pupils.views.tabs import register_tabs
from pupils.words import count_words, day_words
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.rules.census import census_gaps, next_census
from sendhub.rules.census_faults import Fault


@require_safe
@require(Permission.PUPIL_LIST, Permission.CENSUS_CHECK)
def census_check(request):
    member, day = request.member.throughout(), timezone.localdate()
    found = check(member, day)
    ids = sorted({row.pk for each in found for row in each.rows})
    if ids:
        log_access(member, "census.check", school_id=member.school_id, request_id=request.id, ids=ids)
    mends = member.can(Permission.PUPIL_RECORD) and member.can(Permission.REGISTER_MOVE)
    context = {
        "title": title(len(ids)),
        "census": census_words(next_census(day)),
        "groups": [group(each, member, mends) for each in found if each.rows],
        "checks": [(each.rule, len(each.rows), census_gaps(day, about_need=each.rule.about_need)) for each in found],
        "mends": mends,
        "tabs": register_tabs(member, "pupils:census-check"),
    }
    return render(request, "pupils/census_check.html#found" if request.htmx else "pupils/census_check.html", context)


def title(number):
    if not number:
        return "The census has nothing to ask."
    return f"The census would ask about {count_words(number, 'pupil', 'pupils')}."


def census_words(census):
    takes = "provision and types of need" if census.takes_needs else "provision, and no types of need"
    return f"The next census is on {day_words(census.day)}. It takes {takes}."


def group(each, member, mends):
    drawn = each.rule.fault != Fault.DATES_OVERLAP
    rows = [
        {
            "row": row,
            "home": home_of(member, row.pk),
            "url": mend_url(row.pk, drawn) if mends else "",
            "id": f"mend-{each.rule.fault}-{row.pk}",
        }
        for row in each.rows
    ]
    return {"rule": each.rule, "rows": rows, "drawn": drawn, "verb": "Change the needs" if drawn else "Set the days"}


def mend_url(pk, drawn):
    if drawn:
        return reverse("pupils:needs-change", args=[pk])
    return f"{reverse('pupils:days-change', args=[pk])}?gap=census"
