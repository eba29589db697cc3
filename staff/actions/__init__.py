"""Every write of a `staff` row, one module a noun."""

from staff.actions.people import (
    accept,
    add_member,
    add_user,
    end_access,
    invite,
    invite_many,
    make_link,
    remove_provider,
    resend,
    reset_second_step,
    revoke,
    save_provider,
    set_roles,
    set_second_factor,
)
from staff.actions.school import add_school, add_staff, add_trust, change_school, change_staff, save_staff
from staff.actions.setup import finish_setup, resume_step, skip_step
from staff.actions.teaching import add_group, end_tie, save_groups, save_ties, tie_staff
from staff.actions.year import add_closures, add_terms, add_year, set_closures, set_terms, set_year_dates

__all__ = [
    "accept",
    "add_closures",
    "add_group",
    "add_member",
    "add_school",
    "add_staff",
    "add_terms",
    "add_trust",
    "add_user",
    "add_year",
    "change_school",
    "change_staff",
    "end_access",
    "end_tie",
    "finish_setup",
    "invite",
    "invite_many",
    "make_link",
    "remove_provider",
    "resend",
    "reset_second_step",
    "resume_step",
    "revoke",
    "save_groups",
    "save_provider",
    "save_staff",
    "save_ties",
    "set_closures",
    "set_roles",
    "set_second_factor",
    "set_terms",
    "set_year_dates",
    "skip_step",
    "tie_staff",
]
