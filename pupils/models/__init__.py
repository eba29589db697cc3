"""The child: who they are, their place on the SEND register, their needs, families, the adults around them, and the
files that brought all that in."""

from pupils.models.attendance import AttendanceSnapshot
from pupils.models.concerns import Concern, ConcernStep
from pupils.models.doubles import TwoPupils
from pupils.models.files import PupilFile
from pupils.models.imports import ImportBatch, ImportColumn, ImportLine
from pupils.models.moves import FamilyLetter, Provision, ProvisionProposal, PupilFlag, ReadingMark, RegisterMove
from pupils.models.numbers import PupilNumber
from pupils.models.people import Contact, GroupPupil, PupilAdult
from pupils.models.pupil import Pupil
from pupils.models.register import SENNeed, SENRecord

__all__ = [
    "AttendanceSnapshot",
    "Concern",
    "ConcernStep",
    "Contact",
    "FamilyLetter",
    "GroupPupil",
    "ImportBatch",
    "ImportColumn",
    "ImportLine",
    "Provision",
    "ProvisionProposal",
    "Pupil",
    "PupilAdult",
    "PupilFile",
    "PupilFlag",
    "PupilNumber",
    "ReadingMark",
    "RegisterMove",
    "SENNeed",
    "SENRecord",
    "TwoPupils",
]
