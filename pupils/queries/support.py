"""What supports pupils and is to be looked at again, in the whole school: SELECTs for `sendhub.asking`, and the
deadlines that the rules make of their rows. No name is read here."""

from dataclasses import dataclass

from django.urls import reverse

from pupils.models import Pupil
from pupils.queries.linked import WORKS, links_of
from sendhub.asking import ask, day_of
from sendhub.rules import support as rules
from sendhub.rules.deadline import Deadline, Light

HOLDS = "t.school_id = %(school)s AND t.starts_on <= %(day)s AND (t.ends_on IS NULL OR t.ends_on >= %(day)s)"
HERE = "JOIN pupils_pupil p ON p.id = t.pupil_id AND p.left_on IS NULL AND p.merged_into_id IS NULL"
LAST = '(SELECT max(c."on") FROM pupils_agencycontact c WHERE c.school_id = t.school_id AND c.tie_id = t.id)'
SAID = (
    "(SELECT max(u.said_on) FROM pupils_arrangementuse u WHERE u.school_id = t.school_id AND u.arrangement_id = t.id)"
)
BEGAN = """SELECT starts_on AS began, ends_on AS ends FROM staff_term
    WHERE school_id = %(school)s AND starts_on <= %(day)s ORDER BY starts_on DESC LIMIT 1"""
READ = """EXISTS (SELECT 1 FROM pupils_riskreading x WHERE x.school_id = t.school_id AND x.plan_id = t.id
    AND x.staff_id = l.staff_id AND x.edition = t.edition)"""


def _rows(table, columns):
    return f"SELECT t.pupil_id, {columns} FROM {table} t {HERE} WHERE {HOLDS}"  # noqa: S608  only words of ours


SELECTS = {
    "medical": _rows("pupils_medicalpointer", "t.reviewed_on"),
    "risk": _rows("pupils_riskplan", "t.review_on"),
    "adjustments": _rows("pupils_adjustment", "t.starts_on, t.confirmed_on, t.look_on"),
    "arrangements": _rows("pupils_accessarrangement", f"t.approved_on, t.expires_on, t.approval, {SAID} AS said"),
    "agencies": _rows("pupils_agencytie", f"t.starts_on, {LAST} AS last"),
    "half_term": BEGAN,
}
# Of each risk plan that holds, the adults linked to the pupil who have not read it as it now is.
UNREAD = f"""SELECT t.pupil_id, t.edition_on, count(*) AS number FROM pupils_riskplan t {HERE}
    JOIN LATERAL ({links_of("t.pupil_id")}) l ON true JOIN staff_staffmember m ON m.id = l.staff_id AND {WORKS}
    WHERE {HOLDS} AND NOT {READ} GROUP BY t.id"""  # noqa: S608  only the words above are put in
# The risk plans of this member of staff's own pupils that they have not read.
TO_READ = f"""SELECT t.pupil_id, t.edition_on, upper(left(p.forename, 1) || left(p.surname, 1)) AS initials
    FROM pupils_riskplan t {HERE} JOIN LATERAL ({links_of("t.pupil_id")}) l ON l.staff_id = %(staff)s
    WHERE {HOLDS} AND NOT {READ} ORDER BY t.edition_on, t.id"""  # noqa: S608  only the words above are put in
NOUNS = {  # what is looked at again: the page where it stands, and what it is called there
    "medical": ("pupils:medical-list", "Healthcare plan"),
    "risk": ("pupils:risk-list", "Risk plan"),
    "adjustments": ("pupils:adjustment-list", "Reasonable adjustment"),
    "arrangements": ("pupils:arrangement-list", "Access arrangement runs out"),
    "usual": ("pupils:arrangement-list", "Access arrangement: used this half term?"),
    "agencies": ("pupils:agency-tie-list", "Agency: nobody in touch"),
}


def deadlines(found, day):
    """{noun: [(pupil, Deadline)]} of what is late, due soon, or of which nobody can tell."""
    half = found["half_term"][0] if found["half_term"] else {"began": None, "ends": None}
    began, ends = day_of(half["began"]), day_of(half["ends"])
    made = {noun: [] for noun in NOUNS}
    for row in found["medical"]:
        made["medical"].append((row["pupil_id"], rules.healthcare_review(day_of(row["reviewed_on"]), day)))
    for row in found["risk"]:
        made["risk"].append((row["pupil_id"], rules.risk_review(day_of(row["review_on"]), day)))
    for row in found["adjustments"]:
        days = (day_of(row[name]) for name in ("starts_on", "confirmed_on", "look_on"))
        made["adjustments"].append((row["pupil_id"], rules.adjustment_check(*days, day)))
    for row in found["arrangements"]:
        approved, own, said = (day_of(row[name]) for name in ("approved_on", "expires_on", "said"))
        made["arrangements"].append((row["pupil_id"], rules.arrangement_renewal(approved, own, row["approval"], day)))
        if began is not None:
            made["usual"].append((row["pupil_id"], rules.usual_way(said, began, ends, day)))
    for row in found["agencies"]:
        heard = rules.agency_heard(day_of(row["last"]), day_of(row["starts_on"]), day)
        if heard.late(day):  # before that there is nothing to do about it
            made["agencies"].append((row["pupil_id"], heard))
    return {noun: [each for each in rows if waits(each[1], day)] for noun, rows in made.items()}


def waits(deadline: Deadline, day):
    if not deadline.outstanding(day):
        return False
    return deadline.due is None or deadline.light(day) in (Light.LATE, Light.DUE)


@dataclass(frozen=True, slots=True)
class Again:
    """One thing to look at again."""

    pupil: Pupil
    what: str
    deadline: Deadline
    url: str


def to_look_at(member, day):
    """[Again] of the pupils whom the member sees, the most urgent first. Two queries."""
    found = deadlines(ask(SELECTS, school=member.school_id, day=day), day)
    ids = {pk for rows in found.values() for pk, _ in rows}
    pupils = Pupil.objects.visible_to(member, day).in_bulk(ids) if ids else {}
    rows = [
        Again(pupils[pk], NOUNS[noun][1], deadline, reverse(NOUNS[noun][0], args=[pk]))
        for noun, each in found.items()
        for pk, deadline in each
        if pk in pupils
    ]
    return sorted(rows, key=lambda row: (row.deadline.due or day, row.pupil.sort_name))


@dataclass(frozen=True, slots=True)
class Unread:
    """A risk plan that `number` of the adults linked to the pupil have not read."""

    pupil: Pupil
    number: int
    deadline: Deadline
    url: str


def unread_plans(member, day):
    """[Unread] of the pupils whom the member sees, the oldest words first. Two queries."""
    rows = ask({"unread": UNREAD}, school=member.school_id, day=day)["unread"]
    pupils = Pupil.objects.visible_to(member, day).in_bulk({row["pupil_id"] for row in rows}) if rows else {}
    found = [
        Unread(
            pupils[row["pupil_id"]],
            row["number"],
            rules.risk_plan_read(day_of(row["edition_on"]), day),
            reverse("pupils:risk-list", args=[row["pupil_id"]]),
        )
        for row in rows
        if row["pupil_id"] in pupils
    ]
    return sorted(found, key=lambda row: (row.deadline.due, row.pupil.sort_name))
