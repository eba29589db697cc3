"""Numbers of the register's own work: telling families, the census, doubts and failures, getting to know pupils.

Some duties here have no number in law. The duty is then named in `citation`, and the number is ours (CHOICE): a page
that shows a day of this kind says so. What does not live here: the sums (`rules.waiting`, `rules.census`).
"""

from datetime import date

from sendhub.rules.provisions.ehc import CODE, REFORMS
from sendhub.rules.provisions.types import Force, Unit, row

MUST, CHOICE = Force.MUST, Force.CHOICE

TELL = "https://www.legislation.gov.uk/ukpga/2014/6/section/68"
CENSUS = "https://www.gov.uk/guidance/complete-the-school-census"
CENSUS_LAW = "Education (Information About Individual Pupils) (England) Regulations 2013"
SECURITY = "https://www.legislation.gov.uk/eur/2016/679/article/32"
OURS = "Our practice"
_CENSUS_SINCE = date(2013, 9, 1)
_OURS_SINCE = date(2024, 9, 1)

ROWS = (
    row(
        "family_told_days", 7, Unit.DAYS, CHOICE, since=REFORMS,
        title="Telling a family about special educational provision",
        plain="The law says that parents are told and sets no number of days. We count 7 as without delay.",
        citation="Our number; the duty is Children and Families Act 2014 s.68", link=TELL,
    ),
    row(
        "census_autumn_thursday", 1, Unit.ORDINAL_DAY, MUST, since=_CENSUS_SINCE, confirmed=False,
        title="Autumn census day",
        plain="The first Thursday in October. It takes each pupil's SEN provision.",
        citation=CENSUS_LAW, link=CENSUS,
    ),
    row(
        "census_spring_thursday", 3, Unit.ORDINAL_DAY, MUST, since=_CENSUS_SINCE, confirmed=False,
        title="Spring census day",
        plain="The third Thursday in January. It takes SEN provision and types of need.",
        citation=CENSUS_LAW, link=CENSUS,
    ),
    row(
        "census_summer_thursday", 3, Unit.ORDINAL_DAY, MUST, since=_CENSUS_SINCE, confirmed=False,
        title="Summer census day",
        plain="The third Thursday in May. It takes each pupil's SEN provision.",
        citation=CENSUS_LAW, link=CENSUS,
    ),
    row(
        "leaver_access_working_days", 1, Unit.WORKING_DAYS, CHOICE, since=date(2018, 5, 25),
        title="Ending the access of somebody who has left",
        plain="The law says that only those who need records can open them. We count 1 working day.",
        citation="Our number; the duty is UK GDPR Art 32", link=SECURITY,
    ),
    row(
        "proposal_decide_days", 7, Unit.DAYS, CHOICE, since=_OURS_SINCE,
        title="Deciding what a file proposes",
        plain="A file and the register say different things. We count 7 days to decide.",
        citation=OURS, link=TELL,
    ),
    row(
        "concern_first_look_school_days", 2, Unit.SCHOOL_DAYS, CHOICE, since=_OURS_SINCE,
        title="A first look at a concern",
        plain="The tutor or year leader looks at a concern within 2 school days.",
        citation=OURS, link=TELL,
    ),
    row(
        "concern_sendco_school_days", 5, Unit.SCHOOL_DAYS, CHOICE, since=_OURS_SINCE,
        title="A concern that is with the SENDCO",
        plain="The SENDCO decides on a concern within 5 school days.",
        citation=OURS, link=TELL,
    ),
    row(
        "concern_family_school_days", 10, Unit.SCHOOL_DAYS, CHOICE, since=_OURS_SINCE,
        title="Talking to the family about a concern",
        plain="Somebody has talked to the family within 10 school days.",
        citation=OURS, link=TELL,
    ),
    row(
        "concern_watch_school_days", 15, Unit.SCHOOL_DAYS, CHOICE, since=_OURS_SINCE,
        title="Watching before looking again",
        plain="A concern that is watched is looked at again on the day that was chosen; we offer 15 school days.",
        citation=OURS, link=TELL,
    ),
    row(
        "doubt_settle_days", 7, Unit.DAYS, CHOICE, since=_OURS_SINCE,
        title="Settling the doubts of a file",
        plain="What a file left in doubt is settled within 7 days.",
        citation=OURS, link=CENSUS,
    ),
    row(
        "import_keep_days", 14, Unit.DAYS, CHOICE, since=_OURS_SINCE,
        title="Keeping a file that waits",
        plain="A file that nobody brings in is removed after 14 days.",
        citation=OURS, link=SECURITY,
    ),
    row(
        "failure_look_working_days", 1, Unit.WORKING_DAYS, CHOICE, since=_OURS_SINCE,
        title="Looking at what failed",
        plain="A message or a job that failed is looked at by the next working day.",
        citation=OURS, link=SECURITY,
    ),
    row(
        "failure_show_days", 14, Unit.DAYS, CHOICE, since=_OURS_SINCE,
        title="How long a failure is shown",
        plain="A job that failed stays on the first page for 14 days.",
        citation=OURS, link=SECURITY,
    ),
    row(
        "reading_day", 930, Unit.DAY_OF_YEAR, CHOICE, since=_OURS_SINCE,
        title="Getting to know the pupils on the register",
        plain="Read something short about each pupil on the register by 30 September.",
        citation=OURS, link=CODE,
    ),
    row(
        "reading_weeks", 4, Unit.WEEKS, CHOICE, since=_OURS_SINCE,
        title="Getting to know the pupils, for somebody who begins later",
        plain="Who begins during the year takes 4 weeks.",
        citation=OURS, link=CODE,
    ),
)  # fmt: skip
