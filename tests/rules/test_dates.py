"""The sums with calendar dates, on the rows and worked examples of the law on EHC plans (domain.md 1.2, 1.5, 1.6)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.deadline import (
    add_days,
    add_months,
    add_weeks,
    appeal_limit,
    day_before_anniversary,
    last_day_before,
    last_of_days,
    last_of_months,
)
from sendhub.rules.provisions import provision
from sendhub.rules.school_calendar import add_working_days

ANY_DAY = st.dates(date(2001, 1, 1), date(2090, 12, 31))
MEETING = date(2026, 11, 24)
SERVED = date(2026, 12, 15)
MADE = date(2026, 1, 14)


def number(key, on=MEETING):
    return provision(key, on).value


# The worked example of domain.md 1.2, by its rows.
WORKED = [
    ("1 first review complete", last_of_months(MADE, number("review_first_months", MADE)), "2027-01-13"),
    ("2 later review", last_of_months(MEETING, number("review_later_months")), "2027-11-23"),
    ("3 latest safe meeting", add_days(date(2027, 1, 13), -number("review_meeting_latest_days")), "2026-12-16"),
    ("4 notice of the meeting", add_days(MEETING, -number("meeting_notice_days")), "2026-11-10"),
    ("4 warning for clear days", add_days(MEETING, -number("meeting_notice_warn_days")), "2026-11-09"),
    ("5 asking for advice", add_days(MEETING, -number("advice_request_days")), "2026-10-13"),
    ("6 papers", add_days(MEETING, -number("advice_circulate_days")), "2026-11-10"),
    ("7 report", add_days(MEETING, number("report_days")), "2026-12-08"),
    ("8 council's decision", add_days(MEETING, number("council_decision_days")), "2026-12-22"),
    ("9 proposals", add_days(MEETING, number("amend_proposals_days")), "2026-12-22"),
    ("10 comments on the draft", last_of_days(SERVED, number("draft_comment_days")), "2026-12-29"),
    ("11 final plan", add_weeks(SERVED, number("final_plan_weeks")), "2027-02-09"),
    ("12 outer limit", add_weeks(MEETING, number("final_plan_outer_weeks")), "2027-02-16"),
]


@pytest.mark.parametrize(("case", "found", "expected"), WORKED, ids=[row[0] for row in WORKED])
def test_worked_example_of_a_review(case, found, expected):
    assert found.isoformat() == expected


def test_the_decision_falls_inside_the_twelve_months_when_those_end_first():
    """domain.md 1.2 row 8 (SEND Regulations 2014 reg 20(10); Code of Practice 9.169): the earlier of the two."""
    due = date(2026, 12, 10)
    assert min(add_days(MEETING, number("council_decision_days")), due) == due


# What the rows come to where a term, weekend, leap day or month end is in the way. Reviews run through holidays.
EDGES = [
    ("1 plan of 29 February: to 28 February", day_before_anniversary(date(2024, 2, 29)), "2025-02-28"),
    ("1 plan of 29 February, next leap year", day_before_anniversary(date(2024, 2, 29), 4), "2028-02-28"),
    ("1 plan of 1 March before a leap day", day_before_anniversary(date(2023, 3, 1)), "2024-02-29"),
    ("1 plan of 28 February", day_before_anniversary(date(2023, 2, 28)), "2024-02-27"),
    ("1 plan of 1 January", day_before_anniversary(date(2026, 1, 1)), "2026-12-31"),
    ("7 meeting in July, report in August", add_days(date(2026, 7, 20), number("report_days")), "2026-08-03"),
    ("8 decision on a bank holiday stays", add_days(date(2026, 11, 27), number("council_decision_days")), "2026-12-25"),
    ("4 notice on a Sunday stays", add_days(date(2026, 11, 29), -number("meeting_notice_days")), "2026-11-15"),
    ("11 over a leap day", add_weeks(date(2028, 1, 10), number("final_plan_weeks")), "2028-03-06"),
    ("reply to a consultation, 15 days", add_days(date(2026, 11, 20), number("consultation_reply_days")), "2026-12-05"),
]


@pytest.mark.parametrize(("case", "found", "expected"), EDGES, ids=[row[0] for row in EDGES])
def test_edges_of_the_review(case, found, expected):
    assert found.isoformat() == expected


# domain.md 1.5 (reg 18: "before"), back-planned with the 12-week tail; and 1.6.
OUTER = number("final_plan_outer_weeks")
TRANSFER = last_day_before(provision("phase_transfer_day", MEETING).day_in(2027))
TRANSFER_16 = last_day_before(provision("phase_transfer_post16_day", MEETING).day_in(2027))
REQUEST = date(2026, 9, 7)
OTHERS = [
    ("1.5 last safe day, most moves", TRANSFER, "2027-02-14"),
    ("1.5 last safe day, to college", TRANSFER_16, "2027-03-30"),
    ("1.5 latest meeting, most moves", add_weeks(TRANSFER, -OUTER), "2026-11-22"),
    ("1.5 latest meeting, to college", add_weeks(TRANSFER_16, -OUTER), "2027-01-05"),
    (
        "1.5 between colleges, moving on 1 September",
        add_months(date(2027, 9, 1), -number("phase_transfer_between_post16_months")),
        "2027-04-01",
    ),
    ("1.6 under five, soonest", add_months(MEETING, number("under_five_review_months_from")), "2027-02-24"),
    ("1.6 under five, latest", add_months(MEETING, number("under_five_review_months_to")), "2027-05-24"),
    ("1.6 plan passes, 15 working days with the first", add_working_days(REQUEST, 14), "2026-09-25"),
    ("1.6 new council tells the family", add_weeks(REQUEST, number("move_tell_family_weeks")), "2026-10-19"),
    ("1.6 review, 3 months with the transfer", last_of_months(date(2026, 11, 30), 3), "2027-02-28"),
    ("1.6 re-assessment, final plan", add_weeks(REQUEST, number("reassessment_final_weeks")), "2026-12-14"),
    ("1.6 direct payment", add_months(date(2026, 11, 30), number("direct_payment_review_months")), "2027-02-28"),
    ("1.6 council decides", add_weeks(REQUEST, number("assessment_decide_weeks")), "2026-10-19"),
    ("1.6 advice for the assessment", add_weeks(REQUEST, number("assessment_advice_weeks")), "2026-10-19"),
    ("1.6 council refuses a plan", add_weeks(REQUEST, number("assessment_refuse_weeks")), "2026-12-28"),
    ("1.6 final plan", add_weeks(REQUEST, number("assessment_final_weeks")), "2027-01-25"),
    ("1.6 comments on a first draft", last_of_days(SERVED, number("assessment_comment_days")), "2026-12-29"),
    (
        "2.2 SENCO's qualification",
        add_months(date(2024, 2, 29), 12 * number("senco_qualification_years")),
        "2027-02-28",
    ),
    ("7 subject access from 31 January", add_months(date(2027, 1, 31), number("subject_access_months")), "2027-02-28"),
    ("7 complaint", add_days(date(2026, 11, 22), number("complaint_acknowledge_days")), "2026-12-22"),
    ("7 SEN file, DOB and 31 years", add_months(date(2012, 2, 29), 12 * number("sen_file_keep_years")), "2043-02-28"),
]


@pytest.mark.parametrize(("case", "found", "expected"), OTHERS, ids=[row[0] for row in OTHERS])
def test_other_dates_of_the_law(case, found, expected):
    assert found.isoformat() == expected


@pytest.mark.parametrize(
    ("case", "day", "months", "expected"),
    [
        ("same day", date(2026, 11, 20), 1, date(2026, 12, 20)),
        ("over the year", date(2026, 12, 31), 2, date(2027, 2, 28)),
        ("into a leap day", date(2027, 12, 31), 2, date(2028, 2, 29)),
        ("from a leap day", date(2028, 2, 29), 12, date(2029, 2, 28)),
        ("backwards over the year", date(2027, 1, 31), -2, date(2026, 11, 30)),
        ("none", date(2026, 11, 20), 0, date(2026, 11, 20)),
    ],
)
def test_add_months(case, day, months, expected):
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("case", "first", "months", "expected"),
    [
        ("a month that begins on the 1st", date(2026, 11, 1), 1, date(2026, 11, 30)),
        ("a month that begins on the 31st", date(2027, 1, 31), 1, date(2027, 2, 28)),
        ("a month that begins on the 28th", date(2027, 1, 28), 1, date(2027, 2, 27)),
        ("a year that begins on a leap day", date(2028, 2, 29), 12, date(2029, 2, 28)),
    ],
)
def test_last_of_months(case, first, months, expected):
    """Children and Families Act 2014 s.44(1): the period starts with its first day."""
    assert last_of_months(first, months) == expected


@pytest.mark.parametrize(
    ("case", "day", "expected"),
    [
        ("a working day stays", date(2026, 11, 20), date(2026, 11, 20)),
        ("a Saturday", date(2026, 11, 21), date(2026, 11, 23)),
        ("last day of July, a Friday", date(2026, 7, 31), date(2026, 7, 31)),
        ("1 August", date(2026, 8, 1), date(2026, 9, 1)),
        ("31 August, a bank holiday", date(2026, 8, 31), date(2026, 9, 1)),
        ("end of August before a Sunday", date(2030, 8, 31), date(2030, 9, 2)),
        ("24 December", date(2026, 12, 24), date(2026, 12, 24)),
        ("25 December", date(2026, 12, 25), date(2027, 1, 4)),
        ("29 December, the worked case of a family's guide", date(2026, 12, 29), date(2027, 1, 4)),
        ("1 January", date(2027, 1, 1), date(2027, 1, 4)),
        ("2 January, a Saturday", date(2027, 1, 2), date(2027, 1, 4)),
        ("Good Friday", date(2027, 3, 26), date(2027, 3, 30)),
        ("a leap day, a Tuesday", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_appeal_limit(case, day, expected):
    """domain.md 1.2 row 13 (Tribunal Procedure (HESC) Rules 2008)."""
    assert appeal_limit(day) == expected


def test_an_appeal_has_the_later_of_two_limits():
    letter = appeal_limit(add_months(date(2026, 10, 1), number("appeal_months")))
    certificate = appeal_limit(add_months(date(2026, 11, 29), number("appeal_mediation_months")))
    assert (letter, certificate) == (date(2026, 12, 1), date(2027, 1, 4))
    assert max(letter, certificate) == certificate


@given(ANY_DAY, st.integers(1, 120))
def test_a_period_that_counts_its_first_day_never_ends_after_one_that_does_not(first, months):
    inclusive, exclusive = last_of_months(first, months), add_months(first, months)
    assert first < inclusive <= exclusive
    assert exclusive - inclusive <= timedelta(days=1)


@given(ANY_DAY)
def test_a_year_is_365_or_366_days_with_its_first(first):
    assert (day_before_anniversary(first) - first).days + 1 in (365, 366)


@given(ANY_DAY, st.integers(-120, 120))
def test_a_month_sum_keeps_the_day_or_ends_the_month(day, months):
    found = add_months(day, months)
    assert found.day == day.day or (found.day < day.day and (found + timedelta(days=1)).day == 1)
    assert (found.year - day.year) * 12 + found.month - day.month == months


@given(ANY_DAY, st.integers(1, 400))
def test_a_period_of_days_has_that_many(first, days):
    assert (last_of_days(first, days) - first).days + 1 == days
    assert last_day_before(add_days(first, days)) == last_of_days(first, days)


@given(ANY_DAY)
def test_an_appeal_limit_never_moves_back_nor_twice(day):
    found = appeal_limit(day)
    assert found >= day
    assert appeal_limit(found) == found
    assert found.month != 8
