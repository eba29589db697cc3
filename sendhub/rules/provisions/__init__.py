"""Every legal number once, with its citation and the dates between which it is the law.

The rows are in `ehc` (plans and reviews), `school` (the school's other duties), `support` (what supports a pupil),
`register` (the register's own work) and `records` (data protection); `book` picks a row by date. A change of law is a
new dated row, never an `if`. What does not live here: sums with dates (`deadline`, `school_calendar`, `pupil_age`), and
a school's own choices, which are handed in.
"""

from sendhub.rules.provisions.book import PROVISIONS, history, keys, law_as_at, provision
from sendhub.rules.provisions.types import (
    CHECKED_ON,
    Force,
    NotInForce,
    NotOurs,
    Provision,
    ProvisionError,
    Unit,
    UnknownProvision,
)

__all__ = [
    "CHECKED_ON",
    "PROVISIONS",
    "Force",
    "NotInForce",
    "NotOurs",
    "Provision",
    "ProvisionError",
    "Unit",
    "UnknownProvision",
    "history",
    "keys",
    "law_as_at",
    "provision",
]
