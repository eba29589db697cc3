"""A school's own Google or Microsoft 365. Who someone is there is (issuer, subject), never an address; a first link is
made only inside an invitation that was opened in the same session; a leaver's old school can not sign in as them."""

import hashlib
import time
from urllib.parse import urlsplit

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.models import SocialApp
from allauth.socialaccount.providers.base.constants import AuthProcess
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.shortcuts import render

from sendhub.tenancy import school_context
from staff.actions import people
from staff.models import School, SchoolIdentityProvider
from staff.queries import places_of
from staff.signin import invitations, policy, sealed, stepup

ASKED = "provider_asked"
CLOCK_SKEW = 60  # seconds by which a provider's clock may be behind ours

SENTENCES = {
    "cancelled": "You stopped on the way. Nothing has happened.",
    "failed": "Your school's sign-in did not answer as it should. Try again, or use your password or a passkey.",
    "domain": "That account is not one of your school's. Choose your school account.",
    "unknown": "We do not know that account yet. Open the invitation that your school sent you, in this browser, and "
    "choose this way of signing in there. If you have a password or a passkey, use that.",
    "other": "That account belongs to somebody else here. Sign out first, then try again.",
    "sign_in_first": "There is an account with your address already. Sign in to it, open your invitation again, and "
    "then choose this way of signing in.",
    "left": "You no longer work at that school, so its account can not sign you in. Use your password or a passkey.",
    "stale": "Your school's sign-in did not say that you have just signed in there, so it is not proof enough for "
    "this. Add a passkey or an authenticator app to your account, and use that.",
}


# --- which provider ----------------------------------------------------------------------------------------------
def find(provider_id):
    """The school's row behind "oakfield-google", or None."""
    slug, _, kind = provider_id.rpartition("-")
    school = School.objects.filter(slug=slug).first()
    if school is None:
        return None
    with school_context(school.pk):
        row = SchoolIdentityProvider.objects.filter(school=school, kind=kind).first()
    if row is not None:
        row.school = school
    return row


def of_school(slug):
    """The providers of the school with this slug; none for a slug that nobody has."""
    kinds = (f"{slug}-{kind}" for kind in SchoolIdentityProvider.Kind.values)
    return [row for row in map(find, kinds) if row is not None]


def of_person(user):
    """The providers of the schools where the user works now."""
    return [row for place in places_of(user) for row in of_school(place.school.slug)]


def app_of(row):
    return SocialApp(
        provider="openid_connect",
        provider_id=row.provider_id,
        name=row.get_kind_display(),
        client_id=row.client_id,
        secret=sealed.unseal(row.secret),
        settings={"server_url": row.issuer, "oauth_pkce_enabled": True, "fetch_userinfo": False},
    )


def allow_forms_to(response, rows):
    """A form that ends at a provider: the page that holds it must allow that in its policy, and no other page does."""
    if rows:
        origins = {"{0.scheme}://{0.netloc}".format(urlsplit(row.issuer)) for row in rows}
        response._csp_update = {"form-action": sorted(origins)}
    return response


# --- who comes back ----------------------------------------------------------------------------------------------
def identity_key(issuer, subject):
    return hashlib.sha256(f"{issuer}\n{subject}".encode()).hexdigest()


class SchoolProvider(OpenIDConnectProvider):
    """Reads the ID token only (its issuer, audience and time are checked by allauth), and keeps of it what we need."""

    def extract_uid(self, data):
        token = data.get("id_token")
        if not token or not token.get("sub"):
            raise OAuth2Error("no ID token")
        return identity_key(token["iss"], token["sub"])

    def extract_extra_data(self, data):
        return {key: data["id_token"][key] for key in ("hd", "auth_time") if key in data["id_token"]}

    def extract_email_addresses(self, data):
        return []

    def extract_common_fields(self, data):
        return {}


def sorry(request, why):
    return render(request, "socialaccount/sorry.html", {"sentence": SENTENCES[why]}, status=403)


def refuse(request, why):
    raise ImmediateHttpResponse(sorry(request, why))


def check(request, sociallogin):
    """Everything that must hold before this account signs in, is linked, or proves someone again."""
    row = find(sociallogin.account.provider)
    claims = sociallogin.account.extra_data
    if row.kind == row.Kind.GOOGLE and claims.get("hd", "").lower() != row.domain.lower():
        refuse(request, "domain")
    process = sociallogin.state.get("process")
    if process == AuthProcess.REDIRECT:
        prove_again(request, sociallogin, claims)
        return
    if process != AuthProcess.LOGIN:
        refuse(request, "unknown")
    if not sociallogin.is_existing:
        link(request, sociallogin, row)
    elif not any(place.school_id == row.school_id for place in places_of(sociallogin.user)):
        refuse(request, "left")
    if row.enforces_second_factor:
        request.session[policy.VOUCHED] = [row.school_id, sociallogin.user.pk]


def link(request, sociallogin, row):
    """The first time: only by an invitation to this school, opened here, whose address is new or already signed in."""
    opened = invitations.opened(request)
    if opened is None or opened.link.school_id != row.school_id:
        refuse(request, "unknown")
    person = opened.person
    if request.user.is_authenticated and request.user != person:
        refuse(request, "other")
    if person is not None and not request.user.is_authenticated:
        refuse(request, "sign_in_first")
    if person is None:
        person = people.add_user(email=opened.invitation.email, name=opened.invitation.name, by=people.JOINING)
    people.accept(invitation=opened.invitation, link=opened.link, user=person, by=person)
    invitations.forget(request)
    sociallogin.user = person
    sociallogin.save(request, connect=True)


def prove_again(request, sociallogin, claims):
    """Someone signed in went to their provider to prove it: it must be them, and just now (auth_time)."""
    asked = request.session.pop(ASKED, None)
    if not request.user.is_authenticated or sociallogin.user != request.user or not sociallogin.is_existing:
        refuse(request, "other")
    if asked is None or claims.get("auth_time", 0) < asked - CLOCK_SKEW:
        refuse(request, "stale")
    stepup.prove(request, "provider")


def ask_again(request, row, back):
    """To the provider, to sign in there anew."""
    request.session[ASKED] = time.time()
    params = {"max_age": "0"} | ({"prompt": "login"} if row.kind == row.Kind.MICROSOFT else {})
    provider = SchoolProvider(request, app=app_of(row))
    return provider.redirect(request, AuthProcess.REDIRECT, next_url=back, auth_params=params)
