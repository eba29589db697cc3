"""What supports a few pupils of Oakfield: little and believable, so that each page has something on its first day."""

from datetime import timedelta

from pupils import actions
from sendhub.rules.arrangements import Approval

AGENCIES = (
    (
        "Meridian Speech and Language Therapy", "Speech and language, in school each week", "01632 960101",
        "therapy@meridian.example.org", ("Hana Brook", "Speech and language therapist"),
    ),
    (
        "Educational Psychology Service", "Consultation and assessments for the council", "01632 960102",
        "epservice@council.example.org", ("Dr Owen Fell", "Educational psychologist"),
    ),
    ("Harbour Young Minds", "Counselling for young people", "01632 960103", "", None),
)  # fmt: skip
MEDICAL = (
    ("Adrenaline pen in the red bag that is always carried", "Medical room, red folder", 100),
    ("Seizures: time them, clear the space, call the medical room", "Medical room, red folder", 380),
    ("", "Medical room, blue folder", None),
)
ADJUSTMENTS = (
    ("Leaves lessons five minutes early", "Crowded corridors are too loud", 80),
    ("Uniform without a tie and with soft seams", "Stiff cloth hurts", 390),
    ("Lessons on the ground floor", "Stairs are hard when joints ache", 200),
    ("Large print and a seat near the board", "Sight", 30),
)
ARRANGEMENTS = (
    ("25% extra time", Approval.ONLINE, "Form 8: writing speed 78, reading speed 82", "Priya Nair", 250),
    ("Computer reader or reader", Approval.ONLINE, "Form 8: reading accuracy 76", "Priya Nair", 770),
    ("Word processor, spell check off", Approval.DELEGATED, "Samples of writing", "Dan Whitlock", 60),
    ("Supervised rest breaks", Approval.DELEGATED, "Letter from the clinic", "Outpatient clinic", 60),
    ("Scribe or speech recognition", Approval.ONLINE, "Form 8: writing speed 71", "Priya Nair", None),
)  # fmt: skip
RISKS = (
    (
        "May leave the site when a lesson changes without warning.",
        "Say the day before what changes. Stay near, do not follow at a run. Ring the front desk, who watch the gate.",
        "Whoever teaches; then the front desk",
    ),
    (
        "May hit out when touched unexpectedly in a crowd.",
        "Leave space behind the chair. Lead out of queues first. Speak before coming near.",
        "Every adult in the corridor and in lessons",
    ),
)


def support(register, members, today):
    """`register` is (pupil, main need) of those on it, the cast's pupils first; `members` are by surname."""
    sendco, pupils = members["Nair"], [pupil for pupil, _ in register]

    def ago(days):
        return today - timedelta(days=days)

    for pupil, (at_once, kept_at, days) in zip(pupils, MEDICAL, strict=False):
        reviewed = None if days is None else ago(days)
        actions.add_medical(
            pupil=pupil, at_once=at_once, kept_at=kept_at, starts_on=ago(500), reviewed_on=reviewed, by=sendco
        )
    for pupil, (what, why, days) in zip(pupils[1:], ADJUSTMENTS, strict=False):
        actions.add_adjustment(pupil=pupil, what=what, why=why, starts_on=ago(days), by=sendco)
    plans = [
        actions.add_risk(
            pupil=pupil, may_happen=may, we_do=do, who=who, starts_on=ago(3), review_on=today + timedelta(days=days),
            by=sendco,
        )
        for pupil, (may, do, who), days in zip(pupils, RISKS, (120, 9), strict=False)
    ]  # fmt: skip
    actions.read_risk(row=plans[0], staff=members["Oduya"].staff, on=ago(2), by=members["Oduya"])
    give_arrangements(pupils, members, today, ago)
    bring_agencies(pupils, members, ago)


def give_arrangements(pupils, members, today, ago):
    """Dan says of the first two that they are used in his lessons."""
    sendco, dan = members["Nair"], members["Whitlock"]
    for number, (name, approval, evidence, whom, days) in enumerate(ARRANGEMENTS):
        row = actions.add_arrangement(
            pupil=pupils[number % 4], scheme="jcq", name=name, approval=approval.value, evidence=evidence,
            evidence_by=whom, evidence_on=ago(800), starts_on=ago(90),
            applied_on=None if days is None or approval is Approval.DELEGATED else ago(days + 10),
            approved_on=None if days is None else ago(days), by=sendco,
        )  # fmt: skip
        for days_ago in (60, 3) if number < 2 else ():
            actions.use_arrangement(row=row, staff=dan.staff, on=ago(days_ago), since=ago(days_ago), by=dan)


def bring_agencies(pupils, members, ago):
    sendco = members["Nair"]
    for number, (name, does, phone, email, person) in enumerate(AGENCIES):
        agency = actions.add_agency(
            school_id=sendco.school_id, name=name, does=does, phone=phone, email=email, by=sendco
        )
        met = None
        if person:
            met = actions.add_professional(agency=agency, name=person[0], job=person[1], by=sendco)
        tie = actions.add_agency_tie(
            pupil=pupils[number], agency_id=agency.pk, professional_id=met and met.pk, starts_on=ago(200),
            about=("Speech sounds and turn taking", "Advice on learning", "Worry and sleep")[number], by=sendco,
        )  # fmt: skip
        actions.add_agency_contact(
            tie=tie, on=ago((12, 130, 30)[number]), how="meeting", about="Looked at the last half term together",
            staff_id=sendco.staff_id, by=sendco,
        )  # fmt: skip
