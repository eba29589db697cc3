"""Who works here: trusts, schools, people, what they may do, what they teach, and the school's year."""

from staff.models.people import Membership, StaffMember, User
from staff.models.school import School, Trust
from staff.models.setup import SetupChoice
from staff.models.signin import Invitation, SchoolIdentityProvider
from staff.models.teaching import GroupStaff, TeachingGroup
from staff.models.year import Closure, SchoolYear, Term

__all__ = [
    "Closure",
    "GroupStaff",
    "Invitation",
    "Membership",
    "School",
    "SchoolIdentityProvider",
    "SchoolYear",
    "SetupChoice",
    "StaffMember",
    "TeachingGroup",
    "Term",
    "Trust",
    "User",
]
