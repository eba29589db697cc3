"""Which rule holds at a school, and whose record is due to be looked at by it. Reads only; nothing goes by itself."""

from dataclasses import dataclass
from datetime import date

from django.db import connection

from sendhub.desk.models import RetentionRule
from sendhub.desk.models.keeping import ACTIONS, ANCHORS
from sendhub.desk.task import FORCES
from sendhub.rules.provisions import Force
from sendhub.rules.retention import RECORD_TYPES, Anchor, due_from

# Leavers with what a rule may count from; `sen`: on the register once, or a move of it or a flag beside it.
LEAVERS = """
SELECT p.id, p.born_on, p.left_on,
  (SELECT max(f.sent_on) FROM desk_leavingfile f WHERE f.school_id = p.school_id AND f.pupil_id = p.id) AS sent_on,
  EXISTS (SELECT FROM pupils_senrecord s WHERE s.school_id = p.school_id AND s.pupil_id = p.id)
  OR EXISTS (SELECT FROM pupils_registermove m WHERE m.school_id = p.school_id AND m.pupil_id = p.id)
  OR EXISTS (SELECT FROM pupils_pupilflag g WHERE g.school_id = p.school_id AND g.pupil_id = p.id) AS sen,
  EXISTS (SELECT FROM desk_legalhold h WHERE h.school_id = p.school_id AND h.pupil_id = p.id
          AND h.lifted_on IS NULL) AS held,
  EXISTS (SELECT FROM desk_removal r WHERE r.school_id = p.school_id AND r.pupil_id = p.id
          AND r.withdrawn_on IS NULL) AS waits
FROM pupils_pupil p WHERE p.school_id = %s AND p.left_on IS NOT NULL AND p.merged_into_id IS NULL
ORDER BY p.born_on, p.id
"""


@dataclass(frozen=True, slots=True)
class Rule:
    """The rule of one type of record as it holds here: the default, or the school's own."""

    type: object
    anchor: str
    years: int
    action: str
    force: str
    source: str
    own: object = None

    @property
    def words(self):
        anchor = dict(ANCHORS)[self.anchor].lower().removeprefix("the ")
        return f"{self.years} year{'' if self.years == 1 else 's'} from the {anchor}"

    @property
    def action_words(self):
        return dict(ACTIONS)[self.action]

    def due(self, row):
        """The day from which this leaver's record is due; None where the rule does not apply or has nothing to count
        from."""
        applies = {"sen_file": row["sen"], "pupil_file": not row["sen"], "passed_on": row["sent_on"] is not None}
        start = {Anchor.BIRTH: row["born_on"], Anchor.LEFT: row["left_on"], Anchor.SENT: row["sent_on"]}[
            Anchor(self.anchor)
        ]
        return due_from(start, self.years) if applies[self.type.key] and start else None


def rules_of(school_id, today):
    """One query."""
    own = {rule.record_type: rule for rule in RetentionRule.objects.filter(school_id=school_id)}
    return [rule_of(each, own.get(each.key), today) for each in RECORD_TYPES]


def rule_of(record_type, own, today):
    law = record_type.provision(today)
    source = f"{law.citation}{'' if law.confirmed else ', not confirmed'}"
    if own is None:
        return Rule(
            record_type, record_type.anchor.value, law.value, record_type.action.value, FORCES[law.force], source
        )
    words = f"{own.reason}. The default is {law.value} years: {source}"
    return Rule(record_type, own.anchor, own.years, own.action, FORCES[Force.CHOICE], words, own)


@dataclass(frozen=True, slots=True)
class Due:
    pupil_id: int
    rule: Rule
    since: date
    held: bool


def due_records(school_id, today, rules):
    """Leavers whose time is over, those longest over first, without those that wait for a second word. One query."""
    found = []
    for row in leavers(school_id):
        days = [(day, rule) for rule in rules if (day := rule.due(row))]
        over = [(day, rule) for day, rule in days if day <= today]
        if over and not row["waits"]:
            day, rule = min(over, key=lambda each: each[0])
            found.append(Due(row["id"], rule, day, row["held"]))
    return sorted(found, key=lambda due: (due.since, due.pupil_id))


def leavers(school_id):
    with connection.cursor() as cursor:
        cursor.execute(LEAVERS, [school_id])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
