"""Who changed a pupil's record, who looked at it, and why they could."""

from django.shortcuts import render
from django.views.decorators.http import require_safe

from pupils.models import (
    AboutMe,
    AccessArrangement,
    Adjustment,
    AgencyContact,
    AgencyTie,
    ArrangementUse,
    Concern,
    ConcernStep,
    Contact,
    Correction,
    FamilyLetter,
    GroupPupil,
    MedicalPointer,
    Note,
    Placement,
    PlacementVisit,
    ProvisionProposal,
    Pupil,
    PupilAdult,
    PupilFile,
    PupilFlag,
    PupilNumber,
    PupilVoice,
    ReducedTimetable,
    RegisterMove,
    Restriction,
    RiskPlan,
    RiskReading,
    SENNeed,
    SENRecord,
    Suspension,
)
from pupils.views.fetch import pupil_for
from pupils.views.record import logged
from sendhub.access import Permission, require
from sendhub.audit.queries import changes_to, looks_at


@require_safe
@require(Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
def pupil_history(request, pk):
    pupil = pupil_for(request, pk, Permission.PUPIL_RECORD, Permission.HISTORY_VIEW)
    why = logged(request, pupil, "pupil.history")
    tracked = [(Pupil, {"pgh_obj_id": pupil.pk})]
    tracked += [(model, {"pupil_id": pupil.pk}) for model in parts_for(request.member)]
    changes = changes_to(pupil.school_id, tracked, hidden=hidden_from(request.member))
    changes = without_words(changes, request.member.can(Permission.NOTE_RESTRICTED))
    for change in changes:
        change.restores = restores(change, pupil)
    context = {
        "pupil": pupil,
        "why": why,
        "changes": changes,
        "looks": looks_at(pupil.school_id, pupil.pk),
        "may_restore": request.member.can(Permission.PUPIL_EDIT),
    }
    return render(request, "pupils/pupil_history.html", context)


def parts_for(member):
    parts = [SENRecord, SENNeed, PupilAdult, GroupPupil, PupilFlag, ProvisionProposal, PupilNumber, Restriction]
    if member.can(Permission.CONCERN_TRIAGE):
        parts += [Concern, ConcernStep]
    parts += [MedicalPointer, Adjustment, RiskPlan, RiskReading, AccessArrangement, ArrangementUse]
    parts += [AgencyTie, AgencyContact]
    if member.can(Permission.AWAY_VIEW):
        parts += [Suspension, ReducedTimetable, Placement, PlacementVisit]
    parts += [Note, PupilFile, PupilVoice, AboutMe]
    return [*parts, Contact, RegisterMove, FamilyLetter, Correction] if member.can(Permission.CONTACT_VIEW) else parts


def hidden_from(member):
    """Columns of which this reader is told only that they changed."""
    hidden = set() if member.can(Permission.CIRCUMSTANCE_VIEW) else {*Pupil.CIRCUMSTANCES, *Suspension.CIRCUMSTANCES}
    return hidden if member.can(Permission.DSL_POINTER) else hidden | {"speak_to_dsl"}


def restores(change, pupil):
    """The words that "Restore this version" would bring back; "" where it would change nothing."""
    if change.model != Pupil._meta.label or change.row.first_line == pupil.first_line:
        return ""
    changed = change.before is None or change.before.first_line != change.row.first_line
    return change.row.first_line if changed else ""


WORDS = {Note._meta.label: {"Text"}, PupilFile._meta.label: {"File's name", "Digest", "Stored", "Size", "Kind"}}


def without_words(changes, restricted):
    """A note's words stand with its versions and never here, a file's not at all. What was restricted once is left out
    for whoever may not read restricted notes, all that came before as well."""
    secret = {(change.model, change.row.id) for change in changes if change.model in WORDS and change.row.restricted}
    if not restricted:
        changes = [change for change in changes if (change.model, getattr(change.row, "id", None)) not in secret]
    for change in changes:
        hidden = WORDS.get(change.model, ())
        change.details = [(what, "", "") if what in hidden else (what, old, new) for what, old, new in change.details]
    return changes
