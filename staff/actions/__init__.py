"""Every write of a `staff` row, one module a noun."""

from staff.actions.school import add_school, add_staff, add_trust, change_school, change_staff, save_staff
from staff.actions.teaching import add_group, end_tie, save_groups, save_ties, tie_staff
from staff.actions.year import add_closures, add_terms, add_year, set_year_dates

__all__ = [
    "add_closures",
    "add_group",
    "add_school",
    "add_staff",
    "add_terms",
    "add_trust",
    "add_year",
    "change_school",
    "change_staff",
    "end_tie",
    "save_groups",
    "save_staff",
    "save_ties",
    "set_year_dates",
    "tie_staff",
]
