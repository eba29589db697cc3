"""Numbers of the EHC needs assessment, the re-assessment, and of rights that pass to the young person.

What does not live here: sums with dates.
"""

from datetime import date

from sendhub.rules.provisions.ehc import REFORMS, REGS, SECTION_44
from sendhub.rules.provisions.types import Force, Unit, row

MUST = Force.MUST
_SEND = "SEND Regulations 2014"

ROWS = (
    row(
        "assessment_decide_weeks", 6, Unit.WEEKS, MUST, since=REFORMS,
        title="Council decides whether to assess",
        plain="The council says within 6 weeks of the request if it will assess.",
        citation=f"{_SEND} reg 5(1)", link=f"{REGS}5",
    ),
    row(
        "assessment_advice_weeks", 6, Unit.WEEKS, MUST, since=REFORMS,
        title="Advice for the assessment",
        plain="Anyone the council asks for advice, the school too, answers within 6 weeks.",
        citation=f"{_SEND} reg 8", link=f"{REGS}8",
    ),
    row(
        "assessment_refuse_weeks", 16, Unit.WEEKS, MUST, since=REFORMS,
        title="Council says there will be no plan",
        plain="If there will be no plan, the council says so within 16 weeks of the request.",
        citation=f"{_SEND} reg 10", link=f"{REGS}10",
    ),
    row(
        "assessment_final_weeks", 20, Unit.WEEKS, MUST, since=REFORMS,
        title="Final plan after an assessment",
        plain="The final plan comes within 20 weeks of the request.",
        citation=f"{_SEND} reg 13", link=f"{REGS}13",
    ),
    row(
        "assessment_comment_days", 15, Unit.DAYS, MUST, since=REFORMS,
        title="Family's time to comment on a first draft",
        plain="The family has at least 15 days to comment on the draft plan.",
        citation=f"{_SEND} reg 13", link=f"{REGS}13",
    ),
    row(
        "assessment_closure_weeks", 4, Unit.WEEKS, MUST, since=REFORMS,
        title="Long school holiday during an assessment",
        plain="A closure of 4 weeks or more may excuse lateness in an assessment. It never excuses a review.",
        citation=f"{_SEND} reg 27(3)", link=f"{REGS}27",
    ),
    row(
        "reassessment_refuse_months", 6, Unit.MONTHS, MUST, since=REFORMS, confirmed=False,
        title="Asking for another assessment too soon",
        plain="The council may say no if it assessed in the last 6 months.",
        citation="Children and Families Act 2014 s.44(2); SEND Regulations 2014 reg 24", link=SECTION_44,
    ),
    row(
        "reassessment_answer_days", 15, Unit.DAYS, MUST, since=REFORMS, confirmed=False,
        title="Answer to a request for another assessment",
        plain="The council answers within 15 days.",
        citation=f"{_SEND} reg 25(1)", link=f"{REGS}25",
    ),
    row(
        "reassessment_final_weeks", 14, Unit.WEEKS, MUST, since=REFORMS,
        title="Final plan after another assessment",
        plain="The final plan comes within 14 weeks of the council saying that it will assess again.",
        citation=f"{_SEND} reg 27(2)", link=f"{REGS}27",
    ),
    row(
        "school_leaving_age", 16, Unit.YEARS, MUST, since=date(1998, 1, 1),
        title="End of compulsory school age",
        plain="Rights pass to the young person after the last Friday of June in the school year they turn 16.",
        citation="Education Act 1996 s.8; Education (School Leaving Date) Order 1997",
        link="https://www.legislation.gov.uk/ukpga/1996/56/section/8",
    ),
)  # fmt: skip
