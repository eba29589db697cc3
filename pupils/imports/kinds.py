"""The kinds of file about pupils, and how SIMS, Arbor, Bromcom and others spell their columns. Data only."""

from staff.imports.columns import Kind

UPN = ("UPN", "Unique Pupil Number", "Pupil UPN")
MIS_ID = (
    "Adno", "Admission Number", "Adm No", "Arbor Student ID", "Student ID", "StudentID", "Pupil ID", "MIS ID",
    "Globally Unique Student ID", "Admission No",
)  # fmt: skip
PUPIL_NAME = ("Pupil Name", "Student Name", "Name", "Surname Forename", "Full name", "Student", "Pupil")

PERCENTAGE = (
    "% Attendance", "Attendance %", "Percentage Attendance", "Attendance Percentage", "% Attend", "Attendance",
    "% Present", "Percentage Present", "Present %", "Attendance (%)",
)  # fmt: skip
PERCENTAGE_ASIDE = (
    "A percentage of attendance alone is not kept: bring in the attendance list, with possible and attended sessions"
)

PUPILS = Kind(
    name="pupils",
    title="a list of pupils",
    spellings={
        "upn": UPN,
        "mis_id": MIS_ID,
        "legal_surname": ("Legal Surname", "Legal Last Name", "Legal Family Name"),
        "legal_forename": ("Legal Forename", "Legal First Name", "Legal Given Name"),
        "preferred_surname": ("Preferred Surname", "Preferred Last Name", "Chosen Surname"),
        "preferred_forename": (
            "Preferred Forename", "Preferred First Name", "PreferredFirstName", "Chosen Forename", "Known As",
        ),
        "surname": ("Surname", "Last Name", "LastName", "Family Name"),
        "forename": ("Forename", "First Name", "FirstName", "Given Name"),
        "name": PUPIL_NAME,
        "born_on": ("DOB", "Date of Birth", "Birth Date", "D.O.B."),
        "sex": ("Sex", "Gender", "Legal Sex"),
        "year": (
            "Year", "Year Group", "YearGroup", "NC Year", "Curriculum Year", "Year group(s) this academic year",
            "NC Year(s) for today", "NC Year Actual",
        ),
        "form": (
            "Reg", "Reg Group", "Registration Group", "Registration form(s) this academic year", "Form", "Tutor Group",
            "Registration Form", "Class", "Tutor group name",
        ),
        "sen_status": ("SEN Status", "SEND Status", "SEN Provision", "SEN", "SEN Stage"),
        "sen_need": ("SEN Need Type", "SEN Needs", "Sen Need", "SEN Type", "SEN Need", "SEND Need", "Primary SEN Need"),
        "need_rank": ("SEN Need Ranking", "Need Ranking", "SEN Rank", "SEN Need Rank", "Rank"),
        "pupil_premium": ("Pupil Premium Indicator", "PP", "Pupil Premium", "Disadvantaged", "Pupil Premium Eligible"),
        "fsm": ("FSM", "Eligible for free meals", "Free School Meals", "FSM Eligible", "Eligible for FSM"),
        "fsm_ever6": ("FSMEver6", "Ever 6", "FSM Ever 6", "Ever6 FSM", "Ever 6 FSM"),
        "eal": ("EAL", "English as additional language", "English as an Additional Language"),
        "in_care": ("In LEA Care", "In Care", "Looked After", "In LA Care", "LAC", "Child Looked After"),
        "percentage": PERCENTAGE,
        "joined_on": ("Admission Date", "Date of Admission", "Date Joined", "Enrolment Start Date", "Start Date"),
    },
    needs=(("surname", "legal_surname", "name"), ("forename", "legal_forename", "name"), ("born_on", "upn", "mis_id")),
    wants="a surname, a forename, and a date of birth, UPN or school number",
    aside={"percentage": PERCENTAGE_ASIDE},
)  # fmt: skip

