"""What waits about rights and records, as tasks: requests, breaches, complaints, removals, files for the next school.
Counts only, no names."""

from datetime import date, datetime

from django.utils import timezone

from pupils.words import count_words
from sendhub.access import Permission
from sendhub.asking import day_of
from sendhub.desk.models import AccessRequest, Breach, Complaint
from sendhub.desk.rights import queries
from sendhub.desk.task import Task
from sendhub.desk.year import calendar_from
from sendhub.rules import data_rights as rules
from sendhub.rules import waiting as by_when

P = Permission
HOME = ("rights:rights-home",)

# The open rows are few, and their days are worked out below.
RIGHTS = {
    "rights_requests": "SELECT asked_on, settled_on, paused_from, paused_until, extended_on, wants_record"
    " FROM desk_accessrequest WHERE school_id = %(school)s AND answered_on IS NULL AND withdrawn_on IS NULL",
    "rights_breaches": "SELECT aware_at, risk, ico_told_at, people_told_on FROM desk_breach"
    " WHERE school_id = %(school)s AND closed_on IS NULL",
    "rights_complaints": "SELECT received_on FROM desk_complaint"
    " WHERE school_id = %(school)s AND answered_on IS NULL AND acknowledged_on IS NULL",
    "rights_removals": "SELECT count(*) AS number FROM desk_removal"
    " WHERE school_id = %(school)s AND withdrawn_on IS NULL AND second_by_id IS NULL",
}
LEAVING = {
    "rights_left": "SELECT count(*) AS number, min(p.left_on) AS first FROM pupils_pupil p"
    " WHERE p.school_id = %(school)s AND p.merged_into_id IS NULL"
    " AND p.left_on <= %(day)s AND p.left_on > %(day)s::date - 366"  # before that: the page of what is kept
    " AND EXISTS (SELECT FROM pupils_senrecord s WHERE s.school_id = p.school_id AND s.pupil_id = p.id)"
    " AND NOT EXISTS (SELECT FROM desk_leavingfile f"
    " WHERE f.school_id = p.school_id AND f.pupil_id = p.id AND f.sent_on >= p.left_on)",
}
YEAR = {
    "rights_terms": "SELECT name, starts_on, ends_on FROM staff_term WHERE school_id = %(school)s ORDER BY starts_on",
    "rights_closures": """SELECT "on" FROM staff_closure WHERE school_id = %(school)s""",
}


def asks(member, roles, day):
    runs, leads = member.can(P.RIGHTS_RUN), member.can(P.REGISTER_EXPORT)
    return {**(RIGHTS if runs else {}), **(LEAVING if leads else {}), **(YEAR if runs or leads else {})}


def tasks(found, member, day):
    calendar = calendar_from(
        [(row["name"], day_of(row["starts_on"]), day_of(row["ends_on"])) for row in found["rights_terms"]],
        [day_of(row["on"]) for row in found["rights_closures"]],
    )
    made = []
    if "rights_requests" in found:
        made += request_tasks([AccessRequest(**dates(row)) for row in found["rights_requests"]], calendar, day)
        made += breach_tasks([Breach(**dates(row)) for row in found["rights_breaches"]], timezone.now())
        made += complaint_tasks([Complaint(**dates(row)) for row in found["rights_complaints"]])
        made += removal_tasks(found["rights_removals"][0]["number"])
    if "rights_left" in found:
        made += leaving_tasks(found["rights_left"][0], calendar)
    return made


def dates(row):
    """A row of JSON with its days and moments read."""
    return {name: READ[name.rpartition("_")[2]](value) if value else value for name, value in row.items()}


READ = dict.fromkeys(["on", "from", "until"], date.fromisoformat) | {
    "at": datetime.fromisoformat,
    "record": bool,
    "risk": str,
}


def request_tasks(requests, calendar, today):
    made = []
    for each in requests:
        record = rules.educational_record(each.asked_on, calendar, wanted=each.wants_record)
        clock = queries.clock_of(each, today)
        why = "The clock stands still until they answer." if clock.paused else ""
        if each.settled_on is None and not clock.paused:
            why = "Nobody has settled who asks. The month begins then."
        what, deadline = "A request for a child’s data to answer", nearer(record, clock.answer)
        made.append(Task(what, why, deadline, HOME, "Answer", "folder-search", P.RIGHTS_RUN))
    return made


def nearer(record, month):
    both = [each for each in (record, month) if each.due]
    return min(both, key=lambda each: each.due) if both else month


def breach_tasks(breaches, now):
    made, local = [], timezone.localtime(now)
    for each in breaches:
        dated = queries.dated_breach(each, now)
        for deadline in dated.deadlines:
            if not deadline.outstanding(local.date()):
                continue
            to_ico = deadline.key == "breach_report_hours"
            what = "A breach: tell the ICO" if to_ico else "A breach: tell the people whose data it was"
            if to_ico and not each.risk:
                what = "A breach: judge the risk, and tell the ICO if there is one"
            left = dated.clock.left
            hours = f"{count_words(left, 'hour', 'hours')} left." if left >= 0 else "The 72 hours are over."
            icon = "shield-alert"
            made.append(Task(what, hours if to_ico else "", deadline, HOME, "Open", icon, P.RIGHTS_RUN))
    return made


def complaint_tasks(complaints):
    what, icon = "A complaint about data: tell them that it arrived", "message-square-warning"
    found = [rules.complaint_acknowledged(each.received_on) for each in complaints]
    return [Task(what, "", deadline, HOME, "Open", icon, P.RIGHTS_RUN) for deadline in found if deadline.applies]


def removal_tasks(number):
    if not number:
        return []
    what = f"{count_words(number, 'record waits', 'records wait')} for a second person to say that it may go"
    deadline = by_when.when_there_is_time("removal", "two people approve, nothing goes by itself")
    return [Task(what, "", deadline, ("rights:keep-show",), "Look", "archive-x", P.RIGHTS_RUN)]


def leaving_tasks(left, calendar):
    """Pupils who left and were on the register, and whose file is not marked as sent."""
    if not left["number"]:
        return []
    deadline = rules.file_sent(day_of(left["first"]), calendar)
    what = (
        f"{count_words(left['number'], 'pupil', 'pupils')} left, and the file for the next school is not marked as sent"
    )
    why = "The number of days is not confirmed."
    return [Task(what, why, deadline, ("rights:leaving-list",), "Send", "send", P.REGISTER_EXPORT)]
