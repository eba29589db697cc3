"""The child: who they are, their place on the SEND register, their needs, families, the adults around them, and the
files that brought all that in."""

from pupils.models.adjustments import Adjustment
from pupils.models.agencies import Agency, AgencyContact, AgencyTie, Professional
from pupils.models.arrangements import AccessArrangement, ArrangementKind, ArrangementUse
from pupils.models.attendance import AttendanceSnapshot
from pupils.models.away import Placement, PlacementVisit, ReducedTimetable, Suspension
from pupils.models.concerns import Concern, ConcernStep
from pupils.models.doubles import TwoPupils
from pupils.models.files import PupilFile
from pupils.models.imports import ImportBatch, ImportColumn, ImportLine
from pupils.models.medical import MedicalPointer
from pupils.models.moves import FamilyLetter, Provision, ProvisionProposal, PupilFlag, ReadingMark, RegisterMove
from pupils.models.notes import AboutMe, Note, PupilVoice
from pupils.models.numbers import PupilNumber
from pupils.models.people import Contact, GroupPupil, PupilAdult
from pupils.models.pupil import Pupil
from pupils.models.register import SENNeed, SENRecord
from pupils.models.rights import Correction, Restriction
from pupils.models.risk import RiskPlan, RiskReading

__all__ = [
    "AboutMe",
    "AccessArrangement",
    "Adjustment",
    "Agency",
    "AgencyContact",
    "AgencyTie",
    "ArrangementKind",
    "ArrangementUse",
    "AttendanceSnapshot",
    "Concern",
    "ConcernStep",
    "Contact",
    "Correction",
    "FamilyLetter",
    "GroupPupil",
    "ImportBatch",
    "ImportColumn",
    "ImportLine",
    "MedicalPointer",
    "Note",
    "Placement",
    "PlacementVisit",
    "Professional",
    "Provision",
    "ProvisionProposal",
    "Pupil",
    "PupilAdult",
    "PupilFile",
    "PupilFlag",
    "PupilNumber",
    "PupilVoice",
    "ReadingMark",
    "ReducedTimetable",
    "RegisterMove",
    "Restriction",
    "RiskPlan",
    "RiskReading",
    "SENNeed",
    "SENRecord",
    "Suspension",
    "TwoPupils",
]
