"""The pages about rights and the end of a record."""

from sendhub.desk.rights.views.home import rights_home
from sendhub.desk.rights.views.keeping import (
    hold_lift,
    hold_set,
    keep_show,
    removal_approve,
    removal_propose,
    removal_withdraw,
    rule_change,
)
from sendhub.desk.rights.views.leaving import leaving_choose, leaving_list, leaving_send
from sendhub.desk.rights.views.logs import breach_add, breach_change, complaint_add, complaint_change
from sendhub.desk.rights.views.requests import (
    request_add,
    request_archive,
    request_change,
    request_flags,
    request_show,
)

__all__ = [
    "breach_add",
    "breach_change",
    "complaint_add",
    "complaint_change",
    "hold_lift",
    "hold_set",
    "keep_show",
    "leaving_choose",
    "leaving_list",
    "leaving_send",
    "removal_approve",
    "removal_propose",
    "removal_withdraw",
    "request_add",
    "request_archive",
    "request_change",
    "request_flags",
    "request_show",
    "rights_home",
    "rule_change",
]
