"""Where allauth asks us: who may sign up, how mail goes out, how secrets are stored, whose provider this is."""

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import record_authentication
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from allauth.core import context
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.usersessions.models import UserSession
from django.http import HttpResponseRedirect
from django.utils.html import format_html

from staff import emails
from staff.signin import oidc, policy, sealed, stepup


def display(user):
    """What allauth's pages, and a passkey's own dialog, call the person."""
    return user.name


class AccountAdapter(DefaultAccountAdapter):
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "That address and password do not go together. Check both and try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, or use a passkey.",
        "incorrect_password": "That is not your password.",
        "incorrect_code": "That code is not right. Codes change every thirty seconds: use the one that shows now.",
        "rate_limited": "Too many tries. Wait a few minutes.",
    }

    def is_open_for_signup(self, request):
        """Never: the only way in is an invitation (views.account.join), which makes the account itself."""
        return False

    def login(self, request, user):
        super().login(request, user)
        policy.start(request, user)

    def is_reauthentication_required(self, *, app, **kwargs):
        """allauth would take someone with neither password nor factor as freshly proved: they are sent to prove it."""
        request = context.request
        if stepup.recently(request) or stepup.just_signed_in(request):
            return False
        if not get_reauthentication_flows(request.user):
            raise ImmediateHttpResponse(HttpResponseRedirect(stepup.where(request)))
        return True

    def send_mail(self, template_prefix, email, context):
        """Through the outbox: a slow mail server neither holds up the page nor tells who is known here."""
        emails.queue_account_mail(template_prefix.rpartition("/")[2], email, context)

    def send_notification_mail(self, template_prefix, user, context=None, email=None):
        emails.queue_notice(template_prefix.rpartition("/")[2], user)

    def send_account_already_exists_mail(self, email):
        """Nobody can sign up, so nobody needs it."""


def sign_in(request, user, method, **more):
    """Sign in outside the stages of allauth's own page: by an invitation just accepted, or in the demo. The session is
    listed under "Where you are signed in", as a usual one is, so that it can be ended there."""
    record_authentication(request, user, method, **more)
    AccountAdapter(request).login(request, user)
    UserSession.objects.create_from_request(request)


class MFAAdapter(DefaultMFAAdapter):
    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": AccountAdapter.error_messages["incorrect_code"],
    }

    def encrypt(self, text):
        return sealed.seal(text)

    def decrypt(self, encrypted_text):
        return sealed.unseal(encrypted_text)

    def build_totp_svg(self, url):
        """Drawn into the page: the policy allows no data: pictures. White all round, so that it scans in the dark."""
        import qrcode

        code = qrcode.QRCode(border=4)
        code.add_data(url)
        rows = code.get_matrix()
        path = "".join(f"M{x} {y}h1v1h-1z" for y, row in enumerate(rows) for x, dark in enumerate(row) if dark)
        return format_html(
            '<svg class="qr" width="240" height="240" viewBox="0 0 {0} {0}" role="img" aria-label="{1}">'
            '<rect width="{0}" height="{0}" fill="#fff"/><path d="{2}" fill="#000"/></svg>',
            len(rows), "Square code to scan with your authenticator app", path,
        )  # fmt: skip

    def generate_authenticator_name(self, user, type):
        return "Passkey"

    def _get_site_name(self):
        return "SendHub"


class SocialAdapter(DefaultSocialAccountAdapter):
    """Providers are rows of one school each; nothing is read from allauth's own table or from settings."""

    def list_apps(self, request, provider=None, client_id=None):
        found = oidc.find(provider) if provider else None
        return [oidc.app_of(found)] if found else []

    def get_provider(self, request, provider, client_id=None):
        return oidc.SchoolProvider(request, app=self.get_app(request, provider=provider))

    def populate_user(self, request, sociallogin, data):
        """Nothing is taken over: name and address come from the invitation."""
        return sociallogin.user

    def pre_social_login(self, request, sociallogin):
        oidc.check(request, sociallogin)

    def on_authentication_error(self, request, provider, error=None, exception=None, extra_context=None):
        raise ImmediateHttpResponse(oidc.sorry(request, "cancelled" if error == "cancelled" else "failed"))
