"""Flags beside the register: a concern, the council's assessment."""

from pupils.happened.event import Happening, Kind, Said
from pupils.models import PupilFlag
from pupils.queries.gather import About
from sendhub.access import Permission

KIND = Kind.REGISTER
BEGINS = {"concern": "A concern was noted beside the register.", "assessed": "The council’s assessment began."}
ENDS = {"concern": "The concern beside the register ended.", "assessed": "The council’s assessment ended."}


def note_for(flag, member):
    return flag.note if member.can(Permission.CONTACT_VIEW) else ""


def began(flag, member, day):
    return Said(BEGINS[flag.kind], note_for(flag, member) if flag.ends_on is None else "")


def ended(flag, member, day):
    return Said(ENDS[flag.kind], note_for(flag, member))


HAPPENED = {
    "began": Happening(About(PupilFlag), "t.starts_on", began),
    "ended": Happening(About(PupilFlag), "t.ends_on", ended),
}
