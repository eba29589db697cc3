"""An invitation that has been opened in this browser: found, remembered while someone signs in, and found again."""

from dataclasses import dataclass

from sendhub.kit.models import Link
from sendhub.tenancy import school_context
from staff.models import Invitation, School, User

PURPOSE = "invitation"
DAYS = 7
REMEMBERED = "invitation"


@dataclass(frozen=True)
class Opened:
    """An invitation together with the link that it was opened by."""

    invitation: Invitation
    link: Link

    @property
    def school(self):
        return self.link.school

    @property
    def person(self):
        """The account that has this address already, or None."""
        return User.objects.filter(email__iexact=self.invitation.email).first()


def remember(request, link):
    """Ids only: the token stays in the mail. They open nothing in another browser."""
    request.session[REMEMBERED] = [link.school_id, link.pk]


def forget(request):
    request.session.pop(REMEMBERED, None)


def opened(request):
    """The invitation opened in this session while it can still be used, or None."""
    school_id, link_id = request.session.get(REMEMBERED, (0, 0))
    if not School.objects.filter(pk=school_id).exists():
        return None
    with school_context(school_id):
        link = Link.objects.filter(school_id=school_id, pk=link_id, purpose=PURPOSE).select_related("school").first()
        if link is None or not link.usable:
            return None
        invitation = Invitation.objects.waiting().filter(school_id=school_id, pk=link.subject_id).first()
    return Opened(invitation, link) if invitation else None
