"""Work about people that takes longer than a request: many invitations at once."""

from sendhub.access import Permission
from sendhub.kit import jobs
from staff.actions import invite_many
from staff.models import Invitation, StaffMember

INVITE = "staff.invite"


@jobs.job(INVITE, needs=[Permission.STAFF_INVITE])
def staff_invite(job, step):
    """As the person who asked: what they may not give by now, they do not give. All of them or none."""
    wanted, again = dict(job.params["people"]), dict(job.params["again"])
    people = StaffMember.objects.filter(school_id=job.school_id, pk__in=list(wanted))
    waiting = Invitation.objects.waiting().filter(school_id=job.school_id, pk__in=list(again))
    sent, skipped = invite_many(
        school=job.member.school,
        people=[(person, wanted[person.pk]) for person in people],
        again=[(row, again[row.pk]) for row in waiting],
        by=job.member,
        step=step,
    )
    return jobs.Result(sent_words(sent, skipped))


def sent_words(sent, skipped):
    words = f"{sent} invitation{'' if sent == 1 else 's'} on the way. Each works once, for seven days."
    return f"{words} {skipped} had been invited already." if skipped else words
