"""What links to someone without an account open here: an invitation."""

from django.shortcuts import redirect

from sendhub.kit import links
from sendhub.outside import outside
from staff.signin import invitations


@links.purpose(invitations.PURPOSE)
def invitation(request, link):
    """Remember it in this browser and go on: whoever holds it may have to sign in on the way."""
    invitations.remember(request, link)
    return redirect(outside("account_extra:join"))
