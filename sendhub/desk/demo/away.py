"""A few of Oakfield's pupils who are not in school as others are, so that each page and each alert is alive: one
suspended for some days, one at the counters' first bound, two on shorter days and two who learn somewhere else."""

from datetime import timedelta

from pupils import actions
from sendhub.rules.school_calendar import SchoolCalendar
from staff.calendar import calendar_of

DAY = timedelta(days=1)


def away(school, register, members, today):
    """`register`: (pupil, main need), the cast's first. Days are school days of the demo's own calendar."""
    calendar = calendar_of(school.pk)
    pupils = [pupil for pupil, _ in register]
    sendco, head, dsl = members["Nair"], members["Lindqvist"], members["Farrow"]
    suspend(pupils, calendar, today, head)
    shorten(pupils, today, sendco)
    place(pupils, calendar, today, dsl)


def ago(calendar: SchoolCalendar, today, days):
    """The school day so many before today; the day itself where the calendar does not reach back so far."""
    return calendar.add_school_days(today, -days) or today - days * DAY


def suspend(pupils, calendar, today, by):
    often, once, lunch = pupils[7], pupils[9], pupils[12]
    for days_ago, days, reasons in ((38, 2, "DB"), (24, 2, "DB VA"), (9, 2, "PP")):
        first = ago(calendar, today, days_ago)
        actions.add_suspension(
            pupil=often,
            kind="days",
            starts_on=first,
            days=days,
            reasons=reasons,
            family_on=first,
            council_on=first,
            by=by,
        )
    actions.add_suspension(pupil=once, kind="days", starts_on=ago(calendar, today, 3), days=3, reasons="PA", by=by)
    first = ago(calendar, today, 20)
    told = {"family_on": first, "council_on": first}
    actions.add_suspension(pupil=lunch, kind="lunchtimes", starts_on=first, days=1, reasons="BU", by=by, **told)


def shorten(pupils, today, by):
    """One as it should be, and one that nobody has looked at again."""
    actions.add_timetable(
        pupil=pupils[1],
        hours=15,
        reason="Building up again after a long illness, mornings first.",
        starts_on=today - 16 * DAY,
        ends_on=today + 19 * DAY,
        review_on=today + 5 * DAY,
        agreed_on=today - 18 * DAY,
        council_on=today - 16 * DAY,
        by=by,
    )
    actions.add_timetable(
        pupil=pupils[16],
        hours=20,
        reason="Afternoons are hard; lessons until lunch and one club.",
        starts_on=today - 50 * DAY,
        review_on=today - 22 * DAY,
        agreed_on=today - 52 * DAY,
        by=by,
    )


def place(pupils, calendar, today, by):
    """One that is watched, and one that began without a check."""
    farm = actions.add_placement(
        pupil=pupils[11],
        provider="Hedgerow Farm School",
        reason="Confidence and routine through work with animals.",
        days="Tuesdays and Thursdays, 9.30 to 2.30",
        attendance="They ring by 10 each day",
        starts_on=ago(calendar, today, 30),
        review_on=today + 12 * DAY,
        check_on=ago(calendar, today, 34),
        check_by_id=by.staff_id,
        by=by,
    )
    actions.add_visit(
        placement=farm,
        visited_on=ago(calendar, today, 12),
        visited_by_id=by.staff_id,
        findings="Well looked after and busy. Two adults to five pupils. Wants to show the class the lambs.",
        by=by,
    )
    actions.add_placement(
        pupil=pupils[18],
        provider="Bridge Street Motor Workshop",
        reason="A taste of work before choosing options.",
        days="Fridays",
        starts_on=ago(calendar, today, 6),
        review_on=today + 40 * DAY,
        by=by,
    )
