"""What a person has decided about each thing that needs a look, and what therefore leaves."""

from dataclasses import dataclass

from sendhub.access import Permission
from sendhub.desk.models import AccessTick
from sendhub.desk.rights.contents import Key, Why, contents_of
from sendhub.rules.disclosure import redact

BLACKED = "[blacked out]"
# Who may look at what is marked so, and therefore decide.
NEEDS = {Why.RESTRICTED: Permission.NOTE_RESTRICTED, Why.SAFEGUARDING: Permission.DSL_POINTER}
Decision = AccessTick.Decision


def ticks_of(request):
    """{Key: AccessTick}. One query."""
    rows = AccessTick.objects.filter(school_id=request.school_id, request=request).select_related("decided_by__user")
    return {Key(row.table, row.row, row.column, row.digest): row for row in rows}


def may_decide(member, flag):
    return flag.why not in NEEDS or member.can(NEEDS[flag.why])


@dataclass(slots=True)
class Review:
    """Everything about the child, its flags and the ticks on them."""

    contents: object
    flags: dict
    ticks: dict

    @property
    def left(self):
        """The flags without a tick, the gravest first."""
        order = list(Why)
        left = [flag for key, flag in self.flags.items() if key not in self.ticks]
        return sorted(left, key=lambda flag: order.index(flag.why))

    @property
    def done(self):
        return [flag for key, flag in self.flags.items() if key in self.ticks]

    def given(self, cell):
        """The words of a cell that leave; None for what is left out."""
        return cell.text if cell.flag is None else self.decided(cell.flag, cell.text)

    def decided(self, flag, text):
        decision = self.ticks[flag.key].decision
        if decision == Decision.LEAVE_OUT:
            return None
        if decision == Decision.BLACK_OUT:
            return redact(text, flag.names) if flag.key.column else BLACKED
        return text


def review_of(request):
    contents = contents_of(request.pupil, request.contact_id, [("desk.AccessRequest", request.pk)])
    return Review(contents, contents.flags, ticks_of(request))
