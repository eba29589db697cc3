"""What two records hold, to choose between them; and where the record went that an old address names."""

from django.db.models import Count

from pupils.actions.merge import hanging_on_pupils
from pupils.models import Pupil, SENNeed, SENRecord
from pupils.queries.facts import need_words
from pupils.words import PROVISIONS, day_words
from sendhub.kit.operations import thing_of


def standing(member, pk):
    """The pupil whose record the merged record `pk` is part of, if the member may see them; else None. One query."""
    found = Pupil.objects.visible_to(member).filter(merged_from__pk=pk, merged_from__school_id=member.school_id)
    return found.first()


def sides(one, other, today):
    """[{register, needs, no_register, no_needs}] in words, for each of the two. Two queries."""
    ids = [one.pk, other.pk]
    records, needs = {}, {}
    for record in SENRecord.objects.filter(school_id=one.school_id, pupil_id__in=ids).order_by("starts_on"):
        records.setdefault(record.pupil_id, []).append(stage_words(record, today))
    open_needs = SENNeed.objects.filter(school_id=one.school_id, pupil_id__in=ids, ends_on=None).order_by("rank")
    for need in open_needs:
        needs.setdefault(need.pupil_id, []).append(need_words(need.code))
    return [
        {
            "register": "; ".join(records.get(pk, ())) or "Never on the register",
            "needs": "; ".join(needs.get(pk, ())) or "None recorded",
            "no_register": pk not in records,
            "no_needs": pk not in needs,
        }
        for pk in ids
    ]


def stage_words(record, today):
    until = f" until {day_words(record.ends_on, today)}" if record.ends_on else ""
    return f"{PROVISIONS[record.provision]} since {day_words(record.starts_on, today)}{until}"


def what_moves(other):
    """[(what, how many)] that hangs on the other record. A query a table."""
    found = {}
    for model, key in hanging_on_pupils():
        rows = model._base_manager.filter(school_id=other.school_id, **{key: other}).aggregate(n=Count("pk"))["n"]
        if rows:
            name = thing_of(model).one if rows == 1 else thing_of(model).many
            found[name] = found.get(name, 0) + rows
    return sorted(found.items())
