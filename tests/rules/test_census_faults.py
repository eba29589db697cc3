"""What the census would ask about (domain.md 3.1): each check against the case that it is there for, and its like."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendhub.rules.census_faults import RULES, Fault, Need, Spell, faults_of, overlap
from sendhub.rules.codes import NEED_TYPES

TODAY = date(2026, 11, 25)
CASES = [
    ("no provision, no need", "N", [], []),
    ("SEN Support with one need", "K", [("SPLD", 1)], []),
    ("EHC plan with three needs in order", "E", [("ASD", 1), ("SEMH", 2), ("PD", 3)], []),
    ("SEN Support, not yet looked at by a specialist", "K", [("NSA", 1)], []),
    ("SEN Support without a need", "K", [], [Fault.NEED_MISSING]),
    ("EHC plan without a need", "E", [], [Fault.NEED_MISSING]),
    ("no provision with a need", "N", [("SPLD", 1)], [Fault.NEED_WITHOUT_PROVISION]),
    ("no provision, not looked at by a specialist", "N", [("NSA", 1)], [Fault.NEED_WITHOUT_PROVISION]),
    ("EHC plan, not looked at by a specialist", "E", [("NSA", 1)], [Fault.NEED_WITH_WRONG_PROVISION]),
    ("EHC plan, that as the second", "E", [("ASD", 1), ("NSA", 2)], [Fault.NEED_WITH_WRONG_PROVISION]),
    ("a code that nobody knows", "K", [("ZZZ", 1)], [Fault.NEED_UNKNOWN]),
    ("no main need", "K", [("SPLD", 2)], [Fault.RANK_GAP]),
    ("a gap in the order", "K", [("SPLD", 1), ("MLD", 3)], [Fault.RANK_GAP]),
    ("a rank of nought", "K", [("SPLD", 0), ("MLD", 1)], [Fault.RANK_GAP]),
    ("two main needs", "K", [("SPLD", 1), ("MLD", 1)], [Fault.RANK_TWICE]),
    ("two second needs and no main one", "K", [("SPLD", 2), ("MLD", 2)], [Fault.RANK_GAP, Fault.RANK_TWICE]),
    (
        "all at once",
        "E",
        [("NSA", 2), ("ZZZ", 2)],
        [Fault.NEED_WITH_WRONG_PROVISION, Fault.NEED_UNKNOWN, Fault.RANK_GAP, Fault.RANK_TWICE],
    ),
]


@pytest.mark.parametrize(("case", "provision", "needs", "expected"), CASES, ids=[case[0] for case in CASES])
def test_what_the_census_would_ask_about(case, provision, needs, expected):
    assert list(faults_of(provision, [Need(*need) for need in needs], [], TODAY)) == expected


@pytest.mark.parametrize(
    ("case", "spells", "fault"),
    [
        ("none", [], False),
        ("one open", [(0, None)], False),
        ("one after the other", [(0, 9), (10, None)], False),
        ("a gap between them", [(0, 9), (20, None)], False),
        ("one day of both", [(0, 10), (10, None)], True),
        ("the first never ended", [(0, None), (10, 20)], True),
        ("one inside the other", [(0, 30), (10, 20)], True),
        ("both begin on the same day", [(0, 5), (0, None)], True),
        ("written down in another order", [(10, None), (0, 9)], False),
    ],
)
def test_provisions_do_not_stand_at_the_same_time(case, spells, fault):
    made = [Spell(TODAY + timedelta(start), None if end is None else TODAY + timedelta(end)) for start, end in spells]
    assert overlap(made) is fault
    assert (Fault.DATES_OVERLAP in faults_of("K", [Need("SPLD", 1)], made, TODAY)) is fault


def test_a_code_counts_from_its_first_day():
    need = next(need for need in NEED_TYPES if need.code == "DS")
    before = need.valid_from - timedelta(1)
    assert faults_of("K", [Need("DS", 1)], [], need.valid_from) == ()
    assert faults_of("K", [Need("DS", 1)], [], before) == (Fault.NEED_UNKNOWN,)


def test_each_fault_has_one_rule_with_words_and_a_source():
    assert [rule.fault for rule in RULES] == list(Fault)
    for rule in RULES:
        assert rule.title
        assert rule.plain.endswith(".")
        assert rule.citation.startswith("DfE")
        assert rule.link.startswith("https://www.gov.uk/")
    assert [rule.fault for rule in RULES if not rule.about_need] == [Fault.DATES_OVERLAP]


DAYS = st.integers(0, 12).map(lambda days: TODAY + timedelta(days))
SPELLS = st.lists(
    st.tuples(DAYS, st.none() | DAYS).filter(lambda pair: pair[1] is None or pair[0] <= pair[1]), max_size=4
)


@given(SPELLS)
def test_overlap_is_found_just_when_a_day_has_two(pairs):
    spells = [Spell(*pair) for pair in pairs]
    days = [TODAY + timedelta(number) for number in range(14)]
    held = [sum(s.starts_on <= day and (s.ends_on is None or day <= s.ends_on) for s in spells) for day in days]
    assert overlap(spells) is (max(held) > 1)
