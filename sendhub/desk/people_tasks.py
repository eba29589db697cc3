"""What waits about people, messages and jobs, as tasks. Counts only, no names."""

import datetime as dt

from django.utils import timezone

from pupils.words import count_words, day_words
from sendhub.access import Permission
from sendhub.desk.task import Task
from sendhub.kit.queries import failed_jobs
from sendhub.outbox.queries import for_a_person
from sendhub.rules import waiting as by_when
from sendhub.rules.provisions import provision
from staff.signin.queries import leavers_with_a_place, without_factor

P = Permission
PEOPLE = "staff:person-list"


def shown_since(today):
    """From when on a failure still stands on Today."""
    return timezone.now() - dt.timedelta(days=provision("failure_show_days", today).value)


def failure_tasks(member, today, found=None):
    """Messages of which a person must decide, and one's own jobs that failed. Two queries."""
    since, tasks, found = shown_since(today), [], found or {}
    if member.can(P.MESSAGE_VIEW):
        for state, (number, first) in sorted(for_a_person(member.school_id, since, found.get("messages")).items()):
            what, why, verb, icon = MESSAGES[state]
            tasks.append(
                Task(
                    f"{count_words(number, 'message', 'messages')} {what}",
                    why,
                    by_when.failure_looked_at(timezone.localdate(first), today),
                    ("outbox:message-list", (), f"tab={state}"),
                    verb,
                    icon,
                )
            )
    number, first = failed_jobs(member, since, found.get("jobs"))
    if number:
        what = f"{count_words(number, 'piece of your work', 'pieces of your work')} failed"
        why = "Nothing of it was kept. The page says why."
        looked = by_when.failure_looked_at(timezone.localdate(first), today)
        tasks.append(Task(what, why, looked, ("kit:job-list",), "Look", "circle-x"))
    return tasks


MESSAGES = {
    "uncertain": (
        "may or may not have arrived",
        "The mail server broke off. Sending again may make a second copy.",
        "Decide",
        "mail-question-mark",
    ),
    "dead": ("not sent", "The address was refused.", "Look", "mail-x"),
}


def people_tasks(member, today, invitations):
    """Who has left and can still sign in, invitations that ran out, people without a second factor. Two queries."""
    school, tasks = member.school, []
    left, last_day = leavers_with_a_place(school, today)
    if left:
        what = f"{count_words(left, 'person has', 'people have')} left the staff list and can still sign in"
        why = f"The first one's last day was {day_words(last_day, today)}."
        tasks.append(Task(what, why, by_when.access_ended(last_day, today), (PEOPLE,), "End their access", "user-x"))
    (gone, since), _ = invitations
    if gone:
        what = f"{count_words(gone, 'invitation', 'invitations')} ran out before anybody took it up"
        why = f"The first ran out on {day_words(timezone.localdate(since), today)}."
        deadline = by_when.when_there_is_time("invitation", "an invitation works for 7 days")
        tasks.append(Task(what, why, deadline, ("staff:invitation-batch",), "Send again", "user-plus"))
    without = without_factor(school)
    if without:
        what = f"{count_words(without, 'person', 'people')} without a second factor"
        why = "They set it up when they next sign in."
        deadline = by_when.when_there_is_time("factor", "the school’s own sign-in rules ask for one")
        tasks.append(Task(what, why, deadline, (PEOPLE,), "See who", "shield-alert"))
    return tasks
