"""Numbers of EHC plans: annual reviews, phase transfers, other reviews, moves between councils.

What does not live here: sums with dates.
"""

from datetime import date

from sendhub.rules.provisions.types import Force, Unit, row

MUST, SHOULD, CHOICE = Force.MUST, Force.SHOULD, Force.CHOICE

REFORMS = date(2014, 9, 1)
"""Part 3 of the Children and Families Act 2014, the 2014 Regulations and the Code of Practice came into force."""

REGS = "https://www.legislation.gov.uk/uksi/2014/1530/regulation/"
SECTION_44 = "https://www.legislation.gov.uk/ukpga/2014/6/section/44"
CODE = "https://www.gov.uk/government/publications/send-code-of-practice-0-to-25"
DEVON = "https://www.bailii.org/ew/cases/EWHC/Admin/2022/493.html"
APPEALS = "https://www.ipsea.org.uk/how-to-submit-an-appeal-general-advice"

_SEND = "SEND Regulations 2014"
_CODE = "SEND Code of Practice 2015"

ROWS = (
    row(
        "review_first_months", 12, Unit.MONTHS, MUST, since=REFORMS,
        title="First review of a plan",
        plain="The first review is finished within 12 months, counted from the day the plan was made.",
        citation="Children and Families Act 2014 s.44(1); Code of Practice 9.169", link=SECTION_44,
    ),
    row(
        "review_later_months", 12, Unit.MONTHS, MUST, since=REFORMS,
        title="Later reviews of a plan",
        plain="Each later review is finished within 12 months, counted from the last review.",
        citation="Children and Families Act 2014 s.44(1)", link=SECTION_44,
    ),
    row(
        "review_meeting_latest_days", 28, Unit.DAYS, SHOULD, since=REFORMS,
        title="Latest safe day for the meeting",
        plain="Meet at least 28 days before the review is due, so that the council can decide inside the 12 months.",
        citation=f"{_CODE} 9.169", link=CODE,
    ),
    row(
        "council_list_weeks", 2, Unit.WEEKS, SHOULD, since=REFORMS,
        title="Council's list of reviews",
        plain="The council sends the head a list of the term's reviews 2 weeks before the term starts.",
        citation=f"{_CODE} 9.172", link=CODE,
    ),
    row(
        "meeting_notice_days", 14, Unit.DAYS, MUST, since=REFORMS,
        title="Notice of the review meeting",
        plain="Everyone invited is told the date at least 2 weeks before the meeting.",
        citation=f"{_SEND} reg 20(3)", link=f"{REGS}20",
    ),
    row(
        "meeting_notice_warn_days", 15, Unit.DAYS, CHOICE, since=REFORMS,
        title="Warning before the notice runs out",
        plain="We warn a day earlier, so that 14 clear days lie between the notice and the meeting.",
        citation=f"Our practice, from {_SEND} reg 20(3)", link=f"{REGS}20",
    ),
    row(
        "advice_request_days", 42, Unit.DAYS, CHOICE, since=REFORMS,
        title="Asking for written advice",
        plain="Ask for advice 6 weeks before the meeting. The law sets no day.",
        citation=f"Usual practice; duty to ask: {_SEND} reg 20(4)", link=f"{REGS}20",
    ),
    row(
        "advice_circulate_days", 14, Unit.DAYS, MUST, since=REFORMS,
        title="Sending out the advice",
        plain="Send the advice to everyone invited at least 2 weeks before the meeting.",
        citation=f"{_SEND} reg 20(4)", link=f"{REGS}20",
    ),
    row(
        "report_days", 14, Unit.DAYS, MUST, since=REFORMS,
        title="Report of the meeting",
        plain="Send the report to everyone invited and the council within 2 weeks of the meeting.",
        citation=f"{_SEND} reg 20(7) to (9), 21(7)", link=f"{REGS}20",
    ),
    row(
        "council_decision_days", 28, Unit.DAYS, MUST, since=REFORMS,
        title="Council's decision after the meeting",
        plain="The council says within 4 weeks of the meeting if it will keep, change or end the plan.",
        citation=f"{_SEND} reg 20(10)", link=f"{REGS}20",
    ),
    row(
        "amend_proposals_days", 28, Unit.DAYS, MUST, since=REFORMS,
        title="Council's proposed changes",
        plain="If the plan will change, the changes come with the decision, within 4 weeks of the meeting.",
        citation=f"{_SEND} reg 22(2); R (L, M and P) v Devon [2022] EWHC 493 (Admin)", link=f"{REGS}22",
    ),
    row(
        "draft_comment_days", 15, Unit.DAYS, MUST, since=REFORMS,
        title="Family's time to comment on a draft",
        plain="The family has at least 15 days to comment; the day the draft is served is the first.",
        citation=f"{_SEND} reg 22(2)(c)", link=f"{REGS}22",
    ),
    row(
        "final_plan_weeks", 8, Unit.WEEKS, MUST, since=REFORMS,
        title="Final changed plan",
        plain="The final plan, or word that nothing changes, comes within 8 weeks of the notice.",
        citation=f"{_SEND} reg 22(3) and (4)", link=f"{REGS}22",
    ),
    row(
        "final_plan_outer_weeks", 12, Unit.WEEKS, MUST, since=REFORMS,
        title="Outer limit for the final plan",
        plain="The final plan comes within 12 weeks of the review meeting.",
        citation="R (L, M and P) v Devon [2022] EWHC 493 (Admin)", link=DEVON,
    ),
    row(
        "appeal_months", 2, Unit.MONTHS, MUST, since=REFORMS,
        title="Appeal after the council's letter",
        plain="A family may appeal within 2 months of the council's letter.",
        citation="Tribunal Procedure (HESC) Rules 2008 r.20", link=APPEALS,
    ),
    row(
        "appeal_mediation_months", 1, Unit.MONTHS, MUST, since=REFORMS,
        title="Appeal after a mediation certificate",
        plain="Or within 1 month of the mediation certificate, if that is later.",
        citation="Tribunal Procedure (HESC) Rules 2008 r.20", link=APPEALS,
    ),
    row(
        "consultation_reply_days", 15, Unit.DAYS, MUST, since=REFORMS, confirmed=False,
        title="Reply to a council's consultation",
        plain="The school answers within 15 days when a council asks to name it. Count from the day it arrives.",
        citation=f"{_CODE} 9.83", link=CODE,
    ),
    row(
        "phase_transfer_day", 215, Unit.DAY_OF_YEAR, MUST, since=REFORMS,
        title="Moving up: the next school is named",
        plain="The plan names the next school before 15 February of the year of the move.",
        citation=f"{_SEND} reg 18", link=f"{REGS}18",
    ),
    row(
        "phase_transfer_post16_day", 331, Unit.DAY_OF_YEAR, MUST, since=REFORMS,
        title="Moving to college: the next place is named",
        plain="The plan names the next place before 31 March of the year of the move.",
        citation=f"{_SEND} reg 18", link=f"{REGS}18",
    ),
    row(
        "phase_transfer_between_post16_months", 5, Unit.MONTHS, MUST, since=REFORMS,
        title="Moving between colleges",
        plain="The plan names the next place at least 5 months before the move.",
        citation=f"{_SEND} reg 18", link=f"{REGS}18",
    ),
    row(
        "preparing_for_adulthood_year", 9, Unit.YEAR_GROUP, MUST, since=REFORMS,
        title="Getting ready for adult life",
        plain="From Year 9, every review looks at getting ready for adult life.",
        citation=f"{_SEND} reg 20(6), 21(6)", link=f"{REGS}20",
    ),
    row(
        "under_five_review_months_from", 3, Unit.MONTHS, SHOULD, since=REFORMS,
        title="Extra reviews under five: soonest",
        plain="For a child under five the council considers an extra review every 3 to 6 months.",
        citation=f"{_CODE} 9.178", link=CODE,
    ),
    row(
        "under_five_review_months_to", 6, Unit.MONTHS, SHOULD, since=REFORMS,
        title="Extra reviews under five: latest",
        plain="For a child under five the council considers an extra review every 3 to 6 months.",
        citation=f"{_CODE} 9.178", link=CODE,
    ),
    row(
        "move_transfer_working_days", 15, Unit.WORKING_DAYS, MUST, since=REFORMS,
        title="Plan passes to a new council",
        plain="The plan passes on the day of the move, or within 15 working days of the old council hearing of it.",
        citation=f"{_SEND} reg 15", link=f"{REGS}15",
    ),
    row(
        "move_tell_family_weeks", 6, Unit.WEEKS, MUST, since=REFORMS,
        title="New council writes to the family",
        plain="The new council says within 6 weeks if and when it will review the plan.",
        citation=f"{_SEND} reg 15", link=f"{REGS}15",
    ),
    row(
        "move_review_months_last", 12, Unit.MONTHS, MUST, since=REFORMS,
        title="Review after a move, from the last review",
        plain="The new council reviews within 12 months of the last review, or 3 months of the move if later.",
        citation=f"{_SEND} reg 15(5)", link=f"{REGS}15",
    ),
    row(
        "move_review_months_transfer", 3, Unit.MONTHS, MUST, since=REFORMS,
        title="Review after a move, from the move",
        plain="The new council reviews within 12 months of the last review, or 3 months of the move if later.",
        citation=f"{_SEND} reg 15(5)", link=f"{REGS}15",
    ),
    row(
        "direct_payment_review_months", 3, Unit.MONTHS, MUST, since=REFORMS, confirmed=False,
        title="First check of a direct payment",
        plain="The council looks at a direct payment within 3 months of the first one.",
        citation="Special Educational Needs (Personal Budgets) Regulations 2014 reg 11",
        link="https://www.legislation.gov.uk/uksi/2014/1652",
    ),
)  # fmt: skip
