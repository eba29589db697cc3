"""Numbers of what supports a pupil: access arrangements, reasonable adjustments, risk plans, agencies.

That of the healthcare plan is in `school`. What does not live here: sums with dates (`sendhub.rules.support`).
"""

from datetime import date

from sendhub.rules.provisions.types import Force, Unit, row

JCQ = "https://www.jcq.org.uk/exams-office/access-arrangements-and-special-consideration/"
EQUALITY_ACT = "https://www.legislation.gov.uk/ukpga/2010/15/section/20"
MANAGEMENT_REGS = "https://www.legislation.gov.uk/uksi/1999/3242/regulation/3"
_JCQ_SINCE = date(2024, 9, 1)
_ACT_SINCE = date(2010, 10, 1)

ROWS = (
    row(
        "arrangement_approval_months", 26, Unit.MONTHS, Force.MUST, since=_JCQ_SINCE, confirmed=False,
        title="Approval of an access arrangement",
        plain="An approval holds for up to 26 months.",
        citation="JCQ, access arrangements and reasonable adjustments", link=JCQ,
    ),
    row(
        "usual_way_times", 6, Unit.TIMES, Force.CHOICE, since=_JCQ_SINCE,
        title="Normal way of working",
        plain="Once in each half term somebody says that the arrangement is used in lessons.",
        citation="Our number; JCQ asks for the normal way of working", link=JCQ,
    ),
    row(
        "adjustment_check_months", 12, Unit.MONTHS, Force.SHOULD, since=_ACT_SINCE, confirmed=False,
        title="Is a reasonable adjustment still needed?",
        plain="Once a year somebody says whether it is still needed; the law sets no number.",
        citation="Equality Act 2010 s.20 and Sch 13", link=EQUALITY_ACT,
    ),
    row(
        "risk_plan_months", 6, Unit.MONTHS, Force.CHOICE, since=_ACT_SINCE,
        title="Looking at a risk plan again",
        plain="Twice a year, and after anything that happens; the law sets no number.",
        citation="Our number; Management of Health and Safety at Work Regulations 1999 reg 3(3)", link=MANAGEMENT_REGS,
    ),
    row(
        "risk_plan_read_working_days", 5, Unit.WORKING_DAYS, Force.CHOICE, since=_ACT_SINCE,
        title="Reading a risk plan",
        plain="Each adult linked to the pupil reads it within 5 working days.",
        citation="Our practice", link=MANAGEMENT_REGS,
    ),
    row(
        "agency_contact_weeks", 13, Unit.WEEKS, Force.CHOICE, since=_JCQ_SINCE,
        title="Being in touch with an agency",
        plain="We mark an agency of which nobody has heard for 13 weeks, which is about a term.",
        citation="Our practice", link="https://www.gov.uk/government/publications/send-code-of-practice-0-to-25",
    ),
)  # fmt: skip
