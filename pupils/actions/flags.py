"""A concern, or the council's assessment under way: dated, beside the register, never a part of its counts."""

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError

from pupils.models import PupilFlag
from pupils.words import count_words, day_words
from sendhub.audit import action
from sendhub.kit.operations import operation

TITLES = {PupilFlag.Kind.CONCERN: "with a concern", PupilFlag.Kind.ASSESSED: "being assessed"}


@dataclass
class Flagged:
    operation: object = None
    flags: list = field(default_factory=list)
    left_out: list = field(default_factory=list)  # pupils who have this flag already


@action("flag.set")
def set_flag(*, pupils, kind, starts_on, by, note=""):
    """Set a flag for those of the pupils who have none of this kind; one operation. Returns Flagged."""
    kind = PupilFlag.Kind(kind)
    school_id = pupils[0].school_id
    open_flags = PupilFlag.objects.filter(school_id=school_id, kind=kind, ends_on__isnull=True)
    has = set(open_flags.filter(pupil__in=pupils).values_list("pupil_id", flat=True))
    fit = [pupil for pupil in pupils if pupil.pk not in has]
    left_out = [pupil for pupil in pupils if pupil.pk in has]
    if not fit:
        return Flagged(left_out=left_out)
    title = f"{count_words(len(fit), 'pupil', 'pupils')} {TITLES[kind]}"
    with operation(school_id=school_id, kind="flag.set", title=title, by=by) as op:
        flags = PupilFlag.objects.bulk_create(
            PupilFlag(school_id=school_id, pupil=pupil, kind=kind, note=note, starts_on=starts_on) for pupil in fit
        )
    return Flagged(op, flags, left_out)


@action("flag.end")
def end_flag(*, flags, ends_on, by, note=None):
    """End flags with a last day; a note replaces the one that stood. Raises ValidationError for too early a day."""
    early = [flag for flag in flags if flag.starts_on > ends_on]
    if early:
        since = day_words(max(flag.starts_on for flag in early))
        raise ValidationError({"ends_on": f"It began on {since}. Choose that day or a later one."})
    title = f"{count_words(len(flags), 'pupil', 'pupils')} no longer {TITLES[PupilFlag.Kind(flags[0].kind)]}"
    with operation(school_id=flags[0].school_id, kind="flag.end", title=title, by=by) as op:
        for flag in flags:
            flag.ends_on = ends_on
            flag.note = note if note else flag.note
        PupilFlag.objects.bulk_update(flags, ["ends_on", "note"])
    return op
