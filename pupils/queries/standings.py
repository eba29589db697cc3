"""Where each pupil stands on a day: provision, needs, key adults, flags, whether there is a first line. Nothing else.

Written in SQL, four small questions in one statement, because the list, Today and the counts all stand on it and are
opened all day: joined in the database it took twice as long, and by the ORM four times (measured). It is about a whole
school; who may see whom is `Pupil.visible_to`'s.
"""

from collections import defaultdict
from operator import itemgetter

from pupils.models import Pupil, SENRecord
from sendhub.asking import planned_once

HOLDS = "{0}.school_id = %(school)s AND {0}.starts_on <= %(day)s AND ({0}.ends_on IS NULL OR {0}.ends_on >= %(day)s)"
# As PupilQuerySet.on_roll and on_roll_at say it.
NOW = "pupil.left_on IS NULL"
THEN = "(pupil.left_on IS NULL OR pupil.left_on >= %(day)s) AND (pupil.joined_on IS NULL OR pupil.joined_on <= %(day)s)"
RECORD, NEED, ADULT, FLAG = range(4)
KIND = itemgetter(0)
STANDINGS = f"""
SELECT {RECORD}, record.pupil_id, record.provision, NULL::bigint, NULL::int, record.starts_on, record.start_known,
       pupil.first_line <> ''
FROM pupils_senrecord record
JOIN pupils_pupil pupil ON pupil.id = record.pupil_id AND pupil.school_id = record.school_id
WHERE {HOLDS.format("record")} AND pupil.merged_into_id IS NULL AND {{on_roll}}
UNION ALL
SELECT {NEED}, need.pupil_id, need.code, need.id, need.rank, NULL, NULL, NULL
FROM pupils_senneed need WHERE {HOLDS.format("need")}
UNION ALL
SELECT {ADULT}, adult.pupil_id, staff.surname || ', ' || staff.forename, staff.id, NULL, NULL, NULL, NULL
FROM pupils_pupiladult adult
JOIN staff_staffmember staff ON staff.id = adult.staff_id AND staff.school_id = adult.school_id
WHERE {HOLDS.format("adult")} AND adult.part = 'key_adult'
UNION ALL
SELECT {FLAG}, flag.pupil_id, flag.kind, NULL, NULL, NULL, NULL, NULL
FROM pupils_pupilflag flag WHERE {HOLDS.format("flag")}
"""  # noqa: S608  only the words above are put in


class Standing:
    """`provision` is None for a pupil who is not on the register, and then nothing is known of a first line."""

    __slots__ = ("adults", "first_line", "flags", "provision", "ranked", "since", "since_known")

    def __init__(self, provision=None, since=None, since_known=None, first_line=None):
        self.provision, self.since, self.since_known, self.first_line = provision, since, since_known, first_line
        self.ranked = []  # needs: (rank, id, code), by rank
        self.adults = {}  # key adults: {staff id: "Nair, Priya"}
        self.flags = []  # PupilFlag.Kind

    @property
    def needs(self):
        """The codes, by rank."""
        return [code for _, _, code in self.ranked]

    @property
    def main_need(self):
        """The need of rank 1, or None when no need has that rank."""
        return self.ranked[0][2] if self.ranked and self.ranked[0][0] == 1 else None


NOWHERE = Standing()


def standings(school_id, day, then=False):
    """{pupil: Standing} of those of whom there is something to say. A provision is told of pupils on roll now, or with
    `then` on that day. One query."""
    statement = STANDINGS.format(on_roll=THEN if then else NOW)
    with planned_once() as cursor:
        cursor.execute(statement, {"school": school_id, "day": day})
        rows = cursor.fetchall()
    found, needs = defaultdict(Standing), defaultdict(list)
    for kind, pupil, words, pk, rank, since, known, first_line in sorted(rows, key=KIND):
        if kind == NEED:
            needs[pupil].append((rank, pk, words))
        elif kind == RECORD:
            if pupil not in found or since > found[pupil].since:  # of two that hold, the later
                found[pupil] = Standing(words, since, known, first_line)
        elif kind == ADULT:
            found[pupil].adults[pk] = words
        else:
            found[pupil].flags.append(words)
    for pupil, ranked in needs.items():
        found[pupil].ranked = sorted(ranked)
    return dict(found)


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
    "need": lambda standing: not standing.ranked,
}
