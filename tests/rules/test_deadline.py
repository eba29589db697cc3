"""What is met, late or not known, and what one word says for many."""

from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.deadline import (
    DUE_SOON_DAYS,
    Deadline,
    Light,
    Owner,
    Status,
    combine,
    earliest_unmet,
    from_provision,
    sort_deadlines,
)
from sendhub.rules.provisions import Force, provision

DUE = date(2026, 12, 8)
REPORT = from_provision(
    provision("report_days", date(2026, 11, 24)), due=DUE, anchor="The meeting was on 24 November 2026."
)
MET, NOT_MET, NONE, UNKNOWN = Status.MET, Status.NOT_MET, Status.NOT_APPLICABLE, Status.CANNOT_TELL


def test_a_deadline_carries_its_provision():
    """SEND Regulations 2014 reg 20(7)."""
    expected = Deadline(
        key="report_days",
        due=DUE,
        basis="Send the report to everyone invited and the council within 2 weeks of the meeting.",
        force=Force.MUST,
        citation="SEND Regulations 2014 reg 20(7) to (9), 21(7)",
        anchor="The meeting was on 24 November 2026.",
        happened_on=None,
        owner=Owner.SCHOOL,
        applies=True,
    )
    assert expected == REPORT
    with pytest.raises(FrozenInstanceError):
        REPORT.due = date(2027, 1, 1)


def test_a_deadline_may_say_its_own_sum_and_owner():
    found = from_provision(
        provision("council_decision_days", date(2026, 11, 24)),
        due=date(2026, 12, 22),
        anchor="The meeting was on 24 November 2026.",
        basis="4 weeks after the meeting",
        happened_on=date(2026, 12, 21),
        owner=Owner.COUNCIL,
        applies=False,
    )
    assert (found.basis, found.happened_on) == ("4 weeks after the meeting", date(2026, 12, 21))
    assert (found.owner, found.applies) == (Owner.COUNCIL, False)


# case, what differs from REPORT, today, status, days left, late, light
CASES = [
    ("long before", {}, date(2026, 11, 1), NONE, 37, False, Light.PLAIN),
    ("15 days before", {}, date(2026, 11, 23), NONE, 15, False, Light.PLAIN),
    ("14 days before", {}, date(2026, 11, 24), NONE, 14, False, Light.DUE),
    ("the day itself", {}, DUE, NONE, 0, False, Light.DUE),
    ("the day after", {}, date(2026, 12, 9), NOT_MET, -1, True, Light.LATE),
    ("late over a weekend and Christmas", {}, date(2026, 12, 27), NOT_MET, -19, True, Light.LATE),
    ("done early", {"happened_on": date(2026, 12, 1)}, DUE, MET, None, False, Light.OK),
    ("done on the day", {"happened_on": DUE}, DUE, MET, None, False, Light.OK),
    ("done a day late", {"happened_on": date(2026, 12, 9)}, date(2027, 1, 1), NOT_MET, None, False, Light.PLAIN),
    ("dated in the future", {"happened_on": DUE}, date(2026, 12, 7), NONE, 1, False, Light.DUE),
    ("dated in the future, late", {"happened_on": date(2027, 1, 9)}, date(2027, 1, 8), NOT_MET, -31, True, Light.LATE),
    ("no day known", {"due": None}, DUE, UNKNOWN, None, False, Light.PLAIN),
    ("done, no day known", {"due": None, "happened_on": DUE}, DUE, UNKNOWN, None, False, Light.PLAIN),
    ("does not apply", {"applies": False}, date(2027, 1, 1), NONE, None, False, Light.PLAIN),
    ("does not apply, no day", {"applies": False, "due": None}, DUE, NONE, None, False, Light.PLAIN),
    ("due on a leap day, the day after", {"due": date(2028, 2, 29)}, date(2028, 3, 1), NOT_MET, -1, True, Light.LATE),
]


@pytest.mark.parametrize(
    ("change", "today", "status", "left", "late", "light"), [pytest.param(*c[1:], id=c[0]) for c in CASES]
)
def test_status_and_light(change, today, status, left, late, light):
    """House rule 4, on SEND Regulations 2014 reg 20(7)."""
    found = replace(REPORT, **change)
    assert found.status(today) is status
    assert found.days_left(today) == left
    assert found.late(today) is late
    assert found.light(today) is light


def test_a_screen_may_call_due_sooner_or_later():
    assert DUE_SOON_DAYS == 14
    assert REPORT.light(date(2026, 11, 24), soon=13) is Light.PLAIN
    assert REPORT.light(date(2026, 11, 1), soon=37) is Light.DUE


@pytest.mark.parametrize(
    ("statuses", "expected"),
    [
        ([], NONE),
        ([NONE, NONE], NONE),
        ([NONE, MET], MET),
        ([MET, UNKNOWN], UNKNOWN),
        ([UNKNOWN, NONE], UNKNOWN),
        ([MET, UNKNOWN, NOT_MET], NOT_MET),
        ([MET, MET], MET),
    ],
)
def test_combine(statuses, expected):
    assert combine(statuses) is expected


@given(st.lists(st.sampled_from(Status)))
def test_one_unknown_never_reads_as_met_and_order_does_not_matter(statuses):
    found = combine(statuses)
    assert found is combine(reversed(statuses))
    assert found is not MET or not {UNKNOWN, NOT_MET} & set(statuses)


TODAY = date(2026, 12, 10)
LATE = replace(REPORT, key="late")
NEXT = replace(REPORT, key="next", due=date(2026, 12, 22), owner=Owner.COUNCIL)
SHOULD = replace(REPORT, key="another", due=date(2026, 12, 22), force=Force.SHOULD)
CHOICE = replace(REPORT, key="a choice", due=date(2026, 12, 22), force=Force.CHOICE)
NO_DAY = replace(REPORT, key="no day", due=None)
DONE = replace(REPORT, key="done", due=date(2026, 11, 10), happened_on=date(2026, 11, 9))
NOT_OURS = replace(REPORT, key="not ours", due=date(2026, 1, 1), applies=False)


def test_sort_puts_the_open_first_by_day_then_by_force():
    mixed = [NOT_OURS, DONE, CHOICE, NO_DAY, SHOULD, NEXT, LATE]
    assert sort_deadlines(mixed, TODAY) == [LATE, NEXT, SHOULD, CHOICE, NO_DAY, DONE, NOT_OURS]


@pytest.mark.parametrize(
    ("case", "deadlines", "expected"),
    [
        ("nothing", [], None),
        ("all done", [DONE, NOT_OURS], None),
        ("the earliest open one", [DONE, NEXT, LATE, NO_DAY], LATE),
        ("one without a day does not hide one with", [NO_DAY, NEXT], NEXT),
        ("one without a day is still open", [DONE, NO_DAY], NO_DAY),
    ],
)
def test_earliest_unmet(case, deadlines, expected):
    assert earliest_unmet(deadlines, TODAY) == expected


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.none() | st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    st.booleans(),
)
def test_only_what_was_done_in_time_is_green(today, due, happened_on, applies):
    found = replace(REPORT, due=due, happened_on=happened_on, applies=applies)
    assert (found.light(today) is Light.OK) == (found.status(today) is Status.MET)
    assert found.late(today) == (found.light(today) is Light.LATE)
    assert not found.late(today) or found.status(today) is Status.NOT_MET
