"""Numbers of data protection: subject access, complaints, breaches, keeping files, small numbers in reports.

What does not live here: hiding the small numbers (`disclosure`).
"""

from datetime import date, timedelta

from sendhub.rules.provisions.types import Force, Unit, row

MUST, SHOULD, CHOICE = Force.MUST, Force.SHOULD, Force.CHOICE

UK_GDPR = "https://www.legislation.gov.uk/eur/2016/679/article/"
UK_GDPR_SINCE = date(2018, 5, 25)
DATA_ACT = "https://www.legislation.gov.uk/ukpga/2025/18"
CLOCK_CHANGE = date(2026, 2, 5)
"""From this day the subject access clock waits for identity, and may stop for a question."""

PUPIL_INFORMATION = "https://www.legislation.gov.uk/uksi/2005/1437"
CYBER = (
    "https://www.gov.uk/guidance/meeting-digital-and-technology-standards-in-schools-and-colleges/"
    "cyber-security-standards-for-schools-and-colleges"
)
IRMS = "https://irms.org.uk/page/SchoolsToolkit"
IRMS_SINCE = date(2019, 1, 1)

ROWS = (
    row(
        "subject_access_months", 1, Unit.MONTHS, MUST, since=UK_GDPR_SINCE, until=CLOCK_CHANGE - timedelta(days=1),
        title="Answer to a request for someone's data",
        plain="Answer within 1 month of the day the request arrives.",
        citation="UK GDPR Art 12(3)", link=f"{UK_GDPR}12",
    ),
    row(
        "subject_access_months", 1, Unit.MONTHS, MUST, since=CLOCK_CHANGE,
        title="Answer to a request for someone's data",
        plain="Answer within 1 month of knowing who is asking. The clock may stop while you ask what they mean.",
        citation="UK GDPR Art 12(3) and 12A; Data (Use and Access) Act 2025", link=f"{UK_GDPR}12",
    ),
    row(
        "subject_access_extra_months", 2, Unit.MONTHS, MUST, since=UK_GDPR_SINCE,
        title="More time for a difficult request",
        plain="You may take 2 more months for a difficult request, if you say so within the first.",
        citation="UK GDPR Art 12(3)", link=f"{UK_GDPR}12",
    ),
    row(
        "own_rights_age", 12, Unit.YEARS, SHOULD, since=UK_GDPR_SINCE, confirmed=False,
        title="Children who ask for their own data",
        plain="From about 12 a child may be able to ask for themselves, if they understand what that means.",
        citation="ICO, children's information (in Scotland: Data Protection Act 2018 s.208)",
        link="https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/childrens-information/",
    ),
    row(
        "educational_record_school_days", 15, Unit.SCHOOL_DAYS, MUST, since=date(2005, 9, 1), confirmed=False,
        title="Parent asks for the educational record",
        plain="In a maintained school, a parent sees the record within 15 school days.",
        citation="Education (Pupil Information) (England) Regulations 2005 reg 5", link=PUPIL_INFORMATION,
    ),
    row(
        "common_transfer_file_school_days", 15, Unit.SCHOOL_DAYS, MUST, since=date(2005, 9, 1), confirmed=False,
        title="Transfer file to the next school",
        plain="The file goes to the next school within 15 school days of the pupil leaving.",
        citation="Education (Pupil Information) (England) Regulations 2005 reg 9", link=PUPIL_INFORMATION,
    ),
    row(
        "complaint_acknowledge_days", 30, Unit.DAYS, MUST, since=date(2026, 6, 19),
        title="Complaint about personal data",
        plain="Say within 30 days that the complaint has arrived.",
        citation="Data Protection Act 2018 s.164A; Data (Use and Access) Act 2025", link=DATA_ACT,
    ),
    row(
        "breach_report_hours", 72, Unit.HOURS, MUST, since=UK_GDPR_SINCE,
        title="Lost or leaked data",
        plain="Tell the ICO within 72 hours of knowing, if people are at risk.",
        citation="UK GDPR Art 33", link=f"{UK_GDPR}33",
    ),
    row(
        "breach_people_days", 1, Unit.DAYS, CHOICE, since=UK_GDPR_SINCE,
        title="Telling the people whose data were lost",
        plain="Where the risk is high, tell the people themselves by the next day.",
        citation="Our number; the duty is UK GDPR Art 34", link=f"{UK_GDPR}34",
    ),
    row(
        "sen_file_keep_years", 31, Unit.YEARS, SHOULD, since=IRMS_SINCE,
        title="How long the SEN file is kept",
        plain="The last school keeps the SEN file for 31 years from the day of birth, then looks at it.",
        citation="IRMS schools toolkit (25 years and 6)", link=IRMS,
    ),
    row(
        "pupil_file_keep_years", 25, Unit.YEARS, SHOULD, since=IRMS_SINCE,
        title="How long the pupil file is kept",
        plain="The last school keeps the pupil file for 25 years from the day of birth, then looks at it.",
        citation="IRMS schools toolkit", link=IRMS,
    ),
    row(
        "passed_on_keep_years", 1, Unit.YEARS, CHOICE, since=IRMS_SINCE,
        title="How long a file is kept that went to the next school",
        plain="The next school has it. Look at our copy a year after it was sent.",
        citation="Our default; IRMS schools toolkit: the last school keeps the file", link=IRMS,
    ),
    row(
        "appraisal_keep_years", 6, Unit.YEARS, SHOULD, since=IRMS_SINCE, confirmed=False,
        title="How long a member of staff's appraisal is kept",
        plain="Keep it for this year and 6 more, then look at it.",
        citation="IRMS schools toolkit", link=IRMS,
    ),
    row(
        "restore_drill_times", 3, Unit.TIMES, SHOULD, since=date(2022, 10, 1), confirmed=False,
        title="A backup is restored as a test",
        plain="Keep 3 copies on 2 devices, 1 of them off the site, and restore one as a test each term.",
        citation="DfE, cyber security standards for schools and colleges", link=CYBER,
    ),
    row(
        "small_number_threshold", 6, Unit.PEOPLE, CHOICE, since=UK_GDPR_SINCE,
        title="Small groups in reports",
        plain="A report that leaves the school hides groups of fewer than 6 people.",
        citation="Our default; ICO, anonymisation guidance",
        link="https://ico.org.uk/for-organisations/uk-gdpr-guidance-and-resources/data-sharing/anonymisation/",
    ),
)  # fmt: skip
