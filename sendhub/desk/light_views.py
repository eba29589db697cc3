"""Compliance at a glance: the five lights on one page that also prints, and behind each its exceptions."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.models import Pupil
from pupils.queries import register_counts, sees_small, standings
from sendhub.access import Permission, require
from sendhub.audit import log_access
from sendhub.desk.compliance import GROUPS, MENDS, lights_of, shown
from sendhub.rules.compliance import Question, sentence
from sendhub.rules.deadline import Status

SIZE = 50


def lights_for(member, day):
    """The five lights as this member may see them. Four queries."""
    stand = standings(member.school_id, day)
    register = register_counts(member.school, hide=not sees_small(member), on=day, stand=stand)
    return shown(lights_of(member.school_id, stand, day), register), register


@require_safe
@require(Permission.COMPLIANCE_VIEW)
def light_list(request):
    day = timezone.localdate()
    lights, register = lights_for(request.member, day)
    context = {
        "day": day,
        "lights": lights,
        "register": register,
        "title": sentence(each.light for each in lights),
    }
    return render(request, "desk/light_list.html", context)


@require_safe
@require(Permission.COMPLIANCE_VIEW)
def light_show(request, question):
    """Who is not in order and why; counts alone for a reader who may not open every record."""
    if question not in set(Question):
        raise Http404
    member, day = request.member, timezone.localdate()
    lights, register = lights_for(member, day)
    light = next(each for each in lights if each.asked.question == question)
    names = sees_small(member)
    exceptions = light.light.exceptions if names and light.light.kept else []
    page = Paginator(rows_of(member, exceptions), SIZE).get_page(request.GET.get("page"))
    if page.object_list:
        ids = [row["pk"] for row in page.object_list]
        log_access(
            member, "compliance.list", school_id=member.school_id, request_id=request.id, ids=ids, light=question
        )
    context = {
        "day": day,
        "light": light,
        "register": register,
        "names": names,
        "page": page,
        "mend": mend_of(member, question) if exceptions else None,
        "pupils": pupils_url(light.asked) if names and not light.light.kept else "",
    }
    return render(request, "desk/light_show.html", context)


def rows_of(member, exceptions):
    """The exceptions with names, not met first, by name within. One query."""
    found = {finding.pupil: finding for finding in exceptions}
    pupils = Pupil.objects.visible_to(member).filter(pk__in=found) if found else Pupil.objects.none()
    rows = [
        {"pk": pk, "name": f"{surname}, {forename}", "form": form, "status": found[pk].status, "says": found[pk].says}
        for pk, surname, forename, form in pupils.values_list("pk", "surname", "forename", "form")
    ]
    return sorted(rows, key=lambda row: row["status"] is not Status.NOT_MET)


def mend_of(member, question):
    """(address, words) of where it is put right, for those who may."""
    if question not in MENDS:
        return None
    route, words, needs = MENDS[question]
    return (reverse(route), words) if member.can(needs) else None


def pupils_url(asked):
    """The list of the pupils whom a question is about."""
    _, _, provision = GROUPS[asked.about]
    return f"{reverse('pupils:pupil-list')}{f'?provision={provision}' if provision else ''}"
