"""By when what supports a pupil is looked at again, and which half terms have proof of an arrangement."""

from datetime import date

import pytest

from sendhub.rules import support
from sendhub.rules.arrangements import USUAL, Approval, half_term_began, half_terms
from sendhub.rules.deadline import Status
from sendhub.rules.provisions import Force, provision
from sendhub.rules.school_calendar import Term

TODAY = date(2026, 11, 25)
D = date

HEALTHCARE = [  # looked at on, due: 12 months, the month's last day where it has no such day
    (D(2025, 11, 25), D(2026, 11, 25), Status.NOT_APPLICABLE),  # its day has not gone
    (D(2025, 11, 24), D(2026, 11, 24), Status.NOT_MET),
    (D(2024, 2, 29), D(2025, 2, 28), Status.NOT_MET),
    (None, None, Status.CANNOT_TELL),
]


@pytest.mark.parametrize(("reviewed_on", "due", "status"), HEALTHCARE)
def test_a_healthcare_plan_is_looked_at_within_a_year(reviewed_on, due, status):
    found = support.healthcare_review(reviewed_on, TODAY)
    assert (found.due, found.force, found.key) == (due, Force.SHOULD, "healthcare_plan_months")
    assert found.status(TODAY) is status


def test_it_is_late_on_the_day_after_and_not_on_the_day():
    found = support.healthcare_review(D(2025, 11, 25), TODAY)
    assert not found.late(TODAY)
    assert found.late(D(2026, 11, 26))


RENEWALS = [
    # approved on, own last day, by whom, due
    (D(2024, 10, 1), None, Approval.ONLINE, D(2026, 12, 1)),
    (D(2024, 12, 31), None, Approval.AWARDING_BODY, D(2027, 2, 28)),
    (D(2024, 10, 1), D(2026, 7, 31), Approval.ONLINE, D(2026, 7, 31)),
    (D(2024, 10, 1), None, Approval.DELEGATED, None),  # the school's own decision
    (D(2024, 10, 1), D(2026, 7, 31), Approval.DELEGATED, D(2026, 7, 31)),
    (None, None, Approval.ONLINE, None),
]


@pytest.mark.parametrize(("approved_on", "own", "approval", "due"), RENEWALS)
def test_an_approval_holds_for_26_months_or_until_its_own_day(approved_on, own, approval, due):
    found = support.arrangement_renewal(approved_on, own, approval, TODAY)
    assert (found.due, found.applies) == (due, due is not None)
    assert not provision("arrangement_approval_months", TODAY).confirmed  # we have not seen it in its source


CHECKS = [
    # since, last said, own day, due
    (D(2025, 9, 3), None, None, D(2026, 9, 3)),
    (D(2025, 9, 3), D(2026, 9, 1), None, D(2027, 9, 1)),
    (D(2025, 9, 3), None, D(2026, 1, 5), D(2026, 1, 5)),
    (D(2025, 9, 3), D(2026, 1, 6), D(2026, 1, 5), D(2027, 1, 6)),  # it was asked on that day: a year from then
]


@pytest.mark.parametrize(("since", "said", "own", "due"), CHECKS)
def test_an_adjustment_is_asked_after_once_a_year_or_on_its_own_day(since, said, own, due):
    found = support.adjustment_check(since, said, own, TODAY)
    assert (found.due, found.force) == (due, Force.SHOULD)


def test_a_risk_plan_has_the_day_that_its_makers_chose_and_is_offered_one_in_half_a_year():
    assert support.risk_review(D(2027, 1, 8), TODAY).due == D(2027, 1, 8)
    assert support.first_risk_review(D(2026, 8, 31), TODAY) == D(2027, 2, 28)


@pytest.mark.parametrize(("words_of", "due"), [(D(2026, 11, 18), D(2026, 11, 25)), (D(2026, 12, 22), D(2026, 12, 31))])
def test_a_risk_plan_is_read_within_five_working_days(words_of, due):
    assert support.risk_plan_read(words_of, TODAY).due == due


@pytest.mark.parametrize(("last", "due"), [(None, D(2026, 8, 26)), (D(2026, 8, 26), D(2026, 11, 25))])
def test_an_agency_is_quiet_after_13_weeks(last, due):
    assert support.agency_heard(last, D(2026, 5, 27), TODAY).due == due


AUTUMN = (Term("Autumn 1", D(2026, 9, 3), D(2026, 10, 23)), Term("Autumn 2", D(2026, 11, 2), D(2026, 12, 18)))
SPRING = Term("Spring 1", D(2027, 1, 4), D(2027, 2, 12))
BEFORE = Term("Summer 2", D(2026, 6, 1), D(2026, 7, 20))


@pytest.mark.parametrize(
    ("said", "status"),
    [
        (None, Status.NOT_APPLICABLE),  # open: the half term runs
        (D(2026, 11, 2), Status.MET),
        (D(2026, 11, 1), Status.NOT_APPLICABLE),  # of the half term before
    ],
)
def test_somebody_says_in_each_half_term_that_it_is_usual(said, status):
    found = support.usual_way(said, AUTUMN[1].first, AUTUMN[1].last, TODAY)
    assert found.status(TODAY) is status
    assert support.usual_way(said, None, None, TODAY).status(TODAY) is Status.CANNOT_TELL
    if said is None:
        assert found.status(D(2026, 12, 19)) is Status.NOT_MET


def test_the_half_terms_of_this_year_say_who_said_it():
    said = [(D(2026, 9, 3), "Dan"), (D(2026, 10, 30), "Ruth"), (D(2026, 9, 9), "Dan"), (D(2026, 11, 2), "Kemi")]
    found = half_terms((SPRING, *AUTUMN, BEFORE), said, D(2026, 9, 3), None, TODAY)
    assert [(half.term.name, half.said, half.open) for half in found] == [
        ("Autumn 1", ("Dan", "Ruth"), False),  # what is said in the holiday is of the half term before it
        ("Autumn 2", ("Kemi",), True),
    ]


@pytest.mark.parametrize(
    ("since", "until", "names"),
    [
        (D(2026, 11, 2), None, ["Autumn 2"]),  # it began after the first half term
        (D(2026, 9, 3), D(2026, 11, 1), ["Autumn 1"]),  # withdrawn before the second
        (D(2026, 10, 30), None, ["Autumn 1", "Autumn 2"]),
    ],
)
def test_half_terms_in_which_it_did_not_hold_are_left_out(since, until, names):
    assert [half.term.name for half in half_terms(AUTUMN, (), since, until, TODAY)] == names


def test_in_a_holiday_the_last_half_term_counts_and_without_terms_none():
    assert half_term_began(AUTUMN, D(2026, 10, 28)) == D(2026, 9, 3)
    assert half_term_began((), TODAY) is None
    assert half_term_began(AUTUMN, D(2026, 9, 1)) is None


def test_the_usual_list_names_each_arrangement_once():
    names = [name for name, _ in USUAL]
    assert len(names) == len(set(names))
    assert {approval for _, approval in USUAL} == set(Approval)
