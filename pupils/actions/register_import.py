"""What a file writes of the register beside its rows: moves of which nobody knows the family's part, and proposals."""

from pupils.models import ProvisionProposal, RegisterMove
from sendhub.audit import action


@action("register.moves_import")
def save_moves(*, new, by):
    """Add many moves at once that came in with a file: their `told` is "cannot tell"."""
    RegisterMove.objects.bulk_create(new, batch_size=2000)


@action("register.propose")
def save_proposals(*, new, changed, withdrawn, on, by):
    """Add proposals; bring open ones (`changed`) in line with what the last file says; set those aside (`withdrawn`,
    with their note) that a later file no longer makes."""
    ProvisionProposal.objects.bulk_create(new, batch_size=2000)
    if changed:
        ProvisionProposal.objects.bulk_update(changed, ["before", "after", "seen_on"])
    for proposal in withdrawn:
        proposal.state, proposal.decided_on = ProvisionProposal.State.SET_ASIDE, on
    if withdrawn:
        ProvisionProposal.objects.bulk_update(withdrawn, ["state", "decided_on", "note"])
