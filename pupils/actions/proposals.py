"""What a file says otherwise than the register: made by an import, set aside by a person. Accepting one is a move."""

from django.utils import timezone

from pupils.models import ProvisionProposal
from sendhub.audit import action

State = ProvisionProposal.State


@action("proposal.set_aside")
def set_aside(*, proposals, note, by):
    """The register stays as it is; the note says why. Returns how many were still open."""
    waiting = [proposal for proposal in proposals if proposal.state == State.OPEN]
    for proposal in waiting:
        proposal.state, proposal.decided_on, proposal.note = State.SET_ASIDE, timezone.localdate(), note
    return ProvisionProposal.objects.bulk_update(waiting, ["state", "decided_on", "note"]) if waiting else 0
