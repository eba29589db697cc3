"""How much waits for a person about pupils: numbers and days, no names.

By when each is done is counted in `sendhub.rules`; how it is worded and who is asked stands in `sendhub.desk`.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef

from pupils.models import Contact, Pupil
from sendhub.asking import ask, planned_once

# One statement for all that waits: Today is opened all day, and seven questions by the ORM took three times as long
# (measured). Of a pupil's moves only the newest counts: what was told of it says the rest.
HERE = "JOIN pupils_pupil p ON p.id = x.pupil_id AND p.left_on IS NULL AND p.merged_into_id IS NULL"
TO_POST = "way = 'post' AND sent_on IS NULL AND withdrawn_on IS NULL"
WAITING = f"""
WITH newest AS (SELECT DISTINCT ON (x.pupil_id) x.id, x.told, x.on FROM pupils_registermove x {HERE}
                WHERE x.school_id = %(school)s ORDER BY x.pupil_id, x.on DESC, x.id DESC)
SELECT 'cannot_tell', count(*), NULL::date, NULL::bigint FROM newest x WHERE x.told = 'cannot_tell'
UNION ALL
SELECT 'asked', count(*), min(x.on), NULL FROM newest x WHERE x.told = 'letter'
  AND NOT EXISTS (SELECT 1 FROM pupils_familyletter WHERE move_id = x.id AND {TO_POST})
UNION ALL
SELECT 'letters', count(*), min(m.on), NULL FROM pupils_familyletter x JOIN pupils_registermove m ON m.id = x.move_id
WHERE x.school_id = %(school)s AND {TO_POST}
UNION ALL
SELECT 'proposals', count(*), min(x.seen_on), NULL FROM pupils_provisionproposal x {HERE}
WHERE x.school_id = %(school)s AND x.state = 'open'
UNION ALL
SELECT 'assessed', count(*), min(x.starts_on), NULL FROM pupils_pupilflag x {HERE}
WHERE x.school_id = %(school)s AND x.kind = 'assessed' AND x.starts_on <= %(day)s
  AND (x.ends_on IS NULL OR x.ends_on >= %(day)s)
UNION ALL
SELECT 'files', count(*), (min(x.created_at) AT TIME ZONE 'Europe/London')::date, max(x.id)
FROM pupils_importbatch x WHERE x.school_id = %(school)s AND x.state = 'ready'
UNION ALL
SELECT 'doubts', count(*), (min(b.applied_at) AT TIME ZONE 'Europe/London')::date,
       CASE WHEN min(b.id) = max(b.id) THEN min(b.id) END
FROM pupils_importline x JOIN pupils_importbatch b ON b.id = x.batch_id AND b.state = 'applied'
WHERE x.school_id = %(school)s AND x.state = 'in_doubt' AND x.decision = ''
"""  # noqa: S608  only the words above are put in


@dataclass(frozen=True, slots=True)
class Waiting:
    """`number` of something, the oldest since a day (of letters and families: the day of the move). `pk` is the one
    file's id, where all are of one."""

    number: int
    since: date | None
    pk: int | None


def waiting_counts(school_id, day):
    """{"cannot_tell" | "asked" | "letters" | "proposals" | "assessed" | "files" | "doubts": Waiting}. One query."""
    with planned_once() as cursor:
        cursor.execute(WAITING, {"school": school_id, "day": day})
        found = {key: Waiting(*rest) for key, *rest in cursor.fetchall()}
    files = found["files"]
    return {**found, "files": files if files.number == 1 else Waiting(files.number, files.since, None)}


MARKS = f"""
SELECT x.pupil_id, x.tagged_on IS NOT NULL AS tagged, x.read_on IS NOT NULL AS read
FROM pupils_readingmark x {HERE} WHERE x.school_id = %(school)s AND x.member_id = %(member)s
"""  # noqa: S608  only the words above are put in


def without_email(school_id):
    """How many on roll have no contact with an e-mail address."""
    reached = Contact.objects.filter(school_id=school_id, pupil_id=OuterRef("pk")).exclude(email="").order_by()
    return Pupil.objects.filter(~Exists(reached), school_id=school_id).on_roll().count()


def reading_left(member, stand, marks=None):
    """(read, of) as the reading queue counts them, for somebody who sees the whole school's register (`stand`)."""
    marks = ask({"marks": MARKS}, school=member.school_id, member=member.pk)["marks"] if marks is None else marks
    queue = {pk for pk, standing in stand.items() if standing.provision}
    queue |= {mark["pupil_id"] for mark in marks if mark["tagged"]}
    return sum(1 for mark in marks if mark["read"] and mark["pupil_id"] in queue), len(queue)
