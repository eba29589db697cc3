"""Where each pupil stands on a day: provision, needs, key adults, flags, whether there is a first line. Nothing else.

Written in SQL, because the list, Today and the counts all stand on it and are opened all day: the same by the ORM is
five queries and three times the time (measured). It is about a whole school; who may see whom is `Pupil.visible_to`'s.
"""

import datetime as dt
from typing import NamedTuple

from django.db import connection

from pupils.models import Pupil, SENRecord

HOLDS = "starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s) AND school_id = %(school)s"
# As PupilQuerySet.on_roll and on_roll_at say it.
NOW = "pupil.left_on IS NULL"
THEN = "(pupil.left_on IS NULL OR pupil.left_on >= %(day)s) AND (pupil.joined_on IS NULL OR pupil.joined_on <= %(day)s)"
STANDINGS = """
SELECT pupil.id, record.provision, record.starts_on, record.start_known, need.codes, need.first = 1,
       adult.staff, adult.names, flag.kinds, pupil.first_line <> ''
FROM pupils_pupil pupil
LEFT JOIN (SELECT DISTINCT ON (pupil_id) pupil_id, provision, starts_on, start_known
           FROM pupils_senrecord WHERE {holds} ORDER BY pupil_id, starts_on DESC) record
       ON record.pupil_id = pupil.id
LEFT JOIN (SELECT pupil_id, array_agg(code ORDER BY rank, id) codes, min(rank) first
           FROM pupils_senneed WHERE {holds} GROUP BY pupil_id) need
       ON need.pupil_id = pupil.id
LEFT JOIN (SELECT tie.pupil_id, array_agg(staff.id) staff, array_agg(staff.surname || ', ' || staff.forename) names
           FROM (SELECT * FROM pupils_pupiladult WHERE part = 'key_adult' AND {holds} ORDER BY starts_on, id) tie
           JOIN staff_staffmember staff ON staff.id = tie.staff_id AND staff.school_id = tie.school_id
           GROUP BY tie.pupil_id) adult
       ON adult.pupil_id = pupil.id
LEFT JOIN (SELECT pupil_id, array_agg(kind) kinds FROM pupils_pupilflag WHERE {holds} GROUP BY pupil_id) flag
       ON flag.pupil_id = pupil.id
WHERE pupil.school_id = %(school)s AND pupil.merged_into_id IS NULL AND {on_roll}
  AND num_nonnulls(record.pupil_id, need.pupil_id, adult.pupil_id, flag.pupil_id) > 0
"""


class Standing(NamedTuple):
    """`provision` is None for a pupil who is not on the register. Lists are None where there is nothing."""

    provision: str | None
    since: dt.date | None
    since_known: bool | None
    needs: list | None  # codes, by rank
    ranked: bool | None  # the first of them has rank 1, and so is the main one
    adults: list | None  # staff ids of the key adults
    adult_names: list | None  # "Nair, Priya", in the same order
    flags: list | None  # PupilFlag.Kind
    first_line: bool

    @property
    def main_need(self):
        """The need of rank 1, or None when no need has that rank."""
        return self.needs[0] if self.ranked else None


NOWHERE = Standing(*[None] * len(Standing._fields))


def standings(school_id, day, then=False):
    """{pupil: Standing} of those of whom there is something to say, on roll now, or with `then` on that day. One
    query."""
    statement = STANDINGS.format(holds=HOLDS, on_roll=THEN if then else NOW)
    with connection.cursor() as cursor:
        cursor.execute(statement, {"school": school_id, "day": day})
        return {pk: Standing(*rest) for pk, *rest in cursor.fetchall()}


def unknown_before(school_id, day):
    """The pupils here on that day whose earliest place on the register came in with a file after it: since when they
    have it nobody can tell. One query."""
    pupils = Pupil.objects.filter(school_id=school_id).on_roll_at(day)
    records = SENRecord.objects.filter(school_id=school_id, pupil__in=pupils)
    earliest = records.order_by("pupil_id", "starts_on").distinct("pupil_id")
    earliest = earliest.values_list("pupil_id", "starts_on", "start_known")
    return {pk for pk, starts_on, known in earliest if starts_on > day and not known}


# What the record of a pupil on the register may lack.
LACKS = {
    "first_line": lambda standing: not standing.first_line,
    "key_adult": lambda standing: not standing.adults,
    "need": lambda standing: not standing.needs,
}
