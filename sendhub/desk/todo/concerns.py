"""Concerns on Today: those of which this member decides, late first, and what came of those that they raised."""

from collections import defaultdict

from pupils.models.concerns import FIRST_LOOK
from pupils.words import count_words, day_words
from sendhub.access import Permission, Role, Scope
from sendhub.asking import day_of
from sendhub.desk.task import Task
from sendhub.rules import concerns as rules
from sendhub.rules.concerns import Stage
from sendhub.rules.waiting import when_there_is_time
from staff.calendar import calendar_from, calendar_sql

SENDCOS = {Role.SENDCO, Role.ASSISTANT_SENDCO}
DATED = "(x.ends_on IS NULL OR x.ends_on >= %(day)s) AND (x.starts_on IS NULL OR x.starts_on <= %(day)s)"
# Somebody tutors the pupil's form or leads their year today.
TIED = (
    "EXISTS (SELECT 1 FROM pupils_grouppupil p"
    " JOIN staff_groupstaff t ON t.group_id = p.group_id AND t.part IN ({parts})"
    " JOIN staff_teachinggroup g ON g.id = p.group_id"
    " JOIN staff_schoolyear y ON y.id = g.year_id AND y.groups_from <= %(day)s AND y.groups_until >= %(day)s"
    " WHERE p.school_id = %(school)s AND p.pupil_id = c.pupil_id AND {place} AND {tie}{whose})"
)
OPEN = ", ".join(f"'{stage}'" for stage in sorted(rules.OPEN))
LOOKS = (
    "SELECT c.stage, c.since, c.look_on, ({tied}) AS tied FROM pupils_concern c"
    " LEFT JOIN pupils_pupil q ON q.id = c.pupil_id"
    " WHERE c.school_id = %(school)s AND c.stage IN ({stages}) AND q.left_on IS NULL AND q.merged_into_id IS NULL"
    " {mine} ORDER BY c.since LIMIT 500"
)
NEWS = (  # what came of one's own concern stands on Today for a week
    "SELECT count(*) AS number FROM pupils_concern c WHERE c.school_id = %(school)s AND c.raised_by_id = %(member)s"
    " AND c.stage NOT IN ('new', 'withdrawn') AND c.since >= %(day)s::date - 7"
)


def tied(whose=""):
    """SQL of ours. `whose` narrows it to one member of staff."""
    parts = ", ".join(f"'{part}'" for part in FIRST_LOOK)
    return TIED.format(parts=parts, place=DATED.replace("x.", "p."), tie=DATED.replace("x.", "t."), whose=whose)


def asks(member, roles, day):
    asked = {"concern_news": NEWS}
    if not member.can(Permission.CONCERN_TRIAGE):
        return asked
    if member.throughout().can(Permission.CONCERN_TRIAGE) and member.scope == Scope.ALL:
        if not roles & SENDCOS:  # the head and the safeguarding lead may decide; nobody waits for them
            return asked
        looks = LOOKS.format(tied=tied(), stages=OPEN, mine="")
    elif member.works_here(day):
        looks = LOOKS.format(tied="true", stages=OPEN, mine=f"AND {tied(' AND t.staff_id = %(staff)s')}")
    else:
        return asked
    return {**asked, "concern_looks": looks, "concern_days": calendar_sql("%(school)s")}


WORDS = {  # one, many, verb, icon
    Stage.NEW: ("concern waits for a first look", "concerns wait for a first look", "Look", "message-circle-more"),
    Stage.SENDCO: ("concern is with the SENDCO", "concerns are with the SENDCO", "Decide", "message-circle-warning"),
    Stage.FAMILY: ("family to talk to about a concern", "families to talk to about concerns", "See", "phone"),
    Stage.WATCH: ("watched concern to look at again", "watched concerns to look at again", "See", "eye"),
}


def tasks(found, member, day):
    news = found["concern_news"][0]["number"]
    told = []
    if news:
        what = f"{count_words(news, 'concern that you raised has', 'concerns that you raised have')} moved on"
        deadline = when_there_is_time("concern_news", "for you to know")
        link = ("pupils:concern-list", (), "tab=mine")
        told = [Task(what, "See what came of it.", deadline, link, "See", "message-circle-reply")]
    if "concern_looks" not in found:
        return told
    calendar = calendar_from(**found["concern_days"][0])
    wide = member.scope == Scope.ALL
    groups = defaultdict(list)
    for row in found["concern_looks"]:
        stage = Stage(row["stage"])
        deadline = rules.due(stage, day_of(row["since"]), day_of(row["look_on"]), calendar, day)
        if mine(stage, wide, row["tied"], deadline.late(day)):
            groups[stage].append((deadline, day_of(row["since"])))
    return [task_of(stage, groups[stage], day) for stage in WORDS if groups[stage]] + told


def mine(stage, wide, tied, late):
    """Whether it waits for this member: the SENDCO (`wide`) has what was passed on, what nobody else looks at, and what
    is late; a tutor or year leader has the rest."""
    return stage is Stage.SENDCO or late or not tied if wide else stage is not Stage.SENDCO


def task_of(stage, rows, day):
    one, many, verb, icon = WORDS[stage]
    deadline = min((deadline for deadline, _ in rows), key=lambda each: each.due)
    late = sum(each.late(day) for each, _ in rows)
    why = f"The oldest has been there since {day_words(min(since for _, since in rows), day)}."
    if late > 1:
        why = f"{why} {late} are late."
    return Task(count_words(len(rows), one, many), why, deadline, ("pupils:concern-list",), verb, icon)
