"""The first line of every view about one pupil: fetch in scope."""

from django.http import Http404
from django.shortcuts import get_object_or_404

from pupils.models import Pupil
from pupils.queries import member_about


def pupil_for(request, pk, *needs):
    """The pupil, if the member may see them and has all of `needs` over this one; the usual 404 otherwise.

    From here on `request.member` has the roles that count for this pupil: what a role allows for linked pupils does
    not follow its holder to pupils whom only another role lets them see.
    """
    pupil = get_object_or_404(Pupil.objects.visible_to(request.member), pk=pk)
    member = member_about(request.member, pupil)
    if not all(member.can(permission) for permission in needs):
        raise Http404
    request.member = member
    return pupil