CONTACTS = Kind(
    name="contacts",
    title="a list of contacts",
    spellings={
        "upn": UPN,
        "mis_id": MIS_ID,
        "pupil_name": ("Pupil Name", "Student Name", "Student", "Pupil"),
        "priority": ("Priority", "Contact Priority", "Contact Order"),
        "title": ("Title", "Salutation", "Contact Title"),
        "forename": ("Forename", "First Name", "FirstName", "Contact Forename", "Contact First Name"),
        "surname": ("Surname", "Last Name", "LastName", "Contact Surname", "Contact Last Name"),
        "name": ("Contact Name", "Contact", "Guardian Name", "Name"),
        "relationship": ("Relationship", "Relationship to Pupil", "Relation", "Relationship to Student"),
        "parental_responsibility": ("Parental Responsibility", "PR", "Has Parental Responsibility"),
        "court_order": ("Court Order", "Court Orders"),
        "email": ("Email", "E-mail", "Email Address", "Primary Email", "Contact Email"),
        "phone": ("Mobile", "Phone", "Telephone", "Mobile Phone", "Primary Telephone", "Home Phone", "Mobile Number"),
        "language": ("Correspondence Language", "Language", "First Language", "Preferred Language"),
    },
    needs=(
        ("upn", "mis_id"),
        ("relationship", "parental_responsibility"),
        ("surname", "name"),
        ("forename", "name"),
    ),
    wants="a UPN or school number, a relationship, and a name",
)

CLASSES = Kind(
    name="classes",
    title="a list of classes",
    spellings={
        "group": ("Class", "Class Name", "Group", "Teaching Group", "Course/class", "Set", "Class Code"),
        "subject": ("Subject", "Course", "Subject Name"),
        "teacher": ("Teacher Code", "Teacher", "Staff Code", "StaffCode", "Main Teacher", "Teacher Initials"),
        "upn": UPN,
        "mis_id": MIS_ID,
        "pupil_name": PUPIL_NAME,
        "born_on": ("DOB", "Date of Birth"),
    },
    needs=(("group",), ("subject", "teacher"), ("upn", "mis_id")),
    never=("born_on",),
    wants="a class, a subject or teacher, and a UPN or school number",
)

ATTENDANCE = Kind(
    name="attendance",
    title="an attendance list",
    spellings={
        "possible": (
            "Possible Sessions",
            "Possible",
            "Sessions Possible",
            "Possible Marks",
            "Possible Attendances",
            "Total Possible",
            "Sessions Available",
        ),
        "attended": (
            "Attended",
            "Present",
            "Attended Sessions",
            "Presents",
            "Sessions Attended",
            "Sessions Present",
            "Present Sessions",
            "Attendances",
            "Present Marks",
            "Actual Attendances",
        ),
        "authorised": (
            "Authorised Absence",
            "Authorised Absences",
            "Authorised",
            "Auth Abs",
            "Auth Absence",
            "Auth",
            "Sessions Authorised Absent",
            "Authorised Absent",
            "Authorised Absence Sessions",
        ),
        "unauthorised": (
            "Unauthorised Absence",
            "Unauthorised Absences",
            "Unauthorised",
            "Unauth Abs",
            "Unauth Absence",
            "Unauth",
            "Sessions Unauthorised Absent",
            "Unauthorised Absent",
            "Unauthorised Absence Sessions",
        ),
        "suspended_days": (
            "Suspension Days",
            "Suspensions (days)",
            "Days Suspended",
            "Suspended Days",
            "Exclusion Days",
            "Fixed Term Exclusion Days",
            "Suspension (days)",
        ),
        "percentage": PERCENTAGE,  # follows from the others
        "upn": UPN,
        "mis_id": MIS_ID,
        "pupil_name": PUPIL_NAME,
    },
    needs=(("possible",), ("attended",), ("upn", "mis_id")),
    wants="possible sessions, attended sessions, and a UPN or school number",
)

NEEDS = Kind(
    name="needs",
    title="a list of SEN needs",
    spellings={
        "upn": UPN,
        "mis_id": MIS_ID,
        "pupil_name": PUPIL_NAME,
        "sen_status": PUPILS.spellings["sen_status"],
        "sen_need": PUPILS.spellings["sen_need"],
        "need_rank": PUPILS.spellings["need_rank"],
    },
    needs=(("upn", "mis_id"), ("sen_need", "sen_status")),
    wants="a type of need or a SEN status, and a UPN or school number",
)

# A transfer file (CTF) has no columns. Its pupils' first facts are kept as if it had these, to be fetched and mended.
TRANSFER = Kind(
    name="transfer",
    title="a transfer file",
    spellings={
        "upn": ("UPN",),
        "legal_surname": ("Legal Surname",),
        "legal_forename": ("Legal Forename",),
        "preferred_surname": ("Preferred Surname",),
        "preferred_forename": ("Preferred Forename",),
        "born_on": ("DOB",),
        "sex": ("Sex",),
        "year": ("Year Group",),
    },
    needs=(("upn",),),
    wants="to be XML whose first element is CTfile",
    fixed=True,
)
