"""Numbers of the school's other duties: SEN Support, the SENCO, documents, suspensions, attendance.

What does not live here: the calendar itself (`school_calendar`).
"""

from datetime import date

from sendhub.rules.provisions.ehc import CODE, REFORMS
from sendhub.rules.provisions.types import Force, Unit, row

MUST, SHOULD, CHOICE = Force.MUST, Force.SHOULD, Force.CHOICE

INCLUSION_FUND = "https://www.gov.uk/government/publications/inclusive-mainstream-fund-2026-to-2027"
SENCO_QUALIFICATION = "https://www.gov.uk/government/publications/mandatory-qualification-for-sencos"
EQUALITY_REGS = "https://www.legislation.gov.uk/uksi/2017/353"
EXCLUSION_REGS = "https://www.legislation.gov.uk/uksi/2012/1033"
ATTENDANCE = "https://www.gov.uk/government/publications/working-together-to-improve-school-attendance"
PLACEMENTS = "https://www.gov.uk/government/publications/alternative-provision"

_EXCLUSIONS = "School Discipline (Pupil Exclusions and Reviews) (England) Regulations 2012"
_EXCLUSIONS_SINCE = date(2012, 9, 1)
_GRANT_SINCE, _GRANT_UNTIL = date(2026, 6, 25), date(2027, 3, 31)

