"""allauth's forms in our words, and where we ask or note more: "my own device", and that enrolling a second factor
proves it for this session."""

from allauth.account import forms as account
from allauth.core import context
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms

from staff.signin import policy

OWN_DEVICE = "This is my own device, and nobody else uses it"
LENGTH = "At least 12 characters. Three or four words that do not belong together are easy to keep in mind."


class Plain:
    """Labels of ours, no placeholders, our look."""

    labels = {}
    hints = {}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.label = self.labels.get(name, field.label)
            field.help_text = self.hints.get(name, "")
            field.widget.attrs.pop("placeholder", None)
            if not isinstance(field.widget, forms.CheckboxInput | forms.HiddenInput):
                field.widget.attrs["class"] = "input"


class OwnDevice(forms.Form):
    """Carries the tick to the start of the session, where it counts only beside a passkey (policy.start)."""

    own_device = forms.BooleanField(label=OWN_DEVICE, required=False)

    def clean(self):
        cleaned = super().clean()
        context.request.session["own_device"] = bool(self.cleaned_data.get("own_device"))
        return cleaned


# --- password ----------------------------------------------------------------------------------------------------
class LoginForm(Plain, OwnDevice, account.LoginForm):
    labels = {"login": "E-mail address", "password": "Password"}


class ChangePasswordForm(Plain, account.ChangePasswordForm):
    labels = {"oldpassword": "Password now", "password1": "New password", "password2": "The new one again"}
    hints = {"password1": LENGTH}


class SetPasswordForm(Plain, account.SetPasswordForm):
    labels = {"password1": "Password", "password2": "The same again"}
    hints = {"password1": LENGTH}


class ResetPasswordForm(Plain, account.ResetPasswordForm):
    labels = {"email": "E-mail address"}


class ResetPasswordKeyForm(Plain, account.ResetPasswordKeyForm):
    labels = {"password1": "New password", "password2": "The new one again"}
    hints = {"password1": LENGTH}


class ReauthenticateForm(Plain, account.ReauthenticateForm):
    labels = {"password": "Password"}


# --- second factors --------------------------------------------------------------------------------------------------
class CodeForm(Plain, mfa.AuthenticateForm):
    labels = {"code": "Code"}
    hints = {"code": "The six digits in your authenticator app, or one of your recovery codes."}


class CodeAgainForm(Plain, mfa.ReauthenticateForm):
    labels = CodeForm.labels
    hints = CodeForm.hints


class ActivateTOTPForm(Plain, totp.ActivateTOTPForm):
    labels = {"code": "The six digits that your app shows now"}

    def clean_code(self):
        code = super().clean_code()
        context.request.session[policy.SECOND] = True  # the code proves it for this session too
        return code


class AddPasskeyForm(Plain, webauthn.AddWebAuthnForm):
    """Always a passkey: the device asks for a finger, a face or a PIN, and it signs in without a password."""

    labels = {"name": "What to call it"}
    hints = {"name": "For example: work laptop."}

    def clean(self):
        self.cleaned_data["passwordless"] = True
        cleaned = super().clean()
        if not self.errors:
            context.request.session[policy.SECOND] = True
        return cleaned


class EditPasskeyForm(Plain, webauthn.EditWebAuthnForm):
    labels = {"name": "What to call it"}


class PasskeyLoginForm(OwnDevice, webauthn.LoginWebAuthnForm):
    pass
