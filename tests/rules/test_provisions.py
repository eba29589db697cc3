"""Each legal number against what the law says: one row a key, so a number without a row fails."""

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from sendhub.rules.provisions import (
    PROVISIONS,
    Force,
    NotInForce,
    NotOurs,
    Unit,
    UnknownProvision,
    history,
    keys,
    law_as_at,
    provision,
)

MUST, SHOULD, CHOICE = Force.MUST, Force.SHOULD, Force.CHOICE
SEND = "SEND Regulations 2014 "
CODE = "SEND Code of Practice 2015 "
SUSPENSIONS = "School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012"

# key, number, unit, force, citation (as it begins), first day in force
PROVISION_CASES = [
    ("review_first_months", 12, "months", MUST, "Children and Families Act 2014 s.44(1)", date(2014, 9, 1)),
    ("review_later_months", 12, "months", MUST, "Children and Families Act 2014 s.44(1)", date(2014, 9, 1)),
    ("review_meeting_latest_days", 28, "days", SHOULD, CODE + "9.169", date(2014, 9, 1)),
    ("council_list_weeks", 2, "weeks", SHOULD, CODE + "9.172", date(2014, 9, 1)),
    ("meeting_notice_days", 14, "days", MUST, SEND + "reg 20(3)", date(2014, 9, 1)),
    ("meeting_notice_warn_days", 15, "days", CHOICE, "Our practice, from " + SEND + "reg 20(3)", date(2014, 9, 1)),
    ("advice_request_days", 42, "days", CHOICE, "Usual practice", date(2014, 9, 1)),
    ("advice_circulate_days", 14, "days", MUST, SEND + "reg 20(4)", date(2014, 9, 1)),
    ("report_days", 14, "days", MUST, SEND + "reg 20(7)", date(2014, 9, 1)),
    ("council_decision_days", 28, "days", MUST, SEND + "reg 20(10)", date(2014, 9, 1)),
    ("amend_proposals_days", 28, "days", MUST, SEND + "reg 22(2)", date(2014, 9, 1)),
    ("draft_comment_days", 15, "days", MUST, SEND + "reg 22(2)(c)", date(2014, 9, 1)),
    ("final_plan_weeks", 8, "weeks", MUST, SEND + "reg 22(3)", date(2014, 9, 1)),
    ("final_plan_outer_weeks", 12, "weeks", MUST, "R (L, M and P) v Devon [2022] EWHC 493", date(2014, 9, 1)),
    ("appeal_months", 2, "months", MUST, "Tribunal Procedure (HESC) Rules 2008", date(2014, 9, 1)),
    ("appeal_mediation_months", 1, "months", MUST, "Tribunal Procedure (HESC) Rules 2008", date(2014, 9, 1)),
    ("consultation_reply_days", 15, "days", MUST, CODE + "9.83", date(2014, 9, 1)),
    ("phase_transfer_day", 215, "day of the year", MUST, SEND + "reg 18", date(2014, 9, 1)),
    ("phase_transfer_post16_day", 331, "day of the year", MUST, SEND + "reg 18", date(2014, 9, 1)),
    ("phase_transfer_between_post16_months", 5, "months", MUST, SEND + "reg 18", date(2014, 9, 1)),
    ("preparing_for_adulthood_year", 9, "year group", MUST, SEND + "reg 20(6)", date(2014, 9, 1)),
    ("under_five_review_months_from", 3, "months", SHOULD, CODE + "9.178", date(2014, 9, 1)),
    ("under_five_review_months_to", 6, "months", SHOULD, CODE + "9.178", date(2014, 9, 1)),
    ("move_transfer_working_days", 15, "working days", MUST, SEND + "reg 15", date(2014, 9, 1)),
    ("move_tell_family_weeks", 6, "weeks", MUST, SEND + "reg 15", date(2014, 9, 1)),
    ("move_review_months_last", 12, "months", MUST, SEND + "reg 15(5)", date(2014, 9, 1)),
    ("move_review_months_transfer", 3, "months", MUST, SEND + "reg 15(5)", date(2014, 9, 1)),
    ("direct_payment_review_months", 3, "months", MUST, "Special Educational Needs (Personal Bud", date(2014, 9, 1)),
    ("assessment_decide_weeks", 6, "weeks", MUST, SEND + "reg 5(1)", date(2014, 9, 1)),
    ("assessment_advice_weeks", 6, "weeks", MUST, SEND + "reg 8", date(2014, 9, 1)),
    ("assessment_refuse_weeks", 16, "weeks", MUST, SEND + "reg 10", date(2014, 9, 1)),
    ("assessment_final_weeks", 20, "weeks", MUST, SEND + "reg 13", date(2014, 9, 1)),
    ("assessment_comment_days", 15, "days", MUST, SEND + "reg 13", date(2014, 9, 1)),
    ("assessment_closure_weeks", 4, "weeks", MUST, SEND + "reg 27(3)", date(2014, 9, 1)),
    ("reassessment_refuse_months", 6, "months", MUST, "Children and Families Act 2014 s.44(2)", date(2014, 9, 1)),
    ("reassessment_answer_days", 15, "days", MUST, SEND + "reg 25(1)", date(2014, 9, 1)),
    ("reassessment_final_weeks", 14, "weeks", MUST, SEND + "reg 27(2)", date(2014, 9, 1)),
    ("school_leaving_age", 16, "years", MUST, "Education Act 1996 s.8", date(1998, 1, 1)),
    ("sen_support_meetings", 3, "times a year", SHOULD, CODE + "6.65", date(2014, 9, 1)),
    ("sen_support_cycles", 3, "times a year", CHOICE, "Our default", date(2014, 9, 1)),
    ("senco_qualification_years", 3, "years", MUST, SEND + "reg 49", date(2014, 9, 1)),
    ("senco_start_warning_months", 14, "months", CHOICE, "Our practice", date(2024, 9, 1)),
    ("sen_information_report_months", 12, "months", MUST, "Children and Families Act 2014 s.69", date(2014, 9, 1)),
    ("accessibility_plan_years", 3, "years", MUST, "Equality Act 2010 Sch 10", date(2010, 10, 1)),
    ("equality_objectives_years", 4, "years", MUST, "Equality Act 2010 (Specific Duties", date(2017, 3, 31)),
    ("equality_information_months", 12, "months", MUST, "Equality Act 2010 (Specific Duties", date(2017, 3, 31)),
    ("inclusion_strategy_day", 1231, "day of the year", MUST, "Inclusive Mainstream Fund", date(2026, 6, 25)),
    ("inclusion_strategy_review_months", 12, "months", MUST, "Inclusive Mainstream Fund", date(2026, 6, 25)),
    ("healthcare_plan_months", 12, "months", SHOULD, "Children and Families Act 2014 s.100", date(2014, 9, 1)),
    ("care_education_plan_working_days", 20, "working days", SHOULD, "DfE, promoting the edu", date(2014, 9, 1)),
    ("suspension_days_max", 45, "school days", MUST, SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_education_from_day", 6, "day in a row", MUST, "Education (Provision of Full-Time", date(2007, 9, 1)),
    ("suspension_governors_if_asked_over", 5, "school days", MUST, SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_governors_always_over", 15, "school days", MUST, SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_governors_always_within", 15, "school days", MUST, SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_governors_if_asked_within", 50, "school days", MUST, SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_warning_days", 40, "school days", CHOICE, "Our practice", date(2012, 9, 1)),
    ("suspension_told_days", 1, "days", CHOICE, "Our number; the duty is in the " + SUSPENSIONS, date(2012, 9, 1)),
    ("suspension_look_days", 14, "days", CHOICE, "Our practice", date(2012, 9, 1)),
    ("reduced_timetable_weeks", 6, "weeks", SHOULD, "DfE, Working together to improve", date(2022, 9, 1)),
    ("placement_visit_terms", 1, "terms", CHOICE, "Our practice, from DfE, Alt", date(2022, 9, 1)),
    ("persistent_absence_percent", 10, "percent", MUST, "DfE, Working together to improve", date(2015, 9, 1)),
    ("school_pupil_days", 190, "school days", SHOULD, "Education (School Day and School", date(1999, 9, 1)),
    ("school_training_days", 5, "days", SHOULD, "School Teachers' Pay and", date(2014, 9, 1)),
    ("severe_absence_percent", 50, "percent", MUST, "DfE, Working together to improve", date(2022, 9, 1)),
    ("attendance_watch_percent", 5, "percent", CHOICE, "Our practice", date(2022, 9, 1)),
    ("arrangement_approval_months", 26, "months", MUST, "JCQ, access arrangements", date(2024, 9, 1)),
    ("usual_way_times", 6, "times a year", CHOICE, "Our number; JCQ", date(2024, 9, 1)),
    ("adjustment_check_months", 12, "months", SHOULD, "Equality Act 2010 s.20", date(2010, 10, 1)),
    ("risk_plan_months", 6, "months", CHOICE, "Our number; Management of Health", date(2010, 10, 1)),
    ("risk_plan_read_working_days", 5, "working days", CHOICE, "Our practice", date(2010, 10, 1)),
    ("agency_contact_weeks", 13, "weeks", CHOICE, "Our practice", date(2024, 9, 1)),
    ("family_told_days", 7, "days", CHOICE, "Our number; the duty is Children and Families Act 2014", date(2014, 9, 1)),
    ("census_autumn_thursday", 1, "day in a row", MUST, "Education (Information About Individual", date(2013, 9, 1)),
    ("census_spring_thursday", 3, "day in a row", MUST, "Education (Information About Individual", date(2013, 9, 1)),
    ("census_summer_thursday", 3, "day in a row", MUST, "Education (Information About Individual", date(2013, 9, 1)),
    ("leaver_access_working_days", 1, "working days", CHOICE, "Our number; the duty is UK GDPR", date(2018, 5, 25)),
    ("proposal_decide_days", 7, "days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("concern_first_look_school_days", 2, "school days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("concern_sendco_school_days", 5, "school days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("concern_family_school_days", 10, "school days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("concern_watch_school_days", 15, "school days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("doubt_settle_days", 7, "days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("import_keep_days", 14, "days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("failure_look_working_days", 1, "working days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("failure_show_days", 14, "days", CHOICE, "Our practice", date(2024, 9, 1)),
    ("reading_day", 930, "day of the year", CHOICE, "Our practice", date(2024, 9, 1)),
    ("reading_weeks", 4, "weeks", CHOICE, "Our practice", date(2024, 9, 1)),
    ("subject_access_months", 1, "months", MUST, "UK GDPR Art 12(3)", date(2018, 5, 25)),
    ("subject_access_months", 1, "months", MUST, "UK GDPR Art 12(3) and 12A", date(2026, 2, 5)),
    ("subject_access_extra_months", 2, "months", MUST, "UK GDPR Art 12(3)", date(2018, 5, 25)),
    ("own_rights_age", 12, "years", SHOULD, "ICO, children's information", date(2018, 5, 25)),
    ("educational_record_school_days", 15, "school days", MUST, "Education (Pupil Information)", date(2005, 9, 1)),
    ("common_transfer_file_school_days", 15, "school days", MUST, "Education (Pupil Informat", date(2005, 9, 1)),
    ("complaint_acknowledge_days", 30, "days", MUST, "Data Protection Act 2018 s.164A", date(2026, 6, 19)),
    ("breach_report_hours", 72, "hours", MUST, "UK GDPR Art 33", date(2018, 5, 25)),
    ("breach_people_days", 1, "days", CHOICE, "Our number; the duty is UK GDPR Art 34", date(2018, 5, 25)),
    ("sen_file_keep_years", 31, "years", SHOULD, "IRMS schools toolkit", date(2019, 1, 1)),
    ("pupil_file_keep_years", 25, "years", SHOULD, "IRMS schools toolkit", date(2019, 1, 1)),
    ("passed_on_keep_years", 1, "years", CHOICE, "Our default; IRMS", date(2019, 1, 1)),
    ("appraisal_keep_years", 6, "years", SHOULD, "IRMS schools toolkit", date(2019, 1, 1)),
    ("restore_drill_times", 3, "times a year", SHOULD, "DfE, cyber security standards", date(2022, 10, 1)),
    ("small_number_threshold", 6, "people", CHOICE, "Our default", date(2018, 5, 25)),
]

# Numbers that we have not seen in their source: a school may correct them though the law fixes them.
UNCONFIRMED = {
    "restore_drill_times",
    "adjustment_check_months",
    "appraisal_keep_years",
    "arrangement_approval_months",
    "care_education_plan_working_days",
    "census_autumn_thursday",
    "census_spring_thursday",
    "census_summer_thursday",
    "common_transfer_file_school_days",
    "consultation_reply_days",
    "direct_payment_review_months",
    "educational_record_school_days",
    "healthcare_plan_months",
    "own_rights_age",
    "reassessment_answer_days",
    "reassessment_refuse_months",
    "reduced_timetable_weeks",
    "school_pupil_days",
    "school_training_days",
    "suspension_governors_always_within",
    "suspension_governors_if_asked_within",
}

# The only rows of the book that have an end.
ENDED = {
    ("subject_access_months", date(2018, 5, 25)): date(2026, 2, 4),
    ("inclusion_strategy_day", date(2026, 6, 25)): date(2027, 3, 31),
    ("inclusion_strategy_review_months", date(2026, 6, 25)): date(2027, 3, 31),
}

BY_KEY = [pytest.param(*case, id=f"{case[0]} from {case[5]}") for case in PROVISION_CASES]


def test_every_provision_has_a_row_that_names_it():
    """House rule 3: a row of the book that no case names, or a case without a row, fails."""
    assert sorted((row.key, row.in_force_from) for row in PROVISIONS) == sorted(
        (case[0], case[5]) for case in PROVISION_CASES
    )
    assert set(keys()) == {case[0] for case in PROVISION_CASES}


@pytest.mark.parametrize(("key", "value", "unit", "force", "citation", "since"), BY_KEY)
def test_provision_says_what_its_source_says(key, value, unit, force, citation, since):
    found = provision(key, since)
    assert (found.value, found.unit, found.force, found.in_force_from) == (value, unit, force, since)
    assert found.citation.startswith(citation)
    assert found.confirmed is (key not in UNCONFIRMED)
    assert found.in_force_to == ENDED.get((key, since))
    assert found.link.startswith("https://")
    assert found.checked_on == date(2026, 11, 22)
    assert found.title
    assert found.plain.endswith(".")


@pytest.mark.parametrize("key", sorted(keys()))
def test_provision_is_refused_the_day_before_it_came_into_force(key):
    first = history(key)[0].in_force_from
    assert provision(key, first).key == key
    with pytest.raises(NotInForce, match=f"{key} is not in force on"):
        provision(key, first - timedelta(days=1))


@pytest.mark.parametrize("key", sorted(keys()))
def test_rows_of_a_key_neither_overlap_nor_leave_a_gap(key):
    for earlier, later in pairwise(history(key)):
        assert earlier.in_force_to == later.in_force_from - timedelta(days=1)


@pytest.mark.parametrize(
    ("case", "on", "citation"),
    [
        ("last day of the old clock", date(2026, 2, 4), "UK GDPR Art 12(3)"),
        ("first day of the new clock", date(2026, 2, 5), "UK GDPR Art 12(3) and 12A; Data (Use and Access) Act 2025"),
        ("a leap day", date(2024, 2, 29), "UK GDPR Art 12(3)"),
    ],
)
def test_subject_access_follows_the_law_of_the_day(case, on, citation):
    assert provision("subject_access_months", on).citation == citation


def test_grant_condition_ends_with_the_grant():
    """Inclusive Mainstream Fund, conditions of grant: they cover the financial year 2026 to 2027."""
    assert provision("inclusion_strategy_day", date(2027, 3, 31)).day_in(2026) == date(2026, 12, 31)
    with pytest.raises(NotInForce):
        provision("inclusion_strategy_day", date(2027, 4, 1))


def test_unknown_key_says_so():
    with pytest.raises(UnknownProvision, match="There is no provision called moon"):
        provision("moon", date(2026, 9, 1))
    with pytest.raises(UnknownProvision):
        history("moon")


@pytest.mark.parametrize("key", sorted(keys()))
def test_school_may_change_a_number_only_where_the_law_leaves_it(key):
    row = history(key)[-1]
    wanted = {key: row.value + 1, "another_key": 0}
    if row.force is MUST and row.confirmed:
        assert not row.changeable
        with pytest.raises(NotOurs, match="a school cannot change it"):
            provision(key, row.in_force_from, wanted)
    else:
        assert row.changeable
        changed = provision(key, row.in_force_from, wanted)
        assert changed == replace(row, value=row.value + 1, overridden=True)


def test_override_of_another_key_or_of_the_same_number_changes_nothing():
    on = date(2026, 9, 1)
    plain = provision("report_days", on)
    assert provision("report_days", on, {"advice_request_days": 30}) == plain
    assert provision("report_days", on, {"report_days": 14}) == plain
    assert provision("report_days", on, {}) == plain


@pytest.mark.parametrize("number", [0, -1])
def test_override_below_one_is_refused(number):
    with pytest.raises(ValueError, match="at least 1"):
        provision("advice_request_days", date(2026, 9, 1), {"advice_request_days": number})


def test_a_change_of_law_is_a_new_dated_row_and_no_code():
    """Two laws in force: reviews every 24 months from 1 September 2029, for the sake of the proof."""
    old = provision("review_later_months", date(2026, 9, 1))
    coming = (
        replace(old, in_force_to=date(2029, 8, 31)),
        replace(old, value=24, citation="A later Act s.1", in_force_from=date(2029, 9, 1)),
    )
    book = (*(row for row in PROVISIONS if row.key != old.key), *coming)
    assert provision(old.key, date(2029, 8, 31), book=book).value == 12
    assert provision(old.key, date(2029, 9, 1), book=book).value == 24
    assert provision("report_days", date(2029, 9, 1), book=book).value == 14
    assert history(old.key, book) == coming


def test_law_as_at_a_day_holds_each_key_once_and_nothing_that_is_not_law():
    rows = law_as_at(date(2026, 11, 22))
    assert len(rows) == len({row.key for row in rows}) == len(keys())
    assert [row.key for row in law_as_at(date(2007, 8, 31))] == [
        "school_leaving_age",
        "school_pupil_days",
        "educational_record_school_days",
        "common_transfer_file_school_days",
    ]
    assert law_as_at(date(1997, 12, 31)) == ()


def test_only_a_day_of_the_year_has_a_day():
    assert provision("phase_transfer_day", date(2026, 9, 1)).day_in(2027) == date(2027, 2, 15)
    assert provision("phase_transfer_post16_day", date(2026, 9, 1)).day_in(2027) == date(2027, 3, 31)
    with pytest.raises(ValueError, match="not a day of the year"):
        provision("report_days", date(2026, 9, 1)).day_in(2027)


def test_every_day_of_the_year_is_a_real_day():
    for row in PROVISIONS:
        if row.unit is Unit.DAY_OF_YEAR:
            assert row.day_in(2027).year == 2027
