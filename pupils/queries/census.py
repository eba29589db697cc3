"""The census check: which pupils' SEN data the school census would ask about, by rule. Names come with it."""

from collections import defaultdict
from dataclasses import dataclass, field

from pupils.models import Pupil, SENNeed, SENRecord
from pupils.queries.facts import need_words
from pupils.words import PROVISIONS
from sendhub.rules.census_faults import NONE, RULES, Need, Rule, Spell, faults_of


@dataclass(frozen=True, slots=True)
class Found:
    """One pupil under a rule: who, and what the record says now."""

    pk: int
    name: str
    form: str
    says: str


@dataclass(frozen=True, slots=True)
class Checked:
    rule: Rule
    rows: list = field(default_factory=list)


def census_check(member, day):
    """[Checked], one a rule, those without a fault too; pupils on roll whom the member sees, by name. Three queries,
    whatever is found."""
    own = {"school_id": member.school_id}
    needs, spells, now = defaultdict(list), defaultdict(list), {}
    rows = SENNeed.objects.at(day).filter(**own).order_by("rank", "id")
    for pk, code, rank in rows.values_list("pupil_id", "code", "rank"):
        needs[pk].append(Need(code, rank))
    records = SENRecord.objects.filter(**own).order_by("starts_on", "id")
    for pk, provision, starts_on, ends_on in records.values_list("pupil_id", "provision", "starts_on", "ends_on"):
        spells[pk].append(Spell(starts_on, ends_on))
        if starts_on <= day and (ends_on is None or ends_on >= day):
            now[pk] = provision
    faults = {pk: faults_of(now.get(pk, NONE), needs[pk], spells[pk], day) for pk in {*needs, *spells}}
    asked = [pk for pk, found in faults.items() if found]
    pupils = Pupil.objects.visible_to(member, day).on_roll().filter(pk__in=asked).order_by("sort_name", "id")
    checked = {rule.fault: Checked(rule) for rule in RULES}
    for pk, surname, forename, form in pupils.values_list("pk", "surname", "forename", "form"):
        says = words_of(now.get(pk), needs[pk])
        for fault in faults[pk]:
            checked[fault].rows.append(Found(pk, f"{surname}, {forename}", form, says))
    return list(checked.values())


def words_of(provision, needs):
    """ "SEN Support. 1 Autism, 3 Physical disability."; the place of each need before it."""
    said = ", ".join(f"{need.rank} {need_words(need.code)}" for need in needs) or "No type of need"
    return f"{PROVISIONS[provision]}. {said}."
