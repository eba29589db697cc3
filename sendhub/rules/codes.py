"""Codes of the school census, their plain words, and the spellings in which schools' systems write them.

Each parser answers None for a spelling that it does not know; its caller says so and never guesses. What does not live
here: year groups (`pupil_age`), and reason codes of suspensions, where DS means something else.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


@dataclass(frozen=True, slots=True)
class SenProvision:
    """What help a pupil has. `now` is the code that took the place of a retired one; its own code for the others."""

    code: str
    label: str
    plain: str
    now: str
    valid_from: date
    valid_to: date | None = None

    def valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


_REFORMS = date(2014, 9, 1)
_CODE_OF_2001 = date(2002, 1, 1)
_LAST_ACTION = date(2015, 8, 31)
_LAST_STATEMENT = date(2018, 3, 31)

# The last days of the retired codes are those of the change to the 2014 law; old files are still read after them.
PROVISIONS: tuple[SenProvision, ...] = (
    SenProvision("N", "No special educational need", "no extra help recorded", "N", _CODE_OF_2001),
    SenProvision("K", "SEN support", "extra help planned by school", "K", _REFORMS),
    SenProvision("E", "EHC plan", "legal plan for a child who needs much more help", "E", _REFORMS),
    SenProvision("A", "School Action", "extra help planned by school (before 2014)", "K", _CODE_OF_2001, _LAST_ACTION),
    SenProvision(
        "P", "School Action Plus", "extra help with outside advice (before 2014)", "K", _CODE_OF_2001, _LAST_ACTION
    ),
    SenProvision("S", "Statement", "legal plan of the law before 2014", "E", _CODE_OF_2001, _LAST_STATEMENT),
)


class Area(StrEnum):
    """The four broad areas of need (SEND Code of Practice 2015 6.28 to 6.35), and none of them."""

    COGNITION = "Cognition and learning"
    COMMUNICATION = "Communication and interaction"
    SEMH = "Social, emotional and mental health"
    SENSORY = "Sensory and/or physical"
    NONE = "No broad area"


@dataclass(frozen=True, slots=True)
class NeedType:
    """A type of need. `only_with` names the one provision that a code may stand with, if there is one."""

    code: str
    label: str
    plain: str
    area: Area
    valid_from: date = _REFORMS
    valid_to: date | None = None
    only_with: str | None = None

    def valid(self, on: date) -> bool:
        return self.valid_from <= on and (self.valid_to is None or on <= self.valid_to)


NEED_TYPES: tuple[NeedType, ...] = (
    NeedType("SPLD", "Specific learning difficulty", "dyslexia, dyscalculia or co-ordination", Area.COGNITION),
    NeedType("MLD", "Moderate learning difficulty", "learns slower in most areas", Area.COGNITION),
    NeedType("SLD", "Severe learning difficulty", "learns much slower", Area.COGNITION),
    NeedType("PMLD", "Profound and multiple learning difficulty", "very complex needs", Area.COGNITION),
    # Down syndrome has no official area; this one is our default.
    NeedType("DS", "Down syndrome", "Down syndrome", Area.COGNITION, valid_from=date(2025, 9, 1)),
    NeedType(
        "SLCN",
        "Speech, language and communication needs",
        "difficulty with talking, understanding or being understood",
        Area.COMMUNICATION,
    ),
    NeedType("ASD", "Autism", "autism", Area.COMMUNICATION),
    NeedType("SEMH", "Social, emotional and mental health", "feelings, behaviour, mental health", Area.SEMH),
    NeedType("HI", "Hearing impairment", "hearing", Area.SENSORY),
    NeedType("VI", "Vision impairment", "sight", Area.SENSORY),
    NeedType("MSI", "Multi-sensory impairment", "both hearing and sight", Area.SENSORY),
    NeedType("PD", "Physical disability", "physical", Area.SENSORY),
    NeedType("OTH", "Other difficulty or disability", "something else", Area.NONE),
    NeedType(
        "NSA", "No specialist assessment of need yet", "not yet looked at by a specialist", Area.NONE, only_with="K"
    ),
)

PROVISION_BY_CODE = {provision.code: provision for provision in PROVISIONS}
NEED_BY_CODE = {need.code: need for need in NEED_TYPES}

# Names as systems write them, beside the labels above. A name may stand alone, before or after its code.
_PROVISION_NAMES = {
    "N": ("No Special Educational Need", "No Special Educational Needs", "No SEN", "Not SEN", "None"),
    "K": ("SEN Support", "SEND Support"),
    "E": (
        "Education, Health and Care Plan",
        "Education Health Care Plan",
        "EHC Plan",
        "EHCP",
    ),
    "A": ("School Action", "School/Early Years Action"),
    "P": ("School Action Plus", "School/Early Years Action Plus", "School Action+"),
    "S": ("Statement", "Statemented", "Statement of SEN", "Statement of Special Educational Needs"),
}
_NEED_NAMES = {
    "SPLD": ("Specific Learning Difficulty", "Specific Learning Difficulties"),
    "MLD": ("Moderate Learning Difficulty", "Moderate Learning Difficulties"),
    "SLD": ("Severe Learning Difficulty", "Severe Learning Difficulties"),
    "PMLD": ("Profound and Multiple Learning Difficulty", "Profound and Multiple Learning Difficulties"),
    "DS": ("Down Syndrome", "Down's Syndrome", "Downs Syndrome"),
    "SLCN": ("Speech, Language and Communication Needs", "Speech, Language and Communication Need"),
    "ASD": ("Autistic Spectrum Disorder", "Autism Spectrum Disorder", "Autism"),
    "SEMH": ("Social, Emotional and Mental Health",),
    "HI": ("Hearing Impairment",),
    "VI": ("Vision Impairment", "Visual Impairment"),
    "MSI": ("Multi-Sensory Impairment",),
    "PD": ("Physical Disability",),
    "OTH": ("Other Difficulty/Disability", "Other Difficulty or Disability", "Other"),
    "NSA": ("SEN support but no specialist assessment of type of need", "No specialist assessment of type of need"),
}


def _squeeze(text: str) -> str:
    """Letters and digits only, in small letters: "K - SEN Support" and "k (SEN support)" become the same."""
    spoken = text.casefold().replace("&", "and").replace("+", "plus")
    return re.sub(r"[^a-z0-9]", "", spoken)


def _spellings(names: dict[str, tuple[str, ...]], labels: dict[str, str]) -> dict[str, str]:
    """Every accepted spelling, squeezed, to its code: the code, a name, a name beside its code. Nothing mixed."""
    found: dict[str, str] = {}
    for code, spoken in names.items():
        found[_squeeze(code)] = code
        for name in (*spoken, labels[code]):
            for spelling in (name, code + name, name + code):
                found[_squeeze(spelling)] = code
    return found


_PROVISION_SPELLINGS = _spellings(_PROVISION_NAMES, {p.code: p.label for p in PROVISIONS})
_NEED_SPELLINGS = _spellings(_NEED_NAMES, {n.code: n.label for n in NEED_TYPES})


def parse_provision(text: str) -> SenProvision | None:
    """Reads "K", "SEN Support", "K - SEN Support", "Education, Health and Care Plan"; the retired codes too.

    None for a blank and for anything unknown, or where the code and the words disagree.
    """
    return PROVISION_BY_CODE.get(_PROVISION_SPELLINGS.get(_squeeze(text), ""))


def parse_need(text: str) -> NeedType | None:
    """Reads one need: "PD", "Physical Disability", "Physical Disability (PD)". None for a blank or unknown spelling."""
    return NEED_BY_CODE.get(_NEED_SPELLINGS.get(_squeeze(text), ""))


@dataclass(frozen=True, slots=True)
class NeedsRead:
    """Needs in the order written, which is their rank, each once; and the pieces that no code fits."""

    needs: tuple[NeedType, ...]
    unknown: tuple[str, ...]


def parse_needs(text: str) -> NeedsRead:
    """Reads a cell of several needs: "SPLD; MLD", "SLCN|SEMH", "SPLD, MLD", or one long name that holds commas."""
    pieces: list[str] = []
    for piece in re.split(r"[;|\n]", text):
        parts = piece.split(",")
        # A comma may belong to a name, so it parts needs only where every part is a need by itself.
        pieces += parts if all(parse_need(part) for part in parts) else [piece]
    needs: dict[str, NeedType] = {}
    unknown: list[str] = []
    for piece in pieces:
        need = parse_need(piece)
        if need:
            needs.setdefault(need.code, need)
        elif piece.strip():
            unknown.append(piece.strip())
    return NeedsRead(tuple(needs.values()), tuple(unknown))


_SEXES = {"m": "M", "male": "M", "boy": "M", "f": "F", "female": "F", "girl": "F"}
_YES = {"y", "yes", "t", "true", "1"}
_NO = {"n", "no", "f", "false", "0"}


def parse_sex(text: str) -> str | None:
    """ "M" or "F", the two values of the census; None for anything else."""
    return _SEXES.get(text.strip().casefold())


def parse_yes_no(text: str) -> bool | None:
    """Reads Y, N, T, F, True, Yes, 1 and the like. A blank is None: it says nothing, not no."""
    word = text.strip().casefold()
    if word in _YES:
        return True
    return False if word in _NO else None
