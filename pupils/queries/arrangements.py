"""Access arrangements: the school's list of them, its half terms, and who has what in the whole school."""

from dataclasses import dataclass

from django.db.models import Max

from pupils.models import AccessArrangement, ArrangementKind, Pupil
from sendhub.rules.arrangements import USUAL
from sendhub.rules.school_calendar import Term as HalfTerm
from staff.models import Term


def kinds_offered(school_id, day):
    """[(name, approval)] by name: the school's own list, or the usual one while it has none. One query."""
    own = list(ArrangementKind.objects.filter(school_id=school_id))
    if own:
        return [(kind.name, kind.approval) for kind in own if kind.ends_on is None or kind.ends_on >= day]
    return sorted((name, approval.value) for name, approval in USUAL)


def half_terms_of(school_id):
    """The school's half terms as the rules take them, oldest first. One query."""
    rows = Term.objects.filter(school_id=school_id).order_by("starts_on").values_list("name", "starts_on", "ends_on")
    return [HalfTerm(*row) for row in rows]


@dataclass(slots=True)
class Held:
    """One arrangement of one pupil, with the newest day on which somebody said that it is used."""

    row: AccessArrangement
    last_said: object


def arrangements_held(member, day):
    """[Held] of all pupils on roll whom the member sees, by the pupil's name. One query."""
    pupils = Pupil.objects.visible_to(member, day).on_roll()
    rows = AccessArrangement.objects.at(day).filter(school_id=member.school_id, pupil__in=pupils)
    rows = rows.annotate(last_said=Max("uses__said_on")).select_related("pupil")
    return [Held(row, row.last_said) for row in rows.order_by("pupil__sort_name", "pupil_id", "name", "id")]
