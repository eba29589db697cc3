"""Who may sign in where: accounts, invitations, places in a school, a school's sign-in rules.

People as staff (names, jobs, dates) are in actions.school.
"""

from contextlib import suppress

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from sendhub.access import ROLES, Role, may_give
from sendhub.audit import Actor, action, log_access
from sendhub.kit import links
from sendhub.kit.models import Link
from sendhub.tenancy import school_context
from staff import emails
from staff.models import Invitation, Membership, SchoolIdentityProvider, User
from staff.signin import invitations, sealed

JOINING = Actor("system:joining", "Someone who accepted an invitation")
WAITING = "An invitation to this address is waiting. Send that one again instead."
KEEP_ONE = (Role.SENDCO, Role.HEAD)  # a school is never left without the last one it has


# --- accounts ----------------------------------------------------------------------------------------------------
@action("user.add")
def add_user(*, email, name, by, password=None):
    """An account with a proved address (an invitation went there). Without a password it can not be guessed at.

    The same address, however it is written, comes back as it is: whoever calls must have looked.
    """
    email = email.strip().lower()
    user, made = User.objects.get_or_create(email__iexact=email, defaults={"email": email, "name": name})
    if made:
        user.set_password(password) if password else user.set_unusable_password()
        user.save(update_fields=["password"])
        EmailAddress.objects.create(user=user, email=email, verified=True, primary=True)
    return user


@action("member.add")
def add_member(*, school, user, roles, by, staff=None):
    """A place in the school from now on; someone who has one keeps it, with these roles added."""
    member = Membership.objects.current().filter(school=school, user=user).first()
    if member is None:
        return Membership.objects.create(school=school, user=user, staff=staff, roles=sorted(set(roles)))
    member.roles = sorted({*member.roles, *roles})
    member.staff = member.staff or staff
    member.save(update_fields=["roles", "staff"])
    return member


# --- invitations -------------------------------------------------------------------------------------------------
@action("invitation.send")
def invite(*, school, email, name, roles, by, staff=None):
    """Invite one address. Raises PermissionDenied for roles beyond `by`'s own, ValidationError when the address has a
    place here or an invitation waiting."""
    refuse_roles(by, roles)
    email = email.strip().lower()
    if Membership.objects.current().filter(school=school, user__email__iexact=email).exists():
        raise ValidationError("Someone with this address can already sign in here.")
    if Invitation.objects.waiting().filter(school=school, email__iexact=email).exists():
        raise ValidationError(WAITING)
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                school=school, email=email, name=name.strip(), roles=sorted(set(roles)), staff=staff
            )
    except IntegrityError:  # a double click: the other request was quicker
        raise ValidationError(WAITING) from None
    emails.queue_invitation(invitation, by=by)
    return invitation


@action("invitation.link")
def make_link(*, invitation, by):
    """A link to this invitation, seven days long: (Link, url). Made when its mail is written, or for a terminal."""
    return links.make(
        by=by,
        school_id=invitation.school_id,
        purpose=invitations.PURPOSE,
        subject_id=invitation.pk,
        recipient=invitation.email,
        days=invitations.DAYS,
    )


@action("invitation.resend")
def resend(*, invitation, by):
    """A new link by a new mail; those before stop working."""
    refuse_roles(by, invitation.roles)
    close_links(invitation, by)
    invitation.sends += 1
    invitation.save(update_fields=["sends"])
    emails.queue_invitation(invitation, by=by)
    return invitation


@action("invitation.batch")
def invite_many(*, school, people, again, by, step=None):
    """Invite each (staff, role), and send again each (invitation, how often it had been sent): (sent, skipped).

    Skipped are those whom somebody else, or a second press, has invited meanwhile. `step` hears of the progress."""
    sent, of = 0, len(people) + len(again)
    for at, (person, role) in enumerate(people):
        if step:
            step(at, of, "Inviting")
        with suppress(ValidationError):
            invite(school=school, email=person.email, name=person.name, roles=[role], staff=person, by=by)
            sent += 1
    for invitation, sends in again:
        waiting = Invitation.objects.waiting().select_for_update().filter(school=school, pk=invitation.pk, sends=sends)
        fresh = waiting.first()
        if fresh:
            resend(invitation=fresh, by=by)
            sent += 1
    return sent, of - sent


