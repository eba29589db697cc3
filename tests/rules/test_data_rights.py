"""The clocks of data protection, as tables: the boundary day, the weekend, the leap day, before it was in force."""

from datetime import UTC, date, datetime, timedelta

import pytest

from sendhub.rules.data_rights import (
    Pause,
    Risk,
    breach_hours,
    breach_people,
    breach_report,
    complaint_acknowledged,
    educational_record,
    file_sent,
    may_ask_themselves,
    subject_access,
)
from sendhub.rules.deadline import Status
from sendhub.rules.provisions import Force, provision
from sendhub.rules.school_calendar import Closure, SchoolCalendar, Term

TODAY = date(2026, 11, 25)
D = date

ACCESS = [
    # case, asked, who asks was known, pause, extended, due (provision: subject_access_months, _extra_months)
    ("a month from knowing who asks", D(2026, 11, 2), D(2026, 11, 9), None, False, D(2026, 12, 9)),
    ("known on the day itself", D(2026, 11, 2), D(2026, 11, 2), None, False, D(2026, 12, 2)),
    ("known before they asked", D(2026, 11, 2), D(2026, 10, 1), None, False, D(2026, 12, 2)),
    ("the month has no such day", D(2026, 10, 31), D(2026, 10, 31), None, False, D(2026, 11, 30)),
    ("January to February of a leap year", D(2028, 1, 31), D(2028, 1, 31), None, False, D(2028, 2, 29)),
    ("due on a Sunday, and we do not wait for Monday", D(2026, 10, 29), D(2026, 10, 29), None, False, D(2026, 11, 29)),
    ("two months more", D(2026, 11, 2), D(2026, 11, 9), None, True, D(2027, 2, 9)),
    ("stood still for ten days", D(2026, 11, 2), D(2026, 11, 2), Pause(D(2026, 11, 5), D(2026, 11, 15)), False,
     D(2026, 12, 12)),
    ("stands still today", D(2026, 11, 2), D(2026, 11, 2), Pause(D(2026, 11, 20)), False, D(2026, 12, 7)),
    ("nobody knows who asks", D(2026, 11, 2), None, None, False, None),
    ("the last day of the old clock: from asking", D(2026, 2, 4), None, None, False, D(2026, 3, 4)),
    ("the old clock does not stand still", D(2026, 2, 4), None, Pause(D(2026, 2, 5), D(2026, 2, 20)), False,
     D(2026, 3, 4)),
    ("the first day of the new clock", D(2026, 2, 5), None, None, False, None),
    ("the old clock, difficult", D(2026, 2, 4), D(2026, 2, 10), None, True, D(2026, 5, 4)),
]  # fmt: skip


@pytest.mark.parametrize(("case", "asked", "settled", "pause", "extended", "due"), ACCESS)
def test_the_day_by_which_somebody_has_their_data(case, asked, settled, pause, extended, due):
    clock = subject_access(asked, settled, pause, extended=extended, today=TODAY)
    assert clock.answer.due == due, case
    assert clock.answer.force is Force.MUST
    assert clock.answer.citation == provision("subject_access_months", asked).citation
    if due is None:
        assert clock.extend is None
        assert clock.answer.status(TODAY) is Status.CANNOT_TELL


def test_more_time_is_asked_for_within_the_first_month():
    clock = subject_access(D(2026, 11, 2), D(2026, 11, 9), extended=True, today=TODAY)
    assert (clock.extend, clock.answer.due) == (D(2026, 12, 9), D(2027, 2, 9))


def test_a_clock_that_stands_still_says_so():
    assert subject_access(D(2026, 11, 2), D(2026, 11, 2), Pause(D(2026, 11, 20)), today=TODAY).paused
    assert not subject_access(D(2026, 11, 2), D(2026, 11, 2), Pause(D(2026, 11, 20), TODAY), today=TODAY).paused
    assert not subject_access(D(2026, 2, 4), None, Pause(D(2026, 2, 5)), today=TODAY).paused


def test_it_is_met_on_its_last_day_and_late_on_the_next():
    due = D(2026, 12, 9)
    for on, status in ((due, Status.MET), (due + timedelta(days=1), Status.NOT_MET)):
        clock = subject_access(D(2026, 11, 2), D(2026, 11, 9), answered_on=on, today=on)
        assert clock.answer.status(D(2026, 12, 31)) is status
    open_one = subject_access(D(2026, 11, 2), D(2026, 11, 9), today=TODAY).answer
    assert (open_one.late(due), open_one.late(due + timedelta(days=1))) == (False, True)


AUTUMN = Term("Autumn", D(2026, 9, 3), D(2026, 12, 18), D(2026, 10, 26), D(2026, 10, 30))
SPRING = Term("Spring", D(2027, 1, 5), D(2027, 3, 26))
CALENDAR = SchoolCalendar((AUTUMN, SPRING), (Closure(D(2026, 11, 20), D(2026, 11, 20)),))

