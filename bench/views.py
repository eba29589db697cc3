"""What everything is measured against: our own floor, and Django's."""

from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import render
from django.template import engines

from pupils.models import Pupil
from staff.models import School

TINY = "<!doctype html><title>{{ school.name }}</title><p>{{ school.name }}, {{ user_id }}</p>"


def floor(request):
    """A page of ours with nothing on it: all middleware, the school's context, one indexed query, base.html."""
    pupil = Pupil.objects.filter(school_id=request.member.school_id).order_by("pk").first()
    return render(request, "bench/floor.html", {"pupil": pupil})


def bare_urls(get_response):
    """Middleware of the bare client: its pages are its own."""

    def middleware(request):
        request.urlconf = "bench.urls_bare"
        return get_response(request)

    return middleware


@login_not_required
def bare(request):
    """Django's own floor: session, user, one indexed query, a tiny template."""
    school = School.objects.get(pk=1)
    template = engines["django"].from_string(TINY) if bare.template is None else bare.template
    bare.template = template
    return HttpResponse(template.render({"school": school, "user_id": request.user.pk}, request))


bare.template = None
