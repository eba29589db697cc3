"""What supports pupils: plans to look at again, approvals that run out, agencies nobody hears of, plans to read."""

from pupils.queries.support import NOUNS, SELECTS, TO_READ, UNREAD, deadlines
from pupils.words import count_words
from sendhub.access import Permission, Role
from sendhub.asking import day_of
from sendhub.desk.task import Task
from sendhub.rules import today as numbers
from sendhub.rules.support import risk_plan_read

P = Permission
MOST = 5  # plans to read, one by one; the pupil's page leads to the rest
WORDS = {
    "medical": ("healthcare plan", "healthcare plans", "to look at again", "heart-pulse"),
    "risk": ("risk plan", "risk plans", "to look at again", "shield-alert"),
    "adjustments": ("reasonable adjustment", "reasonable adjustments", "to ask after: still needed?", "accessibility"),
    "arrangements": ("access arrangement", "access arrangements", "to renew", "clock-alert"),
    "usual": ("access arrangement", "access arrangements", "without proof this half term", "clipboard-check"),
    "agencies": ("agency", "agencies", "with whom nobody was in touch for a term", "phone-off"),
}


def asks(member, roles, day):
    if not member.can(P.PUPIL_RECORD):
        return {}
    asked = {}
    if member.can(P.SUPPORT_KEEP) or Role.HEAD in roles:
        asked = {f"support_{name}": select for name, select in SELECTS.items()} | {"support_unread": UNREAD}
    if member.staff_id:
        asked["support_to_read"] = TO_READ
    return asked


def tasks(found, member, day):
    return [*again(found, day), *unread(found, day), *to_read(found, day)]


def again(found, day):
    if "support_medical" not in found:
        return []
    waiting = deadlines({name: found[f"support_{name}"] for name in SELECTS}, day)
    return [task(noun, [deadline for _, deadline in waiting[noun]]) for noun in NOUNS if waiting[noun]]


def task(noun, due):
    one, many, what, icon = WORDS[noun]
    known = [deadline for deadline in due if deadline.due is not None]
    deadline = min(known or due, key=lambda each: (each.due is None, each.due))
    unsure = len(due) - len(known)
    return Task(
        f"{count_words(len(due), one, many)} {what}",
        f"Of {unsure} nobody can tell when they were looked at." if unsure and noun == "medical" else "",
        deadline,
        ("pupils:support-list", (), "view=unsaid") if noun == "usual" else ("pupils:support-due",),
        "See which",
        icon,
        P.SUPPORT_KEEP,
    )


def unread(found, day):
    rows = found.get("support_unread", ())
    if not rows:
        return []
    total = sum(row["number"] for row in rows)
    words = numbers.number(total)
    plans = "a risk plan" if len(rows) == 1 else f"{numbers.number(len(rows))} risk plans"
    return [
        Task(
            f"{words[:1].upper()}{words[1:]} {'has' if total == 1 else 'have'} not read {plans}",
            "Adults linked to the pupils, each counted once a plan.",
            risk_plan_read(min(day_of(row["edition_on"]) for row in rows), day),
            ("pupils:risk-list", (rows[0]["pupil_id"],)) if len(rows) == 1 else ("pupils:support-reading",),
            "See who",
            "book-open-check",
            P.SUPPORT_KEEP,
        )
    ]


def to_read(found, day):
    return [
        Task(
            f"A risk plan of {row['initials']} to read",
            "Read it, then press “I have read this”.",
            risk_plan_read(day_of(row["edition_on"]), day),
            ("pupils:risk-list", (row["pupil_id"],)),
            "Read it",
            "shield-alert",
        )
        for row in found.get("support_to_read", ())[:MOST]
    ]
