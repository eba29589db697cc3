"""What belongs to no noun below: who asked for a child's data, what went wrong with data, what is kept and until when,
what went to the next school. docs/decisions/0020."""

from sendhub.desk.models.keeping import LegalHold, Removal, RetentionRule, Tombstone
from sendhub.desk.models.leaving import LeavingFile
from sendhub.desk.models.logs import Breach, Complaint
from sendhub.desk.models.requests import AccessRequest, AccessTick

__all__ = [
    "AccessRequest",
    "AccessTick",
    "Breach",
    "Complaint",
    "LeavingFile",
    "LegalHold",
    "Removal",
    "RetentionRule",
    "Tombstone",
]
