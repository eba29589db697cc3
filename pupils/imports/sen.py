"""What a file says of the register: first rows, proposals, needs. docs/import.md says when which is written.

While a school has no register but what transfer files brought, a file's provisions are written as they are. After that
a provision that differs is only proposed: a move has a reason, and the family is told.
"""

from datetime import timedelta

from pupils.actions.register import NONE, need_changes, save_needs, save_records
from pupils.actions.register_import import save_moves, save_proposals
from pupils.imports.spans import moves_of
from pupils.models import ProvisionProposal, RegisterMove, SENNeed, SENRecord

SOURCE = "import"
TRANSFER = RegisterMove.Source.TRANSFER.value
PROVISION, NEEDS, PROPOSAL, WITHDRAWN, HISTORY = "provision", "needs", "proposal", "withdrawn", "history"
NOT_COLUMNS = frozenset({PROVISION, NEEDS, PROPOSAL, WITHDRAWN, HISTORY, "contacts"})
AGREES = "A later file says the same as the register again."
DECIDED = "The SEN status differs from the register here. Somebody set that aside before, so it was left"
State = ProvisionProposal.State


class Held:
    """What the register holds now: provisions, open needs and proposals of each pupil."""

    def __init__(self, school):
        records = list(SENRecord.objects.filter(school=school))
        self.first = all(record.source == TRANSFER for record in records)
        self.records, self.open, self.needs, self.proposals = {}, {}, {}, {}
        for record in records:
            self.records.setdefault(record.pupil_id, []).append(record)
            if record.ends_on is None:
                self.open[record.pupil_id] = record
        for need in SENNeed.objects.filter(school=school, ends_on__isnull=True).order_by("rank"):
            self.needs.setdefault(need.pupil_id, []).append(need)
        undecided = ProvisionProposal.objects.filter(school=school).exclude(state=State.ACCEPTED)
        for proposal in undecided.order_by("seen_on", "id"):  # the last one counts, an open one before all
            if not (before := self.proposals.get(proposal.pupil_id)) or before.state != State.OPEN:
                self.proposals[proposal.pupil_id] = proposal

    def provision(self, pupil):
        record = self.open.get(pupil.pk)
        return record.provision if record else NONE

    def codes(self, pupil):
        return [need.code for need in self.needs.get(pupil.pk, ())]


def compare_sen(result, row, pupil, changes):
    """Put into `changes` what the row says of the register otherwise."""
    held = result.held
    before = provision = held.provision(pupil)
    if row.provision and row.provision != before:
        if held.first and before == NONE:
            provision = row.provision
            changes[PROVISION] = (before, provision)
        else:
            propose(result, row, pupil, before, changes)
    elif row.provision:
        waiting = held.proposals.get(pupil.pk)
        if waiting and waiting.state == State.OPEN:
            changes[WITHDRAWN] = (waiting.after, before)
    agrees = provision == (row.provision or provision)
    if agrees and (row.needs or "needs" in row.emptied) and row.needs != held.codes(pupil):
        changes[NEEDS] = (held.codes(pupil), row.needs)


def propose(result, row, pupil, before, changes):
    """A proposal, unless the very same one waits already, or somebody has set it aside and nothing moved since."""
    last = result.held.proposals.get(pupil.pk)
    if last and (last.before, last.after) == (before, row.provision):
        if last.state == State.OPEN:
            return
        if last.note != AGREES:
            result.note(DECIDED, row.number)
            return
    changes[PROPOSAL] = (before, row.provision)


def write_sen(result, school, outcomes, today, by):
    """Write what `compare_sen` found. A provision that was first seen in a file has no known beginning, and nobody
    can tell whether the family was told."""
    held = result.held
    records, moves, needs, ended = [], [], [], []
    proposals = {"new": [], "changed": [], "withdrawn": []}
    for outcome in outcomes:
        pupil, changes = outcome.thing, outcome.changes
        if HISTORY in changes:
            spans = changes[HISTORY][1]
            records += [span_record(school, pupil, span) for span in spans]
            moves += [span_move(school, pupil, *move) for move in moves_of(spans)]
        if PROVISION in changes:
            records.append(first_record(school, pupil, changes[PROVISION][1], today))
            moves.append(first_move(school, pupil, changes[PROVISION], today))
        if NEEDS in changes:
            more, gone = need_changes(pupil, held.needs.get(pupil.pk, []), changes[NEEDS][1], today, SOURCE)
            if HISTORY in changes:
                date_needs(more, changes[HISTORY][1][-1])
            needs += more
            ended += gone
        waiting = held.proposals.get(pupil.pk)
        if PROPOSAL in changes:
            before, after = changes[PROPOSAL]
            if waiting and waiting.state == State.OPEN:
                waiting.before, waiting.after, waiting.seen_on = before, after, today
                proposals["changed"].append(waiting)
            else:
                proposals["new"].append(
                    ProvisionProposal(school=school, pupil=pupil, before=before, after=after, seen_on=today)
                )
        if WITHDRAWN in changes:
            waiting.note = AGREES
            proposals["withdrawn"].append(waiting)
    save_records(new=records, by=by)
    save_moves(new=moves, by=by)
    save_needs(new=needs, ended=ended, last_day=today - timedelta(days=1), by=by)
    save_proposals(**proposals, on=today, by=by)


def date_needs(needs, span):
    """A transfer file's needs have no dates: they are those of its last provision."""
    for need in needs:
        need.starts_on, need.source = span.starts_on, TRANSFER
        if not span.cut:
            need.ends_on = span.ends_on


def span_record(school, pupil, span):
    return SENRecord(
        school=school,
        pupil=pupil,
        provision=span.provision,
        starts_on=span.starts_on,
        ends_on=span.ends_on,
        source=TRANSFER,
    )


def span_move(school, pupil, before, after, on):
    told, source = RegisterMove.Told.CANNOT_TELL, RegisterMove.Source.TRANSFER
    return RegisterMove(school=school, pupil=pupil, before=before, after=after, on=on, source=source, told=told)


def first_record(school, pupil, provision, today):
    return SENRecord(school=school, pupil=pupil, provision=provision, starts_on=today, start_known=False, source=SOURCE)


def first_move(school, pupil, change, today):
    before, after = change
    return RegisterMove(
        school=school,
        pupil=pupil,
        before=before,
        after=after,
        on=today,
        on_known=False,
        source=RegisterMove.Source.FILE,
        told=RegisterMove.Told.CANNOT_TELL,
    )