@action("invitation.revoke")
def revoke(*, invitation, by):
    refuse_roles(by, invitation.roles)
    close_links(invitation, by)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    return invitation


def close_links(invitation, by):
    mine = Link.objects.filter(
        school_id=invitation.school_id,
        purpose=invitations.PURPOSE,
        subject_id=invitation.pk,
        revoked_at__isnull=True,
        submitted_at__isnull=True,
    )
    for link in mine:
        links.revoke(link, by=by)


@action("invitation.accept")
def accept(*, invitation, link, user, by):
    """Give `user` the place that waits. Raises LinkSpent when the link or the invitation was used meanwhile, and
    PermissionDenied when the address is not the invited one: an invitation is never handed on."""
    if user.email.lower() != invitation.email.lower():
        raise PermissionDenied("This invitation is for another address.")
    with school_context(invitation.school_id):
        fresh = Invitation.objects.select_for_update().get(school_id=invitation.school_id, pk=invitation.pk)
        if fresh.accepted_at or fresh.revoked_at:
            raise links.LinkSpent
        links.spend(link)
        fresh.membership = add_member(school=link.school, user=user, roles=fresh.roles, staff=fresh.staff, by=by)
        fresh.accepted_at = timezone.now()
        fresh.save(update_fields=["membership", "accepted_at"])
        close_links(fresh, by)
    return fresh.membership


# --- roles and the end of access ---------------------------------------------------------------------------------
@action("member.roles")
def set_roles(*, member, roles, by):
    """Raises PermissionDenied when a role added or taken away is beyond `by`'s own, ValidationError for the last
    SENDCO or head."""
    roles = set(roles)
    refuse_roles(by, roles ^ set(member.roles))
    refuse_last(member, set(member.roles) - roles)
    member.roles = sorted(roles)
    member.save(update_fields=["roles"])
    return member


@action("member.end")
def end_access(*, member, by):
    """They are out at their next request; what they have written stays under their name."""
    refuse_roles(by, member.roles)
    refuse_last(member, set(member.roles))
    member.ended_at = timezone.now()
    member.save(update_fields=["ended_at"])
    return member


def refuse_roles(by, roles):
    if not isinstance(by, Actor) and not all(may_give(by.roles, role) for role in roles):
        raise PermissionDenied("Nobody gives or takes away more than they hold themselves.")


def refuse_last(member, going):
    """Every holder's row is locked, the member's own too, in one order: of two people who take away each other's last
    at once the second waits, and then reads what the first has left."""
    for role in KEEP_ONE:
        if role in going:
            holders = Membership.objects.current().filter(school_id=member.school_id, roles__contains=[role])
            held = holders.select_for_update(of=("self",)).order_by("pk")
            if all(holder.pk == member.pk for holder in held):
                title = ROLES[role].title
                raise ValidationError(f"They are the only {title} here. Give somebody else that role first.")


# --- the school's rules of sign-in -------------------------------------------------------------------------------
@action("school.second_factor")
def set_second_factor(*, school, rule, by):
    """Schools are a global table without history, so the log keeps old and new."""
    before = school.second_factor
    if rule != before:
        school.second_factor = rule
        school.save(update_fields=["second_factor"])
        log_access(by, "school.second_factor", school_id=school.pk, before=before, after=rule)
    return school


@action("provider.save")
def save_provider(*, school, kind, issuer, client_id, by, secret="", domain="", enforces_second_factor=False):
    """Set up, or change, the school's provider of this kind; an empty secret keeps the one that is there."""
    row = SchoolIdentityProvider.objects.filter(school=school, kind=kind).first()
    row = row or SchoolIdentityProvider(school=school, kind=kind)
    row.issuer, row.client_id, row.domain = issuer, client_id, domain
    row.enforces_second_factor = enforces_second_factor
    if secret:
        row.secret, row.secret_set_at = sealed.seal(secret), timezone.now()
    row.save()
    return row


@action("provider.remove")
def remove_provider(*, provider, by):
    provider.delete()


@action("user.second_step_reset")
def reset_second_step(*, user, by):
    """Take away every factor of a person who has lost them all, end their sessions, and tell them by mail."""
    Authenticator.objects.filter(user=user).delete()
    for session in UserSession.objects.filter(user=user):
        session.end()
    emails.queue_notice("second_step_reset", user)
    return user
