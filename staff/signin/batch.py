"""Everybody of the staff list by how far they have come: to be invited, to be looked at first, invited, joined."""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Q

from sendhub.access import ROLES, Role, Scope, may_give
from staff.job_titles import doubt_about, likely_role, own_domain
from staff.models import Membership, StaffMember
from staff.signin.queries import waiting_invitations


@dataclass(slots=True)
class Candidate:
    """Somebody without a place. `why` says why they are not ticked beforehand; "" when they are ready."""

    staff: object
    role: str = ""
    why: str = ""
    ticked: bool = False

    @property
    def ready(self):
        return not self.why


@dataclass(slots=True)
class Board:
    roles: list  # (value, title) of what the inviter may give
    ready: list = field(default_factory=list)
    doubtful: list = field(default_factory=list)
    without: list = field(default_factory=list)  # staff without an address
    invited: list = field(default_factory=list)  # invitations that still work, or whose mail is on its way
    lapsed: list = field(default_factory=list)  # invitations that ran out
    joined: int = 0
    listed: int = 0  # everybody on the staff list who works here

    @property
    def candidates(self):
        """{staff id: Candidate} of all who can be invited."""
        return {row.staff.pk: row for row in self.ready + self.doubtful}


def board(school, inviter, now):
    """The staff list sorted for one inviter. Four queries, however many people there are."""
    people = list(StaffMember.objects.filter(Q(ended_on__isnull=True) | Q(ended_on__gte=now.date()), school=school))
    places = Membership.objects.current().filter(school=school).values_list("staff_id", "user__email")
    placed = {known for staff_id, email in places for known in (staff_id, email.lower())}
    roles = [(role.value, ROLES[role].title) for role in Role if may_give(inviter.roles, role)]
    result = Board(roles, listed=len(people))
    for invitation in waiting_invitations(school):
        over = invitation.until is not None and invitation.until <= now
        (result.lapsed if over else result.invited).append(invitation)
    asked = result.invited + result.lapsed
    invited = {known for row in asked for known in (row.staff_id, row.email.lower())}
    times = Counter(person.email.lower() for person in people if person.email)
    domain = own_domain(person.email for person in people)
    for person in people:
        if {person.pk, person.email.lower()} & placed:
            result.joined += 1
        elif not {person.pk, person.email.lower()} & invited:
            sort_in(result, person, times, domain, inviter)
    return result


def sort_in(result, person, times, domain, inviter):
    if not person.email:
        result.without.append(person)
        return
    role = likely_role(person.job_title)
    why = doubt_about(person.email, times[person.email.lower()], domain)
    if role is None:
        why = why or "We can not tell from the job title what they may do."
    elif not may_give(inviter.roles, role):
        why = why or f"Their job title says {ROLES[role].title}, which is more than you may give."
        role = None
    elif ROLES[role].scope == Scope.ALL:
        why = why or "They would see every pupil: tick it yourself if that is right."
    row = Candidate(person, role.value if role else "", why, ticked=not why)
    (result.ready if row.ready else result.doubtful).append(row)
