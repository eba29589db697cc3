"""Where each pupil stands on a day: provision, needs, key adult, whether there is a first line. Nothing else of them.

Written in SQL, because the list, Today and the counts all stand on it and are opened all day: the same by the ORM is
four queries and twice the time (measured). It is about a whole school; who may see whom is `Pupil.visible_to`'s.
"""

import datetime as dt
from typing import NamedTuple

from django.db import connection

HOLDS = "starts_on <= %(day)s AND (ends_on IS NULL OR ends_on >= %(day)s) AND school_id = %(school)s"

STANDINGS = f"""
SELECT pupil.id, record.provision, record.starts_on, record.start_known, need.codes, need.ranks,
       adult.pupil_id IS NOT NULL, pupil.first_line <> ''
FROM pupils_pupil pupil
LEFT JOIN (SELECT DISTINCT ON (pupil_id) pupil_id, provision, starts_on, start_known
           FROM pupils_senrecord WHERE {HOLDS} ORDER BY pupil_id, starts_on DESC) record
       ON record.pupil_id = pupil.id
LEFT JOIN (SELECT pupil_id, array_agg(code ORDER BY rank, id) codes, array_agg(rank ORDER BY rank, id) ranks
           FROM pupils_senneed WHERE {HOLDS} GROUP BY pupil_id) need
       ON need.pupil_id = pupil.id
LEFT JOIN (SELECT DISTINCT pupil_id FROM pupils_pupiladult WHERE part = 'key_adult' AND {HOLDS}) adult
       ON adult.pupil_id = pupil.id
WHERE pupil.school_id = %(school)s AND pupil.left_on IS NULL AND pupil.merged_into_id IS NULL
  AND (record.pupil_id IS NOT NULL OR need.pupil_id IS NOT NULL)
"""  # noqa: S608  only the words above are put in


class Standing(NamedTuple):
    """`provision` is None for a pupil who is not on the register and has needs."""

    provision: str | None
    since: dt.date | None
    since_known: bool | None
    needs: list | None  # codes, the main one first
    ranks: list | None  # of `needs`
    key_adult: bool
    first_line: bool

    @property
    def main_need(self):
        """The need of rank 1, or None when no need has that rank."""
        return self.needs[0] if self.needs and self.ranks[0] == 1 else None


def standings(school_id, day):
    """{pupil: Standing} of those on roll who are on the register or have a need. One query."""
    with connection.cursor() as cursor:
        cursor.execute(STANDINGS, {"school": school_id, "day": day})
        return {pk: Standing(*rest) for pk, *rest in cursor.fetchall()}


# What the record of a pupil on the register may lack.
LACKS = {
    "first_line": lambda standing: not standing.first_line,
    "key_adult": lambda standing: not standing.key_adult,
    "need": lambda standing: not standing.needs,
}