SCHOOL_DAYS = [
    # case, from, due (provision: educational_record_school_days, common_transfer_file_school_days)
    ("within the term, over a closed day", D(2026, 11, 2), D(2026, 11, 24)),
    ("over half term", D(2026, 10, 16), D(2026, 11, 13)),
    ("asked in the holiday", D(2026, 12, 21), D(2027, 1, 25)),
    ("the terms run out", D(2027, 3, 24), None),
]


@pytest.mark.parametrize(("case", "since", "due"), SCHOOL_DAYS)
def test_fifteen_school_days(case, since, due):
    record = educational_record(since, CALENDAR, wanted=True)
    sent = file_sent(since, CALENDAR)
    assert (record.due, sent.due) == (due, due), case
    assert not provision(record.key, since).confirmed
    assert not provision(sent.key, since).confirmed
    assert (record.key, sent.key) == ("educational_record_school_days", "common_transfer_file_school_days")


def test_who_did_not_ask_for_the_educational_record_has_no_such_day():
    record = educational_record(D(2026, 11, 2), CALENDAR, wanted=False)
    assert (record.due, record.status(TODAY)) == (None, Status.NOT_APPLICABLE)


FRIDAY = datetime(2026, 11, 20, 16, 30, tzinfo=UTC)

HOURS = [
    # case, now, whole hours left (provision: breach_report_hours)
    ("at once", FRIDAY, 72),
    ("a minute later", FRIDAY + timedelta(minutes=1), 71),
    ("the weekend counts", datetime(2026, 11, 23, 9, 30, tzinfo=UTC), 7),
    ("the last moment", FRIDAY + timedelta(hours=72), 0),
    ("a second over", FRIDAY + timedelta(hours=72, seconds=1), -1),
]


@pytest.mark.parametrize(("case", "now", "left"), HOURS)
def test_the_hours_of_a_breach(case, now, left):
    found = breach_hours(FRIDAY, now)
    assert (found.until, found.left) == (datetime(2026, 11, 23, 16, 30, tzinfo=UTC), left), case


BREACHES = [
    # case, risk, now, due, late
    ("not judged: the clock runs", None, FRIDAY, D(2026, 11, 23), False),
    ("a risk", Risk.RISK, FRIDAY, D(2026, 11, 23), False),
    ("ran out this afternoon", Risk.HIGH, datetime(2026, 11, 23, 16, 31, tzinfo=UTC), D(2026, 11, 22), True),
    ("ran out two days ago", Risk.RISK, datetime(2026, 11, 25, 9, 0, tzinfo=UTC), D(2026, 11, 23), True),
    ("no risk to anybody", Risk.NONE, datetime(2026, 11, 25, 9, 0, tzinfo=UTC), D(2026, 11, 23), False),
]


@pytest.mark.parametrize(("case", "risk", "now", "due", "late"), BREACHES)
def test_the_report_of_a_breach(case, risk, now, due, late):
    report = breach_report(FRIDAY, risk, None, now)
    assert (report.due, report.late(now.date()), report.applies) == (due, late, risk is not Risk.NONE), case
    told = breach_report(FRIDAY, risk, FRIDAY + timedelta(hours=1), now)
    assert not told.late(now.date())


def test_the_people_hear_of_it_where_the_risk_is_high():
    """Provision: breach_people_days."""
    assert breach_people(FRIDAY, Risk.HIGH, None).due == D(2026, 11, 21)
    assert breach_people(FRIDAY, Risk.RISK, None).status(TODAY) is Status.NOT_APPLICABLE
    assert breach_people(FRIDAY, Risk.HIGH, D(2026, 11, 21)).status(TODAY) is Status.MET


COMPLAINTS = [
    # case, received, due, applies (provision: complaint_acknowledge_days)
    ("its own day is the first", D(2026, 11, 1), D(2026, 11, 30), True),
    ("over a leap day", D(2028, 2, 1), D(2028, 3, 1), True),
    ("the first day of the duty", D(2026, 6, 19), D(2026, 7, 18), True),
    ("the day before", D(2026, 6, 18), D(2026, 7, 17), False),
]


@pytest.mark.parametrize(("case", "received", "due", "applies"), COMPLAINTS)
def test_a_complaint_is_acknowledged(case, received, due, applies):
    found = complaint_acknowledged(received)
    assert (found.due, found.applies) == (due, applies), case
    assert found.late(due + timedelta(days=1)) is applies
    assert not found.late(due)


@pytest.mark.parametrize(
    ("case", "born", "on", "may"),
    [
        ("the day before the birthday", D(2014, 11, 26), TODAY, False),
        ("the birthday", D(2014, 11, 25), TODAY, True),
        ("born on a leap day", D(2016, 2, 29), D(2028, 2, 28), False),
        ("twelve on a leap day", D(2016, 2, 29), D(2028, 2, 29), True),
    ],
)
def test_from_twelve_a_child_may_be_able_to_ask(case, born, on, may):
    """Provision: own_rights_age."""
    assert may_ask_themselves(born, on) is may, case
