"""Every write of a `desk` row, one module a noun."""

from sendhub.desk.actions import keeping
from sendhub.desk.actions.keeping import (
    approve_removal,
    lift_hold,
    propose_removals,
    set_hold,
    set_rule,
    withdraw_removal,
)
from sendhub.desk.actions.leaving import choose_file, mark_sent
from sendhub.desk.actions.logs import add_breach, add_complaint, change_breach, change_complaint
from sendhub.desk.actions.requests import add_request, change_request, mark_archived, tick

__all__ = [
    "add_breach",
    "add_complaint",
    "add_request",
    "approve_removal",
    "change_breach",
    "change_complaint",
    "change_request",
    "choose_file",
    "keeping",
    "lift_hold",
    "mark_archived",
    "mark_sent",
    "propose_removals",
    "set_hold",
    "set_rule",
    "tick",
    "withdraw_removal",
]
