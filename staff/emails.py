"""The mails about signing in. Subjects name no person and no school; the outbox sends them (sendhub.outbox)."""

from allauth.account.forms import default_token_generator
from allauth.account.models import EmailConfirmationHMAC
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.utils import timezone

from sendhub import outbox
from sendhub.audit import SYSTEM
from sendhub.outside import outside
from sendhub.tenancy import school_context
from staff.models import Invitation, User
from staff.queries import places_of

# What has changed in an account -> the sentence of the mail that says so. The keys are allauth's.
NOTICES = {
    "second_step_reset": "Whoever runs SendHub took your second step away, because they were told that you lost it.",
    "password_changed": "Your password was changed.",
    "password_reset": "Your password was set anew, by the link that we mailed to you.",
    "password_set": "A password was added to your account.",
    "totp_activated": "An authenticator app was added to your account.",
    "totp_deactivated": "The authenticator app was taken off your account.",
    "webauthn_added": "A passkey was added to your account.",
    "webauthn_removed": "A passkey was taken off your account.",
    "recovery_codes_generated": "New recovery codes were made. The ones before no longer work.",
    "account_connected": "Your school's own sign-in was linked to your account.",
    "account_disconnected": "Your school's own sign-in was taken off your account.",
}


def absolute(path):
    return f"{settings.SITE_URL}{path}"


# --- put into the outbox -----------------------------------------------------------------------------------------
def queue_invitation(invitation, *, by):
    """Each send is a mail of its own. Never twice on doubt: a person sees "may have arrived" and sends it again."""
    outbox.queue(
        school_id=invitation.school_id,
        key=f"invitation:{invitation.pk}:{invitation.sends}",
        to=invitation.email,
        template="invitation",
        ids={"invitation_id": invitation.pk},
        policy="once",
        by=by,
    )


def queue_account_mail(kind, address, context):
    """A reset of the password, or a check of the address; the link in it is made when it is written. Somebody with no
    place at any school gets none: there is nothing that they could sign in to."""
    user = context["user"]
    if kind == "password_reset_key":
        queue_for(user, "password_reset", {"user_id": user.pk})
    else:
        queue_for(user, "address_check", {"user_id": user.pk, "address_id": address_id(user, address)})


def address_id(user, address):
    return user.emailaddress_set.get(email__iexact=address).pk


def queue_notice(kind, user):
    queue_for(user, "account_notice", {"user_id": user.pk, "kind": kind})


def queue_for(user, template, ids):
    """One mail a minute of each sort: the key is made of the fact and its minute."""
    place = next(iter(places_of(user)), None)
    if place is None:
        return
    facts = ":".join(str(value) for value in ids.values())
    with school_context(place.school_id):
        outbox.queue(
            school_id=place.school_id,
            key=f"{template}:{facts}:{timezone.now():%Y-%m-%dT%H:%M}",
            to=user.email,
            template=template,
            ids=ids,
            policy="once",
            by=SYSTEM,
        )


# --- written when they are sent ----------------------------------------------------------------------------------
@outbox.email("invitation", title="Invitation to sign in")
def invitation(invitation_id):
    """The link is made here, so that its token is in the mail and nowhere else. None once it is accepted or revoked."""
    from staff.actions import people
    from staff.signin import invitations

    found = Invitation.objects.waiting().filter(pk=invitation_id).first()
    if found is None:
        return None
    _, url = people.make_link(invitation=found, by=SYSTEM)
    return outbox.Mail(
        subject="Your invitation to SendHub",
        text_template="emails/staff/invitation.txt",
        html_template="emails/staff/invitation.html",
        context={"name": found.name, "url": url, "days": invitations.DAYS},
    )


@outbox.email("password_reset", title="New password asked for")
def password_reset(user_id):
    user = User.objects.get(pk=user_id)
    key = default_token_generator.make_token(user)
    parts = (user_pk_to_url_str(user), key)
    return outbox.Mail(
        subject="Choose a new password",
        text_template="emails/staff/password_reset.txt",
        html_template="emails/staff/password_reset.html",
        context={"name": user.name, "url": absolute(outside("account_reset_password_from_key", *parts))},
    )


@outbox.email("address_check", title="Check of an address")
def address_check(user_id, address_id):
    user = User.objects.get(pk=user_id)
    key = EmailConfirmationHMAC(user.emailaddress_set.get(pk=address_id)).key
    return outbox.Mail(
        subject="Is this your address?",
        text_template="emails/staff/address_check.txt",
        html_template="emails/staff/address_check.html",
        context={"name": user.name, "url": absolute(outside("account_confirm_email", key))},
    )


@outbox.email("account_notice", title="A change in an account")
def account_notice(user_id, kind):
    user = User.objects.get(pk=user_id)
    return outbox.Mail(
        subject="Your SendHub account was changed",
        text_template="emails/staff/account_notice.txt",
        html_template="emails/staff/account_notice.html",
        context={
            "name": user.name,
            "sentence": NOTICES[kind],
            "url": absolute(outside("account_extra:account")),
        },
    )
