"""What the pages about rights read: the open requests and logs with their clocks, a pupil by name. Needs the school."""

from dataclasses import dataclass

from django.utils import timezone

from pupils.models import Pupil
from sendhub.desk.models import AccessRequest, Breach, Complaint
from sendhub.desk.year import calendar_of
from sendhub.rules import data_rights as rules
from sendhub.rules.deadline import Deadline
from sendhub.rules.names import plain

MOST = 20


@dataclass(frozen=True, slots=True)
class Dated:
    """A row of a list: what it is about, the duties that are open, and (of a breach) the hours."""

    row: object
    deadlines: tuple
    clock: object = None

    @property
    def next(self) -> Deadline | None:
        today = timezone.localdate()
        return next((each for each in self.deadlines if each.outstanding(today)), None)


def clock_of(request, today):
    """The clock of its month."""
    pause = rules.Pause(request.paused_from, request.paused_until) if request.paused_from else None
    return rules.subject_access(
        request.asked_on,
        request.settled_on,
        pause,
        extended=request.extended_on is not None,
        answered_on=request.answered_on,
        today=today,
    )


def dated_request(request, calendar, today):
    clock = clock_of(request, today)
    record = rules.educational_record(
        request.asked_on, calendar, wanted=request.wants_record, answered_on=request.answered_on
    )
    return Dated(request, tuple(each for each in (record, clock.answer) if each.applies), clock)


def dated_breach(breach, now):
    aware, told = timezone.localtime(breach.aware_at), breach.ico_told_at and timezone.localtime(breach.ico_told_at)
    risk = rules.Risk(breach.risk) if breach.risk else None
    report = rules.breach_report(aware, risk, told, timezone.localtime(now))
    people = rules.breach_people(aware, risk, breach.people_told_on)
    return Dated(breach, tuple(each for each in (report, people) if each.applies), rules.breach_hours(aware, now))


def dated_complaint(complaint):
    found = rules.complaint_acknowledged(complaint.received_on, complaint.acknowledged_on)
    return Dated(complaint, (found,) if found.applies else ())


def open_requests(school_id, today):
    """The oldest first. Two queries."""
    rows = AccessRequest.objects.open().filter(school_id=school_id).select_related("pupil", "contact")
    calendar = calendar_of(school_id)
    return [dated_request(row, calendar, today) for row in rows]


def open_breaches(school_id, now):
    rows = Breach.objects.filter(school_id=school_id, closed_on=None).order_by("aware_at")
    return [dated_breach(row, now) for row in rows]


def open_complaints(school_id):
    rows = Complaint.objects.filter(school_id=school_id, answered_on=None).order_by("received_on")
    return [dated_complaint(row) for row in rows]


def closed(model, school_id, **how):
    """The newest of those that are done with."""
    return list(model.objects.filter(school_id=school_id, **how)[:MOST])


def pupils_called(school_id, text):
    """Pupils, leavers among them, in whose name each word stands. For whoever answers a request about any of them."""
    rows = Pupil.objects.filter(school_id=school_id, merged_into__isnull=True)
    for word in plain(text).split():
        rows = rows.filter(sort_name__contains=word)
    return list(rows[:MOST])
