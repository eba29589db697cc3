"""A trust's page for its SEND lead: each of their schools' counts, one school's context at a time.

Never a role that sees several schools at once, and never a number that is too small.
"""

from dataclasses import dataclass

from django.db import transaction
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from pupils.queries import register_counts, sees_small
from sendhub.access import Role
from sendhub.tenancy import school_context
from staff.queries import places_of


@dataclass(frozen=True, slots=True)
class SchoolLine:
    name: str
    url: str
    register: object
    records: bool  # the school has let them open records


@require_safe
def trust_show(request, slug):
    """404 for a trust of which they lead no school, as for one that never was."""
    places = [place for place in places_of(request.user) if leads(place, slug)]
    if not places:
        raise Http404
    lines = [line_of(place) for place in places]
    return render(
        request,
        "desk/trust_show.html",
        {"trust": places[0].school.trust, "lines": lines, "day": timezone.localdate(), "sentence": sentence(lines)},
    )


def leads(place, slug):
    trust = place.school.trust
    return trust is not None and trust.slug == slug and Role.TRUST_LEAD in place.roles


def line_of(place):
    with transaction.atomic(), school_context(place.school_id):
        register = register_counts(place.school, hide=not sees_small(place))
    return SchoolLine(place.school.name, f"/s/{place.school.slug}/", register, place.trust_granted)


def sentence(lines):
    number = len(lines)
    return f"{number} school{'' if number == 1 else 's'}, counts as of today."
