"""Page-sized reads about who can sign in."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.db.models import Exists, Max, OuterRef, Q

from sendhub.asking import ask, planned_once
from sendhub.kit.models import Link
from staff.models import Invitation, Membership, StaffMember
from staff.signin import invitations
from staff.signin.policy import asked_roles


def has_factor():
    """For a membership: whether its user has set up a passkey or an authenticator app."""
    return Exists(
        Authenticator.objects.filter(user_id=OuterRef("user_id")).exclude(type=Authenticator.Type.RECOVERY_CODES)
    )


def members_of(school):
    """Everyone with a place in the school, by name; each knows `has_factor`."""
    return (
        Membership.objects.current()
        .filter(school=school)
        .select_related("user", "staff")
        .annotate(has_factor=has_factor())
        .order_by("user__name", "pk")
    )


def without_factor(school):
    """How many people have set up no second factor of whom the school asks one. One query; none if it asks nobody."""
    roles = asked_roles(school)
    if not roles:
        return 0
    return Membership.objects.current().filter(~has_factor(), school=school, roles__overlap=sorted(roles)).count()


def waiting_invitations(school):
    """Invitations not accepted yet; each knows `until`, when its newest link runs out (None: its mail waits)."""
    rows = list(Invitation.objects.waiting().filter(school=school).select_related("staff"))
    ends = link_ends(school, [row.pk for row in rows])
    for row in rows:
        row.until = ends.get(row.pk)
    return rows


# As Invitation.objects.waiting() has them; in SQL, since Today is opened all day.
WAITING = """
SELECT id, created_at FROM staff_invitation
WHERE school_id = %(school)s AND accepted_at IS NULL AND revoked_at IS NULL
"""


def invitations_by_state(school, now, rows=None):
    """((how many have run out, since when), (how many can still be taken up, since when)). No names; one query, two
    when somebody is invited."""
    rows = ask({"waiting": WAITING}, school=school.pk)["waiting"] if rows is None else rows
    waiting = {row["id"]: dt.datetime.fromisoformat(row["created_at"]) for row in rows}
    until = link_ends(school, waiting) if waiting else {}
    gone = [until[pk] for pk in waiting if pk in until and until[pk] < now]
    still = [created for pk, created in waiting.items() if pk not in until or until[pk] >= now]
    return (len(gone), min(gone, default=None)), (len(still), min(still, default=None))


def link_ends(school, ids):
    """{invitation: when its newest link runs out}; one whose mail waits is not in it. One query."""
    links = Link.objects.filter(
        school=school, purpose=invitations.PURPOSE, subject_id__in=list(ids), revoked_at__isnull=True
    )
    return dict(links.values_list("subject_id").annotate(Max("expires_at")))


def leavers_with_a_place(school, day):
    """(how many have left the staff list and can still sign in, the first one's last day). One query."""
    with planned_once() as cursor:
        cursor.execute(LEAVERS, [day, school.pk])
        return cursor.fetchone()


# Places as Membership.objects.current() has them; in SQL, since Today is opened all day.
LEAVERS = """
SELECT count(*), min(s.ended_on) FROM staff_membership m
JOIN staff_user u ON u.id = m.user_id AND u.is_active
JOIN staff_staffmember s ON s.id = m.staff_id AND s.ended_on < %s
WHERE m.school_id = %s AND m.ended_at IS NULL
"""


def staff_without_sign_in(school):
    """People who work here now and have neither a place nor an invitation, for the invitation's list of names."""
    placed = Membership.objects.current().filter(school=school, staff=OuterRef("pk"))
    invited = Invitation.objects.waiting().filter(school=school, staff=OuterRef("pk"))
    return StaffMember.objects.filter(
        ~Exists(placed), ~Exists(invited), Q(ended_on__isnull=True), school=school
    ).order_by("surname", "forename", "pk")
