"""The register: moves, and times on it that no move explains. Reason and telling are for whoever sees the family."""

from django.urls import reverse

from pupils.happened.event import Happening, Kind, Said
from pupils.models import ProvisionProposal, RegisterMove, SENRecord
from pupils.queries.gather import About
from pupils.register_words import STATES, begins
from pupils.words import day_words
from sendhub.access import Permission

KIND = Kind.REGISTER
MOVED = (
    "EXISTS (SELECT 1 FROM pupils_registermove m WHERE m.school_id = t.school_id AND m.pupil_id = t.pupil_id AND {})"
)
BEGAN = MOVED.format('m.after = t.provision AND (m."on" = t.starts_on OR NOT t.start_known)')
ENDED = MOVED.format('m.before = t.provision AND m."on" BETWEEN t.ends_on AND t.ends_on + 1')


def moved(move, member, day):
    return Said(begins(move, day), move.reason if member.can(Permission.CONTACT_VIEW) else "")


def began(stage, member, day):
    words = stage.get_provision_display()
    if not stage.start_known:
        return Said(f"{words}, first seen in a file. Cannot tell when it began.")
    return Said(f"{words} from {day_words(stage.starts_on, day)}.")


def ended(stage, member, day):
    return Said(f"{stage.get_provision_display()} ended.")


def proposed(proposal, member, day):
    href = reverse("pupils:proposal-list") if proposal.state == ProvisionProposal.State.OPEN else ""
    after, before = STATES[proposal.after], STATES[proposal.before]
    return Said(f"A file said “{after}” where the register says “{before}”.", proposal.get_state_display(), href)


HAPPENED = {
    "move": Happening(About(RegisterMove), 't."on"', moved),
    "began": Happening(About(SENRecord, f"NOT {BEGAN}"), "t.starts_on", began),
    "ended": Happening(About(SENRecord, f"t.ends_on IS NOT NULL AND NOT {ENDED}"), "t.ends_on", ended),
    "proposed": Happening(About(ProvisionProposal), "t.seen_on", proposed, needs=(Permission.REGISTER_MOVE,)),
}