ROWS = (
    row(
        "sen_support_meetings", 3, Unit.TIMES, SHOULD, since=REFORMS,
        title="Meeting parents of a child with SEN Support",
        plain="Meet the parents at least 3 times a year.",
        citation="SEND Code of Practice 2015 6.65", link=CODE,
    ),
    row(
        "sen_support_cycles", 3, Unit.TIMES, CHOICE, since=REFORMS,
        title="Check, plan, do, look again",
        plain="Go round once a term. The law sets no length.",
        citation="Our default, from the SEND Code of Practice 2015 6.44 to 6.56", link=CODE,
    ),
    row(
        "senco_qualification_years", 3, Unit.YEARS, MUST, since=REFORMS,
        title="SENCO's qualification",
        plain="A new SENCO gains the national qualification within 3 years of the appointment.",
        citation="SEND Regulations 2014 reg 49; DfE, mandatory qualification for SENCOs", link=SENCO_QUALIFICATION,
    ),
    row(
        "senco_start_warning_months", 14, Unit.MONTHS, CHOICE, since=date(2024, 9, 1),
        title="SENCO should have started the qualification",
        plain="The course takes 18 to 22 months, so we warn if it has not begun after 14.",
        citation="Our practice", link=SENCO_QUALIFICATION,
    ),
    row(
        "sen_information_report_months", 12, Unit.MONTHS, MUST, since=REFORMS,
        title="SEN information report",
        plain="The report on the website is brought up to date at least once a year.",
        citation="Children and Families Act 2014 s.69; SEND Regulations 2014 reg 51",
        link="https://www.legislation.gov.uk/ukpga/2014/6/section/69",
    ),
    row(
        "accessibility_plan_years", 3, Unit.YEARS, MUST, since=date(2010, 10, 1),
        title="Accessibility plan",
        plain="The plan is renewed at least every 3 years.",
        citation="Equality Act 2010 Sch 10", link="https://www.legislation.gov.uk/ukpga/2010/15/schedule/10",
    ),
    row(
        "equality_objectives_years", 4, Unit.YEARS, MUST, since=date(2017, 3, 31),
        title="Equality objectives",
        plain="The objectives are published at least every 4 years.",
        citation="Equality Act 2010 (Specific Duties and Public Authorities) Regulations 2017", link=EQUALITY_REGS,
    ),
    row(
        "equality_information_months", 12, Unit.MONTHS, MUST, since=date(2017, 3, 31),
        title="Equality information",
        plain="The information is published every year.",
        citation="Equality Act 2010 (Specific Duties and Public Authorities) Regulations 2017", link=EQUALITY_REGS,
    ),
    row(
        "inclusion_strategy_day", 1231, Unit.DAY_OF_YEAR, MUST, since=_GRANT_SINCE, until=_GRANT_UNTIL,
        title="Inclusion strategy on the website",
        plain="The strategy, with its costs, is on the website by 31 December 2026. It is a condition of the grant.",
        citation="Inclusive Mainstream Fund, conditions of grant 2026 to 2027", link=INCLUSION_FUND,
    ),
    row(
        "inclusion_strategy_review_months", 12, Unit.MONTHS, MUST, since=_GRANT_SINCE, until=_GRANT_UNTIL,
        title="Looking at the inclusion strategy again",
        plain="A strategy for more than one year is looked at again each year.",
        citation="Inclusive Mainstream Fund, conditions of grant 2026 to 2027", link=INCLUSION_FUND,
    ),
    row(
        "healthcare_plan_months", 12, Unit.MONTHS, SHOULD, since=REFORMS, confirmed=False,
        title="Healthcare plan of a pupil",
        plain="The plan is looked at again at least once a year.",
        citation="Children and Families Act 2014 s.100; DfE, supporting pupils with medical conditions",
        link="https://www.gov.uk/government/publications/supporting-pupils-at-school-with-medical-conditions--3",
    ),
    row(
        "care_education_plan_working_days", 20, Unit.WORKING_DAYS, SHOULD, since=REFORMS, confirmed=False,
        title="Education plan of a child in care",
        plain="The first plan is written within 20 working days.",
        citation="DfE, promoting the education of looked-after children",
        link="https://www.gov.uk/government/publications/promoting-the-education-of-looked-after-children",
    ),
    row(
        "suspension_days_max", 45, Unit.SCHOOL_DAYS, MUST, since=_EXCLUSIONS_SINCE,
        title="Most days of suspension",
        plain="A pupil may be suspended for at most 45 school days in a school year; a lunchtime is half a day.",
        citation=_EXCLUSIONS, link=EXCLUSION_REGS,
    ),
    row(
        "suspension_education_from_day", 6, Unit.ORDINAL_DAY, MUST, since=date(2007, 9, 1),
        title="Teaching during a suspension",
        plain="From the sixth school day in a row, the pupil is taught somewhere.",
        citation="Education (Provision of Full-Time Education for Excluded Pupils) (England) Regulations 2007",
        link="https://www.legislation.gov.uk/uksi/2007/1870",
    ),
    row(
        "suspension_governors_if_asked_over", 5, Unit.SCHOOL_DAYS, MUST, since=_EXCLUSIONS_SINCE,
        title="Governors look at it if parents ask",
        plain="Above 5 school days of suspension in a term, governors look at it if the parents ask.",
        citation=_EXCLUSIONS, link=EXCLUSION_REGS,
    ),
    row(
        "suspension_governors_always_over", 15, Unit.SCHOOL_DAYS, MUST, since=_EXCLUSIONS_SINCE,
        title="Governors always look at it",
        plain="Above 15 school days of suspension in a term, governors always look at it.",
        citation=_EXCLUSIONS, link=EXCLUSION_REGS,
    ),
    row(
        "suspension_governors_always_within", 15, Unit.SCHOOL_DAYS, MUST, since=_EXCLUSIONS_SINCE, confirmed=False,
        title="When governors meet, always",
        plain="They meet within 15 school days of being told.",
        citation=_EXCLUSIONS, link=EXCLUSION_REGS,
    ),
    row(
        "suspension_governors_if_asked_within", 50, Unit.SCHOOL_DAYS, MUST, since=_EXCLUSIONS_SINCE, confirmed=False,
        title="When governors meet, if asked",
        plain="They meet within 50 school days of being told.",
        citation=_EXCLUSIONS, link=EXCLUSION_REGS,
    ),
    row(
        "suspension_warning_days", 40, Unit.SCHOOL_DAYS, CHOICE, since=_EXCLUSIONS_SINCE,
        title="Warning before the most days are reached",
        plain="We warn at 40 school days of suspension in a school year.",
        citation="Our practice", link=EXCLUSION_REGS,
    ),
    row(
        "suspension_told_days", 1, Unit.DAYS, CHOICE, since=_EXCLUSIONS_SINCE,
        title="Telling family and council of a suspension",
        plain="The law says without delay and sets no number of days. We count 1.",
        citation=f"Our number; the duty is in the {_EXCLUSIONS}", link=EXCLUSION_REGS,
    ),
    row(
        "suspension_look_days", 14, Unit.DAYS, CHOICE, since=_EXCLUSIONS_SINCE,
        title="Looking at a suspension of a pupil on the register",
        plain="We show each suspension of a pupil on the register for 14 days.",
        citation="Our practice", link=EXCLUSION_REGS,
    ),
    row(
        "reduced_timetable_weeks", 6, Unit.WEEKS, SHOULD, since=date(2022, 9, 1), confirmed=False,
        title="Longest reduced timetable",
        plain="A reduced timetable is for a short time. We count 6 weeks; a school may set its own number.",
        citation="DfE, Working together to improve school attendance", link=ATTENDANCE,
    ),
    row(
        "placement_visit_terms", 1, Unit.TERMS, CHOICE, since=date(2022, 9, 1),
        title="Visiting a pupil who learns somewhere else",
        plain="Somebody from school visits at least once in each term.",
        citation="Our practice, from DfE, Alternative provision", link=PLACEMENTS,
    ),
    row(
        "persistent_absence_percent", 10, Unit.PERCENT, MUST, since=date(2015, 9, 1),
        title="Persistent absence",
        plain="A pupil who misses 10% or more of their own sessions is persistently absent. It is a national measure.",
        citation="DfE, Working together to improve school attendance", link=ATTENDANCE,
    ),
    row(
        "severe_absence_percent", 50, Unit.PERCENT, MUST, since=date(2022, 9, 1),
        title="Severe absence",
        plain="A pupil who misses 50% or more of their own sessions is severely absent. It is a national measure.",
        citation="DfE, Working together to improve school attendance", link=ATTENDANCE,
    ),
    row(
        "school_pupil_days", 190, Unit.SCHOOL_DAYS, SHOULD, since=date(1999, 9, 1), confirmed=False,
        title="Days on which pupils are in",
        plain="A maintained school meets for 380 half-days, which is 190 days a year. Academies often follow.",
        citation="Education (School Day and School Year) (England) Regulations 1999",
        link="https://www.legislation.gov.uk/uksi/1999/3181",
    ),
    row(
        "school_training_days", 5, Unit.DAYS, SHOULD, since=REFORMS, confirmed=False,
        title="Training days",
        plain="Teachers work 195 days a year, so five of them are without pupils.",
        citation="School Teachers' Pay and Conditions Document",
        link="https://www.gov.uk/government/publications/school-teachers-pay-and-conditions",
    ),
    row(
        "attendance_watch_percent", 5, Unit.PERCENT, CHOICE, since=date(2022, 9, 1),
        title="Attendance to keep an eye on",
        plain="We show pupils who miss 5% or more apart, before they reach the national measure of 10%.",
        citation="Our practice", link=ATTENDANCE,
    ),
)  # fmt: skip
