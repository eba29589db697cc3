"""The child: who they are, their place on the SEND register, their needs, families, and the adults around them."""

from pupils.models.people import Contact, GroupPupil, PupilAdult
from pupils.models.pupil import Pupil
from pupils.models.register import SENNeed, SENRecord

__all__ = ["Contact", "GroupPupil", "Pupil", "PupilAdult", "SENNeed", "SENRecord"]
